import Cypher from "@neo4j/cypher-builder";
import { z } from "zod";
import { cypher } from "../cypher.ts";
import { type Kind, propertiesOfKind } from "../ontology.ts";
import type { PropertyValues } from "../records.ts";
import type { Query, Statement } from "../store/store.ts";
import { packRecords } from "./packed-records.ts";

const noRow = z.never();

/**
 * Makes entities of one kind, `id` among their properties. Fails where one of them is stored already.
 */
export function createEntities(kind: Kind, entities: readonly PropertyValues[]): Statement<never> {
  const row = new Cypher.NamedVariable("row");
  const entity = new Cypher.NamedNode("entity");
  const { unpacked, properties, params } = packRecords(entities, () => [], propertiesOfKind(kind), row);
  // The builder joins two labels with `&`, which only Neo4j reads.
  const clause = unpacked
    .create(new Cypher.Pattern(entity, { labels: ["Entity"], properties }))
    .set(entity.label(kind));
  return { query: { name: `createEntities${kind}`, row: noRow, text: clause.build().cypher }, params };
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
