import { z } from "zod";
import { KIND_NAMES, RELATIONSHIP_TYPES } from "../ontology.ts";

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** The columns of an entity: its id, its kind and its properties as stored. */
export const entityColumns = { id: z.string(), kind: z.enum(KIND_NAMES), properties: z.record(z.string(), value) };
export const entityRow = z.object(entityColumns);
export type EntityRow = z.infer<typeof entityRow>;

/** The columns of a relationship with the ids of its ends. */
export const relationshipRow = z.object({
  id: z.string(),
  type: z.enum(RELATIONSHIP_TYPES),
  from: z.string(),
  to: z.string(),
  properties: z.record(z.string(), value),
});
export type RelationshipRow = z.infer<typeof relationshipRow>;
