import Cypher from "@neo4j/cypher-builder";
import { GraphError } from "../errors.ts";
import type { PropertyValues } from "../records.ts";
import type { Params } from "../store/store.ts";

/** What the store keeps of a record beside what its kind or type defines. */
const BOOKKEEPING = ["id", "searchText", "version", "updatedAt"] as const;
/** Properties that mostly are the same in all records of a statement; those that are travel once. */
const OFTEN_THE_SAME = ["version", "updatedAt", "dataset", "assertion"] as const;

/** How the properties of many new records get into one statement. */
export interface Columns {
  /** What each property is set to, where a record is the list `row`. */
  readonly properties: Readonly<Record<string, Cypher.Expr>>;
  /** Values that all records share, by the names of their parameters. */
  readonly shared: Params;
  /** The columns of a record, in the order of its list. */
  valuesOf(record: PropertyValues): unknown[];
}

/**
 * Lays out the properties of records as columns of lists: both engines take these up about twice as fast as maps. Only
 * names of the ontology get into the text, in the order of their definitions.
 *
 * @param row the variable of a record in the statement
 * @param first index of the first property in the list of a record
 * @param defined the properties of the kind or type, by name
 * @throws GraphError BAD_INPUT for a property that neither the ontology nor the store knows
 */
export function columnsOf(
  records: readonly PropertyValues[],
  defined: Readonly<Record<string, unknown>>,
  row: Cypher.Variable,
  first: number,
): Columns {
  const used = new Set<string>();
  for (const record of records) for (const name in record) used.add(name);
  const shared: Record<string, unknown> = {};
  for (const name of OFTEN_THE_SAME) {
    const value = records[0]?.[name];
    if (value !== undefined && records.every((record) => record[name] === value)) shared[name] = value;
  }
  const properties: Record<string, Cypher.Expr> = {};
  const columns: string[] = [];
  for (const name of [...BOOKKEEPING, ...Object.keys(defined)]) {
    if (!used.delete(name)) continue;
    if (Object.hasOwn(shared, name)) properties[name] = new Cypher.NamedParam(name);
    else properties[name] = row.index(first + columns.push(name) - 1);
  }
  for (const name of used) throw new GraphError("BAD_INPUT", `No property is called ${JSON.stringify(name)} here`);
  return { properties, shared, valuesOf: (record) => columns.map((name) => record[name] ?? null) };
}
