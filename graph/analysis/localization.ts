import { type Coverage, isProcess, neededCoverage, variantsOf } from "./coverage.ts";
import type { Interval } from "./interval.ts";
import type { AttributionBasis } from "./policy.ts";
import type { Scenario } from "./scenario.ts";
import { UNIT_STATES } from "./scenario.ts";
import { shareOf, supplyOf, usedOffers } from "./shares.ts";
import { type Reach, reachOf, type Structure, structureOf } from "./structure.ts";

/** Localisation rate 国产化率. Rates are in [0, 1]. */
export interface Localization {
  /**
   * Mean of the required items' rates, each weighted by the share of the output that needs it; the targets' own rate
   * where they require nothing that is bought.
   */
  readonly rate: Interval;
  /** 口径: to which jurisdiction an offer belongs. */
  readonly basis: AttributionBasis;
  readonly home: string;
  readonly categoryCoverage: CategoryCoverage;
  /** The targets' own products: the home share of each item's supply, whoever makes it. Ascending by id. */
  readonly targets: readonly ItemLocalization[];
  /** The required items, lowest middle of the rate first, then id. */
  readonly items: readonly ItemLocalization[];
  /** Ids of required items of which no offer is recorded: their rate is [0, 1]. */
  readonly unknown: readonly string[];
  readonly coverage: Coverage;
}

/** 品类覆盖率: required items with an admissible offer at home / required items; `ratio` null where there is none. */
export interface CategoryCoverage {
  readonly withDomestic: number;
  readonly total: number;
  readonly ratio: number | null;
}

export interface ItemLocalization {
  readonly item: string;
  readonly rate: Interval;
  /** Share of the question's output that needs the item, in [0, 1]. */
  readonly weight: number;
  /** Sum of the recorded shares; null where none is recorded. */
  readonly knownShare: number | null;
  readonly hasDomesticOffer: boolean;
}

const ADMISSIBLE = UNIT_STATES.indexOf("ADMISSIBLE");

/**
 * The home jurisdiction's share in the supply of what the targets need (ANALYSES.md 5): as known, as an interval where
 * shares are not. Left out of the items: processes made in house, and classes without offers of their own, whose variants
 * stand for them. O(N x targets).
 */
export function localization(scenario: Scenario): Localization {
  const { network, policy, targets } = scenario;
  const structure = structureOf(scenario);
  const reach = reachOf(structure, targets);
  const weights = needWeights(scenario, structure);
  const targetNodes = new Set(targets.map((target) => target.node));
  const required = reach.order.filter((node) => !targetNodes.has(node) && isBought(scenario, node));
  const items = required.map((item) => itemLocalization(scenario, item, weights.get(item) ?? 0));
  const own = ownItems(scenario, reach);
  const withDomestic = items.filter((item) => item.hasDomesticOffer).length;
  return {
    rate: meanRate(items.length > 0 ? items : own),
    basis: policy.basis,
    home: policy.home,
    categoryCoverage: {
      withDomestic,
      total: items.length,
      ratio: items.length === 0 ? null : withDomestic / items.length,
    },
    targets: own,
    items: [...items].sort(
      (a, b) =>
        a.rate.low + a.rate.high - (b.rate.low + b.rate.high) ||
        network.itemIndex.get(a.item)! - network.itemIndex.get(b.item)!,
    ),
    unknown: required
      .filter((item) => usedOffers(scenario, item).length === 0)
      .map((item) => network.items[item]!)
      .sort(),
    coverage: neededCoverage(scenario, reach),
  };
}

function ownItems(scenario: Scenario, reach: Reach): readonly ItemLocalization[] {
  const weights = new Map<number, number>();
  for (const { node, item, weight } of scenario.targets)
    if (reach.depth[node] === 0) weights.set(item, (weights.get(item) ?? 0) + weight);
  return [...weights].sort(([a], [b]) => a - b).map(([item, weight]) => itemLocalization(scenario, item, weight));
}

/** For each node the weighted share of the targets that reach it. */
function needWeights({ targets }: Scenario, structure: Structure): ReadonlyMap<number, number> {
  const weights = new Map<number, number>();
  for (const { node, weight } of targets)
    for (const reached of reachOf(structure, [{ node }]).order)
      weights.set(reached, Math.min(1, (weights.get(reached) ?? 0) + weight));
  return weights;
}

function isBought(scenario: Scenario, item: number): boolean {
  if (isProcess(scenario, item)) return false;
  return variantsOf(scenario, item).length === 0 || usedOffers(scenario, item).length > 0;
}

function itemLocalization(scenario: Scenario, item: number, weight: number): ItemLocalization {
  const { network, policy, units } = scenario;
  const home = network.jurisdictionIndex.get(policy.home) ?? Number.NaN;
  const supply = supplyOf(scenario, item);
  let hasDomesticOffer = false;
  for (let unit = units.itemUnits[item]!; unit < units.itemUnits[item + 1]!; unit += 1)
    if (units.unitState[unit] === ADMISSIBLE && units.unitJurisdiction[unit] === home) hasDomesticOffer = true;
  return {
    item: network.items[item]!,
    rate: supply === null ? { low: 0, high: 1 } : shareOf(supply, new Set([home])),
    weight,
    knownShare: supply === null || supply.offersWithShare === 0 ? null : supply.known,
    hasDomesticOffer,
  };
}

function meanRate(items: readonly ItemLocalization[]): Interval {
  const total = items.reduce((sum, item) => sum + item.weight, 0);
  if (total === 0) return { low: 0, high: 1 };
  let low = 0;
  let high = 0;
  for (const item of items) {
    low += (item.weight * item.rate.low) / total;
    high += (item.weight * item.rate.high) / total;
  }
  return { low, high };
}
