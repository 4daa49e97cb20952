import { forcedClosureCost } from "./forced-closure.ts";
import type { Combination } from "./knuth-plan.ts";
import { bestPlan, type Plan, type PlanObjective, unprovenPlan } from "./plan.ts";
import { type PlanChoice, tidyChoice } from "./plan-choice.ts";
import { liveParts } from "./plan-live.ts";
import { JOINED, type PlanProblem, planProblem } from "./plan-problem.ts";
import type { Scenario } from "./scenario.ts";
import { treePlans } from "./tree-plans.ts";
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
        const live = liveParts(problem);
        // Less mature sources may make a plan cheaper than the most mature ones allow.
        if (live !== null) yield* drawnFrom(problem, "SUM", Math.min(lowerBound, forcedClosureCost(problem, live)));
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
  if (distinctBy === "OFFER") return shownChoice(problem, choice);
  const { units, ways } = problem.scenario;
  const members = new Set<number>();
  for (const step of choice) {
    const unit = ways.wayUnit[problem.wayOrigin[step.way]!] ?? -1;
    const member = unit < 0 ? -1 : (distinctBy === "FIRM" ? units.unitFirm : units.unitJurisdiction)[unit]!;
    // Unnamed firms of a jurisdiction, or an unknown place, are no member that could tell two plans apart.
    if (member >= 0) members.add(member);
  }
  return [...members].sort((a, b) => a - b).join();
}

/** The sources of a plan and what each needs, as its steps show them: which slot an input fills makes no other plan. */
function shownChoice(problem: PlanProblem, choice: PlanChoice): string {
  const { wayTags } = problem.scenario.ways;
  const parts = choice
    .filter((step) => problem.wayOrigin[step.way] !== JOINED)
    .map((step) => {
      const needs = step.alternatives.map((entry) => problem.nodeOrigin[problem.alternatives[entry]!]!);
      const shown = [...new Set(needs)].sort((a, b) => a - b);
      return JSON.stringify([wayTags[problem.wayOrigin[step.way]!], problem.nodeOrigin[step.node], shown]);
    });
  return parts.sort().join();
}
