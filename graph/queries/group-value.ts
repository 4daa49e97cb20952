import Cypher from "@neo4j/cypher-builder";

/** What entities are grouped by: a property, or their kind. */
export function groupValue(node: Cypher.Node, property: string): Cypher.Expr {
  if (property !== "kind") return node.property(property);
  const label = new Cypher.NamedVariable("label");
  const kinds = new Cypher.ListComprehension(label)
    .in(Cypher.labels(node))
    .where(Cypher.neq(label, new Cypher.Literal("Entity")));
  return Cypher.listIndex(kinds, 0);
}
