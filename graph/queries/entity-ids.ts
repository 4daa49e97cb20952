import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const row = z.object({ id: z.string() });

/**
 * Which ids do the entities have, from `after` ("") on, of one data set (`dataset`; null: of all)? Up to `limit`, in order.
 * Take many at a time: the embedded engine sorts all of them for every page.
 */
export const entityIds: Query<z.infer<typeof row>> = {
  name: "entityIds",
  row,
  text: cypher`
    MATCH (entity:Entity)
    WHERE entity.id > $after AND ($dataset IS NULL OR entity.dataset = $dataset)
    RETURN entity.id AS id
    ORDER BY id
    LIMIT $limit
  `,
};
