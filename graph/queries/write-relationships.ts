import Cypher from "@neo4j/cypher-builder";
import { z } from "zod";
import { propertiesOfRelationship, type RelationshipType } from "../ontology.ts";
import type { PropertyValues } from "../records.ts";
import type { Query, Statement } from "../store/store.ts";
import { packRecords } from "./packed-records.ts";

const noRow = z.never();

/** A relationship to be made; `id` is among its properties. */
export interface NewRelationship {
  readonly from: string;
  readonly to: string;
  readonly properties: PropertyValues;
}

/** Makes relationships of one type between entities that are there. */
export function createRelationships(
  type: RelationshipType,
  relationships: readonly NewRelationship[],
): Statement<never> {
  const row = new Cypher.NamedVariable("row");
  const source = new Cypher.NamedNode("source");
  const target = new Cypher.NamedNode("target");
  const relationship = new Cypher.NamedRelationship("relationship");
  const end = (node: Cypher.Node, index: number) =>
    new Cypher.Pattern(node, { labels: ["Entity"], properties: { id: row.index(index) } });
  const records = relationships.map((each) => each.properties);
  const ends = (index: number): readonly string[] => [relationships[index]!.from, relationships[index]!.to];
  const { unpacked, properties, params } = packRecords(records, ends, propertiesOfRelationship(type), row);
  const clause = unpacked
    .match(end(source, 0))
    .match(end(target, 1))
    .create(new Cypher.Pattern(source).related(relationship, { type, properties }).to(target));
  return { query: { name: `createRelationships${type}`, row: noRow, text: clause.build().cypher }, params };
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
