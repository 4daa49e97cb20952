import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";
import { type RelationshipRow, relationshipRow } from "./rows.ts";

/**
 * Which relationships have these ids? `keys` is a list of {from, id}: relationships have no index and are found from
 * their source.
 */
export const relationshipsByKey: Query<RelationshipRow> = {
  name: "relationshipsByKey",
  row: relationshipRow,
  text: cypher`
    UNWIND $keys AS key
    MATCH (source:Entity {id: key.from})-[relationship]->(target:Entity)
    WHERE relationship.id = key.id
      AND NOT (source.dataset IN $hidden OR relationship.dataset IN $hidden OR target.dataset IN $hidden)
      AND NOT coalesce(relationship.product, "") IN $hiddenProducts
    RETURN relationship.id AS id, type(relationship) AS type, source.id AS from, target.id AS to,
           properties(relationship) AS properties
  `,
};
