import { scopeOf } from "../../graph/filter/fields.ts";
import type { NeighborField } from "../../graph/ontology.ts";
import type { NeighborList } from "../../graph/queries/neighbors.ts";
import type { Context } from "../context.ts";
import { publicError } from "../errors.ts";
import { cursorOf, groupCounts, pageInfo, pageOf, pageSize, shown } from "./connection.ts";
import { type ListArguments, narrowing } from "./narrowing.ts";

interface GroupArguments {
  readonly node?: string | null;
  readonly edge?: string | null;
  readonly first?: number | null;
}

/** A page of an entity's neighbours along a field, in order of the neighbour's id and the relationship's unless asked otherwise. */
export async function neighborPage(field: NeighborField, sourceId: string, args: ListArguments, context: Context) {
  const { loaders } = context;
  const { order, ...narrowed } = narrowing(args, scopeOf(field.others), field.type, context);
  const list: NeighborList = { field, ...narrowed };
  const page = pageOf(args, order, 2);
  const rows = await loaders.neighbors(list, page).load(sourceId);
  const edges = shown(rows, page).map((row) => ({
    ...row,
    cursor: () => cursorOf(order, { node: row.properties, edge: row.facts }, [row.id, row.relationshipId]),
  }));
  for (const row of edges) loaders.entity.prime(row.id, row);
  return {
    edges,
    nodes: edges,
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
