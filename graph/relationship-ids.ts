import { RELATIONSHIP_TYPES } from "./ontology.ts";
import type { RelationshipRecord } from "./records.ts";

const NAMES_A_TYPE = new RegExp(`:(?:${RELATIONSHIP_TYPES.join("|")}):`);

/**
 * Whether a text has the form that is kept for ids of relationships which name none, `from:TYPE:to…`. No node may have
 * such an id, and a relationship only where it begins with its own source and type; so such an id tells where the
 * relationship is, and can stand in one place only.
 */
export function hasReservedForm(id: string): boolean {
  return NAMES_A_TYPE.test(id);
}

/** Whether the id of a relationship begins with its own source and type. */
export function isNamedAfterSource({ id, from, type }: Pick<RelationshipRecord, "id" | "from" | "type">): boolean {
  return id.startsWith(`${from}:${type}:`);
}

/** Where the relationship with this id starts, where the id has the form `from:TYPE:to…`; undefined where it has not. */
export function sourceOfReservedForm(id: string): string | undefined {
  const found = NAMES_A_TYPE.exec(id);
  return found === null ? undefined : id.slice(0, found.index);
}
