import Cypher from "@neo4j/cypher-builder";
import { GraphError } from "../errors.ts";
import type { PropertyDefinition } from "../ontology.ts";
import { isSameValue, type PropertyValue, type PropertyValues } from "../records.ts";
import type { Params } from "../store/store.ts";

/** What the store keeps of a record beside what its kind or type defines. */
const BOOKKEEPING: Readonly<Record<string, Packing>> = {
  id: { type: "string", required: true },
  searchText: { type: "string" },
  version: { type: "integer" },
  updatedAt: { type: "string" },
};
/** Properties that mostly are the same in all records of a statement; those that are travel once. */
const OFTEN_THE_SAME = new Set(["version", "updatedAt", "dataset", "assertion", "sources", "readiness"]);
/** What ends a record, a cell and an element of a list. No value holds a NUL: the checks refuse it. */
const MARKS = { endOfRecord: "\0r", endOfCell: "\0c", endOfElement: "\0e" } as const;

type Packing = Pick<PropertyDefinition, "type" | "required">;

/** How many new records get into one statement. */
export interface PackedRecords {
  /** Takes the records apart again: `row` is the list of the cells of one. */
  readonly unpacked: Cypher.With;
  /** What each property is set to. */
  readonly properties: Readonly<Record<string, Cypher.Expr>>;
  readonly params: Params;
}

/**
 * Packs new records into one text, which the statement takes apart: a driver packs a list of lists value by value, which
 * takes our process two to three times as long. Only names of the ontology get into the statement, in the order of their
 * definitions.
 *
 * @param ends texts that stand before the properties in the cells of a record, such as the ids of its ends
 * @param defined the properties of the kind or type, by name
 * @throws GraphError BAD_INPUT for a property that neither the ontology nor the store knows, and a value that is not of
 *   its property's type, holds a NUL, or is an empty text
 */
export function packRecords(
  records: readonly PropertyValues[],
  ends: (index: number) => readonly string[],
  defined: Readonly<Record<string, Packing>>,
  row: Cypher.Variable,
): PackedRecords {
  const used = new Set<string>();
  for (const record of records) for (const name in record) used.add(name);
  const shared: Record<string, PropertyValue> = {};
  const properties: Record<string, Cypher.Expr> = {};
  const columns: [name: string, type: string][] = [];
  const first = records.length === 0 ? 0 : ends(0).length;
  for (const [name, packing] of Object.entries({ ...BOOKKEEPING, ...defined })) {
    if (!used.delete(name)) continue;
    const value = OFTEN_THE_SAME.has(name) ? records[0]![name] : undefined;
    const isShared =
      value !== undefined &&
      packedValue(name, value, packing.type) !== "" &&
      records.every((record) => isSameValue(record[name], value));
    if (isShared) {
      shared[name] = value;
      properties[name] = new Cypher.NamedParam(name);
    } else properties[name] = unpackedValue(row.index(first + columns.push([name, packing.type]) - 1), packing);
  }
  for (const name of used) throw new GraphError("BAD_INPUT", `No property is called ${JSON.stringify(name)} here`);
  // Joined, a text is one piece of memory; put together bit by bit it would be a tree of its bits.
  const lines = records.map((record, index) => {
    const cells = ends(index).map((end) => packedText("id", end));
    for (const [name, type] of columns) cells.push(packedValue(name, record[name], type));
    return cells.join(MARKS.endOfCell);
  });
  const line = new Cypher.NamedVariable("line");
  const parted = (text: Cypher.Expr, mark: keyof typeof MARKS) => Cypher.split(text, new Cypher.NamedParam(mark));
  return {
    unpacked: new Cypher.Unwind([parted(new Cypher.NamedParam("records"), "endOfRecord"), line]).with([
      parted(line, "endOfCell"),
      row,
    ]),
    properties,
    params: { ...shared, ...MARKS, records: lines.join(MARKS.endOfRecord) },
  };
}

function packedValue(name: string, value: PropertyValue | undefined, type: string): string {
  if (value === undefined) return "";
  if (type.endsWith("[]") && Array.isArray(value))
    return value.map((element: string) => packedText(name, element)).join(MARKS.endOfElement);
  const wanted = type === "double" || type === "integer" ? "number" : type === "boolean" ? "boolean" : "string";
  if (typeof value !== wanted) throw unfit(name, value);
  if (typeof value === "string") return packedText(name, value);
  if (typeof value === "number" && !Number.isFinite(value)) throw unfit(name, value);
  return String(value);
}

function packedText(name: string, text: string): string {
  if (text === "" || text.includes("\0")) throw unfit(name, text);
  return text;
}

function unfit(name: string, value: PropertyValue): GraphError {
  return new GraphError("BAD_INPUT", `${name}: ${JSON.stringify(value)} cannot be stored`);
}

/** The value of a cell; an empty one says that the record has none. */
function unpackedValue(cell: Cypher.Expr, { type, required }: Packing): Cypher.Expr {
  if (type === "double") return Cypher.toFloat(cell);
  if (type === "integer") return Cypher.toInteger(cell);
  if (type === "boolean") return Cypher.toBoolean(cell);
  const text = required === true ? cell : Cypher.nullIf(cell, new Cypher.Literal(""));
  return type.endsWith("[]") ? Cypher.split(text, new Cypher.NamedParam("endOfElement")) : text;
}
