import Cypher from "@neo4j/cypher-builder";
import { KIND_NAMES, type Kind } from "../ontology.ts";
import { allOf, anyOf, type Condition } from "./condition.ts";
import type { Field } from "./fields.ts";

type Compare = (property: Cypher.Property, value: unknown) => Cypher.Predicate;

const parameter = (value: unknown): Cypher.Expr => new Cypher.Param(value);

const TEXT: Readonly<Record<string, Compare>> = {
  eq: (property, value) => Cypher.eq(property, parameter(value)),
  ne: (property, value) => Cypher.neq(property, parameter(value)),
  in: (property, value) => Cypher.in(property, parameter(value)),
  notIn: (property, value) => Cypher.not(Cypher.in(property, parameter(value))),
  contains: (property, value) => Cypher.contains(property, parameter(value)),
  startsWith: (property, value) => Cypher.startsWith(property, parameter(value)),
  endsWith: (property, value) => Cypher.endsWith(property, parameter(value)),
  gt: (property, value) => Cypher.gt(property, parameter(value)),
  gte: (property, value) => Cypher.gte(property, parameter(value)),
  lt: (property, value) => Cypher.lt(property, parameter(value)),
  lte: (property, value) => Cypher.lte(property, parameter(value)),
};

/** Follows every sign of a date, so that a text before it begins with the date or comes earlier. */
const AFTER_DATE = "~";
/** By first days: 2025 is 2025-01-01; what lies within the day, month or year that is compared with counts as equal. */
const DATE: Readonly<Record<string, Compare>> = {
  eq: TEXT["eq"]!,
  gt: (property, value) => Cypher.gt(property, parameter(`${value as string}${AFTER_DATE}`)),
  gte: (property, value) => Cypher.gte(property, parameter((value as string).replace(/(-01){1,2}$/, ""))),
  lt: (property, value) => Cypher.lt(property, parameter((value as string).replace(/(-01){1,2}$/, ""))),
  lte: (property, value) => Cypher.lt(property, parameter(`${value as string}${AFTER_DATE}`)),
};

/**
 * One comparison of a property, in plain two-valued logic: a missing value matches no comparison, and so its negation
 * (`negated`) matches what has no value too. Undefined for a name that is no comparison of this type.
 *
 * @param hides true where sources of `$hiddenSources` are to count as not cited
 */
export function comparison(
  node: Cypher.Variable,
  name: string,
  { type }: Field,
  operator: string,
  value: unknown,
  negated: boolean,
  hides: boolean,
): Condition | undefined {
  if (type === "kind") return kindIs(node, operator, value, negated);
  const property = node.property(name);
  if (name === "sources" && hides) return cites(property, operator, value, negated);
  if (operator === "isNull" || operator === "isEmpty") {
    const absent = operator === "isNull" ? Cypher.isNull(property) : isEmpty(property);
    return (value === true) === negated ? Cypher.not(absent) : absent;
  }
  if (type.endsWith("[]")) return holds(property, operator, value, negated);
  const compare = (type === "date" ? DATE : TEXT)[operator];
  return compare && known(property, compare(property, value), negated);
}

function known(property: Cypher.Property, predicate: Cypher.Predicate, negated: boolean): Cypher.Predicate {
  return negated ? Cypher.or(Cypher.isNull(property), Cypher.not(predicate))! : predicate;
}

/** A condition on what is cited, of which the caller knows a part. */
function cites(property: Cypher.Property, operator: string, value: unknown, negated: boolean): Condition | undefined {
  const hidden = new Cypher.NamedParam("hiddenSources");
  if (operator !== "isEmpty")
    return holds(property, operator, value, negated, (one) =>
      Cypher.and(Cypher.in(one, property), Cypher.not(Cypher.in(one, hidden))),
    );
  const source = new Cypher.Variable();
  const absent = Cypher.or(Cypher.isNull(property), Cypher.all(source, property, Cypher.in(source, hidden)));
  return (value === true) === negated ? Cypher.not(absent) : absent;
}

function isEmpty(property: Cypher.Property): Cypher.Predicate {
  return Cypher.or(Cypher.isNull(property), Cypher.eq(Cypher.size(property), new Cypher.Literal(0)))!;
}

function holds(
  property: Cypher.Property,
  operator: string,
  value: unknown,
  negated: boolean,
  has: (one: Cypher.Expr) => Cypher.Predicate = (one) => Cypher.in(one, property),
): Condition | undefined {
  const each = (values: readonly unknown[]): Condition[] =>
    values.map((one) => known(property, has(parameter(one)), negated));
  switch (operator) {
    case "has":
      return each([value])[0];
    case "hasAny":
      return (negated ? allOf : anyOf)(each(value as readonly unknown[]));
    case "hasAll":
      return (negated ? anyOf : allOf)(each(value as readonly unknown[]));
    default:
      return undefined;
  }
}

function kindIs(node: Cypher.Variable, operator: string, value: unknown, negated: boolean): Condition | undefined {
  if (!["eq", "ne", "in", "notIn"].includes(operator)) return undefined;
  const named = Array.isArray(value) ? value : [value];
  const isOne = operator === "eq" || operator === "in";
  const kinds = KIND_NAMES.filter((kind) => named.includes(kind) === (isOne !== negated));
  return anyOf(kinds.map((kind: Kind) => (node as Cypher.Node).hasLabel(kind)));
}
