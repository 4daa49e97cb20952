import type { SubgraphEdge, SubgraphNode } from "../../graph/analysis/subgraph.ts";
import type { Context } from "../context.ts";

const GHOST = "ghost:";

/** Fields of a drawable node or edge that stand in the graph itself. */
export const subgraphResolvers = {
  SubgraphNode: {
    name: async (node: SubgraphNode, _: unknown, context: Context) => (await shown(node, context, "name")) ?? node.id,
    nameEn: (node: SubgraphNode, _: unknown, context: Context) => shown(node, context, "nameEn"),
    country: async (node: SubgraphNode, _: unknown, context: Context) =>
      (await shown(node, context, "country")) ?? shown(node, context, "code"),
    category: (node: SubgraphNode, _: unknown, context: Context) => shown(node, context, "category"),
    entity: ({ id }: SubgraphNode, _: unknown, { loaders }: Context) =>
      id.startsWith(GHOST) ? null : loaders.entity.load(id),
  },
  SubgraphEdge: {
    relationship: ({ id, from }: SubgraphEdge, _: unknown, { loaders }: Context) =>
      from.startsWith(GHOST) ? null : loaders.relationship.load({ id, from }),
  },
};

async function shown({ id }: SubgraphNode, { loaders }: Context, property: string): Promise<string | null> {
  const entity = await loaders.entity.load(id.startsWith(GHOST) ? id.slice(GHOST.length) : id);
  const value = entity?.[property];
  return typeof value === "string" ? value : null;
}
