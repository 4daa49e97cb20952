import type { Kind, RelationshipType } from "../../graph/ontology.ts";

/** A relationship type as names of the schema begin with it: PART_OF → PartOf. */
export function relationshipName(type: RelationshipType): string {
  return type
    .split("_")
    .map((word) => word[0] + word.slice(1).toLowerCase())
    .join("");
}

/** The name of the connection from a kind along a field: one for each relationship type and kind of neighbour. */
export function connectionName(type: RelationshipType, others: readonly Kind[]): string {
  return `${relationshipName(type)}${others.length === 1 ? others[0] : "Entity"}`;
}

/** The GraphQL object type of a relationship type: SUPPLIES → SuppliesRelationship. */
export function relationshipTypeName(type: RelationshipType): string {
  return `${relationshipName(type)}Relationship`;
}

/** The root field that lists a kind: Policy → policies. */
export function listName(kind: Kind): string {
  const plural = kind.endsWith("y") ? `${kind.slice(0, -1)}ies` : `${kind}s`;
  return `${plural[0]!.toLowerCase()}${plural.slice(1)}`;
}

/** A property's name as a value of an enum: marketSizeUsd → MARKET_SIZE_USD. */
export function fieldName(property: string): string {
  return property.replaceAll(/[A-Z]/g, "_$&").toUpperCase();
}
