import { cypher } from "../cypher.ts";
import { KIND_NAMES, type Kind, RELATIONSHIP_TYPES, type RelationshipType } from "../ontology.ts";
import type { Query } from "../store/store.ts";
import { column, columnsRow } from "./network-columns.ts";

/** Entities, ascending by id as the engine orders; `key` is the engine's own, good for this reading only. */
export interface LinkedColumns {
  readonly key: readonly number[];
  readonly id: readonly string[];
  readonly kind: readonly Kind[];
}

const kinds: ReadonlySet<unknown> = new Set(KIND_NAMES);
const types: ReadonlySet<unknown> = new Set(RELATIONSHIP_TYPES);

/** Which entities are there after `after`? A page of at most `limit`. */
export const linkedEntities: Query<LinkedColumns> = {
  name: "linkedEntities",
  row: columnsRow<LinkedColumns>({ key: column.key, id: column.text, kind: (value) => kinds.has(value) }),
  text: cypher`
    MATCH (entity:Entity)
    WHERE entity.id > $after
    WITH entity
    ORDER BY entity.id
    LIMIT $limit
    RETURN collect(id(entity)) AS key, collect(entity.id) AS id,
      collect([label IN labels(entity) WHERE label <> 'Entity'][0]) AS kind
  `,
};

/** Relationships between entities; the ends are the engine's keys. */
export interface LinkColumns {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly id: readonly string[];
  readonly type: readonly RelationshipType[];
  readonly assumed: readonly boolean[];
}

/** Which relationships begin at the entities after `after` up to `upto`? */
export const links: Query<LinkColumns> = {
  name: "links",
  row: columnsRow<LinkColumns>({
    from: column.key,
    to: column.key,
    id: column.text,
    type: (value) => types.has(value),
    assumed: column.flag,
  }),
  text: cypher`
    MATCH (source:Entity)
    WHERE source.id > $after AND source.id <= $upto
    MATCH (source)-[link]->(target:Entity)
    RETURN collect(id(source)) AS from, collect(id(target)) AS to, collect(link.id) AS id, collect(type(link)) AS type,
      collect(coalesce(link.assertion = "ASSUMED", false)) AS assumed
  `,
};
