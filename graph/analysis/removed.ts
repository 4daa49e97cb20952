import { GraphError } from "../errors.ts";
import type { Network } from "../projection/network.ts";
import { offerIndex } from "../projection/offer-index.ts";
import type { Policy } from "./policy.ts";

/** What a policy's `removed` names, as positions in the network. */
export interface Removed {
  readonly firms: ReadonlySet<number>;
  readonly jurisdictions: ReadonlySet<number>;
  readonly items: ReadonlySet<number>;
  readonly offers: ReadonlySet<number>;
}

/**
 * Finds what a policy removes. A two-letter code that no row names removes nothing; any other id that is no item, firm,
 * jurisdiction or offer, and an extra offer of an unknown item or firm, are a `GraphError` BAD_INPUT that names it.
 */
export function resolveRemoved(network: Network, policy: Policy): Removed {
  const firms = new Set<number>();
  const jurisdictions = new Set<number>();
  const items = new Set<number>();
  const offers = new Set<number>();
  const rest: string[] = [];
  for (const id of policy.removed) {
    const item = network.itemIndex.get(id);
    const firm = network.firmIndex.get(id);
    const jurisdiction = network.jurisdictionIndex.get(id) ?? network.jurisdictionIds.indexOf(id);
    if (item !== undefined) items.add(item);
    if (firm !== undefined) firms.add(firm);
    if (jurisdiction !== -1) jurisdictions.add(jurisdiction);
    if (item === undefined && firm === undefined && jurisdiction === -1) rest.push(id);
  }
  for (const id of rest) {
    const offer = offerIndex(network, id);
    if (offer !== -1) offers.add(offer);
    else if (!/^[A-Z]{2}$/.test(id))
      throw new GraphError(
        "BAD_INPUT",
        `${JSON.stringify(id)}, to be removed, is no item, firm, jurisdiction or offer of the graph.`,
      );
  }
  for (const extra of policy.extraOffers) {
    if (!network.itemIndex.has(extra.item))
      throw new GraphError("BAD_INPUT", `${JSON.stringify(extra.item)}, of an extra offer, is no item of the graph.`);
    if (extra.firm !== null && !network.firmIndex.has(extra.firm))
      throw new GraphError("BAD_INPUT", `${JSON.stringify(extra.firm)}, of an extra offer, is no firm of the graph.`);
  }
  return { firms, jurisdictions, items, offers };
}
