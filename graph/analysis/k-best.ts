import type { Combination } from "./knuth-plan.ts";
import { bestPlan, type Plan, type PlanObjective, unprovenPlan } from "./plan.ts";
import { tidyChoice } from "./plan-choice.ts";
import { JOINED, type PlanProblem, planProblem } from "./plan-problem.ts";
import type { Scenario } from "./scenario.ts";
import { choiceSignature, treePlans } from "./tree-plans.ts";
import { IMMATURITY_UNKNOWN, wayImmaturity, wayLeadTime } from "./way-preference.ts";

/** By what two plans must differ: an offer or input, the set of their firms, or the set of their jurisdictions. */
export type PlanDistinction = "OFFER" | "FIRM" | "JURISDICTION";

export interface BestPlansOptions {
  /** How many plans; at least 1. */
  readonly k: number;
  readonly distinctBy?: PlanDistinction;
  readonly objective?: PlanObjective;
  /** Limit of the search for the first plan. */
  readonly effort?: number;
}

/** How many plans are drawn for each one wanted, and how many draws may be in vain because they differ in nothing that counts. */
const DRAWN = 4;
const DRAWS = 16;
/** Ways and alternatives that drawing may look at: a few seconds. */
const DRAWING_EFFORT = 10_000_000;

/**
 * The best plan and others that differ from it and from each other, best first; fewer than `k` where no more were found.
 * Plans are drawn by tree cost, four for each one wanted, and ranked by distinct cost (ANALYSES.md 9): the first is as
 * good as `bestPlan` says, the order of the others is that of the plans drawn. By LEAD_TIME the order is that of the
 * critical path; by READINESS that of the least mature source, then of cost.
 */
export function bestPlans(scenario: Scenario, options: BestPlansOptions): readonly Plan[] {
  const { k, objective = "COST", distinctBy = "OFFER" } = options;
  const first = bestPlan(scenario, options);
  if (first === null) return [];
  const seen = new Set<string>();
  const found: Plan[] = [];
  const add = (plan: Plan): void => {
    const key = distinction(plan, distinctBy);
    if (seen.has(key)) return;
    seen.add(key);
    found.push(plan);
  };
  add(first);
  const wanted = objective === "COST" ? DRAWN * k : k;
  let draws = 0;
  for (const plan of k === 1 ? [] : drawnPlans(scenario, objective, first.lowerBound)) {
    add(plan);
    draws += 1;
    if (found.length >= wanted || draws >= DRAWS * k) break;
  }
  const others = found.slice(1);
  if (objective === "COST") others.sort((a, b) => a.cost - b.cost || Number(b.founded) - Number(a.founded));
  return [first, ...others].slice(0, k);
}

function* drawnPlans(scenario: Scenario, objective: PlanObjective, lowerBound: number): Generator<Plan> {
  switch (objective) {
    case "COST":
      yield* drawnFrom(planProblem(scenario), "SUM", lowerBound);
      return;
    case "LEAD_TIME":
      yield* drawnFrom(planProblem(scenario, { cost: (way) => wayLeadTime(scenario, way) }), "MAX", lowerBound);
      return;
    case "READINESS":
      for (let worst = 0; worst <= IMMATURITY_UNKNOWN; worst += 1) {
        const problem = planProblem(scenario, { allow: (way) => wayImmaturity(scenario, way) <= worst });
        yield* drawnFrom(problem, "SUM", lowerBound);
      }
  }
}

function* drawnFrom(problem: PlanProblem, combination: Combination, lowerBound: number): Generator<Plan> {
  for (const { choice } of treePlans(problem, combination, DRAWING_EFFORT)) {
    const joined = problem.wayOrigin.includes(JOINED) ? tidyChoice(problem, choice) : choice;
    yield unprovenPlan(problem, joined, lowerBound);
  }
}

/** What two plans must differ in, as text. */
function distinction({ problem, choice }: Plan, distinctBy: PlanDistinction): string {
  if (distinctBy === "OFFER") return choiceSignature(problem, choice);
  const { units, ways } = problem.scenario;
  const members = new Set<number>();
  for (const step of choice) {
    const unit = ways.wayUnit[problem.wayOrigin[step.way]!] ?? -1;
    if (unit >= 0) members.add((distinctBy === "FIRM" ? units.unitFirm : units.unitJurisdiction)[unit]!);
  }
  return [...members].sort((a, b) => a - b).join();
}
