import { offerId } from "./edge-ids.ts";
import type { Network } from "./network.ts";

const TYPE = ":SUPPLIES:";

const named = new WeakMap<Network, ReadonlyMap<string, number>>();

/**
 * Position of an offer by its id, -1 where the network has none of it. An id made of its ends says where to look; for the
 * others an index is made once a network.
 */
export function offerIndex(network: Network, id: string): number {
  const type = id.indexOf(TYPE);
  for (let end = id.length; type !== -1 && end > type; end = id.lastIndexOf(":", end - 1)) {
    const item = network.itemIndex.get(id.slice(type + TYPE.length, end));
    if (item === undefined) continue;
    for (let offer = network.itemOffers[item]!; offer < network.itemOffers[item + 1]!; offer += 1)
      if (offerId(network, offer) === id) return offer;
  }
  let index = named.get(network);
  if (index === undefined) {
    index = namedOffers(network);
    named.set(network, index);
  }
  return index.get(id) ?? -1;
}

/** Offers whose ids are kept in full: most often few. */
function namedOffers(network: Network): ReadonlyMap<string, number> {
  const { bytes, offsets } = network.offerIds;
  const index = new Map<string, number>();
  for (let offer = 0; offer < network.offerItem.length; offer += 1) {
    const from = offsets[offer]!;
    if (offsets[offer + 1]! > from && bytes[from] !== 0) index.set(offerId(network, offer), offer);
  }
  return index;
}
