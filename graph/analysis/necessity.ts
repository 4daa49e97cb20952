import { checkpoint } from "./checkpoint.ts";
import type { Scenario } from "./scenario.ts";
import { pathTo, type Reach, reachOf, type Structure, structureOf } from "./structure.ts";

/** How much of the targets needs an item. */
export interface Necessity {
  readonly item: string;
  /** Weighted share of the targets that have no closed plan without it, in [0, 1]. */
  readonly value: number;
  /** Witness: items from a target down to it; empty where no target needs it in any way. */
  readonly path: readonly string[];
}

/** Necessity of one item (ANALYSES.md 7). For all items at once use `necessities`. O(N). */
export function necessity(scenario: Scenario, item: number): Necessity {
  const structure = structureOf(scenario);
  const reach = reachOf(structure, scenario.targets);
  return {
    item: scenario.network.items[item]!,
    value: necessityMeter(scenario, structure, reach)(item),
    path: pathTo(structure, reach, item).map((node) => scenario.network.items[structure.nodeItem[node]!]!),
  };
}

/**
 * Measures items one after the other: the weighted share, in [0, 1], of targets that have no closed plan without the item
 * when every other item is supposed suppliable (ANALYSES.md 7; the greatest fixpoint of Gallo et al. 1993's reachability
 * by removal). Each measurement touches only what fails with the item, and undoes it: at most O(N).
 */
export function necessityMeter(scenario: Scenario, structure: Structure, reach: Reach): (item: number) => number {
  const options = new Int32Array(structure.nodes);
  const slotsLost = new Int32Array(structure.optionNode.length);
  const left = new Int32Array(structure.slotOption.length);
  for (let node = 0; node < structure.nodes; node += 1)
    options[node] = structure.nodeOptions[node + 1]! - structure.nodeOptions[node]!;
  for (let slot = 0; slot < left.length; slot += 1)
    left[slot] = structure.slotAlternatives[slot + 1]! - structure.slotAlternatives[slot]!;
  const weightOf = new Map<number, number>();
  for (const { node, weight } of scenario.targets) weightOf.set(node, (weightOf.get(node) ?? 0) + weight);

  return (item) => {
    checkpoint();
    if (reach.depth[item] === -1) return 0;
    const failed = [item];
    const hasFailed = new Set(failed);
    const lost: number[] = [];
    for (const node of failed)
      for (let at = structure.nodeConsumers[node]!; at < structure.nodeConsumers[node + 1]!; at += 1) {
        const slot = structure.consumerSlots[at]!;
        lost.push(slot);
        left[slot]! -= 1;
        if (left[slot]! > 0) continue;
        const option = structure.slotOption[slot]!;
        slotsLost[option]! += 1;
        if (slotsLost[option] !== 1) continue;
        const owner = structure.optionNode[option]!;
        options[owner]! -= 1;
        if (options[owner]! > 0 || hasFailed.has(owner)) continue;
        hasFailed.add(owner);
        failed.push(owner);
      }
    for (const slot of lost.reverse()) {
      if (left[slot] === 0) {
        const option = structure.slotOption[slot]!;
        if (slotsLost[option] === 1) options[structure.optionNode[option]!]! += 1;
        slotsLost[option]! -= 1;
      }
      left[slot]! += 1;
    }
    let value = 0;
    for (const node of failed) value += weightOf.get(node) ?? 0;
    return Math.min(1, value);
  };
}
