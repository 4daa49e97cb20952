import { PRODUCT_CATEGORIES } from "../projection/build.ts";
import { activeUnder } from "./active.ts";
import type { Scenario } from "./scenario.ts";
import { usedOffers } from "./shares.ts";
import { type Reach, reachOf, structureOf } from "./structure.ts";

/** How much of an answer rests on recorded facts. */
export interface Coverage {
  /** Items looked at. */
  readonly items: number;
  /** Items with a recorded offer, with variants, or made in house (a process, a target). */
  readonly surveyed: number;
  /** Recorded offers of those items. */
  readonly offers: number;
  readonly offersWithShare: number;
  /** Facts marked ASSUMED among the offers, general requirements and variants of those items. */
  readonly assumed: number;
}

const PROCESS = PRODUCT_CATEGORIES.indexOf("PROCESS");

/** Whether the item is a step made in house, which is not bought. */
export function isProcess({ network }: Scenario, item: number): boolean {
  return network.itemCategory[item] === PROCESS;
}

/** The active variants of an item, as positions in `Network.variantItem`; empty where it is no class. */
export function variantsOf({ network, policy }: Scenario, item: number): readonly number[] {
  const isActive = activeUnder(policy);
  const variants: number[] = [];
  for (let at = network.itemVariants[item]!; at < network.itemVariants[item + 1]!; at += 1)
    if (isActive(network.variantFact, at)) variants.push(at);
  return variants;
}

/**
 * Coverage of what the targets need, themselves included: everything that some way to make them uses, and what the general
 * recipe of an item without any way asks for. Every analysis of a question counts these items. O(N).
 *
 * @param reach What the targets reach in the scenario's structure, where it is known already.
 */
export function neededCoverage(scenario: Scenario, reach?: Reach): Coverage {
  const { targets, ways } = scenario;
  const { order } = reach ?? reachOf(structureOf(scenario), targets);
  return coverageOf(
    scenario,
    order.map((node) => ways.nodeItem[node]!),
  );
}

/** Counts what is recorded of some items; each counts once. O(their offers and edges). */
export function coverageOf(scenario: Scenario, items: Iterable<number>): Coverage {
  const { network, policy, targets } = scenario;
  const isActive = activeUnder(policy);
  const targetItems = new Set(targets.map((target) => target.item));
  const coverage = { items: 0, surveyed: 0, offers: 0, offersWithShare: 0, assumed: 0 };
  for (const item of new Set(items)) {
    const offers = usedOffers(scenario, item);
    const variants = variantsOf(scenario, item);
    coverage.items += 1;
    if (offers.length > 0 || variants.length > 0 || isProcess(scenario, item) || targetItems.has(item))
      coverage.surveyed += 1;
    coverage.offers += offers.length;
    for (const offer of offers) {
      if (!Number.isNaN(network.offerShare[offer]!)) coverage.offersWithShare += 1;
      coverage.assumed += network.offerFact.assumed[offer]!;
    }
    for (const variant of variants) coverage.assumed += network.variantFact.assumed[variant]!;
    for (let edge = network.itemRequirements[item]!; edge < network.itemRequirements[item + 1]!; edge += 1)
      if (network.requirementMaker[edge] === -1 && isActive(network.requirementFact, edge))
        coverage.assumed += network.requirementFact.assumed[edge]!;
  }
  return coverage;
}
