import neo4j from "neo4j-driver";
import { describe, inject } from "vitest";
import { type GraphOptions, openGraph } from "../../graph/store/open.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import type {} from "../neo4j/global-setup.ts";

/** An engine that tests run on. */
export interface Engine {
  readonly name: GraphStore["engine"];
  /** Why there is none here; null where there is. */
  readonly missing: string | null;
  /** A prepared graph without any node; close it (`await using`). On Neo4j all tests share one database. */
  open(): Promise<GraphStore>;
}

/** Rows without ORDER BY come in random order, so that a test fails where code relies on their order. */
export const embedded: Engine = {
  name: "embedded",
  missing: null,
  open: async () => {
    const graph = await openGraph({ engine: "embedded", path: null, shuffleUnordered: true });
    await graph.prepare();
    return graph;
  },
};

const server = inject("neo4j");
let prepared: Promise<void> | undefined;
export const neo4jEngine: Engine = {
  name: "neo4j",
  missing: "missing" in server ? server.missing : null,
  open: async () => {
    // A server that has just started may plan a statement for seconds.
    const options = { ...testNeo4jOptions(), timeoutMs: 30_000 };
    await empty(options);
    const graph = await openGraph(options);
    // Constraints and indexes outlive the emptying.
    prepared ??= graph.prepare();
    await prepared;
    return graph;
  },
};

export const engines: readonly Engine[] = [embedded, neo4jEngine];

/** One group of tests for each engine; the group of a missing engine is skipped and says why. */
export function describeEachEngine(title: string, tests: (engine: Engine) => void): void {
  for (const engine of engines) describeEngine(engine, title, tests);
}

/** As `describeEachEngine`, on one of them. */
export function describeEngine(engine: Engine, title: string, tests: (engine: Engine) => void): void {
  if (engine.missing === null) describe(`${title} [${engine.name}]`, () => tests(engine));
  else describe.skip(`${title} [${engine.name}: skipped, ${engine.missing}]`, () => tests(engine));
}

/** How to open the Neo4j that tests may empty; throws where there is none. */
export function testNeo4jOptions(): GraphOptions & { readonly engine: "neo4j" } {
  if ("missing" in server) throw new Error(server.missing);
  return { engine: "neo4j", ...server };
}

/** The settings of a service on that Neo4j. */
export function testNeo4jSettings(): Readonly<Record<string, string>> {
  const { uri, username, password } = testNeo4jOptions();
  return {
    NEO4J_URI: uri,
    ...(username && { NEO4J_USERNAME: username }),
    ...(password && { NEO4J_PASSWORD: password }),
  };
}

async function empty({ uri, username, password }: GraphOptions & { engine: "neo4j" }): Promise<void> {
  const driver = neo4j.driver(uri, username === undefined ? undefined : neo4j.auth.basic(username, password ?? ""));
  try {
    await driver.executeQuery("MATCH (n) DETACH DELETE n", {}, { database: "neo4j" });
  } finally {
    await driver.close();
  }
}
