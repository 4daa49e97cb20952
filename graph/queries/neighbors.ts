import Cypher from "@neo4j/cypher-builder";
import { z } from "zod";
import type { NeighborField } from "../ontology.ts";
import type { Query } from "../store/store.ts";
import { entityRow, relationshipRow } from "./rows.ts";

const neighborRow = z.object({
  source: z.string(),
  relationshipId: z.string(),
  facts: relationshipRow.shape.properties,
  id: z.string(),
  kind: entityRow.shape.kind,
  properties: entityRow.shape.properties,
});
export type NeighborRow = z.infer<typeof neighborRow>;

const countRow = z.object({ source: z.string(), count: z.number() });
export type NeighborCountRow = z.infer<typeof countRow>;

/** Which way a page runs from its cursor; rows come in that order. */
export type PageDirection = "FORWARD" | "BACKWARD";

/**
 * Who are the neighbours of these entities (`ids`) along one field of the ontology? At most `limit` for each source, in
 * order of the neighbour's id and then the relationship's, from behind the cursor (`otherId`, `relationshipId`), both ""
 * at the start of a list and `END_OF_IDS` at its end.
 */
export function neighbors(field: NeighborField, page: PageDirection): Query<NeighborRow> {
  const { source, sourceId, other, relationship, pattern } = ends(field);
  const [otherId, relationshipId] = [other.property("id"), relationship.property("id")];
  const [cursorOther, cursorRelationship] = [new Cypher.NamedParam("otherId"), new Cypher.NamedParam("relationshipId")];
  const behind = page === "FORWARD" ? Cypher.gt : Cypher.lt;
  const order = page === "FORWARD" ? "ASC" : "DESC";
  const label = new Cypher.NamedVariable("label");
  const kind = new Cypher.ListComprehension(label)
    .in(Cypher.labels(other))
    .where(Cypher.neq(label, new Cypher.Literal("Entity")));
  const found = new Cypher.Match(pattern)
    .where(
      Cypher.or(
        behind(otherId, cursorOther),
        Cypher.and(Cypher.eq(otherId, cursorOther), behind(relationshipId, cursorRelationship)),
      ),
    )
    .return(relationship, other)
    .orderBy([otherId, order], [relationshipId, order])
    .limit(new Cypher.NamedParam("limit"));
  const clause = unwindSources(source, sourceId)
    .call(found, [source])
    .return(
      [sourceId, "source"],
      [relationshipId, "relationshipId"],
      [Cypher.properties(relationship), "facts"],
      [otherId, "id"],
      [Cypher.listIndex(kind, 0), "kind"],
      [Cypher.properties(other), "properties"],
    )
    // By the names of the columns: after RETURN, the embedded engine knows nothing else.
    .orderBy([column("source"), "ASC"], [column("id"), order], [column("relationshipId"), order]);
  return { name: `neighbors ${field.kind}.${field.field}`, row: neighborRow, text: clause.build().cypher };
}

/** How many neighbours have these entities (`ids`) along one field of the ontology? None = no row. */
export function neighborCounts(field: NeighborField): Query<NeighborCountRow> {
  const { source, sourceId, relationship, pattern } = ends(field);
  const clause = unwindSources(source, sourceId)
    .match(pattern)
    .return([sourceId, "source"], [Cypher.count(relationship), "count"]);
  return { name: `neighborCounts ${field.kind}.${field.field}`, row: countRow, text: clause.build().cypher };
}

/** Greater than every id: where a list ends. */
export const END_OF_IDS = "\u{10FFFF}";

function column(name: string): Cypher.Variable {
  return new Cypher.NamedVariable(name);
}

function ends(field: NeighborField) {
  const source = new Cypher.NamedNode("origin");
  const other = new Cypher.NamedNode("other");
  const relationship = new Cypher.NamedRelationship("relationship");
  const label = field.others.length === 1 ? field.others[0]! : "Entity";
  const pattern = new Cypher.Pattern(source)
    .related(relationship, { type: field.type, direction: field.direction === "OUT" ? "right" : "left" })
    .to(other, { labels: [label] });
  return { source, sourceId: new Cypher.NamedVariable("sourceId"), other, relationship, pattern };
}

function unwindSources(source: Cypher.NamedNode, sourceId: Cypher.Variable) {
  const pattern = new Cypher.Pattern(source, { labels: ["Entity"], properties: { id: sourceId } });
  return new Cypher.Unwind([new Cypher.NamedParam("ids"), sourceId]).match(pattern);
}
