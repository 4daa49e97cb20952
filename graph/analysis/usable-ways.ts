import { activeUnder } from "./active.ts";
import { Recipes } from "./recipes.ts";
import type { Scenario } from "./scenario.ts";
import { comparePreference, wayPreference } from "./way-preference.ts";

/** Instead of a scenario's way: a new source under the item's general recipe. */
export const DEVELOPED = -2;

export interface ProblemOptions {
  /** Ways (of the scenario) that may be used; all where absent. */
  readonly allow?: (way: number) => boolean;
  /** Cost of a way (of the scenario); its own where absent. At least 0. */
  readonly cost?: (way: number) => number;
  /** Items that get one more way under their general recipe, with its cost. */
  readonly developed?: ReadonlyMap<number, number>;
  /** Nodes (of the scenario) taken as given: a slot that one of them fills is left out. */
  readonly isGiven?: (node: number) => boolean;
}

/** A way that a plan may take. */
export interface UsableWay {
  /** Way of the scenario, or DEVELOPED. */
  readonly origin: number;
  readonly cost: number;
  readonly bought: number;
  /** Nodes of each slot. */
  readonly slots: readonly Int32Array[];
}

/** Reads the usable ways of a node off a scenario: cheapest first, then by preference, the developed one last. */
export function usableWays(scenario: Scenario, options: ProblemOptions): (node: number) => readonly UsableWay[] {
  const { network, policy, targets, ways } = scenario;
  const { allow, isGiven, developed } = options;
  const cost = options.cost ?? ((way: number) => ways.wayCost[way] ?? 1);
  const preference = wayPreference(scenario);
  const recipes = new Recipes(network, activeUnder(policy));
  const targetNodes = new Set(targets.map((target) => target.node));
  const isOpen = (slot: Int32Array): boolean => isGiven === undefined || !slot.some(isGiven);
  return (node) => {
    const own: number[] = [];
    for (let way = ways.nodeWays[node]!; way < ways.nodeWays[node + 1]!; way += 1) {
      if (allow === undefined || allow(way)) own.push(way);
    }
    const ranked = own.map((way) => ({ way, cost: cost(way), rank: preference(way) }));
    ranked.sort((a, b) => a.cost - b.cost || comparePreference(a.rank, b.rank));
    const usable = ranked.map(({ way, cost: price }): UsableWay => {
      const slots: Int32Array[] = [];
      for (let slot = ways.waySlots[way]!; slot < ways.waySlots[way + 1]!; slot += 1) {
        slots.push(ways.alternatives.subarray(ways.slotAlternatives[slot]!, ways.slotAlternatives[slot + 1]!));
      }
      return { origin: way, cost: price, bought: ways.wayBought[way]!, slots: slots.filter(isOpen) };
    });
    const price = node < network.items.length ? developed?.get(node) : undefined;
    if (price !== undefined) {
      const slots: Int32Array[] = [];
      recipes.emit(node, -1, (inputs) => slots.push(Int32Array.from(inputs)));
      const bought = targetNodes.has(node) ? 0 : 1;
      usable.push({ origin: DEVELOPED, cost: price, bought, slots: slots.filter(isOpen) });
    }
    return usable;
  };
}
