import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Kind } from "../ontology.ts";
import type { Query } from "../store/store.ts";

const noRow = z.never();

/** Makes entities of one kind: `rows` of `id` and `properties`. Fails where one of them is stored already. */
export function createEntities(kind: Kind): Query<never> {
  // The kind is an identifier of the ontology; the builder joins labels with `&`, which only Neo4j reads.
  const text = `UNWIND $rows AS row
CREATE (entity:Entity:${kind} {id: row.id})
SET entity += row.properties`;
  return { name: `createEntities${kind}`, row: noRow, text };
}

/** Changes entities: `rows` of `id` and `changes`, where a null removes the property. */
export const updateEntities: Query<never> = {
  name: "updateEntities",
  row: noRow,
  text: cypher`
    UNWIND $rows AS row
    MATCH (entity:Entity {id: row.id})
    SET entity += row.changes
  `,
};
