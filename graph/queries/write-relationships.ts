import Cypher from "@neo4j/cypher-builder";
import { z } from "zod";
import type { RelationshipType } from "../ontology.ts";
import type { Query } from "../store/store.ts";

const noRow = z.never();

/** Makes relationships of one type between entities that are there: `rows` of `from`, `to` and `properties`. */
export function createRelationships(type: RelationshipType): Query<never> {
  const row = new Cypher.NamedVariable("row");
  const source = new Cypher.NamedNode("source");
  const target = new Cypher.NamedNode("target");
  const relationship = new Cypher.NamedRelationship("relationship");
  const end = (node: Cypher.Node, id: string) =>
    new Cypher.Pattern(node, { labels: ["Entity"], properties: { id: row.property(id) } });
  const clause = new Cypher.Unwind([new Cypher.NamedParam("rows"), row])
    .match(end(source, "from"))
    .match(end(target, "to"))
    .create(new Cypher.Pattern(source).related(relationship, { type }).to(target))
    .set([relationship, "+=", row.property("properties")]);
  return { name: `createRelationships${type}`, row: noRow, text: clause.build().cypher };
}

/**
 * Changes relationships of one type: `rows` of a source (`from`) and its `changes` by relationship id, where a null
 * removes the property. One pass over the relationships of a source, however many of them change.
 */
export function updateRelationships(type: RelationshipType): Query<never> {
  const row = new Cypher.NamedVariable("row");
  const source = new Cypher.NamedNode("source");
  const relationship = new Cypher.NamedRelationship("relationship");
  const change = row.property("changes", relationship.property("id"));
  const pattern = new Cypher.Pattern(source, { labels: ["Entity"], properties: { id: row.property("from") } })
    .related(relationship, { type })
    .to({ labels: ["Entity"] });
  const clause = new Cypher.Unwind([new Cypher.NamedParam("rows"), row])
    .match(pattern)
    .where(Cypher.isNotNull(change))
    .set([relationship, "+=", change]);
  return { name: `updateRelationships${type}`, row: noRow, text: clause.build().cypher };
}
