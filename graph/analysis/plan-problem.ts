import { activeUnder } from "./active.ts";
import { Recipes } from "./recipes.ts";
import type { Scenario } from "./scenario.ts";
import { comparePreference, type WayPreference, wayPreference } from "./way-preference.ts";

/** Instead of a scenario's way: as looked at one tier further. */
export const JOINED = -1;
/** Instead of a scenario's way: a new source under the item's general recipe. */
export const DEVELOPED = -2;

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

/** Reads the problem off a scenario in O(N log n). */
export function planProblem(scenario: Scenario, options: ProblemOptions = {}): PlanProblem {
  const { ways, policy, targets } = scenario;
  const preference = wayPreference(scenario);
  const cost = options.cost ?? ((way: number) => ways.wayCost[way] ?? 1);
  const depth = policy.maxTier === null || policy.maxTier >= ways.nodes ? Number.POSITIVE_INFINITY : policy.maxTier;

  const positions = new Map<number, Int32Array>();
  const nodeOrigin: number[] = [];
  const nodeBudget: number[] = [];
  const visit = (origin: number, budget: number): number => {
    let layer = positions.get(budget);
    if (layer === undefined) {
      layer = new Int32Array(ways.nodes).fill(-1);
      positions.set(budget, layer);
    }
    if (layer[origin] === -1) {
      layer[origin] = nodeOrigin.length;
      nodeOrigin.push(origin);
      nodeBudget.push(budget);
    }
    return layer[origin]!;
  };

  const nodeWays: number[] = [0];
  const wayNode: number[] = [];
  const wayOrigin: number[] = [];
  const wayCost: number[] = [];
  const waySlots: number[] = [0];
  const slotWay: number[] = [];
  const slotAlternatives: number[] = [0];
  const alternatives: number[] = [];
  const alternativeSlot: number[] = [];
  const addSlot = (inputs: Iterable<number>, budget: number): void => {
    for (const input of inputs) {
      alternatives.push(visit(input, budget));
      alternativeSlot.push(slotWay.length);
    }
    slotAlternatives.push(alternatives.length);
    slotWay.push(wayNode.length);
  };
  const addGatingSlot = (inputs: readonly number[] | Int32Array, budget: number): void => {
    if (budget > 0 && !(options.isGiven !== undefined && inputs.some(options.isGiven))) addSlot(inputs, budget);
  };
  const endWay = (node: number, origin: number, price: number): void => {
    wayNode.push(node);
    wayOrigin.push(origin);
    wayCost.push(price);
    waySlots.push(slotWay.length);
  };

  const targetNodes = depth > 0 ? [...new Set(targets.map((target) => visit(target.node, depth)))] : [];
  const recipes = new Recipes(scenario.network, activeUnder(policy));
  for (let node = 0; node < nodeOrigin.length; node += 1) {
    const origin = nodeOrigin[node]!;
    const budget = nodeBudget[node]!;
    const own: { readonly way: number; readonly price: number; readonly rank: WayPreference }[] = [];
    for (let way = ways.nodeWays[origin]!; way < ways.nodeWays[origin + 1]!; way += 1) {
      if (options.allow !== undefined && !options.allow(way)) continue;
      own.push({ way, price: cost(way), rank: preference(way) });
    }
    own.sort((a, b) => a.price - b.price || comparePreference(a.rank, b.rank));
    for (const { way, price } of own) {
      for (let slot = ways.waySlots[way]!; slot < ways.waySlots[way + 1]!; slot += 1) {
        const inputs = ways.alternatives.subarray(ways.slotAlternatives[slot]!, ways.slotAlternatives[slot + 1]!);
        addGatingSlot(inputs, budget - ways.wayBought[way]!);
      }
      endWay(node, way, price);
    }
    const developed = origin < scenario.network.items.length ? options.developed?.get(origin) : undefined;
    if (developed !== undefined) {
      const bought = targets.some((target) => target.node === origin) ? 0 : 1;
      recipes.emit(origin, -1, (inputs) => addGatingSlot(inputs, budget - bought));
      endWay(node, DEVELOPED, developed);
    }
    if (budget < depth) {
      addSlot([origin], budget + 1);
      endWay(node, JOINED, 0);
    }
    nodeWays.push(wayNode.length);
  }

  const nodes = nodeOrigin.length;
  const nodeConsumers = new Int32Array(nodes + 1);
  for (const node of alternatives) nodeConsumers[node + 1]! += 1;
  for (let node = 0; node < nodes; node += 1) nodeConsumers[node + 1]! += nodeConsumers[node]!;
  const next = nodeConsumers.slice(0, nodes);
  const consumers = new Int32Array(alternatives.length);
  for (const [alternative, node] of alternatives.entries()) {
    consumers[next[node]!] = alternative;
    next[node]! += 1;
  }
  return {
    scenario,
    nodes,
    nodeOrigin: Int32Array.from(nodeOrigin),
    nodeBudget: Float64Array.from(nodeBudget),
    targets: targetNodes,
    nodeWays: Int32Array.from(nodeWays),
    wayNode: Int32Array.from(wayNode),
    wayOrigin: Int32Array.from(wayOrigin),
    wayCost: Float64Array.from(wayCost),
    waySlots: Int32Array.from(waySlots),
    slotWay: Int32Array.from(slotWay),
    slotAlternatives: Int32Array.from(slotAlternatives),
    alternatives: Int32Array.from(alternatives),
    alternativeSlot: Int32Array.from(alternativeSlot),
    nodeConsumers,
    consumers,
  };
}

/** What of a problem can still be part of a closed plan: 1 = yes. */
export interface Live {
  readonly node: Uint8Array;
  readonly way: Uint8Array;
  readonly alternative: Uint8Array;
}

/** Ways and alternatives that may not be used: 1 = banned. */
export interface Bans {
  readonly way: Uint8Array;
  readonly alternative: Uint8Array;
}

/**
 * The greatest closed set under the bans (a running industry may contain loops), or null where it leaves out a target.
 * O(N).
 */
export function liveParts(problem: PlanProblem, bans: Bans | null = null): Live | null {
  const { nodes, nodeWays, wayNode, slotWay, slotAlternatives, alternativeSlot } = problem;
  const way = new Uint8Array(wayNode.length).fill(1);
  const alternative = new Uint8Array(alternativeSlot.length).fill(1);
  const node = new Uint8Array(nodes).fill(1);
  const waysLeft = new Int32Array(nodes);
  const choicesLeft = new Int32Array(slotWay.length);
  const dead: number[] = [];
  const killWay = (index: number): void => {
    if (way[index] === 0) return;
    way[index] = 0;
    const owner = wayNode[index]!;
    waysLeft[owner]! -= 1;
    if (waysLeft[owner] === 0) dead.push(owner);
  };
  const killAlternative = (index: number): void => {
    if (alternative[index] === 0) return;
    alternative[index] = 0;
    const slot = alternativeSlot[index]!;
    choicesLeft[slot]! -= 1;
    if (choicesLeft[slot] === 0) killWay(slotWay[slot]!);
  };

  for (let index = 0; index < nodes; index += 1) {
    waysLeft[index] = nodeWays[index + 1]! - nodeWays[index]!;
    if (waysLeft[index] === 0) dead.push(index);
  }
  for (let slot = 0; slot < slotWay.length; slot += 1) {
    choicesLeft[slot] = slotAlternatives[slot + 1]! - slotAlternatives[slot]!;
    if (choicesLeft[slot] === 0) killWay(slotWay[slot]!);
  }
  if (bans !== null) {
    for (let index = 0; index < way.length; index += 1) if (bans.way[index] === 1) killWay(index);
    for (let index = 0; index < alternative.length; index += 1)
      if (bans.alternative[index] === 1) killAlternative(index);
  }
  for (let index = dead.pop(); index !== undefined; index = dead.pop()) {
    node[index] = 0;
    for (let entry = problem.nodeConsumers[index]!; entry < problem.nodeConsumers[index + 1]!; entry += 1) {
      killAlternative(problem.consumers[entry]!);
    }
  }
  return problem.targets.every((target) => node[target] === 1) ? { node, way, alternative } : null;
}
