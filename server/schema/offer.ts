import { OFFER_LEVELS, READINESS } from "../../graph/projection/build.ts";
import { offerId, providerId } from "../../graph/projection/edge-ids.ts";
import type { Network } from "../../graph/projection/network.ts";
import { offerIndex } from "../../graph/projection/offer-index.ts";
import type { Context } from "../context.ts";

/** An offer travels through the answers as its id; its facts stand in the network the answer was computed on. */
type OfferId = string;

export const offerResolvers = {
  Offer: {
    id: (id: OfferId) => id,
    item: read((network, offer, { loaders }) => loaders.entity.load(network.items[network.offerItem[offer]!]!)),
    provider: read((network, offer, { loaders }) => loaders.entity.load(providerId(network, offer))),
    share: read((network, offer) => known(network.offerShare[offer]!)),
    shareBasis: fact("shareBasis"),
    level: read((network, offer) => OFFER_LEVELS[network.offerLevel[offer]!] ?? null),
    readiness: read((network, offer) => READINESS[network.offerReadiness[offer]!] ?? null),
    originCountry: read((network, offer) => network.jurisdictions[network.offerOrigin[offer]!] ?? null),
    cost: read((network, offer) => known(network.offerCost[offer]!)),
    leadTimeDays: read((network, offer) => known(network.offerLeadTime[offer]!)),
    assertion: fact("assertion"),
    relationship: read((network, offer, context) => recorded(network, offer, context)),
  },
};

function read(field: (network: Network, offer: number, context: Context) => unknown) {
  return async (id: OfferId, _: unknown, context: Context) => {
    const network = await context.network();
    return field(network, offerIndex(network, id), context);
  };
}

function fact(property: string) {
  return read(async (network, offer, context) => (await recorded(network, offer, context))?.[property] ?? null);
}

function recorded(network: Network, offer: number, { loaders }: Context) {
  return loaders.relationship.load({ id: offerId(network, offer), from: providerId(network, offer) });
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
