import type { Context } from "../context.ts";

/** The node of a jurisdiction's code; null where the graph has none. */
export async function jurisdictionNode(code: string, { network, loaders }: Context) {
  const { jurisdictionIndex, jurisdictionIds } = await network();
  const id = jurisdictionIds[jurisdictionIndex.get(code) ?? -1] ?? null;
  return id === null ? null : loaders.entity.load(id);
}
