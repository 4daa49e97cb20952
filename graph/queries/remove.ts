import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const noRow = z.never();

/** Removes entities (`ids`) and every relationship that is still at one of them. */
export const removeEntities: Query<never> = {
  name: "removeEntities",
  row: noRow,
  text: cypher`
    UNWIND $ids AS id
    MATCH (entity:Entity {id: id})
    DETACH DELETE entity
  `,
};

/** Removes relationships: `rows` of a source (`from`) and the `ids` of some that start there. */
export const removeRelationships: Query<never> = {
  name: "removeRelationships",
  row: noRow,
  text: cypher`
    UNWIND $rows AS row
    MATCH (source:Entity {id: row.from})-[relationship]->(:Entity)
    WHERE relationship.id IN row.ids
    DELETE relationship
  `,
};
