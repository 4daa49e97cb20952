import Cypher from "@neo4j/cypher-builder";
import { z } from "zod";
import { allOf, predicateOf } from "../filter/condition.ts";
import { scopeOf } from "../filter/fields.ts";
import { type Narrowing, neighborCondition, type Where } from "../filter/where.ts";
import type { NeighborField } from "../ontology.ts";
import type { Statement } from "../store/store.ts";
import { type Asked, propertiesOf } from "./asked.ts";
import { composed, composedOnce } from "./composed.ts";
import { groupValue, kindOf } from "./group-value.ts";
import { isPlain, type PageOf, pageKeys } from "./page-keys.ts";
import { askedProperties, entityRow } from "./rows.ts";

const neighborRow = z.object({
  source: z.string(),
  relationshipId: z.string(),
  facts: askedProperties,
  id: z.string(),
  kind: entityRow.shape.kind,
  properties: askedProperties,
});
type Neighbor = z.infer<typeof neighborRow>;
/** `relationshipId` is null where it was read along (`NeighborsAlong`) and nobody asks for it. */
export type NeighborRow = Omit<Neighbor, "relationshipId"> & { readonly relationshipId: string | null };

const countRow = z.object({ source: z.string(), count: z.number() });
export type NeighborCountRow = z.infer<typeof countRow>;

const groupRow = countRow.extend({ value: z.union([z.string(), z.boolean()]).nullable() });
export type NeighborGroupRow = z.infer<typeof groupRow>;

/** Neighbours along one field of the ontology, those that a `where` asks for. */
export interface NeighborList extends Narrowing {
  readonly field: NeighborField;
  readonly where: Where | null;
}

/**
 * Who are the neighbours of these entities (`ids`) in a list? A page of each source's, one statement for all: in the
 * order of the page, ties by the neighbour's id and then the relationship's, from behind the cursor, with
 * the properties asked for.
 */
export function neighbors(
  list: NeighborList,
  ids: readonly string[],
  page: PageOf,
  asked: Asked,
): Statement<NeighborRow> {
  const given = { ids, limit: page.limit };
  const name = nameOf(list);
  const shape = isPlain(list, page) ? ["neighbors", name, list.hides, page.direction, page.order, asked] : null;
  return composedOnce(shape, given, () =>
    composed(`neighbors ${name}`, neighborRow, pagesOf(list, page, asked), given),
  );
}

function pagesOf(list: NeighborList, page: PageOf, asked: Asked): Cypher.Clause {
  const { source, sourceId, other, edge, keys, match } = matchedPage(list, page);
  const found = match
    .return(edge, other)
    .orderBy(...keys.order)
    .limit(new Cypher.NamedParam("limit"));
  return unwindSources(source, sourceId)
    .call(found, [source])
    .return(
      [sourceId, "source"],
      [edge.property("id"), "relationshipId"],
      [propertiesOf(edge, "edge", page.order, asked), "facts"],
      [other.property("id"), "id"],
      [kindOf(other, list.field.others), "kind"],
      [propertiesOf(other, "node", page.order, asked), "properties"],
      ...keys.columns,
    )
    .orderBy([new Cypher.NamedVariable("source"), "ASC"], ...keys.columnOrder);
}

/** How many neighbours have these entities (`ids`) in a list? None = no row. */
export function neighborCounts(list: NeighborList, ids: readonly string[]): Statement<NeighborCountRow> {
  const { source, sourceId, edge, pattern, condition } = matched(list);
  const clause = unwindSources(source, sourceId).match(pattern);
  const predicate = predicateOf(condition);
  if (predicate !== null) clause.where(predicate);
  const counted = clause.return([sourceId, "source"], [Cypher.count(edge), "count"]);
  return composed(`neighborCounts ${nameOf(list)}`, countRow, counted, { ids });
}

/** How many of them have each value of a property of the node or of the edge? Those without a value are a group too. */
export function neighborGroups(
  list: NeighborList,
  by: { readonly on: "node" | "edge"; readonly property: string },
  ids: readonly string[],
): Statement<NeighborGroupRow> {
  const { source, sourceId, other, edge, pattern, condition } = matched(list);
  const clause = unwindSources(source, sourceId).match(pattern);
  const predicate = predicateOf(condition);
  if (predicate !== null) clause.where(predicate);
  const value = by.on === "edge" ? edge.property(by.property) : groupValue(other, by.property);
  const counted = clause.return([sourceId, "source"], [value, "value"], [Cypher.count(edge), "count"]);
  return composed(`neighborGroups ${nameOf(list)}`, groupRow, counted, { ids });
}

function nameOf({ field }: NeighborList): string {
  return `${field.kind}.${field.field}`;
}

/** The neighbours of a source from behind the cursor of a page, and what they are put in order by. */
export function matchedPage(list: NeighborList, page: PageOf, source = new Cypher.NamedNode("origin")) {
  const found = matched(list, source);
  const keys = pageKeys(page, { node: found.other, edge: found.edge });
  const match = new Cypher.Match(found.pattern);
  const predicate = predicateOf(allOf([keys.isBehind, found.condition]));
  if (predicate !== null) match.where(predicate);
  return { ...found, keys, match };
}

function matched({ field, where, asOf, hides }: NeighborList, source = new Cypher.NamedNode("origin")) {
  const other = new Cypher.NamedNode("other");
  const edge = new Cypher.NamedRelationship("relationship");
  const pattern = new Cypher.Pattern(source)
    .related(edge, { type: field.type, direction: field.direction === "OUT" ? "right" : "left" })
    .to(other, { labels: [scopeOf(field.others)] });
  const condition = neighborCondition(where, field, { node: other, edge }, { asOf, hides });
  return { source, sourceId: new Cypher.NamedVariable("sourceId"), other, edge, pattern, condition };
}

function unwindSources(source: Cypher.NamedNode, sourceId: Cypher.Variable) {
  const pattern = new Cypher.Pattern(source, { labels: ["Entity"], properties: { id: sourceId } });
  return new Cypher.Unwind([new Cypher.NamedParam("ids"), sourceId]).match(pattern);
}
