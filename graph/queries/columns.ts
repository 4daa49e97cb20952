import { GraphError } from "../errors.ts";
import type { PropertyValues } from "../records.ts";

/** What the store keeps of a record beside what its kind or type defines. */
const BOOKKEEPING = ["id", "searchText", "version", "updatedAt"] as const;

/**
 * The properties that some of these records have, in the order of their definitions: each is a column of a statement that
 * makes them. Only names of the ontology get into its text.
 *
 * @param defined the properties of the kind or type, by name
 * @throws GraphError BAD_INPUT for a property that neither the ontology nor the store knows
 */
export function columnsOf(records: readonly PropertyValues[], defined: Readonly<Record<string, unknown>>): string[] {
  const used = new Set<string>();
  for (const record of records) for (const name in record) used.add(name);
  const columns = [...BOOKKEEPING, ...Object.keys(defined)].filter((name) => used.delete(name));
  for (const name of used) throw new GraphError("BAD_INPUT", `No property is called ${JSON.stringify(name)} here`);
  return columns;
}

/** The values of a record in these columns, null where it has none. */
export function valuesIn(columns: readonly string[], record: PropertyValues): unknown[] {
  return columns.map((name) => record[name] ?? null);
}
