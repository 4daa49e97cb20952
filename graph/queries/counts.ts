import { z } from "zod";
import { cypher } from "../cypher.ts";
import { KIND_NAMES, RELATIONSHIP_TYPES } from "../ontology.ts";
import type { Query } from "../store/store.ts";

const kindRow = z.object({ kind: z.enum(KIND_NAMES), count: z.number() });
const typeRow = z.object({ type: z.enum(RELATIONSHIP_TYPES), count: z.number() });

/** How many entities are there of each kind? */
export const entityCounts: Query<z.infer<typeof kindRow>> = {
  name: "entityCounts",
  row: kindRow,
  text: cypher`
    MATCH (entity:Entity)
    WHERE NOT entity.dataset IN $hidden
    WITH [label IN labels(entity) WHERE label <> 'Entity'][0] AS kind
    RETURN kind, count(*) AS count
    ORDER BY kind
  `,
};

/** How many relationships are there of each type? */
export const relationshipCounts: Query<z.infer<typeof typeRow>> = {
  name: "relationshipCounts",
  row: typeRow,
  text: cypher`
    MATCH (source:Entity)-[relationship]->(target:Entity)
    WHERE NOT (source.dataset IN $hidden OR relationship.dataset IN $hidden OR target.dataset IN $hidden)
      AND NOT coalesce(relationship.product, "") IN $hiddenProducts
    RETURN type(relationship) AS type, count(relationship) AS count
    ORDER BY type
  `,
};
