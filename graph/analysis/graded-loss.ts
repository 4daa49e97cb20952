import type { Interval } from "./interval.ts";
import { type Losses, type LossNetwork, lossesOf } from "./loss-network.ts";
import type { Scenario } from "./scenario.ts";

/** The least and the most that each node may lose. */
export interface LossBounds {
  readonly low: Losses;
  readonly high: Losses;
}

/** Both bounds of the graded loss (ANALYSES.md 6): two least fixpoints over what each node loses of its own supply. */
export function solveLosses(losses: LossNetwork, ownOf: (node: number) => Interval): LossBounds {
  const own = new Map(losses.order.map((node) => [node, ownOf(node)]));
  return {
    low: lossesOf(losses, (node) => own.get(node)!.low),
    high: lossesOf(losses, (node) => own.get(node)!.high),
  };
}

/** What a node loses, in [0, 1]. */
export function lossAt({ low, high }: LossBounds, node: number): Interval {
  return { low: low.value[node]!, high: high.value[node]! };
}

/** The bound that a witness follows: the certain loss where there is one. */
export function leadingLosses({ low, high }: LossBounds, node: number): Losses {
  return low.value[node]! > 0 ? low : high;
}

/** Mean over targets by weight, in [0, 1]. */
export function meanLoss<Target extends { readonly weight: number }>(
  targets: readonly Target[],
  of: (target: Target) => Interval,
): Interval {
  let low = 0;
  let high = 0;
  for (const target of targets) {
    low += target.weight * of(target).low;
    high += target.weight * of(target).high;
  }
  return { low: Math.min(1, low), high: Math.min(1, high) };
}

/**
 * Nodes from the target that loses most down to the one whose own supply is lost; empty where nothing is. Not `certain`
 * where that loss is only possible.
 */
export function worstPath(
  { targets }: Scenario,
  losses: LossNetwork,
  solved: LossBounds,
): { readonly nodes: readonly number[]; readonly certain: boolean } {
  const worst = [...targets].sort(
    (a, b) =>
      solved.low.value[b.node]! - solved.low.value[a.node]! ||
      solved.high.value[b.node]! - solved.high.value[a.node]! ||
      b.weight - a.weight ||
      losses.nodeItem[a.node]! - losses.nodeItem[b.node]! ||
      a.node - b.node,
  )[0];
  if (worst === undefined || solved.high.value[worst.node] === 0) return { nodes: [], certain: false };
  const followed = leadingLosses(solved, worst.node);
  const nodes = [worst.node];
  for (let node = followed.via[worst.node]!; node !== -1; node = followed.via[node]!) nodes.push(node);
  return { nodes, certain: followed === solved.low };
}

/** Items from a target down to the node's, along a shortest path. */
export function lossPath({ targets }: Scenario, losses: LossNetwork, node: number): readonly number[] {
  const path = [losses.nodeItem[node]!];
  const targetNodes = new Set(targets.map((target) => target.node));
  for (let at = node; !targetNodes.has(at); ) {
    const slots = losses.nodeConsumers[at]!;
    const owner = slots
      .map((slot) => losses.slotOwner[slot]!)
      .filter((candidate) => losses.depth[candidate] === losses.depth[at]! - 1)
      .sort((a, b) => a - b)[0];
    if (owner === undefined) break;
    path.unshift(losses.nodeItem[owner]!);
    at = owner;
  }
  return path;
}
