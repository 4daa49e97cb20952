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
function isStored(value: unknown): boolean {
  return (
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean" ||
    (Array.isArray(value) && value.every((each) => typeof each === "string"))
  );
}

/** Whether the values from a place on are those of properties, null where they are unknown. */
export function areKnownOrNull(values: readonly unknown[], from: number): boolean {
  for (let at = from; at < values.length; at += 1) if (values[at] !== null && !isStored(values[at])) return false;
  return true;
}

/** The values from a place on by name, those that are known. */
export function named(names: readonly string[], values: readonly unknown[], from: number): Properties {
  const known: Properties = {};
  for (let at = 0; at < names.length; at += 1) {
    const value = values[from + at];
    if (value !== null) known[names[at]!] = value as Properties[string];
  }
  return known;
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
