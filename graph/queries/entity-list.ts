import Cypher from "@neo4j/cypher-builder";
import { z } from "zod";
import { allOf, type Condition, predicateOf } from "../filter/condition.ts";
import type { Scope } from "../filter/fields.ts";
import { entityCondition, type Narrowing, type Where } from "../filter/where.ts";
import type { Kind } from "../ontology.ts";
import type { Statement } from "../store/store.ts";
import { type Asked, namesAsked } from "./asked.ts";
import { composed, composedOnce } from "./composed.ts";
import { groupValue, kindOf } from "./group-value.ts";
import type { NeighborRow } from "./neighbors.ts";
import {
  alongColumn,
  callNeighbors,
  limitsAlong,
  type NeighborsAlong,
  rowsOfCells,
  shapeAlong,
} from "./neighbors-along.ts";
import { isPlain, type PageOf, pageKeys } from "./page-keys.ts";
import { areKnownOrNull, type EntityRow, entityRow, named } from "./rows.ts";

const countRow = z.object({ count: z.number() });
const groupRow = countRow.extend({ value: z.union([z.string(), z.boolean()]).nullable() });
export type GroupRow = z.infer<typeof groupRow>;

/** Entities that a `where` asks for. */
export interface EntityList extends Narrowing {
  /** Only of this kind; of any where null. */
  readonly kind: Kind | null;
  /** What the names in `where` and in the order of a page stand for. */
  readonly scope: Scope;
  readonly where: Where | null;
}

/** An entity of a page, with a page of its neighbours for each that was asked for along; null = ask `neighbors` for it. */
export interface EntityPageRow extends EntityRow {
  readonly along: readonly (readonly NeighborRow[] | null)[];
}

/**
 * Which entities are in a list? One page, in its order, ties by id, from behind the cursor, with the properties asked for,
 * and pages of the neighbours of each, as `neighbors` gives them.
 */
export function entityPage(
  list: EntityList,
  page: PageOf,
  asked: Asked,
  along: readonly NeighborsAlong[] = [],
): Statement<EntityPageRow> {
  const given = { limit: page.limit, ...limitsAlong(along) };
  const { kind, scope, hides } = list;
  const alike = isPlain(list, page) ? shapeAlong(along) : null;
  const shape = alike && ["entityPage", kind, scope, hides, page.direction, page.order, asked, alike];
  return composedOnce(shape, given, () =>
    composed(
      `entityPage ${nameOf(list)}`,
      rowWith(list, page, asked, along),
      pageClause(list, page, asked, along),
      given,
    ),
  );
}

function rowWith(
  { kind: only }: EntityList,
  page: PageOf,
  asked: Asked,
  along: readonly NeighborsAlong[],
): z.ZodType<EntityPageRow> {
  const names = namesAsked("node", page.order, asked);
  const rowsOf = along.map(rowsOfCells);
  const { id, kind } = entityRow.shape;
  const columns = z.object({
    id,
    kind: only === null ? kind : z.undefined().optional(),
    values: z.custom<readonly unknown[]>(
      (values) => Array.isArray(values) && values.length === names.length && areKnownOrNull(values, 0),
    ),
    along: along.length === 0 ? z.undefined().optional() : alongColumn(along),
  });
  return columns.transform(({ id, kind = only!, values, along: pages }) => {
    const properties = named(names, values, 0);
    return { id, kind, properties, along: rowsOf.map((rows, at) => rows(id, pages![at]!)) };
  });
}

function pageClause(list: EntityList, page: PageOf, asked: Asked, along: readonly NeighborsAlong[]): Cypher.Clause {
  const node = new Cypher.NamedNode("entity");
  const keys = pageKeys(page, { node });
  const found = matched(list, node, keys.isBehind)
    .with(node)
    .orderBy(...keys.order)
    .limit(new Cypher.NamedParam("limit"));
  const neighbors = callNeighbors(node, along);
  const pages: [Cypher.Expr, string][] =
    along.length === 0 ? [] : [[new Cypher.List(neighbors.map((each) => each.found)), "along"]];
  const kinds: [Cypher.Expr, string][] = list.kind === null ? [[kindOf(node, null), "kind"]] : [];
  // Names would come with every value of a map, and a kind that is known with every row.
  const columns = new Cypher.Return(
    [node.property("id"), "id"],
    ...kinds,
    [new Cypher.List(namesAsked("node", page.order, asked).map((name) => node.property(name))), "values"],
    ...pages,
    ...keys.columns,
  ).orderBy(...keys.columnOrder);
  return Cypher.utils.concat(found, ...neighbors.map(({ call }) => call), columns);
}

/** How many entities are in a list? */
export function entityCount(list: EntityList): Statement<z.infer<typeof countRow>> {
  const node = new Cypher.NamedNode("entity");
  return composed(`entityCount ${nameOf(list)}`, countRow, matched(list, node).return([Cypher.count(node), "count"]));
}

/** How many of them have each value of a property? Those without a value are a group too; the largest `limit` groups. */
export function entityGroups(list: EntityList, property: string, limit: number): Statement<GroupRow> {
  const node = new Cypher.NamedNode("entity");
  const [value, count] = [new Cypher.NamedVariable("value"), new Cypher.NamedVariable("count")];
  const clause = matched(list, node)
    .return([groupValue(node, property), "value"], [Cypher.count(node), "count"])
    .orderBy([count, "DESC"], [value, "ASC"])
    .limit(new Cypher.NamedParam("limit"));
  return composed(`entityGroups ${nameOf(list)}`, groupRow, clause, { limit });
}

function matched({ kind, scope, where, asOf, hides }: EntityList, node: Cypher.NamedNode, isBehind: Condition = true) {
  const match = new Cypher.Match(new Cypher.Pattern(node, { labels: [kind ?? "Entity"] }));
  const predicate = predicateOf(allOf([isBehind, entityCondition(where, scope, node, { asOf, hides })]));
  return predicate === null ? match : match.where(predicate);
}

function nameOf({ kind }: EntityList): string {
  return kind ?? "Entity";
}
