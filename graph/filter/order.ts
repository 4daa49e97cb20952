import Cypher from "@neo4j/cypher-builder";
import { GraphError } from "../errors.ts";
import { ENUMS, type RelationshipType } from "../ontology.ts";
import type { PropertyValues } from "../records.ts";
import { allOf, anyOf, type Condition } from "./condition.ts";
import { edgeFields, type Field, isEnum, isOrderable, nodeFields, type Scope } from "./fields.ts";

/** One property that a list is put in order by. */
export interface OrderKey {
  readonly on: "node" | "edge";
  readonly property: string;
  readonly direction: "ASC" | "DESC";
  readonly type: Field["type"];
}

/** Which way a page runs from its cursor; its rows come in that order. */
export type PageDirection = "FORWARD" | "BACKWARD";

export type KeyValue = string | number | null;

/** How many properties one list is put in order by. */
export const ORDER_LIMIT = 5;

/** @throws GraphError BAD_INPUT for a property that the scope, or the relationship type, cannot be put in order by */
export function orderKey(
  asked: Pick<OrderKey, "on" | "property" | "direction">,
  scope: Scope,
  type: RelationshipType | null,
): OrderKey {
  const fields = asked.on === "node" || type === null ? nodeFields(scope) : edgeFields(type);
  const field = Object.hasOwn(fields, asked.property) ? fields[asked.property] : undefined;
  if (field === undefined || !isOrderable(field))
    throw new GraphError("BAD_INPUT", `\`orderBy\`: nothing here can be put in order by ${asked.property}`);
  return { ...asked, type: field.type };
}

/** What the rows are compared by: the property, or the place of its value in the closed list. */
export function keyExpression(key: OrderKey, element: Cypher.Variable): Cypher.Expr {
  const property = element.property(key.property);
  const ranked = rankedValues(key);
  if (ranked === null) return property;
  const rank = new Cypher.Case(property);
  for (const [place, value] of ranked.entries()) rank.when(new Cypher.Literal(value)).then(new Cypher.Literal(place));
  return rank;
}

/** The same of a row that was read. */
export function keyValue(key: OrderKey, values: PropertyValues): KeyValue {
  const value = (values[key.property] ?? null) as KeyValue | boolean;
  const ranked = rankedValues(key);
  return ranked === null || value === null ? (value as KeyValue) : ranked.indexOf(value as string | boolean);
}

/** The values that are compared by their place in a list; null for texts and numbers. */
function rankedValues({ type }: OrderKey): readonly (string | boolean)[] | null {
  if (type === "boolean") return [false, true];
  return isEnum(type) ? Object.keys(ENUMS[type]) : null;
}

/** ORDER BY of the keys, unknown values last under either direction; reversed for a page that runs backwards. */
export function ordered(
  keys: readonly { readonly expression: Cypher.Expr; readonly direction: "ASC" | "DESC" }[],
  page: PageDirection,
): [Cypher.Expr, Cypher.Order][] {
  const turned = (direction: "ASC" | "DESC") => ((page === "FORWARD") === (direction === "ASC") ? "ASC" : "DESC");
  return keys.flatMap(({ expression, direction }): [Cypher.Expr, Cypher.Order][] => [
    [Cypher.isNull(expression), turned("ASC")],
    [expression, turned(direction)],
  ]);
}

interface KeyAt {
  readonly expression: Cypher.Expr;
  readonly direction: "ASC" | "DESC";
  readonly value: KeyValue;
  /** No row lacks it: an id. */
  readonly known: boolean;
}

/** Which rows lie behind the row with these values, in the direction of the page. */
export function behind(keys: readonly KeyAt[], page: PageDirection): Condition {
  return anyOf(keys.map((key, at) => allOf([...keys.slice(0, at).map(same), further(key, page)])));
}

function same({ expression, value }: KeyAt): Condition {
  return value === null ? Cypher.isNull(expression) : Cypher.eq(expression, new Cypher.Param(value));
}

function further({ expression, direction, value, known }: KeyAt, page: PageDirection): Condition {
  // Unknown values stand last: nothing is behind one, and every known value is before it.
  if (value === null) return page === "FORWARD" ? false : Cypher.isNotNull(expression);
  const compare = (page === "FORWARD") === (direction === "ASC") ? Cypher.gt : Cypher.lt;
  const beyond = compare(expression, new Cypher.Param(value));
  return page === "FORWARD" && !known ? anyOf([beyond, Cypher.isNull(expression)]) : beyond;
}
