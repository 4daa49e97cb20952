import { availability, isAvailable } from "./availability.ts";
import { developable, developedItems, developmentProblem } from "./development.ts";
import { knuthPlan } from "./knuth-plan.ts";
import { compareSets } from "./minimal-sets.ts";
import { type PlanChoice, tidyChoice } from "./plan-choice.ts";
import { liveParts } from "./plan-live.ts";
import { DEFAULT_EFFORT, searchPlan } from "./plan-search.ts";
import type { Scenario } from "./scenario.ts";

export interface Completion {
  /** Ids of the items to develop or recruit, ascending. */
  readonly items: readonly string[];
  readonly count: number;
  /** Sum of their costs to develop; 1 for each whose cost is not recorded. */
  readonly cost: number;
  /** True where no set is smaller, and none of this size cheaper; else it is the best one found. */
  readonly exact: boolean;
}

/**
 * The fewest blocked items such that with one new offer of each, under its general recipe, every target is available;
 * then the cheapest, then the first by ids (ANALYSES.md 10). Null where the targets are available already, or nothing
 * would make them so. Loops are allowed; branch and bound over distinct items.
 *
 * @param effort Limit of the search, in slots and ways looked at.
 */
export function completion(scenario: Scenario, effort: number = DEFAULT_EFFORT): Completion | null {
  const reached = availability(scenario);
  if (scenario.targets.every(({ node }) => isAvailable(reached, node, scenario.policy.maxTier))) return null;
  const costs = developable(scenario, reached);
  const dearer = [...costs.values()].reduce((sum, cost) => sum + cost, 1);
  const weights = new Map([...costs].map(([item, cost]) => [item, dearer + cost]));
  const problem = developmentProblem(scenario, reached, weights);
  const live = liveParts(problem);
  if (live === null) return null;

  const start = tidyChoice(problem, knuthPlan(problem, live).choice);
  const least = searchPlan(problem, live, { start, effort });
  const compare = (a: PlanChoice, b: PlanChoice): number =>
    compareSets(developedItems(problem, a), developedItems(problem, b));
  const first = least.complete ? searchPlan(problem, live, { start: least.choice, effort, compare }) : least;
  const items = developedItems(problem, first.choice);
  return {
    items: items.map((item) => scenario.network.items[item]!),
    count: items.length,
    cost: items.reduce((sum, item) => sum + costs.get(item)!, 0),
    exact: least.complete,
  };
}
