import type { EmbeddedOptions } from "./embedded.ts";
import type { Neo4jOptions } from "./neo4j.ts";
import type { GraphStore } from "./store.ts";

export type GraphOptions = EmbeddedOptions | Neo4jOptions;

/**
 * Opens the graph and verifies that it answers; only the engine asked for is loaded, since a driver takes a quarter of a second.
 * Whoever opens it calls `prepare()` before the first write and closes it.
 *
 * @throws GraphError DB_UNAVAILABLE, DB_AUTH or DB_LOCKED, saying what to do
 */
export async function openGraph(options: GraphOptions): Promise<GraphStore> {
  if (options.engine === "neo4j") return (await import("./neo4j.ts")).openNeo4j(options);
  return (await import("./embedded.ts")).openEmbedded(options);
}
