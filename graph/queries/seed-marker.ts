import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const row = z.object({ marked: z.boolean(), filled: z.boolean() });

/** Were the seeds ever loaded into this graph (`marked`), and does it hold any entity (`filled`)? One row. */
export const seedState: Query<z.infer<typeof row>> = {
  name: "seedState",
  row,
  text: cypher`
    OPTIONAL MATCH (marker:SeedMarker)
    WITH count(marker) > 0 AS marked
    OPTIONAL MATCH (entity:Entity)
    WITH marked, entity LIMIT 1
    RETURN marked, entity IS NOT NULL AS filled
  `,
};

/** Marks that the data sets of these names (`datasets`) were loaded, `at` this time. */
export const markSeeded: Query<never> = {
  name: "markSeeded",
  row: z.never(),
  text: cypher`CREATE (:SeedMarker {datasets: $datasets, at: $at})`,
};
