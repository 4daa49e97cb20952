import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { buildSchema, printSchema } from "graphql";
import { withTables } from "./readme.ts";
import { ontologySdl } from "./schema/ontology-sdl.ts";

const folder = new URL("./schema/", import.meta.url);

/** What `npm run generate` writes, by path from the project's root; a test compares it with what is committed. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const written = readdirSync(folder)
    .filter((name) => name.endsWith(".graphql"))
    .sort()
    .map((name) => readFileSync(new URL(name, folder), "utf8"));
  const typeDefs = [...written, ontologySdl()].join("\n");
  return new Map([
    [
      "server/generated/type-defs.ts",
      `/** The schema, as one text: nothing is read from disk at run time. Made by \`npm run generate\`. */\nexport const typeDefs = ${JSON.stringify(typeDefs)};\n`,
    ],
    ["README.md", withTables(readFileSync(new URL("../README.md", import.meta.url), "utf8"))],
    ["docs/schema.graphql", `${printSchema(buildSchema(typeDefs))}\n`],
  ]);
}

if (process.argv[1]?.endsWith("generate.ts")) {
  for (const [path, text] of generatedFiles()) writeFileSync(new URL(`../${path}`, import.meta.url), text);
}
