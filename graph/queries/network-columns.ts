import { z } from "zod";
import { ENUMS, type EnumName, type EnumValue } from "../ontology.ts";

/**
 * Columns of the projection: one record holds a list a column, which costs a third of a record an edge. `collect` leaves
 * nulls out, so that `false` stands for what is not stated.
 */
export type Stated<Value> = readonly (Value | false)[];

type Check = (value: unknown) => boolean;

/** Checks of the values of a column; each also lets an unstated one pass where it may be. */
export const column = {
  number: (value: unknown) => typeof value === "number",
  key: (value: unknown) => Number.isSafeInteger(value),
  text: (value: unknown) => typeof value === "string",
  flag: (value: unknown) => typeof value === "boolean",
  statedText: (value: unknown) => value === false || typeof value === "string",
  statedNumber: (value: unknown) => value === false || typeof value === "number",
  stated: (name: EnumName): Check => {
    const values = ENUMS[name];
    return (value) => value === false || (typeof value === "string" && Object.hasOwn(values, value));
  },
} as const;

/** What is seldom stated of an edge: one list of values, null where unstated, or `false` where none is stated. */
export type Rest = readonly (readonly unknown[] | false)[];

/** Checks the lists of a `Rest`, value by value. */
export function restCheck(checks: readonly Check[]): Check {
  return (value) =>
    value === false ||
    (Array.isArray(value) &&
      value.length === checks.length &&
      value.every((each, index) => each === null || checks[index]!(each)));
}

/** The value at one place of the lists of a `Rest`, as a column. */
export function restColumn<Value>(rest: Rest, index: number): readonly (Value | null)[] {
  return rest.map((values) => (values === false ? null : ((values[index] ?? null) as Value | null)));
}

/** As `restColumn`, for the assertion of a fact: stated, unless it says otherwise. */
export function assertionColumn(rest: Rest, index: number): readonly EnumValue<"Assertion">[] {
  return restColumn<EnumValue<"Assertion">>(rest, index).map((assertion) => assertion ?? "STATED");
}

/** A record of columns of one length, each value checked by its column's own check: zod would take longer than the query. */
export function columnsRow<Row>(checks: Readonly<Record<keyof Row & string, Check>>): z.ZodType<Row> {
  const names = Object.keys(checks) as (keyof Row & string)[];
  return z.custom<Row>((record) => {
    if (typeof record !== "object" || record === null) return false;
    const columns = record as Readonly<Record<string, unknown>>;
    const first = columns[names[0]!];
    return names.every((name) => {
      const values = columns[name];
      return Array.isArray(values) && values.length === (first as unknown[]).length && values.every(checks[name]);
    });
  });
}

/** What every edge of the projection has; `id` is unstated where it is made of the ends, product and slot. */
export interface FactColumns {
  readonly id: Stated<string>;
  readonly assumed: readonly boolean[];
  readonly validFrom: Stated<string>;
  readonly validTo: Stated<string>;
}

export const factChecks = {
  id: column.statedText,
  assumed: column.flag,
  validFrom: column.statedText,
  validTo: column.statedText,
} as const;
