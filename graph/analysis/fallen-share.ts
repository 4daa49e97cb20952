import type { Network } from "../projection/network.ts";
import type { Fallen } from "./fallen.ts";
import type { Interval } from "./interval.ts";
import type { LossNetwork } from "./loss-network.ts";
import type { Scenario } from "./scenario.ts";
import { NEGLIGIBLE_SHARE, ROUNDING } from "./share-levels.ts";
import { isNegligible, isOpen, type Supply, type SupplyGroup, shareOrZero, supplyOf } from "./shares.ts";

const NONE: Interval = { low: 0, high: 0 };
const ALL: Interval = { low: 1, high: 1 };
const UNKNOWN: Interval = { low: 0, high: 1 };

/** Offers that may hold part of a mass of which it is not known who does: together at most `room`. */
interface Taker {
  /** -1 = a supplier that nobody recorded. */
  readonly offers: readonly number[];
  readonly room: number;
}

/** A mass in [0, 1] and who may hold it. */
interface Pool {
  readonly mass: number;
  readonly takers: readonly Taker[];
}

/** A supply down to single offers: what each surely holds, and what is open among some. */
interface Split {
  readonly held: readonly { readonly offer: number; readonly mass: number }[];
  readonly pools: readonly Pool[];
}

/**
 * The share in [0, 1] of an item's supply that falls, over every way to give the supply of unknown share to those who may
 * have it (ANALYSES.md 5). For whole jurisdictions by headquarters it is `shareOf`; firms and offers within a row of
 * their jurisdiction are their part of it. Supply of nobody recorded falls, possibly, with jurisdictions only.
 */
export function fallenShare(network: Network, supply: Supply, fallen: Fallen): Interval {
  const { held, pools } = split(network, supply);
  const surely = (offer: number): boolean => offer >= 0 && fallen.surely(offer);
  const maybe = (offer: number): boolean => (offer >= 0 ? fallen.maybe(offer) : fallen.anywhere);
  let low = 0;
  let high = 0;
  for (const { offer, mass } of held) {
    if (surely(offer)) low += mass;
    if (maybe(offer)) high += mass;
  }
  for (const { mass, takers } of pools) {
    low += Math.max(0, mass - roomOf(takers, (offer) => !surely(offer)));
    high += Math.min(mass, roomOf(takers, maybe));
  }
  return { low: Math.min(1, low / supply.total), high: Math.min(1, high / supply.total) };
}

/**
 * What a node of a loss network loses of its own: an item that falls, everything; a bought one the share of it that falls;
 * a firm's own output, if that offer does; one without any recorded offer, nobody knows how much, where jurisdictions fall.
 */
export function ownLossOf(scenario: Scenario, losses: LossNetwork, fallen: Fallen): (node: number) => Interval {
  const offerOf = new Map(scenario.targets.map((target) => [target.node, target.offer]));
  return (node) => {
    const item = losses.nodeItem[node]!;
    if (fallen.item(item)) return ALL;
    switch (losses.kind[node]) {
      case "BOUGHT":
      case "OWN_ROW":
        return fallenShare(scenario.network, supplyOf(scenario, item)!, fallen);
      case "MADE": {
        const offer = offerOf.get(node) ?? -1;
        return offer < 0 ? NONE : { low: fallen.surely(offer) ? 1 : 0, high: fallen.maybe(offer) ? 1 : 0 };
      }
      case "LEAF":
        return fallen.anywhere ? UNKNOWN : NONE;
      default:
        return NONE;
    }
  };
}

function roomOf(takers: readonly Taker[], is: (offer: number) => boolean): number {
  let room = 0;
  for (const taker of takers) if (taker.offers.some(is)) room += taker.room;
  return room;
}

function split(network: Network, supply: Supply): Split {
  const held: { offer: number; mass: number }[] = [];
  const pools: Pool[] = [];
  const free: Taker[] = supply.open ? [] : [{ offers: [-1], room: Number.POSITIVE_INFINITY }];
  for (const group of supply.groups) {
    const named = group.named.reduce((sum, offer) => sum + shareOrZero(network.offerShare[offer]), 0);
    if (group.firm >= 0) held.push({ offer: group.offer, mass: group.base });
    else {
      const scale = named > group.base ? group.base / named : 1;
      for (const offer of group.named) held.push({ offer, mass: shareOrZero(network.offerShare[offer]) * scale });
      const left = group.base - named * scale;
      if (left > 0) pools.push({ mass: left, takers: takersWithin(network, group, left) });
    }
    if (isOpen(group)) free.push(...(group.firm >= 0 ? [anyPart([group.offer])] : takersWithin(network, group, 1)));
    else if (group.negligible) {
      const takers = group.firm >= 0 ? [anyPart([group.offer])] : takersWithin(network, group, 1);
      free.push({ offers: takers.flatMap((taker) => taker.offers), room: NEGLIGIBLE_SHARE });
    }
  }
  if (supply.unknown > 0) pools.push({ mass: supply.unknown, takers: free });
  return { held, pools };
}

/**
 * Who holds what a jurisdiction's row leaves beside the known shares of its named firms: those of unknown share; where
 * there is none, others of the jurisdiction, unless what is left is rounding between them (ANALYSES.md 2).
 */
function takersWithin(network: Network, row: SupplyGroup, left: number): readonly Taker[] {
  const isKnown = (offer: number): boolean => !Number.isNaN(network.offerShare[offer]!);
  const firms = row.named.filter((offer) => !isNegligible(network, offer));
  const open = firms.filter((offer) => !isKnown(offer));
  const little = row.named.filter((offer) => isNegligible(network, offer) && !isKnown(offer));
  const isRounding = row.exact && firms.length > 0 && left + ROUNDING < NEGLIGIBLE_SHARE;
  const main = open.length > 0 ? open : isRounding ? firms : [row.offer];
  return [
    ...main.map((offer) => anyPart([offer])),
    ...little.map((offer) => ({ offers: [offer], room: NEGLIGIBLE_SHARE })),
  ];
}

function anyPart(offers: readonly number[]): Taker {
  return { offers, room: Number.POSITIVE_INFINITY };
}
