import { z } from "zod";
import { cypher } from "../cypher.ts";
import { RELATIONSHIP_TYPES } from "../ontology.ts";
import type { Query } from "../store/store.ts";
import { entityRow } from "./rows.ts";

const row = z.object({
  near: z.string(),
  id: z.string(),
  type: z.enum(RELATIONSHIP_TYPES),
  from: z.string(),
  to: z.string(),
  assertion: z.string().nullable(),
  other: z.string(),
  kind: entityRow.shape.kind,
});
export type StepRow = z.infer<typeof row>;

/**
 * What is one relationship away from these entities (`ids`), in either direction, by these types (`types`)? At most
 * `limit` rows, in order of the neighbour's id and then the relationship's.
 */
export const expand: Query<StepRow> = {
  name: "expand",
  row,
  text: cypher`
    UNWIND $ids AS near
    MATCH (source:Entity {id: near})-[relationship]-(other:Entity)
    WHERE type(relationship) IN $types
      AND NOT (source.dataset IN $hidden OR relationship.dataset IN $hidden OR other.dataset IN $hidden)
      AND NOT coalesce(relationship.product, "") IN $hiddenProducts
    RETURN near, relationship.id AS id, type(relationship) AS type, startNode(relationship).id AS from,
           endNode(relationship).id AS to, relationship.assertion AS assertion, other.id AS other,
           [label IN labels(other) WHERE label <> 'Entity'][0] AS kind
    ORDER BY other, id, near
    LIMIT $limit
  `,
};
