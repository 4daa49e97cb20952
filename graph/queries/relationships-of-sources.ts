import Cypher from "@neo4j/cypher-builder";
import type { RelationshipType } from "../ontology.ts";
import type { Query } from "../store/store.ts";
import { type RelationshipRow, relationshipRow } from "./rows.ts";

/**
 * Which relationships of this type start at these entities (`froms`), or of those only the ones with these ids (`ids`;
 * null: all)? Rows in no order. No engine finds a relationship by its id, so it is found from its source.
 */
export function relationshipsOfSources(type: RelationshipType): Query<RelationshipRow> {
  const from = new Cypher.NamedVariable("from");
  const source = new Cypher.NamedNode("source");
  const target = new Cypher.NamedNode("target");
  const relationship = new Cypher.NamedRelationship("relationship");
  const ids = new Cypher.NamedParam("ids");
  const pattern = new Cypher.Pattern(source, { labels: ["Entity"], properties: { id: from } })
    .related(relationship, { type })
    .to(target, { labels: ["Entity"] });
  const clause = new Cypher.Unwind([new Cypher.NamedParam("froms"), from])
    .match(pattern)
    .where(Cypher.or(Cypher.isNull(ids), Cypher.in(relationship.property("id"), ids)))
    .return(
      [relationship.property("id"), "id"],
      [new Cypher.Literal(type), "type"],
      [from, "from"],
      [target.property("id"), "to"],
      [Cypher.properties(relationship), "properties"],
    );
  return { name: `relationshipsOfSources${type}`, row: relationshipRow, text: clause.build().cypher };
}
