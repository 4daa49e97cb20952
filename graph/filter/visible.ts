import Cypher from "@neo4j/cypher-builder";
import type { Condition } from "./condition.ts";
import { allOf } from "./condition.ts";

/** Whether a node is of none of the data sets `$hidden`. */
export function visibleNode(node: Cypher.Node): Condition {
  return Cypher.not(Cypher.in(node.property("dataset"), new Cypher.NamedParam("hidden")));
}

/** Whether a relationship is of none of them, and names none of `$hiddenProducts`. Its ends are judged by themselves. */
export function visibleEdge(edge: Cypher.Relationship): Condition {
  const product = Cypher.coalesce(edge.property("product"), new Cypher.Literal(""));
  return allOf([
    Cypher.not(Cypher.in(edge.property("dataset"), new Cypher.NamedParam("hidden"))),
    Cypher.not(Cypher.in(product, new Cypher.NamedParam("hiddenProducts"))),
  ]);
}
