import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";
import { type EntityRow, entityRow } from "./rows.ts";

/** Which entities have these ids (`ids`)? Rows in no order; ids that nobody has give none. */
export const entitiesById: Query<EntityRow> = {
  name: "entitiesById",
  row: entityRow,
  text: cypher`
    UNWIND $ids AS id
    MATCH (entity:Entity {id: id})
    WHERE NOT entity.dataset IN $hidden
    RETURN entity.id AS id, [label IN labels(entity) WHERE label <> 'Entity'][0] AS kind, properties(entity) AS properties
  `,
};
