import { offerId, providerId } from "../projection/edge-ids.ts";
import type { Network } from "../projection/network.ts";
import { offerIndex } from "../projection/offer-index.ts";
import type { FactKey } from "./citations.ts";

/** Ids of the firms, or of the jurisdictions' nodes, that these offers are of. */
export function providersOf(network: Network, offers: readonly string[]): readonly string[] {
  return offers.flatMap((id) => {
    const offer = offerIndex(network, id);
    return offer === -1 ? [] : [providerId(network, offer)];
  });
}

/** The facts that these offers are. */
export function offerFacts(network: Network, offers: readonly string[]): readonly FactKey[] {
  return offers.flatMap((id) => {
    const offer = offerIndex(network, id);
    return offer === -1 ? [] : [{ id, from: providerId(network, offer) }];
  });
}

/** Ids of the offers of a firm among those of these items. */
export function offersOfFirm(network: Network, firm: string, items: readonly string[]): readonly string[] {
  const seller = network.firmIndex.get(firm);
  return items.flatMap((id) => {
    const item = network.itemIndex.get(id);
    if (item === undefined || seller === undefined) return [];
    const found: string[] = [];
    for (let offer = network.itemOffers[item]!; offer < network.itemOffers[item + 1]!; offer += 1)
      if (network.offerFirm[offer] === seller) found.push(offerId(network, offer));
    return found;
  });
}

/** What a row rests on, or, where nothing of it is recorded, the record of the item itself. */
export function orItself(facts: readonly FactKey[], entity: string): readonly FactKey[] {
  return facts.length > 0 ? facts : [{ entity }];
}
