import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const root = new URL("../../..", import.meta.url).pathname;

/** Which folders a folder may import from; what is not named here is refused. */
const LAW: Readonly<Record<string, readonly string[]>> = {
  graph: ["graph/"],
  server: ["server/", "graph/"],
  // Of the graph the page knows how a chain is laid out, how text stands in markup and how files chosen in it are read.
  client: [
    "client/",
    "graph/layout/",
    "graph/formats/xlsx-",
    "graph/formats/csv-scanner.ts",
    "graph/formats/encoding.ts",
    "graph/formats/zip-size.ts",
    "graph/formats/input.ts",
    "graph/formats/markup.ts",
    "graph/records.ts",
  ],
};

const sources = Object.keys(LAW).flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length)),
);

function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, name]) => name!);
}

test("each folder imports only what it may", () => {
  const broken = sources.flatMap((path) =>
    importsOf(path)
      .filter((name) => name.startsWith("."))
      .map((name) => normalize(join(dirname(path), name)))
      .filter((file) => !LAW[path.split("/")[0]!]!.some((folder) => file.startsWith(folder)))
      .map((file) => `${path} imports ${file}`),
  );
  expect(broken).toStrictEqual([]);
});

test.each([
  ["neo4j-driver", /^graph\/store\/neo4j/],
  ["@grafeo-db/js", /^graph\/store\/embedded/],
  ["cytoscape", /^client\/canvas\//],
])("only its own place imports %s", (name, place) => {
  const users = sources.filter((path) => importsOf(path).includes(name));
  expect(users.length).toBeGreaterThan(0);
  expect(users.filter((path) => !place.test(path))).toStrictEqual([]);
});

test("only the configuration reads the environment, beside the default that graphql-js is given", () => {
  const readers = sources.filter((path) => readFileSync(join(root, path), "utf8").includes("process.env"));
  expect(readers).toStrictEqual(["server/config.ts", "server/production.ts"]);
});
