import { z } from "zod";
import { KIND_NAMES, RELATIONSHIP_TYPES } from "../ontology.ts";

/** Properties by name, without those that are unknown. */
export type Properties = Record<string, string | number | boolean | string[]>;

/** Properties as stored; checked by hand: `z.record` of a union takes ten times as long, and a page has hundreds. */
const properties = z.custom<Properties>((record) => {
  if (typeof record !== "object" || record === null) return false;
  return Object.values(record).every(isStored);
});

/** Whether a value is one that a property can have. */
export function isStored(value: unknown): boolean {
  return (
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean" ||
    (Array.isArray(value) && value.every((each) => typeof each === "string"))
  );
}

/** Properties that were asked for by name, of which the engines give the unknown ones as null: they are left out, as stored. */
export const askedProperties = z
  .custom<Record<string, Properties[string] | null>>(
    (record) =>
      typeof record === "object" &&
      record !== null &&
      Object.values(record).every((value) => value === null || isStored(value)),
  )
  .transform((record): Properties => {
    const known: Properties = {};
    for (const name in record) {
      const value = record[name]!;
      if (value !== null) known[name] = value;
    }
    return known;
  });

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
