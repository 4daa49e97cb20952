import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const emptyRow = z.object({ isEmpty: z.boolean() });
const seedRow = z.object({ datasets: z.array(z.string()), at: z.string() });

/** Does the graph hold nothing that a backup would bring? One row. */
export const graphIsEmpty: Query<z.infer<typeof emptyRow>> = {
  name: "graphIsEmpty",
  row: emptyRow,
  text: cypher`
    OPTIONAL MATCH (entity:Entity)
    WITH entity LIMIT 1
    OPTIONAL MATCH (dataset:Dataset)
    WITH entity, dataset LIMIT 1
    OPTIONAL MATCH (marker:SeedMarker)
    WITH entity, dataset, marker LIMIT 1
    RETURN entity IS NULL AND dataset IS NULL AND marker IS NULL AS isEmpty
  `,
};

/** Which seeds were loaded, and when? One row a marker. */
export const seedMarkers: Query<z.infer<typeof seedRow>> = {
  name: "seedMarkers",
  row: seedRow,
  text: cypher`
    MATCH (marker:SeedMarker)
    RETURN marker.datasets AS datasets, marker.at AS at
    ORDER BY at
  `,
};

/** Sets the graph's version to that of a backup (`version`). */
export const setGraphVersion: Query<never> = {
  name: "setGraphVersion",
  row: z.never(),
  text: cypher`
    MERGE (version:GraphVersion {id: "graph"})
    SET version.counter = $version
  `,
};
