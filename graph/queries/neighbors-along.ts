import Cypher from "@neo4j/cypher-builder";
import { z } from "zod";
import { KIND_NAMES, type Kind } from "../ontology.ts";
import { type Asked, namesAsked } from "./asked.ts";
import { kindOf } from "./group-value.ts";
import { matchedPage, type NeighborList, type NeighborRow } from "./neighbors.ts";
import { isPlain, type PageOf } from "./page-keys.ts";
import { isStored, type Properties } from "./rows.ts";

/** A page of neighbours that is read along with the entities whose neighbours they are, in the same statement. */
export interface NeighborsAlong {
  readonly list: NeighborList;
  readonly page: PageOf;
  readonly asked: Asked;
  /** Whether anything is asked that takes the relationships' ids, which are half of what Neo4j reads for such a page. */
  readonly namesRelationships: boolean;
}

/** A neighbour as a list, which takes a third of what the same takes as a map: names would come with every value. */
type Cell = readonly [relationshipId: string | null, id: string, kind: Kind, ...factsAndProperties: unknown[]];
/** Values of a cell before its facts. */
const FIRST = 3;

/** For each of the pages a subquery on `source`, and the variable that its neighbours are then in, in the order of the page. */
export function callNeighbors(source: Cypher.NamedNode, along: readonly NeighborsAlong[]) {
  return along.map(({ list, page, asked, namesRelationships }, at) => {
    const { other, edge, keys, match } = matchedPage(list, page, source);
    const cell = new Cypher.List([
      ...[
        namesRelationships ? edge.property("id") : Cypher.Null,
        other.property("id"),
        kindOf(other, list.field.others),
      ],
      ...namesAsked("edge", page.order, asked).map((name) => edge.property(name)),
      ...namesAsked("node", page.order, asked).map((name) => other.property(name)),
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
  const shapes = along.map(({ page, asked, namesRelationships }) => ({
    width: FIRST + namesAsked("edge", page.order, asked).length + namesAsked("node", page.order, asked).length,
    namesRelationships,
  }));
  return z.custom<readonly (readonly Cell[])[]>(
    (pages) =>
      Array.isArray(pages) &&
      pages.length === shapes.length &&
      pages.every((page, at) => Array.isArray(page) && page.every((cell) => isCell(cell, shapes[at]!))),
  );
}

function isCell(
  cell: unknown,
  { width, namesRelationships }: { readonly width: number; readonly namesRelationships: boolean },
): boolean {
  if (!Array.isArray(cell) || cell.length !== width) return false;
  const [relationshipId, id, kind] = cell as unknown[];
  if (namesRelationships ? typeof relationshipId !== "string" : relationshipId !== null) return false;
  if (typeof id !== "string" || !KINDS.has(kind)) return false;
  for (let at = FIRST; at < width; at += 1) if (cell[at] !== null && !isStored(cell[at])) return false;
  return true;
}

const KINDS: ReadonlySet<unknown> = new Set(KIND_NAMES);

/**
 * How the cells of one of those pages become rows of a source, as `neighbors` gives them; null where their order is not
 * settled, so that they are to be asked of `neighbors`.
 */
export function rowsOfCells({ page, asked, namesRelationships }: NeighborsAlong) {
  const facts = namesAsked("edge", page.order, asked);
  const properties = namesAsked("node", page.order, asked);
  return (source: string, cells: readonly Cell[]): readonly NeighborRow[] | null => {
    if (!namesRelationships && !areInOrder(cells)) return null;
    return cells.map((cell) => ({
      source,
      relationshipId: cell[0],
      id: cell[1],
      kind: cell[2],
      facts: named(facts, cell, FIRST),
      properties: named(properties, cell, FIRST + facts.length),
    }));
  };
}

/** Only relationships with the same neighbour, which few lists have, are put in order by their ids. */
function areInOrder(cells: readonly Cell[]): boolean {
  return cells.every((cell, at) => at === 0 || cell[1] !== cells[at - 1]![1]);
}

/** The values from a place on by name, those that are known. */
function named(names: readonly string[], values: readonly unknown[], from: number): Properties {
  const known: Properties = {};
  for (let at = 0; at < names.length; at += 1) {
    const value = values[from + at];
    if (value !== null) known[names[at]!] = value as Properties[string];
  }
  return known;
}
