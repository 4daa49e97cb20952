import { z } from "zod";
import { GraphError } from "../errors.ts";
import { NOTHING_HIDDEN } from "./hidden.ts";
import type { Params, Query } from "./store.ts";

/**
 * Parameters as both engines take them alike: `undefined` counts as null, and a number that is no finite number is
 * refused. An integer-valued number is an INTEGER of Cypher and any other a FLOAT, on both engines: `1.0` is `1` in
 * JavaScript, so a share of 1 may be stored as INTEGER 1, which compares and sorts as 1.0 does. Only `/` between two such
 * numbers differs (it divides without remainder): write `toFloat(a) / b`. Where they do not say what is hidden, nothing is.
 *
 * @param integer how the engine wants a safe integer
 */
export function encodeParams(name: string, params: Params, integer: (value: number) => unknown): Params {
  return encode(name, { ...NOTHING_HIDDEN, ...params }, integer) as Params;
}

function encode(name: string, value: unknown, integer: (value: number) => unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new GraphError("BAD_INPUT", `${name}: ${value} cannot be stored as a number`);
    return Number.isSafeInteger(value) ? integer(value) : value;
  }
  if (Array.isArray(value)) return value.map((item) => encode(name, item, integer));
  if (typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(name, item, integer)]));
  return value;
}

/** A value of a row as both engines give it alike: plain numbers for 64-bit integers, null for NaN and infinities. */
export function decodeValue(value: unknown): unknown {
  // Most are texts.
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return decodeList(value);
  if (isPlainObject(value)) return decodeObject(value);
  return value;
}

/** Most objects are rows and properties as they should be, which need no copy. */
function decodeObject(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let decoded: Record<string, unknown> | undefined;
  for (const key of Object.keys(given)) {
    const value = decodeValue(given[key]);
    if (value === given[key]) continue;
    decoded ??= Object.fromEntries(Object.entries(given));
    decoded[key] = value;
  }
  return decoded ?? given;
}

/** Most lists are columns or rows of what is as it should be. */
function decodeList(given: readonly unknown[]): readonly unknown[] {
  let decoded: unknown[] | undefined;
  for (let at = 0; at < given.length; at += 1) {
    const value = decodeValue(given[at]);
    if (value === given[at]) continue;
    decoded ??= [...given];
    decoded[at] = value;
  }
  return decoded ?? given;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * The rows in the shape the query promises.
 *
 * @throws GraphError INTERNAL naming the query, the columns and what was expected there, never the data
 */
export function parseRows<Row>(query: Query<Row>, rows: readonly Record<string, unknown>[]): Row[] {
  const parsed = rowsOf(query.row).safeParse(rows.map(decodeValue));
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const ofFirst = issues.filter(({ path }) => path[0] === issues[0]!.path[0]);
  const where = ofFirst.map(({ path, code }) => `${path.slice(1).join(".")} (${code})`);
  throw new GraphError(
    "INTERNAL",
    `${query.name} returned a row of another shape than it promises: ${where.join(", ")}`,
  );
}

/** To check rows one by one takes half as long again. */
const rowsOfShapes = new WeakMap<z.ZodType, z.ZodType>();

function rowsOf<Row>(row: z.ZodType<Row>): z.ZodType<Row[]> {
  const known = rowsOfShapes.get(row) as z.ZodType<Row[]> | undefined;
  if (known !== undefined) return known;
  const rows = z.array(row);
  rowsOfShapes.set(row, rows);
  return rows;
}
