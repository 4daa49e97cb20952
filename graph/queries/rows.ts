import { z } from "zod";
import { KIND_NAMES, RELATIONSHIP_TYPES } from "../ontology.ts";

type Properties = Record<string, string | number | boolean | string[]>;

/** Properties as stored; checked by hand: `z.record` of a union takes ten times as long, and a page has hundreds. */
const properties = z.custom<Properties>((record) => {
  if (typeof record !== "object" || record === null) return false;
  return Object.values(record).every(isStored);
});

function isStored(value: unknown): boolean {
  return (
    ["string", "number", "boolean"].includes(typeof value) ||
    (Array.isArray(value) && value.every((each) => typeof each === "string"))
  );
}

/** The columns of an entity: its id, its kind and its properties as stored. */
export const entityColumns = { id: z.string(), kind: z.enum(KIND_NAMES), properties };
export const entityRow = z.object(entityColumns);
export type EntityRow = z.infer<typeof entityRow>;

/** The columns of a relationship with the ids of its ends. */
export const relationshipRow = z.object({
  id: z.string(),
  type: z.enum(RELATIONSHIP_TYPES),
  from: z.string(),
  to: z.string(),
  properties,
});
export type RelationshipRow = z.infer<typeof relationshipRow>;
