import Cypher from "@neo4j/cypher-builder";
import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Kind } from "../ontology.ts";
import type { Query } from "../store/store.ts";

const noRow = z.never();

/** Makes entities of one kind: `rows` of `id` and `properties`. */
export function createEntities(kind: Kind): Query<never> {
  const row = new Cypher.NamedVariable("row");
  const entity = new Cypher.NamedNode("entity");
  const clause = new Cypher.Unwind([new Cypher.NamedParam("rows"), row])
    .merge(new Cypher.Pattern(entity, { labels: ["Entity"], properties: { id: row.property("id") } }))
    .set([entity, "+=", row.property("properties")], entity.label(kind));
  return { name: `createEntities${kind}`, row: noRow, text: clause.build().cypher };
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
