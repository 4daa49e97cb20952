import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";
import { type RelationshipRow, relationshipRow } from "./rows.ts";

const countRow = z.object({ from: z.string(), count: z.number() });

/** How many relationships start at each of these entities (`ids`), of one data set (`dataset`; null: of all)? Rows in no order. */
export const outgoingCounts: Query<z.infer<typeof countRow>> = {
  name: "outgoingCounts",
  row: countRow,
  text: cypher`
    UNWIND $ids AS id
    MATCH (source:Entity {id: id})-[relationship]->(:Entity)
    WHERE $dataset IS NULL OR relationship.dataset = $dataset
    RETURN id AS from, count(relationship) AS count
  `,
};

/** Which relationships start at these entities (`ids`), of one data set (`dataset`; null: of all)? Rows in no order. */
export const outgoing: Query<RelationshipRow> = {
  name: "outgoing",
  row: relationshipRow,
  text: cypher`
    UNWIND $ids AS id
    MATCH (source:Entity {id: id})-[relationship]->(target:Entity)
    WHERE $dataset IS NULL OR relationship.dataset = $dataset
    RETURN relationship.id AS id, type(relationship) AS type, id AS from, target.id AS to,
           properties(relationship) AS properties
  `,
};

/** Which relationships start at this one entity (`id`), from the relationship `after` ("") on? Up to `limit`, in order. */
export const outgoingPage: Query<RelationshipRow> = {
  name: "outgoingPage",
  row: relationshipRow,
  text: cypher`
    MATCH (source:Entity {id: $id})-[relationship]->(target:Entity)
    WHERE relationship.id > $after AND ($dataset IS NULL OR relationship.dataset = $dataset)
    RETURN relationship.id AS id, type(relationship) AS type, source.id AS from, target.id AS to,
           properties(relationship) AS properties
    ORDER BY id
    LIMIT $limit
  `,
};
