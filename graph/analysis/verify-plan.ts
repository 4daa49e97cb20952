import { PRODUCT_CATEGORIES } from "../projection/build.ts";
import { activeUnder } from "./active.ts";
import type { PlanStep } from "./plan-steps.ts";
import { Recipes } from "./recipes.ts";
import type { Scenario } from "./scenario.ts";

/** What a plan shows of itself: enough to be checked without knowing how it was found. */
export interface PlanWitness {
  readonly cost: number;
  readonly steps: readonly PlanStep[];
}

const PROCESS = PRODUCT_CATEGORIES.indexOf("PROCESS");

/**
 * Checks a plan against the scenario alone: each target has a step, each step takes an admissible way of its item and its
 * needs fill every slot within `maxTier`, each need has a step, no step is there twice or for nothing, and the costs add
 * up. Returns what is wrong, in English; empty for a plan that holds.
 */
export function verifyPlan(scenario: Scenario, plan: PlanWitness): readonly string[] {
  const { network, policy, targets, ways } = scenario;
  const faults: string[] = [];
  const stepOf = new Map<number, PlanStep>();
  for (const step of plan.steps) {
    const node = nodeOfKey(scenario, step.key);
    if (node === undefined) faults.push(`${step.key} is no item or target of the scenario`);
    else if (stepOf.has(node)) faults.push(`${step.key} has two steps`);
    else stepOf.set(node, step);
  }

  const left = new Map<number, number>();
  const queue: number[] = [];
  const reach = (node: number, tiers: number): void => {
    if (tiers <= (left.get(node) ?? 0)) return;
    left.set(node, tiers);
    queue.push(node);
  };
  for (const { node } of targets) reach(node, policy.maxTier ?? Number.POSITIVE_INFINITY);
  const wayOf = new Map<number, CheckedWay>();
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    const step = stepOf.get(node);
    const way = step === undefined ? null : wayOfStep(scenario, node, step);
    if (step === undefined || way === null) {
      const name = network.items[ways.nodeItem[node]!]!;
      faults.push(
        step === undefined ? `${name} is needed and has no step` : `${name} has no admissible way ${step.tag}`,
      );
      continue;
    }
    wayOf.set(node, way);
    for (const id of step.needs) reach(network.itemIndex.get(id)!, left.get(node)! - way.bought);
  }
  let cost = 0;
  for (const [node, way] of wayOf) {
    const { key, needs, tag } = stepOf.get(node)!;
    cost += way.cost;
    const filled = new Set<string>();
    for (const slot of left.get(node)! - way.bought > 0 ? way.slots : []) {
      const inputs = slot.map((input) => network.items[input]!).filter((id) => needs.includes(id));
      if (inputs.length === 0) faults.push(`${key} by ${tag} leaves a slot open`);
      for (const id of inputs) filled.add(id);
    }
    for (const id of needs) if (!filled.has(id)) faults.push(`${key} lists ${id}, which fills no slot`);
  }
  for (const [node, step] of stepOf) if (!wayOf.has(node)) faults.push(`${step.key} is needed by nothing`);
  if (Math.abs(cost - plan.cost) > 1e-6) faults.push(`the steps cost ${cost}, the plan says ${plan.cost}`);
  return faults;
}

interface CheckedWay {
  readonly cost: number;
  readonly bought: number;
  readonly slots: readonly (readonly number[])[];
}

function wayOfStep(scenario: Scenario, node: number, step: PlanStep): CheckedWay | null {
  const { network, policy, targets, ways } = scenario;
  if (step.way === "GHOST") {
    if (node >= network.items.length || network.itemCategory[node] === PROCESS) return null;
    const slots: (readonly number[])[] = [];
    new Recipes(network, activeUnder(policy)).emit(node, -1, (inputs) => slots.push(inputs));
    return { cost: 1, bought: targets.some((target) => target.node === node) ? 0 : 1, slots };
  }
  for (let way = ways.nodeWays[node]!; way < ways.nodeWays[node + 1]!; way += 1) {
    if (ways.wayTags[way] !== step.tag) continue;
    const slots: (readonly number[])[] = [];
    for (let slot = ways.waySlots[way]!; slot < ways.waySlots[way + 1]!; slot += 1) {
      slots.push([...ways.alternatives.subarray(ways.slotAlternatives[slot]!, ways.slotAlternatives[slot + 1]!)]);
    }
    return { cost: ways.wayCost[way]!, bought: ways.wayBought[way]!, slots };
  }
  return null;
}

function nodeOfKey({ network, ways }: Scenario, key: string): number | undefined {
  const item = network.itemIndex.get(key);
  if (item !== undefined) return item;
  for (let node = network.items.length; node < ways.nodes; node += 1) {
    for (let way = ways.nodeWays[node]!; way < ways.nodeWays[node + 1]!; way += 1) {
      if (ways.wayTags[way] === key) return node;
    }
  }
  return undefined;
}
