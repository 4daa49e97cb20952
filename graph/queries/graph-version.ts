import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const row = z.object({ version: z.int().nonnegative() });

/**
 * Which version of the graph are readers to see?
 * One row; 0 for a graph nobody has written to. Inside `GraphStore.write` it is the version that the transaction will
 * have made once it commits, so that records can be stamped with it. While a bulk import is under way it stays the
 * version before its first batch.
 */
export const graphVersion: Query<z.infer<typeof row>> = {
  name: "graphVersion",
  row,
  text: cypher`
    OPTIONAL MATCH (version:GraphVersion {id: "graph"})
    RETURN coalesce(version.published, version.counter, 0) AS version
  `,
};

/**
 * Advances the graph's version by one: what every write transaction of a store runs first.
 * First, because it locks the counter: writers follow one another, cannot deadlock, and commit in the order of versions.
 */
export const advanceGraphVersion: Query<z.infer<typeof row>> = {
  name: "advanceGraphVersion",
  row,
  text: cypher`
    MERGE (version:GraphVersion {id: "graph"})
    SET version.counter = coalesce(version.counter, 0) + 1
    RETURN version.counter AS version
  `,
};
