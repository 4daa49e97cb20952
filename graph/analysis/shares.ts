import { OFFER_LEVELS } from "../projection/build.ts";
import type { Network } from "../projection/network.ts";
import { activeUnder } from "./active.ts";
import type { Interval } from "./interval.ts";
import type { Scenario } from "./scenario.ts";
import { NEGLIGIBLE_SHARE } from "./share-levels.ts";

/** One share of an item's supply: the row of a jurisdiction, or an offer of a firm whose jurisdiction has no row. */
export interface SupplyGroup {
  readonly offer: number;
  /** Jurisdiction it counts for under the policy's basis, -1 unknown. */
  readonly jurisdiction: number;
  /** Firm that offers, -1 for a row. */
  readonly firm: number;
  /** Share it surely has: the recorded one; for a row without one, the sum of its named firms' shares. */
  readonly base: number;
  /** Whether its share is `base`. */
  readonly exact: boolean;
  /** Not exact, but NEGLIGIBLE: at most `NEGLIGIBLE_SHARE` more. */
  readonly negligible: boolean;
  /** For a row: the offers of that jurisdiction's firms, which are part of it. */
  readonly named: readonly number[];
}

/** An item's supply with every offer counted once: S known, U unknown, T = S + U. */
export interface Supply {
  readonly groups: readonly SupplyGroup[];
  readonly known: number;
  readonly unknown: number;
  readonly total: number;
  /** Whether a group of unknown share (not NEGLIGIBLE) is listed; without one the unknown may be anyone's. */
  readonly open: boolean;
  /** Offers used, and those of them whose share is recorded. */
  readonly offers: number;
  readonly offersWithShare: number;
}

const NEGLIGIBLE = OFFER_LEVELS.indexOf("NEGLIGIBLE");
/** From this sum on, known shares without an unknown one are complete: sources round. */
const COMPLETE = 0.98;

/**
 * The supply of an item (ANALYSES.md 5): one jurisdiction per offer, one level per jurisdiction (its row, else its
 * firms; several rows of one jurisdiction are one, the greatest share). What a policy restricts or removes is still part of today's supply. null without any offer. O(offers).
 */
export function supplyOf(scenario: Scenario, item: number): Supply | null {
  let known = supplies.get(scenario);
  if (known === undefined) {
    known = new Map();
    supplies.set(scenario, known);
  }
  let supply = known.get(item);
  if (supply === undefined) {
    supply = readSupply(scenario, item);
    known.set(item, supply);
  }
  return supply;
}

/** Each supply is asked for several times: for its type, its concentration and its shortfall. */
const supplies = new WeakMap<Scenario, Map<number, Supply | null>>();

function readSupply(scenario: Scenario, item: number): Supply | null {
  const { network, units } = scenario;
  const offers = usedOffers(scenario, item);
  if (offers.length === 0) return null;

  // Units stand nearly in the order of offers: each is looked for from the one found last.
  const first = units.itemUnits[item]!;
  const count = units.itemUnits[item + 1]! - first;
  let at = 0;
  const jurisdictionOf = (offer: number): number => {
    for (let tried = 0; tried < count; tried += 1, at += 1) {
      if (at >= count) at = 0;
      if (units.unitOffer[first + at] === offer) return units.unitJurisdiction[first + at]!;
    }
    return -1;
  };
  const rows = new Map<number, { offer: number; named: number[] }>();
  for (const offer of offers) {
    const jurisdiction = network.offerRow[offer]!;
    if (jurisdiction < 0) continue;
    const row = rows.get(jurisdiction);
    if (row === undefined) rows.set(jurisdiction, { offer, named: [] });
    else if (statedShare(network, offer) > statedShare(network, row.offer)) row.offer = offer;
  }
  const groups: SupplyGroup[] = [];
  const add = (offer: number, jurisdiction: number, named: readonly number[]): void => {
    const share = network.offerShare[offer]!;
    const exact = !Number.isNaN(share);
    groups.push({
      offer,
      jurisdiction,
      firm: network.offerFirm[offer]!,
      base: exact ? share : named.reduce((sum, other) => sum + shareOrZero(network.offerShare[other]), 0),
      exact,
      negligible: !exact && isNegligible(network, offer),
      named,
    });
  };
  for (const offer of offers) {
    if (network.offerRow[offer]! >= 0) continue;
    const jurisdiction = jurisdictionOf(offer);
    const row = rows.get(jurisdiction);
    if (row === undefined) add(offer, jurisdiction, []);
    else row.named.push(offer);
  }
  for (const [jurisdiction, row] of rows) add(row.offer, jurisdiction, row.named);
  const known = groups.reduce((sum, group) => sum + group.base, 0);
  const open = groups.some(isOpen);
  const unknown = !open && known >= COMPLETE ? 0 : Math.max(0, 1 - known);
  return {
    groups,
    known,
    unknown,
    total: known + unknown,
    open,
    offers: offers.length,
    offersWithShare: offers.filter((offer) => !Number.isNaN(network.offerShare[offer]!)).length,
  };
}

/** Whether the group may hold any part of the unknown supply. */
export function isOpen(group: SupplyGroup): boolean {
  return !group.exact && !group.negligible;
}

/** Whether the offer's level says that it hardly counts. */
export function isNegligible(network: Network, offer: number): boolean {
  return network.offerLevel[offer] === NEGLIGIBLE;
}

/** A stated share, even 0, before an unknown one. */
function statedShare(network: Network, offer: number): number {
  const share = network.offerShare[offer]!;
  return Number.isNaN(share) ? -1 : share;
}

/** A share, or 0 where it is unknown: for sums of what is known. */
export function shareOrZero(share: number | undefined): number {
  return share === undefined || Number.isNaN(share) ? 0 : share;
}

/** The recorded offers of an item that the policy's facts leave, hidden rows included, in the network's order. */
export function usedOffers({ network, policy }: Pick<Scenario, "network" | "policy">, item: number): readonly number[] {
  const isActive = activeUnder(policy);
  const offers: number[] = [];
  for (let offer = network.itemOffers[item]!; offer < network.itemOffers[item + 1]!; offer += 1)
    if (isActive(network.offerFact, offer)) offers.push(offer);
  return offers;
}

/**
 * The share in [0, 1] that a set of jurisdictions (positions in `Network.jurisdictions`) holds of a supply
 * (ANALYSES.md 5): over every way to give the unknown supply to those whose share is unknown. A group of unknown
 * jurisdiction may or may not be in the set.
 */
export function shareOf(supply: Supply, jurisdictions: ReadonlySet<number>): Interval {
  const { unknown, total } = supply;
  const surely = (group: SupplyGroup): boolean => jurisdictions.has(group.jurisdiction);
  const maybe = (group: SupplyGroup): boolean => surely(group) || group.jurisdiction < 0;
  const held = (is: (group: SupplyGroup) => boolean): number =>
    supply.groups.reduce((sum, group) => sum + (is(group) ? group.base : 0), 0);
  const room = (is: (group: SupplyGroup) => boolean): number => {
    if (!supply.open) return Number.POSITIVE_INFINITY;
    const inside = supply.groups.filter(is);
    return inside.some(isOpen)
      ? Number.POSITIVE_INFINITY
      : NEGLIGIBLE_SHARE * inside.filter((group) => group.negligible).length;
  };
  return {
    low: (held(surely) + Math.max(0, unknown - room((group) => !surely(group)))) / total,
    high: Math.min(1, (held(maybe) + Math.min(unknown, room(maybe))) / total),
  };
}
