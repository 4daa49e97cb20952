import { sortRange } from "./csr.ts";
import { offerId, providerId } from "./edge-ids.ts";
import type { Network } from "./network.ts";
import { compareText } from "./texts.ts";

const orders = new WeakMap<Network, Int32Array>();

/** The offers of each item (`itemOffers`) in order of offer id; found once a network. */
export function offersById(network: Network): Int32Array {
  const known = orders.get(network);
  if (known !== undefined) return known;
  const order = new Int32Array(network.offerItem.length);
  for (let offer = 0; offer < order.length; offer += 1) order[offer] = offer;
  const byId = (left: number, right: number): number => compareText(offerId(network, left), offerId(network, right));
  for (let item = 0; item < network.items.length; item += 1) {
    const from = network.itemOffers[item]!;
    const to = network.itemOffers[item + 1]!;
    if (!areInOrderOfId(network, from, to)) sortRange(order, from, to, byId);
  }
  orders.set(network, order);
  return order;
}

/**
 * Whether offers of an item, in order of provider, surely are in order of id: ids made of the ends stand as their providers
 * do, but where one provider's id begins another's.
 */
function areInOrderOfId(network: Network, from: number, to: number): boolean {
  const { offsets } = network.offerIds;
  let before = "";
  for (let offer = from; offer < to; offer += 1) {
    if (to - from > 1 && offsets[offer + 1]! > offsets[offer]!) return false;
    const provider = providerId(network, offer);
    if (before !== "" && provider.startsWith(before)) return false;
    before = provider;
  }
  return true;
}
