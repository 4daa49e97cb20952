import Cypher from "@neo4j/cypher-builder";

/** A condition that is never unknown: a predicate, or settled already. */
export type Condition = Cypher.Predicate | boolean;

/** Holds where all hold; where there is none, it holds. */
export function allOf(conditions: readonly Condition[]): Condition {
  const open = conditions.filter((condition) => condition !== true);
  if (open.includes(false)) return false;
  return open.length === 0 ? true : Cypher.and(...(open as Cypher.Predicate[]))!;
}

/** Holds where one holds; where there is none, it does not. */
export function anyOf(conditions: readonly Condition[]): Condition {
  const open = conditions.filter((condition) => condition !== false);
  if (open.includes(true)) return true;
  return open.length === 0 ? false : Cypher.or(...(open as Cypher.Predicate[]))!;
}

/** As the predicate of a WHERE; null where every row holds. */
export function predicateOf(condition: Condition): Cypher.Predicate | null {
  if (condition === true) return null;
  return condition === false ? Cypher.eq(new Cypher.Literal(0), new Cypher.Literal(1)) : condition;
}
