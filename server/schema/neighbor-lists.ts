import { type GraphQLResolveInfo, getArgumentValues, isObjectType } from "graphql";
import { scopeOf } from "../../graph/filter/fields.ts";
import { type Kind, type NeighborField, neighborFields } from "../../graph/ontology.ts";
import type { NeighborList, NeighborRow } from "../../graph/queries/neighbors.ts";
import type { Context } from "../context.ts";
import { publicError } from "../errors.ts";
import { entityFields } from "../record-fields.ts";
import { cursorOf, groupCounts, pageInfo, pageOf, pageSize, shown } from "./connection.ts";
import { type ListArguments, narrowing } from "./narrowing.ts";
import { fieldsOfNodes, namesRelationships, propertiesAsked } from "./selection.ts";

interface GroupArguments {
  readonly node?: string | null;
  readonly edge?: string | null;
  readonly first?: number | null;
}

/** A page of an entity's neighbours along a field, in order of the neighbour's id and the relationship's unless asked otherwise. */
export function neighborPage(
  field: NeighborField,
  sourceId: string,
  args: ListArguments,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const asked = askedOf(field, args, context, info);
  const rows = asked.pages.of(sourceId);
  return rows instanceof Promise
    ? rows.then((read) => connectionOf(read, sourceId, asked, context))
    : connectionOf(rows, sourceId, asked, context);
}

function connectionOf(
  rows: readonly NeighborRow[],
  sourceId: string,
  { list, order, page }: AskedList,
  { loaders }: Context,
) {
  const edges = shown(rows, page).map((row) => {
    const { relationshipId: id, facts } = row;
    const node = entityFields(row);
    // Of the facts themselves, as an entity is of its properties.
    return Object.assign(facts, { id, node, cursor: () => cursorOf(order, { node, edge: facts }, [node.id, id!]) });
  });
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: () => pageInfo(edges, page, rows),
    totalCount: () => loaders.neighborCount(list).load(sourceId),
    counts: async ({ node, edge, first }: GroupArguments) => {
      if ((node == null) === (edge == null))
        throw publicError("BAD_USER_INPUT", "`counts` takes `node` or `edge`, one of them.");
      const by = node == null ? { on: "edge" as const, property: edge! } : { on: "node" as const, property: node };
      const size = pageSize(first ?? 100, "first");
      return groupCounts(await loaders.neighborGroups(list, by).load(sourceId), size);
    },
  };
}

/**
 * The pages of neighbours that a connection is asked for of each of its nodes, all of one kind, to be read along with these
 * and given to `pages`, where `neighborPage` finds them. What cannot be told beforehand is left to `neighborPage` alone: a
 * field that is asked for twice or on a condition, or whose arguments are to be refused.
 */
export function pagesAlong(kind: Kind, context: Context, info: GraphQLResolveInfo): readonly AskedList[] {
  const type = info.schema.getType(kind);
  if (!isObjectType(type)) return [];
  const asked = fieldsOfNodes(info);
  return neighborFields(kind).flatMap((field) => {
    const [node, ...others] = asked.get(field.field) ?? [];
    if (node === undefined || others.length > 0 || (node.directives ?? []).length > 0) return [];
    try {
      const args = getArgumentValues(type.getFields()[field.field]!, node, info.variableValues);
      return [askedOf(field, args, context, { fieldNodes: [node], fragments: info.fragments })];
    } catch {
      return [];
    }
  });
}

type AskedList = ReturnType<typeof readAsked>;
type Connection = Parameters<typeof propertiesAsked>[0];

/** What the neighbours of each entry of a list are asked for is the same: read once, by the place in the document. */
function askedOf(field: NeighborField, args: ListArguments, context: Context, info: Connection): AskedList {
  let known = askedLists.get(context);
  if (known === undefined) {
    known = new WeakMap();
    askedLists.set(context, known);
  }
  const [node, ...others] = info.fieldNodes;
  const place = others.length === 0 ? node! : info.fieldNodes;
  const before = known.get(place);
  if (before?.list.field === field) return before;
  const asked = readAsked(field, args, context, info);
  known.set(place, asked);
  return asked;
}

const askedLists = new WeakMap<Context, WeakMap<object, AskedList>>();

function readAsked(field: NeighborField, args: ListArguments, context: Context, info: Connection) {
  const { order, ...narrowed } = narrowing(args, scopeOf(field.others), field.type, context);
  const list: NeighborList = { field, ...narrowed };
  const page = pageOf(args, order, 2);
  const asked = propertiesAsked(info);
  const namesIds = namesRelationships(info);
  const pages = context.loaders.neighbors(list, page, asked, namesIds);
  return { list, order, page, asked, namesRelationships: namesIds, pages };
}
