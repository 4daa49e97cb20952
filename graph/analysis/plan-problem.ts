import type { Scenario } from "./scenario.ts";
import { type ProblemOptions, type UsableWay, usableWays } from "./usable-ways.ts";

/** Instead of a scenario's way: as looked at further. */
export const JOINED = -1;

/**
 * The part of a scenario that a plan may use: everything reachable from the targets, ways of each node in order of
 * preference. Under a `maxTier` a node is a scenario node together with the purchase tiers still to be looked at; a
 * slot beyond the last tier is left out, and a node may stand on the same scenario node looked at one tier further (a
 * free way, JOINED), so that each item is bought once. A closed plan of the problem exists iff the targets are
 * available. `offsets[k] .. offsets[k + 1]` are the entries of `k`.
 */
export interface PlanProblem {
  readonly scenario: Scenario;
  readonly nodes: number;
  /** Scenario node of each node. */
  readonly nodeOrigin: Int32Array;
  /** Purchase tiers still looked at; Infinity without `maxTier`. */
  readonly nodeBudget: Float64Array;
  readonly targets: readonly number[];
  readonly nodeWays: Int32Array;
  readonly wayNode: Int32Array;
  /** Scenario way of each way, or JOINED, or DEVELOPED. */
  readonly wayOrigin: Int32Array;
  readonly wayCost: Float64Array;
  readonly waySlots: Int32Array;
  readonly slotWay: Int32Array;
  readonly slotAlternatives: Int32Array;
  /** Node of each alternative. */
  readonly alternatives: Int32Array;
  readonly alternativeSlot: Int32Array;
  /** Alternatives that stand for a node: `consumers[nodeConsumers[n] ..]`. */
  readonly nodeConsumers: Int32Array;
  readonly consumers: Int32Array;
}

/** Reads the problem off a scenario in O(N log n) for each tier looked at; one without `maxTier`. */
export function planProblem(scenario: Scenario, options: ProblemOptions = {}): PlanProblem {
  const waysOf = usableWays(scenario, options);
  const found = discover(scenario, waysOf);
  const nodeWays: number[] = [0];
  const wayNode: number[] = [];
  const wayOrigin: number[] = [];
  const wayCost: number[] = [];
  const waySlots: number[] = [0];
  const slotWay: number[] = [];
  const slotAlternatives: number[] = [0];
  const alternatives: number[] = [];
  const alternativeSlot: number[] = [];
  const addSlot = (inputs: Iterable<number>): void => {
    for (const input of inputs) {
      alternatives.push(input);
      alternativeSlot.push(slotWay.length);
    }
    slotAlternatives.push(alternatives.length);
    slotWay.push(wayNode.length);
  };
  const endWay = (node: number, origin: number, cost: number): void => {
    wayNode.push(node);
    wayOrigin.push(origin);
    wayCost.push(cost);
    waySlots.push(slotWay.length);
  };
  for (const [node, origin] of found.nodeOrigin.entries()) {
    const budget = found.nodeBudget[node]!;
    for (const way of waysOf(origin)) {
      const left = budget - way.bought;
      if (left > 0) for (const slot of way.slots) addSlot(Array.from(slot, (input) => found.nodeAt(input, left)));
      endWay(node, way.origin, way.cost);
    }
    const further = found.nextFurther(node);
    if (further >= 0) {
      addSlot([further]);
      endWay(node, JOINED, 0);
    }
    nodeWays.push(wayNode.length);
  }
  return {
    scenario,
    nodes: found.nodeOrigin.length,
    nodeOrigin: Int32Array.from(found.nodeOrigin),
    nodeBudget: Float64Array.from(found.nodeBudget),
    targets: found.targets,
    nodeWays: Int32Array.from(nodeWays),
    wayNode: Int32Array.from(wayNode),
    wayOrigin: Int32Array.from(wayOrigin),
    wayCost: Float64Array.from(wayCost),
    waySlots: Int32Array.from(waySlots),
    slotWay: Int32Array.from(slotWay),
    slotAlternatives: Int32Array.from(slotAlternatives),
    alternatives: Int32Array.from(alternatives),
    alternativeSlot: Int32Array.from(alternativeSlot),
    ...consumersOf(found.nodeOrigin.length, alternatives),
  };
}

interface Discovery {
  readonly nodeOrigin: readonly number[];
  readonly nodeBudget: readonly number[];
  readonly targets: readonly number[];
  /** Node of a scenario node with so many tiers left. */
  readonly nodeAt: (origin: number, budget: number) => number;
  /** The same scenario node looked at the next tier further that something needs it at, or -1. */
  readonly nextFurther: (node: number) => number;
}

/** Scenario nodes with the tiers left to them, breadth-first from the targets. */
function discover(scenario: Scenario, waysOf: (node: number) => readonly UsableWay[]): Discovery {
  const { policy, targets, ways } = scenario;
  const depth = policy.maxTier === null || policy.maxTier >= ways.nodes ? Number.POSITIVE_INFINITY : policy.maxTier;
  const layers = new Map<number, Int32Array>();
  const nodeOrigin: number[] = [];
  const nodeBudget: number[] = [];
  const visit = (origin: number, budget: number): number => {
    let layer = layers.get(budget);
    if (layer === undefined) {
      layer = new Int32Array(ways.nodes).fill(-1);
      layers.set(budget, layer);
    }
    if (layer[origin] === -1) {
      layer[origin] = nodeOrigin.length;
      nodeOrigin.push(origin);
      nodeBudget.push(budget);
    }
    return layer[origin]!;
  };
  const starts = depth > 0 ? [...new Set(targets.map((target) => visit(target.node, depth)))] : [];
  for (let node = 0; node < nodeOrigin.length; node += 1) {
    for (const way of waysOf(nodeOrigin[node]!)) {
      const left = nodeBudget[node]! - way.bought;
      if (left > 0) for (const slot of way.slots) for (const input of slot) visit(input, left);
    }
  }
  return {
    nodeOrigin,
    nodeBudget,
    targets: starts,
    nodeAt: (origin, budget) => layers.get(budget)![origin]!,
    nextFurther: (node) => {
      for (let budget = nodeBudget[node]! + 1; budget <= depth && depth < Number.POSITIVE_INFINITY; budget += 1) {
        const further = layers.get(budget)?.[nodeOrigin[node]!] ?? -1;
        if (further >= 0) return further;
      }
      return -1;
    },
  };
}

/** Which alternatives stand for each node. */
export function consumersOf(
  nodes: number,
  alternatives: readonly number[],
): Pick<PlanProblem, "nodeConsumers" | "consumers"> {
  const nodeConsumers = new Int32Array(nodes + 1);
  for (const node of alternatives) nodeConsumers[node + 1]! += 1;
  for (let node = 0; node < nodes; node += 1) nodeConsumers[node + 1]! += nodeConsumers[node]!;
  const next = nodeConsumers.slice(0, nodes);
  const consumers = new Int32Array(alternatives.length);
  for (const [alternative, node] of alternatives.entries()) {
    consumers[next[node]!] = alternative;
    next[node]! += 1;
  }
  return { nodeConsumers, consumers };
}
