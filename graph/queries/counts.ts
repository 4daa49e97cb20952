import Cypher from "@neo4j/cypher-builder";
import { z } from "zod";
import { cypher } from "../cypher.ts";
import { KIND_NAMES, RELATIONSHIP_TYPES } from "../ontology.ts";
import type { Query } from "../store/store.ts";

const kindRow = z.object({ kind: z.enum(KIND_NAMES), count: z.number() });
const typeRow = z.object({ type: z.enum(RELATIONSHIP_TYPES), count: z.number() });

/** How many entities are there of each kind? In no order; of none there is no row. */
export const entityCounts: Query<z.infer<typeof kindRow>> = {
  name: "entityCounts",
  row: kindRow,
  text: countOfEachKind(),
};

/** How many relationships are there of each type? */
export const relationshipCounts: Query<z.infer<typeof typeRow>> = {
  name: "relationshipCounts",
  row: typeRow,
  text: cypher`
    MATCH (source:Entity)-[relationship]->(target:Entity)
    WHERE NOT (source.dataset IN $hidden OR relationship.dataset IN $hidden OR target.dataset IN $hidden)
      AND NOT coalesce(relationship.product, "") IN $hiddenProducts
    RETURN type(relationship) AS type, count(relationship) AS count
    ORDER BY type
  `,
};

/** Kind by kind: both engines know the nodes of a label, and to ask each node for its own takes the embedded one five times as long. */
function countOfEachKind(): string {
  const kinds = [...KIND_NAMES].sort().map((kind) => {
    const entity = new Cypher.Node();
    const count = new Cypher.NamedVariable("count");
    return new Cypher.Match(new Cypher.Pattern(entity, { labels: [kind] }))
      .where(entity.hasLabel("Entity"))
      .and(Cypher.not(Cypher.in(entity.property("dataset"), new Cypher.NamedParam("hidden"))))
      .with([Cypher.count(entity), count])
      .where(Cypher.gt(count, new Cypher.Literal(0)))
      .return([new Cypher.Literal(kind), "kind"], count);
  });
  return new Cypher.Union(...kinds).all().build().cypher;
}
