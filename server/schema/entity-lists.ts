import type { GraphQLResolveInfo } from "graphql";
import type { Scope } from "../../graph/filter/fields.ts";
import { KIND_NAMES, type Kind } from "../../graph/ontology.ts";
import { type EntityList, entityCount, entityGroups, entityPage } from "../../graph/queries/entity-list.ts";
import type { Context } from "../context.ts";
import { entityFields } from "../record-fields.ts";
import { cursorOf, groupCounts, pageInfo, pageOf, pageSize, shown } from "./connection.ts";
import { listName } from "./names.ts";
import { type ListArguments, narrowing } from "./narrowing.ts";
import { pagesAlong } from "./neighbor-lists.ts";
import { propertiesAsked } from "./selection.ts";

type Resolve<Args> = (parent: unknown, args: Args, context: Context, info: GraphQLResolveInfo) => Promise<unknown>;

/** Reads that list: a root field for each kind, and one for any. */
export const listQueries: Readonly<Record<string, Resolve<never>>> = {
  entities: (_, { kind = null, ...args }: ListArguments & { readonly kind?: Kind | null }, context, info) =>
    entities(kind, "Entity", args, context, info),
  ...Object.fromEntries(
    KIND_NAMES.map((kind): [string, Resolve<ListArguments>] => [
      listName(kind),
      (_, args, context, info) => entities(kind, kind, args, context, info),
    ]),
  ),
};

/**
 * One page of a list; the page with the neighbours of its entities, the total and each count by groups are a statement each,
 * where they are asked for.
 */
async function entities(
  kind: Kind | null,
  scope: Scope,
  args: ListArguments,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const { store, signal } = context;
  const { order, ...narrowed } = narrowing(args, scope, null, context);
  const list: EntityList = { kind, scope, ...narrowed };
  const page = pageOf(args, order, 1);
  const along = kind === null ? [] : pagesAlong(kind, context, info);
  const { query, params } = entityPage(list, page, propertiesAsked(info), along);
  const rows = await store.read(query, params, { signal });
  for (const { id, along: read } of rows)
    for (const [at, { pages }] of along.entries()) if (read[at] !== null) pages.wereReadAlong(id, read[at]!);
  const edges = shown(rows, page).map((row) => {
    const node = entityFields(row);
    return { node, cursor: () => cursorOf(order, { node, edge: {} }, [node.id]) };
  });
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: () => pageInfo(edges, page, rows),
    totalCount: async () => {
      const count = entityCount(list);
      return (await store.read(count.query, count.params, { signal }))[0]?.count ?? 0;
    },
    counts: async ({ by, first }: { readonly by: string; readonly first?: number | null }) => {
      const size = pageSize(first ?? 100, "first");
      const groups = entityGroups(list, by, size);
      return groupCounts(await store.read(groups.query, groups.params, { signal }), size);
    },
  };
}
