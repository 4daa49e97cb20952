import { z } from "zod";
import { ENUMS, type EnumName, type EnumValue } from "../ontology.ts";

/** A value of a closed list of the ontology. */
export function enumValue<Name extends EnumName>(name: Name): z.ZodType<EnumValue<Name>> {
  return z.custom<EnumValue<Name>>((value) => typeof value === "string" && Object.hasOwn(ENUMS[name], value));
}

/** The columns that every fact of the projection has: its id, whether it is assumed and when it holds. */
export const factColumns = {
  id: z.string(),
  assertion: enumValue("Assertion"),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
};
