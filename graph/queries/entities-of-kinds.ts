import Cypher from "@neo4j/cypher-builder";
import { allOf, predicateOf } from "../filter/condition.ts";
import { visibleNode } from "../filter/visible.ts";
import type { Kind } from "../ontology.ts";
import type { Query } from "../store/store.ts";
import { type EntityRow, entityRow } from "./rows.ts";

/** Which entities are of these kinds? Up to `limit` of each kind with an id after `after` (""), in order of id. */
export function entitiesOfKinds(kinds: readonly Kind[]): Query<EntityRow> {
  const clauses = kinds.map((kind) => {
    const entity = new Cypher.NamedVariable("entity");
    const node = new Cypher.NamedNode("entity");
    const id = node.property("id");
    return new Cypher.Match(new Cypher.Pattern(node, { labels: [kind] }))
      .where(predicateOf(allOf([Cypher.gt(id, new Cypher.NamedParam("after")), visibleNode(node)]))!)
      .return([id, "id"], [new Cypher.Literal(kind), "kind"], [Cypher.properties(entity), "properties"])
      .orderBy([id, "ASC"])
      .limit(new Cypher.NamedParam("limit"));
  });
  const clause = clauses.length === 1 ? clauses[0]! : new Cypher.Union(...clauses).all();
  return { name: "entitiesOfKinds", row: entityRow, text: clause.build().cypher };
}
