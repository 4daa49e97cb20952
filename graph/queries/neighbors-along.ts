import Cypher from "@neo4j/cypher-builder";
import { z } from "zod";
import { KIND_NAMES, type Kind } from "../ontology.ts";
import { type Asked, namesAsked } from "./asked.ts";
import { kindOf } from "./group-value.ts";
import { matchedPage, type NeighborList, type NeighborRow } from "./neighbors.ts";
import { isPlain, type PageOf } from "./page-keys.ts";
import { areKnownOrNull, named } from "./rows.ts";

/** A page of neighbours that is read along with the entities whose neighbours they are, in the same statement. */
export interface NeighborsAlong {
  readonly list: NeighborList;
  readonly page: PageOf;
  readonly asked: Asked;
  /** Whether anything is asked that takes the relationships' ids, the longest texts of such a page. */
  readonly namesRelationships: boolean;
}

/**
 * A neighbour as a list, which takes a third of what the same takes as a map: names would come with every value. First its
 * id, the relationship's where that is named, and its kind where that can be several; then facts and properties.
 */
type Cell = readonly unknown[];

/** Where in its cells something stands, and what stands there; null where it is no part of them. */
interface Layout {
  readonly relationshipId: number | null;
  readonly kind: number | null;
  readonly facts: number;
  readonly properties: number;
  readonly width: number;
  readonly factNames: readonly string[];
  readonly propertyNames: readonly string[];
}

function layoutOf({ list, page, asked, namesRelationships }: NeighborsAlong): Layout {
  const [factNames, propertyNames] = [namesAsked("edge", page.order, asked), namesAsked("node", page.order, asked)];
  const relationshipId = namesRelationships ? 1 : null;
  const kind = list.field.others.length === 1 ? null : namesRelationships ? 2 : 1;
  const facts = 1 + Number(relationshipId !== null) + Number(kind !== null);
  const properties = facts + factNames.length;
  return {
    relationshipId,
    kind,
    facts,
    properties,
    width: properties + propertyNames.length,
    factNames,
    propertyNames,
  };
}

/** For each of the pages a subquery on `source`, and the variable that its neighbours are then in, in the order of the page. */
export function callNeighbors(source: Cypher.NamedNode, along: readonly NeighborsAlong[]) {
  return along.map((one, at) => {
    const { list, page, namesRelationships } = one;
    const { other, edge, keys, match } = matchedPage(list, page, source);
    const { kind, factNames, propertyNames } = layoutOf(one);
    const cell = new Cypher.List([
      other.property("id"),
      ...(namesRelationships ? [edge.property("id")] : []),
      ...(kind === null ? [] : [kindOf(other, list.field.others)]),
      ...factNames.map((name) => edge.property(name)),
      ...propertyNames.map((name) => other.property(name)),
    ]);
    const found = new Cypher.NamedVariable(`neighbors${at}`);
    const subquery = match
      .with(edge, other)
      // The last of the keys is the relationship's id: see `areInOrder`.
      .orderBy(...(namesRelationships ? keys.order : keys.order.slice(0, -1)))
      .limit(new Cypher.NamedParam(limitName(at)))
      .return([Cypher.collect(cell), found]);
    return { call: new Cypher.Call(subquery, [source]), found };
  });
}

/** How many rows each of the pages takes, as parameters. */
export function limitsAlong(along: readonly NeighborsAlong[]): Readonly<Record<string, number>> {
  return Object.fromEntries(along.map(({ page }, at) => [limitName(at), page.limit]));
}

function limitName(at: number): string {
  return `limit${at}`;
}

/** What decides over the text of the subqueries; null where values are part of it. */
export function shapeAlong(along: readonly NeighborsAlong[]): readonly unknown[] | null {
  if (!along.every(({ list, page }) => isPlain(list, page))) return null;
  return along.map(({ list: { field, hides }, page: { direction, order }, asked, namesRelationships }) => {
    return [field.kind, field.field, hides, direction, order, asked, namesRelationships];
  });
}

/** The column of all the pages, a list of lists of `Cell`, each as wide as what was asked. */
export function alongColumn(along: readonly NeighborsAlong[]) {
  const layouts = along.map(layoutOf);
  return z.custom<readonly (readonly Cell[])[]>(
    (pages) =>
      Array.isArray(pages) &&
      pages.length === layouts.length &&
      pages.every((page, at) => Array.isArray(page) && page.every((cell) => isCell(cell, layouts[at]!))),
  );
}

function isCell(cell: unknown, { relationshipId, kind, facts, width }: Layout): boolean {
  if (!Array.isArray(cell) || cell.length !== width || typeof cell[0] !== "string") return false;
  if (relationshipId !== null && typeof cell[relationshipId] !== "string") return false;
  return (kind === null || KINDS.has(cell[kind])) && areKnownOrNull(cell, facts);
}

const KINDS: ReadonlySet<unknown> = new Set(KIND_NAMES);

/**
 * How the cells of one of those pages become rows of a source, as `neighbors` gives them; null where their order is not
 * settled, so that they are to be asked of `neighbors`.
 */
export function rowsOfCells(one: NeighborsAlong) {
  const { relationshipId, kind, facts, properties, factNames, propertyNames } = layoutOf(one);
  const [onlyKind] = one.list.field.others;
  return (source: string, cells: readonly Cell[]): readonly NeighborRow[] | null => {
    if (relationshipId === null && !areInOrder(cells)) return null;
    return cells.map((cell) => ({
      source,
      relationshipId: relationshipId === null ? null : (cell[relationshipId] as string),
      id: cell[0] as string,
      kind: kind === null ? onlyKind! : (cell[kind] as Kind),
      facts: named(factNames, cell, facts),
      properties: named(propertyNames, cell, properties),
    }));
  };
}

/** Only relationships with the same neighbour, which few lists have, are put in order by their ids. */
function areInOrder(cells: readonly Cell[]): boolean {
  return cells.every(([id], at) => at === 0 || id !== cells[at - 1]![0]);
}
