import type { Scenario } from "../../graph/analysis/scenario.ts";

/**
 * The least distinct cost of a closed plan by trying every set of nodes with, under a `maxTier`, every number of purchase
 * tiers left to each; null where none is closed.
 */
export function leastCostByEnumeration(
  scenario: Scenario,
  allow: (way: number) => boolean = () => true,
): number | null {
  const { ways, policy } = scenario;
  const depth = policy.maxTier ?? 1;
  const spend = policy.maxTier === null ? 0 : 1;
  const budget = new Array<number>(ways.nodes).fill(0);
  let least: number | null = null;
  const isFilled = (slot: number, left: number): boolean => {
    for (let entry = ways.slotAlternatives[slot]!; entry < ways.slotAlternatives[slot + 1]!; entry += 1) {
      if (budget[ways.alternatives[entry]!]! >= left) return true;
    }
    return false;
  };
  const cheapest = (node: number): number => {
    let cost = Number.POSITIVE_INFINITY;
    for (let way = ways.nodeWays[node]!; way < ways.nodeWays[node + 1]!; way += 1) {
      if (!allow(way)) continue;
      const left = budget[node]! - spend * ways.wayBought[way]!;
      let works = true;
      for (let slot = ways.waySlots[way]!; slot < ways.waySlots[way + 1]!; slot += 1) {
        works &&= left <= 0 || isFilled(slot, left);
      }
      if (works) cost = Math.min(cost, ways.wayCost[way]!);
    }
    return cost;
  };
  const visit = (node: number): void => {
    if (node < ways.nodes) {
      const isTarget = scenario.targets.some((target) => target.node === node);
      for (let left = isTarget ? depth : 0; left <= depth; left += 1) {
        budget[node] = left;
        visit(node + 1);
      }
      budget[node] = 0;
      return;
    }
    const cost = budget.reduce((sum, left, member) => (left > 0 ? sum + cheapest(member) : sum), 0);
    if (Number.isFinite(cost) && (least === null || cost < least)) least = cost;
  };
  visit(0);
  return least;
}

/** One consistent plan without loops. */
export interface EnumeratedPlan {
  readonly treeCost: number;
  /** Each node with its way and what fills the slots, as text, sorted. */
  readonly signature: string;
}

/** Every consistent plan without loops (one way per needed node, one alternative per slot); null beyond `limit` plans. */
export function foundedPlansByEnumeration(scenario: Scenario, limit: number): readonly EnumeratedPlan[] | null {
  const { ways, network } = scenario;
  const found: EnumeratedPlan[] = [];
  const chosen = new Map<number, { readonly way: number; readonly inputs: readonly number[] }>();
  let visited = 0;
  const treeCost = (node: number, above: readonly number[]): number => {
    if (above.includes(node)) return Number.POSITIVE_INFINITY;
    const { way, inputs } = chosen.get(node)!;
    return inputs.reduce((sum, input) => sum + treeCost(input, [...above, node]), ways.wayCost[way]!);
  };
  const record = (): void => {
    const cost = new Set(scenario.targets.map((target) => target.node));
    const total = [...cost].reduce((sum, node) => sum + treeCost(node, []), 0);
    if (!Number.isFinite(total)) return;
    const signature = [...chosen].map(([node, { way, inputs }]) => {
      const ids = inputs.map((input) => network.items[ways.nodeItem[input]!]!);
      return JSON.stringify([ways.wayTags[way], node, ...ids]);
    });
    found.push({ treeCost: total, signature: signature.sort().join() });
  };
  const explore = (open: readonly number[]): void => {
    visited += 1;
    if (visited > limit) return;
    const [node, ...rest] = open;
    if (node === undefined) {
      record();
      return;
    }
    if (chosen.has(node)) {
      explore(rest);
      return;
    }
    for (let way = ways.nodeWays[node]!; way < ways.nodeWays[node + 1]!; way += 1) {
      let fillings: readonly (readonly number[])[] = [[]];
      for (let slot = ways.waySlots[way]!; slot < ways.waySlots[way + 1]!; slot += 1) {
        const choices = [...ways.alternatives.subarray(ways.slotAlternatives[slot]!, ways.slotAlternatives[slot + 1]!)];
        fillings = fillings.flatMap((filling) => choices.map((choice) => [...filling, choice]));
      }
      for (const inputs of fillings) {
        chosen.set(node, { way, inputs });
        explore([...rest, ...inputs]);
        chosen.delete(node);
      }
    }
  };
  explore(scenario.targets.map((target) => target.node));
  return visited > limit ? null : found;
}

/** All subsets of a list, by size, then by position of their members. */
export function subsetsBySize<Member>(list: readonly Member[]): readonly (readonly Member[])[] {
  let subsets: readonly (readonly number[])[] = [[]];
  for (const [position] of list.entries()) subsets = [...subsets, ...subsets.map((subset) => [...subset, position])];
  return [...subsets]
    .sort((a, b) => {
      if (a.length !== b.length) return a.length - b.length;
      const at = a.findIndex((member, index) => member !== b[index]);
      return at === -1 ? 0 : a[at]! - b[at]!;
    })
    .map((subset) => subset.map((position) => list[position]!));
}
