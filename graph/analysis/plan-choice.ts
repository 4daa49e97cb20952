import { JOINED, type PlanProblem } from "./plan-problem.ts";
import { DEVELOPED } from "./usable-ways.ts";

/** One node of a plan: the way it takes and, for each slot of that way, the alternative that fills it. */
export interface ChosenStep {
  readonly node: number;
  readonly way: number;
  /** Positions in `problem.alternatives`, in the order of the way's slots. */
  readonly alternatives: readonly number[];
}

/** A closed plan of a problem, breadth-first from the targets; every node once. */
export type PlanChoice = readonly ChosenStep[];

/**
 * The closed plan that a choice of ways makes, in breadth-first order from the targets.
 *
 * @param wayOf Way of each node; -1 where it has none.
 * @param fill The alternative that fills a slot.
 * @throws Error where a node that the plan needs has no way, or a slot no alternative: a fault of the caller.
 */
export function planChoice(problem: PlanProblem, wayOf: Int32Array, fill: (slot: number) => number): PlanChoice {
  const seen = new Uint8Array(problem.nodes);
  const queue: number[] = [];
  const enter = (node: number): void => {
    if (seen[node] === 1) return;
    seen[node] = 1;
    queue.push(node);
  };
  for (const target of problem.targets) enter(target);
  const steps: ChosenStep[] = [];
  for (let head = 0; head < queue.length; head += 1) {
    const node = queue[head]!;
    const way = wayOf[node]!;
    if (way < 0) throw new Error(`a plan needs node ${node}, which has no way`);
    const alternatives: number[] = [];
    for (let slot = problem.waySlots[way]!; slot < problem.waySlots[way + 1]!; slot += 1) {
      const alternative = fill(slot);
      if (alternative < 0) throw new Error(`a plan leaves slot ${slot} open`);
      alternatives.push(alternative);
      enter(problem.alternatives[alternative]!);
    }
    steps.push({ node, way, alternatives });
  }
  return steps;
}

/** Sum of the ways' costs, each node once. */
export function choiceCost(problem: PlanProblem, choice: PlanChoice): number {
  return choice.reduce((cost, step) => cost + problem.wayCost[step.way]!, 0);
}

/**
 * The same ways with every slot filled from the plan's own nodes such that no loop remains that the ways allow to
 * avoid, each scenario node with one way, without the nodes that nothing needs any more. Never dearer.
 */
export function tidyChoice(problem: PlanProblem, choice: PlanChoice): PlanChoice {
  if (!problem.wayOrigin.includes(JOINED)) return refilled(problem, waysOf(problem, choice));
  // Slots filled anew may need a node at fewer tiers, where it needs less itself: again until nothing is looked at less far.
  let settled = settleTiers(problem, choice);
  for (;;) {
    const tidied = refilled(problem, settled.wayOf);
    const again = settleTiers(problem, tidied);
    if (again.tiers === settled.tiers) return tidied;
    settled = again;
  }
}

/** Ways as they are, slots filled by what can start first. */
function refilled(problem: PlanProblem, wayOf: Int32Array): PlanChoice {
  const founded = foundedOrder(problem, wayOf);
  return planChoice(problem, wayOf, (slot) => {
    let best = -1;
    for (let entry = problem.slotAlternatives[slot]!; entry < problem.slotAlternatives[slot + 1]!; entry += 1) {
      const node = problem.alternatives[entry]!;
      if (wayOf[node]! < 0) continue;
      if (best < 0 || founded[node]! < founded[problem.alternatives[best]!]!) best = entry;
    }
    return best;
  });
}

function waysOf(problem: PlanProblem, choice: PlanChoice): Int32Array {
  const wayOf = new Int32Array(problem.nodes).fill(-1);
  for (const step of choice) wayOf[step.node] = step.way;
  return wayOf;
}

/** Ways under a `maxTier`, and the sum of the tiers that each scenario node is looked at. */
interface SettledTiers {
  readonly wayOf: Int32Array;
  readonly tiers: number;
}

/**
 * Under a `maxTier`: ways with which each scenario node is looked at just as far as the plan needs, once, and stands on
 * that where it is needed at fewer tiers.
 */
function settleTiers(problem: PlanProblem, choice: PlanChoice): SettledTiers {
  const { nodeOrigin, nodeBudget, nodeWays, wayOrigin, scenario } = problem;
  const own = new Map<number, ChosenStep>();
  for (const step of choice) {
    if (wayOrigin[step.way] === JOINED) continue;
    const other = own.get(nodeOrigin[step.node]!);
    if (other === undefined || nodeBudget[step.node]! > nodeBudget[other.node]!) own.set(nodeOrigin[step.node]!, step);
  }
  const tiers = new Map<number, number>();
  const queue: number[] = [];
  const reach = (origin: number, left: number): void => {
    if (left <= (tiers.get(origin) ?? 0)) return;
    tiers.set(origin, left);
    queue.push(origin);
  };
  for (const target of problem.targets) reach(nodeOrigin[target]!, nodeBudget[target]!);
  for (let origin = queue.shift(); origin !== undefined; origin = queue.shift()) {
    const step = own.get(origin)!;
    const way = wayOrigin[step.way]!;
    const isTarget = scenario.targets.some((target) => target.node === origin);
    const bought = way === DEVELOPED ? Number(!isTarget) : scenario.ways.wayBought[way]!;
    for (const entry of step.alternatives)
      reach(nodeOrigin[problem.alternatives[entry]!]!, tiers.get(origin)! - bought);
  }
  const wayOf = new Int32Array(problem.nodes).fill(-1);
  for (let node = 0; node < problem.nodes; node += 1) {
    const furthest = tiers.get(nodeOrigin[node]!) ?? 0;
    if (nodeBudget[node]! > furthest) continue;
    const wanted = nodeBudget[node] === furthest ? wayOrigin[own.get(nodeOrigin[node]!)!.way] : JOINED;
    for (let way = nodeWays[node]!; way < nodeWays[node + 1]!; way += 1) {
      if (wayOrigin[way] === wanted) wayOf[node] = way;
    }
  }
  return { wayOf, tiers: [...tiers.values()].reduce((sum, left) => sum + left, 0) };
}

/** When each node of the plan can start, counted in rounds, if slots are filled by what has started; Infinity = only in a loop. */
function foundedOrder(problem: PlanProblem, wayOf: Int32Array): Float64Array {
  const order = new Float64Array(problem.nodes).fill(Number.POSITIVE_INFINITY);
  const open = new Map<number, number>();
  const filled = new Set<number>();
  let ready: number[] = [];
  for (const [node, way] of wayOf.entries()) {
    if (way < 0) continue;
    open.set(node, problem.waySlots[way + 1]! - problem.waySlots[way]!);
    if (open.get(node) === 0) ready.push(node);
  }
  for (let round = 0; ready.length > 0; round += 1) {
    const following: number[] = [];
    for (const node of ready) order[node] = round;
    for (const node of ready) {
      for (let entry = problem.nodeConsumers[node]!; entry < problem.nodeConsumers[node + 1]!; entry += 1) {
        const slot = problem.alternativeSlot[problem.consumers[entry]!]!;
        const owner = problem.wayNode[problem.slotWay[slot]!]!;
        if (wayOf[owner] !== problem.slotWay[slot] || filled.has(slot)) continue;
        filled.add(slot);
        const left = open.get(owner)! - 1;
        open.set(owner, left);
        if (left === 0) following.push(owner);
      }
    }
    ready = following;
  }
  return order;
}

/** Loops of a plan: strongly connected components of more than one node, or of a node that needs itself (Tarjan 1972). */
export function planLoops(problem: PlanProblem, choice: PlanChoice): readonly (readonly number[])[] {
  const needs = new Map<number, readonly number[]>(
    choice.map((step) => [step.node, step.alternatives.map((alternative) => problem.alternatives[alternative]!)]),
  );
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const onStack = new Set<number>();
  const stack: number[] = [];
  const loops: number[][] = [];
  for (const { node: start } of choice) {
    if (index.has(start)) continue;
    const frames: { node: number; next: number }[] = [];
    const open = (node: number): void => {
      index.set(node, index.size);
      low.set(node, index.get(node)!);
      stack.push(node);
      onStack.add(node);
      frames.push({ node, next: 0 });
    };
    open(start);
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const { node } = frame;
      const following = needs.get(node)![frame.next];
      frame.next += 1;
      if (following !== undefined) {
        if (!index.has(following)) open(following);
        else if (onStack.has(following)) low.set(node, Math.min(low.get(node)!, index.get(following)!));
        continue;
      }
      frames.pop();
      const above = frames.at(-1);
      if (above !== undefined) low.set(above.node, Math.min(low.get(above.node)!, low.get(node)!));
      if (low.get(node) !== index.get(node)) continue;
      const component = stack.splice(stack.lastIndexOf(node));
      for (const member of component) onStack.delete(member);
      if (component.length > 1 || needs.get(node)!.includes(node)) {
        loops.push(component.sort((a, b) => problem.nodeOrigin[a]! - problem.nodeOrigin[b]! || a - b));
      }
    }
  }
  return loops.sort((a, b) => problem.nodeOrigin[a[0]!]! - problem.nodeOrigin[b[0]!]!);
}
