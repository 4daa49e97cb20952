import { z } from "zod";
import { cypher } from "../cypher.ts";
import { RELATIONSHIP_TYPES } from "../ontology.ts";
import type { Query } from "../store/store.ts";

const row = z.object({
  id: z.string(),
  type: z.enum(RELATIONSHIP_TYPES),
  from: z.string(),
  to: z.string(),
});

/**
 * Which relationships have one of these `ids`, and where are they?
 * The id of a relationship is unique in the whole store, across types and ends, but neither engine enforces that: whoever
 * writes relationships runs this in the same transaction and refuses an id that stands elsewhere or under another type.
 * It reads every relationship once, so ask for many ids at a time.
 */
export const relationshipsById: Query<z.infer<typeof row>> = {
  name: "relationshipsById",
  row,
  text: cypher`
    MATCH (source:Entity)-[relationship]->(target:Entity)
    WHERE relationship.id IN $ids
    RETURN relationship.id AS id, type(relationship) AS type, source.id AS from, target.id AS to
  `,
};
