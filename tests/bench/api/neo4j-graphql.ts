import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const NEO4J_GRAPHQL = "7.6.3";
/** With what it stands on in the versions that the project has; none of it is a dependency of the project. */
const PACKAGES = [`@neo4j/graphql@${NEO4J_GRAPHQL}`, "graphql@16.15.0", "graphql-yoga@5.24.1", "neo4j-driver@6.3.0"];
const folder = fileURLToPath(new URL(`../../../.cache/neo4j-graphql-${NEO4J_GRAPHQL}`, import.meta.url));
const program = fileURLToPath(new URL("neo4j-graphql-server.ts", import.meta.url));

export interface Neo4jGraphqlServer extends AsyncDisposable {
  readonly url: string;
}

/** Starts `@neo4j/graphql` on a Neo4j; the first time it is fetched from the registry into `.cache/`. */
export async function startNeo4jGraphql(uri: string, say: (line: string) => void): Promise<Neo4jGraphqlServer> {
  if (!existsSync(`${folder}/node_modules/@neo4j/graphql`)) {
    say(`Fetching ${PACKAGES.join(" ")} into .cache/ (once) …`);
    const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--save-exact"];
    execFileSync("npm", ["install", "--prefix", folder, ...flags, ...PACKAGES], { stdio: "ignore" });
  }
  const child = spawn(process.execPath, ["--import", "tsx", program, folder, uri], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const ended = once(child, "exit");
  const lines = createInterface(child.stdout);
  const [url] = await Promise.race([
    once(lines, "line") as Promise<[string]>,
    ended.then(() => Promise.reject(new Error("@neo4j/graphql did not start"))),
  ]);
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
