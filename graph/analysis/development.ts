import { PRODUCT_CATEGORIES } from "../projection/build.ts";
import { activeUnder } from "./active.ts";
import { type Availability, availability, isAvailable } from "./availability.ts";
import type { PlanChoice } from "./plan-choice.ts";
import { type PlanProblem, planProblem } from "./plan-problem.ts";
import { resolveRemoved } from "./removed.ts";
import type { Scenario } from "./scenario.ts";
import { DEVELOPED } from "./usable-ways.ts";

const PROCESS = PRODUCT_CATEGORIES.indexOf("PROCESS");

/**
 * Items that could be developed or recruited: those that are blocked, but for processes, for classes with variants (their
 * variants are) and for what the policy removes. With the cost of each; 1 where it is not recorded.
 */
export function developable(scenario: Scenario, reached: Availability = availability(scenario)): Map<number, number> {
  const { network, policy } = scenario;
  const isActive = activeUnder(policy);
  const removed = resolveRemoved(network, policy).items;
  const ground = new Map<number, number>();
  for (let item = 0; item < network.items.length; item += 1) {
    if (isAvailable(reached, item, policy.maxTier)) continue;
    if (network.itemCategory[item] === PROCESS || removed.has(item)) continue;
    let variants = 0;
    for (let row = network.itemVariants[item]!; row < network.itemVariants[item + 1]!; row += 1) {
      if (isActive(network.variantFact, row)) variants += 1;
    }
    if (variants > 0) continue;
    const cost = network.itemDevelopCost[item]!;
    ground.set(item, Number.isNaN(cost) ? 1 : cost);
  }
  return ground;
}

/** The problem in which only development costs anything; what is available already is given. */
export function developmentProblem(
  scenario: Scenario,
  reached: Availability,
  developed: ReadonlyMap<number, number>,
): PlanProblem {
  return planProblem(scenario, {
    cost: () => 0,
    developed,
    isGiven: (node) => reached.tier[node] === 0,
  });
}

/** Items that a choice develops, ascending. */
export function developedItems(problem: PlanProblem, choice: PlanChoice): readonly number[] {
  const items = choice
    .filter((step) => problem.wayOrigin[step.way] === DEVELOPED)
    .map((step) => problem.nodeOrigin[step.node]!);
  return [...new Set(items)].sort((a, b) => a - b);
}
