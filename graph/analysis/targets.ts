import { GraphError } from "../errors.ts";
import { type Grouping, groupRows } from "../projection/csr.ts";
import type { Network, NetworkChain } from "../projection/network.ts";
import type { IsActive } from "./active.ts";

/** A target before it has a node: an item that may be anyone's (offer -1), or one offer of a firm. */
export interface TargetOffer {
  readonly item: number;
  readonly offer: number;
  readonly weight: number;
  readonly weightKnown: boolean;
}

/**
 * What the ids name: an item as such, a firm's offers, or the offers of a chain's leaders. Each id has the same weight,
 * divided among its offers by `outputWeight` where all are known and not all zero, else alike; what is named twice is
 * one target. Ascending by item, then by offer. An unknown id, a firm or chain without offers: `GraphError` BAD_INPUT.
 */
export function resolveTargets(
  network: Network,
  targetIds: readonly string[],
  isActive: IsActive,
): readonly TargetOffer[] {
  const ids = [...new Set(targetIds)];
  const found = new Map<string, TargetOffer>();
  for (const id of ids)
    for (const target of resolve(network, id, isActive)) {
      const key = `${target.item}:${target.offer}`;
      const before = found.get(key);
      found.set(key, {
        ...target,
        weight: (before?.weight ?? 0) + target.weight / ids.length,
        weightKnown: target.weightKnown && (before?.weightKnown ?? true),
      });
    }
  return [...found.values()].sort((left, right) => left.item - right.item || left.offer - right.offer);
}

function resolve(network: Network, id: string, isActive: IsActive): readonly TargetOffer[] {
  const item = network.itemIndex.get(id);
  if (item !== undefined) return [{ item, offer: -1, weight: 1, weightKnown: true }];
  const firm = network.firmIndex.get(id);
  if (firm !== undefined) {
    const offers = offersOf(network, new Set([firm]), isActive);
    if (offers.length > 0) return weighted(network, offers);
    throw new GraphError(
      "BAD_INPUT",
      `${JSON.stringify(id)} is a firm without offers: record what it supplies, or ask about an item.`,
    );
  }
  const chain = network.chains.find((candidate) => candidate.id === id);
  if (chain === undefined)
    throw new GraphError(
      "BAD_INPUT",
      `${JSON.stringify(id)} is not the id of an item, a firm or a chain of the graph.`,
    );
  const offers = offersOfChain(network, chain, isActive);
  if (offers.length > 0) return weighted(network, offers);
  throw new GraphError(
    "BAD_INPUT",
    `No leading firm of the chain ${JSON.stringify(id)} offers an item of it: record what its leaders supply, or ask about an item.`,
  );
}

/** Leaders' offers of the chain's items, and of items that belong to no chain. */
function offersOfChain(network: Network, chain: NetworkChain, isActive: IsActive): readonly number[] {
  const placed = new Set(network.chains.flatMap((other) => [...other.items]));
  const own = new Set(chain.items);
  return offersOf(network, new Set(chain.leaders), isActive).filter((offer) => {
    const item = network.offerItem[offer]!;
    return own.has(item) || !placed.has(item);
  });
}

const offersByFirm = new WeakMap<Network, Grouping>();

function offersOf(network: Network, firms: ReadonlySet<number>, isActive: IsActive): readonly number[] {
  let byFirm = offersByFirm.get(network);
  if (byFirm === undefined) {
    // Rows of jurisdictions come first, as if of one firm.
    byFirm = groupRows(
      network.offerFirm.map((firm) => firm + 1),
      network.firms.length + 1,
    );
    offersByFirm.set(network, byFirm);
  }
  const offers: number[] = [];
  for (const firm of firms)
    for (let at = byFirm.offsets[firm + 1]!; at < byFirm.offsets[firm + 2]!; at += 1)
      if (isActive(network.offerFact, byFirm.order[at]!)) offers.push(byFirm.order[at]!);
  return offers.sort((left, right) => left - right);
}

function weighted(network: Network, offers: readonly number[]): readonly TargetOffer[] {
  const sum = offers.reduce((total, offer) => total + network.offerWeight[offer]!, 0);
  const weightKnown = sum > 0;
  return offers.map((offer) => ({
    item: network.offerItem[offer]!,
    offer,
    weight: weightKnown ? network.offerWeight[offer]! / sum : 1 / offers.length,
    weightKnown,
  }));
}
