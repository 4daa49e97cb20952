import Cypher from "@neo4j/cypher-builder";
import type { OrderKey } from "../filter/order.ts";

/** Names of the properties that a page is to bring, of its nodes and of its edges; all others are left out of its rows. */
export interface Asked {
  readonly node: readonly string[];
  readonly edge: readonly string[];
}

/**
 * A node's or an edge's properties: those that were asked for, and those that the page is put in order by, which its cursors
 * tell; unknown ones as null. The same question gives the same text.
 */
export function propertiesOf(
  element: Cypher.Node | Cypher.Relationship,
  on: "node" | "edge",
  order: readonly OrderKey[],
  asked: Asked,
): Cypher.Expr {
  const names = namesAsked(on, order, asked);
  return new Cypher.Map(Object.fromEntries(names.map((name) => [name, element.property(name)])));
}

/** The names of those properties, in one order. */
export function namesAsked(on: "node" | "edge", order: readonly OrderKey[], asked: Asked): readonly string[] {
  const ordering = order.flatMap((key) => (key.on === on ? [key.property] : []));
  return [...new Set([...asked[on], ...ordering])].sort();
}
