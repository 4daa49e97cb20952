import type { EntityRow, Properties, RelationshipRow } from "../graph/queries/rows.ts";

/**
 * Records as their fields are read in an answer: every property under its own name, so that it needs no resolver. To copy the
 * properties of a row would take longer than resolvers do: they are the record.
 */
export type EntityFields = Properties & Pick<EntityRow, "id" | "kind">;
export type RelationshipFields = Properties & Pick<RelationshipRow, "id" | "type" | "from" | "to">;

/** Of the row's own properties; a row that several requests share gives each the same. */
export function entityFields({ id, kind, properties }: EntityRow): EntityFields {
  return Object.assign(properties, { id, kind });
}

/** As `entityFields`. */
export function relationshipFields({ id, type, from, to, properties }: RelationshipRow): RelationshipFields {
  return Object.assign(properties, { id, type, from, to });
}
