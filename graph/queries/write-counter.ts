import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const row = z.object({ counter: z.int().nonnegative(), isPartial: z.boolean() });

/**
 * How often was the graph written to, and does it hold a part of a bulk import (`isPartial`), whose batches move the
 * counter but not the version that readers see? One row.
 */
export const writeCounter: Query<z.infer<typeof row>> = {
  name: "writeCounter",
  row,
  text: cypher`
    OPTIONAL MATCH (version:GraphVersion {id: "graph"})
    RETURN coalesce(version.counter, 0) AS counter, version.published IS NOT NULL AS isPartial
  `,
};
