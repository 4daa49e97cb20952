import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";
import { type EntityRow, entityRow, type RelationshipRow, relationshipRow } from "./rows.ts";

/** Which relationships lead to this entity (`id`)? Rows in no order. */
export const incoming: Query<RelationshipRow> = {
  name: "incoming",
  row: relationshipRow,
  text: cypher`
    MATCH (target:Entity {id: $id})<-[relationship]-(source:Entity)
    RETURN relationship.id AS id, type(relationship) AS type, source.id AS from, target.id AS to,
           properties(relationship) AS properties
  `,
};

/** Which relationships name this product (`id`) as their product, or this document among their sources? Rows in no order. */
export const relationshipsNaming: Query<RelationshipRow> = {
  name: "relationshipsNaming",
  row: relationshipRow,
  text: cypher`
    MATCH (source:Entity)-[relationship]->(target:Entity)
    WHERE relationship.product = $id OR $id IN relationship.sources
    RETURN relationship.id AS id, type(relationship) AS type, source.id AS from, target.id AS to,
           properties(relationship) AS properties
  `,
};

/** Which entities name this document (`id`) among their sources? Rows in no order. */
export const entitiesCiting: Query<EntityRow> = {
  name: "entitiesCiting",
  row: entityRow,
  text: cypher`
    MATCH (entity:Entity)
    WHERE $id IN entity.sources
    RETURN entity.id AS id, [label IN labels(entity) WHERE label <> 'Entity'][0] AS kind, properties(entity) AS properties
  `,
};
