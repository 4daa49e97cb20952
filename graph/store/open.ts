import { type EmbeddedOptions, openEmbedded } from "./embedded.ts";
import { type Neo4jOptions, openNeo4j } from "./neo4j.ts";
import type { GraphStore } from "./store.ts";

export type GraphOptions = EmbeddedOptions | Neo4jOptions;

/**
 * Opens the graph and verifies that it answers. Whoever opens it calls `prepare()` before the first write and closes it.
 *
 * @throws GraphError DB_UNAVAILABLE, DB_AUTH or DB_LOCKED, saying what to do
 */
export async function openGraph(options: GraphOptions): Promise<GraphStore> {
  return options.engine === "neo4j" ? openNeo4j(options) : openEmbedded(options);
}
