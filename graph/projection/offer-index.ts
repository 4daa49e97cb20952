import type { Network } from "./network.ts";

const indexes = new WeakMap<Network, ReadonlyMap<string, number>>();

/** Position of an offer by its id, -1 where the network has none of it; the index is made once a network. */
export function offerIndex(network: Network, id: string): number {
  let index = indexes.get(network);
  if (index === undefined) {
    index = new Map(network.offerIds.map((offer, position) => [offer, position]));
    indexes.set(network, index);
  }
  return index.get(id) ?? -1;
}
