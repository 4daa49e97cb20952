import Cypher from "@neo4j/cypher-builder";
import type { Kind } from "../ontology.ts";

/** What entities are grouped by: a property, or their kind. */
export function groupValue(node: Cypher.Node, property: string): Cypher.Expr {
  if (property !== "kind") return node.property(property);
  const label = new Cypher.NamedVariable("label");
  const kinds = new Cypher.ListComprehension(label)
    .in(Cypher.labels(node))
    .where(Cypher.neq(label, new Cypher.Literal("Entity")));
  return Cypher.listIndex(kinds, 0);
}

/** The kind of a node that is of one of these kinds; of any where null. */
export function kindOf(node: Cypher.Node, kinds: readonly Kind[] | null): Cypher.Expr {
  return kinds?.length === 1 ? new Cypher.Literal(kinds[0]!) : groupValue(node, "kind");
}
