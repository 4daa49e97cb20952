import { forcedClosureCost } from "./forced-closure.ts";
import { knuthPlan } from "./knuth-plan.ts";
import { choiceCost, type PlanChoice, planChoice, planLoops, tidyChoice } from "./plan-choice.ts";
import { type Live, liveParts } from "./plan-live.ts";
import { JOINED, type PlanProblem, planProblem } from "./plan-problem.ts";
import { searchPlan } from "./plan-search.ts";
import type { Scenario } from "./scenario.ts";
import type { ProblemOptions } from "./usable-ways.ts";
import { IMMATURITY_UNKNOWN, wayImmaturity, wayLeadTime } from "./way-preference.ts";

/** COST: least sum over distinct items. LEAD_TIME: shortest longest path. READINESS: least mature source as mature as can be. */
export type PlanObjective = "COST" | "LEAD_TIME" | "READINESS";
export type Optimality = "EXACT" | "UPPER_BOUND";

export interface Plan {
  readonly problem: PlanProblem;
  readonly choice: PlanChoice;
  /** Sum over distinct items, in the unit of the offers' costs; an unknown cost counts 1. */
  readonly cost: number;
  /** No plan (of this readiness, by READINESS) costs less; equal to `cost` where the least cost is proven. */
  readonly lowerBound: number;
  /** What the targets need in any case, each by its cheapest way. */
  readonly forcedCost: number;
  /** Least cost when a shared item counts once per use; null where every plan has a loop, or under another objective. */
  readonly treeCost: number | null;
  /** Cost of the plan of least tree cost, each item once. */
  readonly treePlanCost: number | null;
  /** Of the objective that was asked for. */
  readonly optimality: Optimality;
  /** Whether no item needs itself upstream. */
  readonly founded: boolean;
  /** Nodes of the problem that need each other. */
  readonly loops: readonly (readonly number[])[];
}

export interface PlanOptions {
  readonly objective?: PlanObjective;
  /** Limit of the search for the least cost, in slots and ways looked at. */
  readonly effort?: number;
}

/** The best closed plan for all targets together, each item once; null where there is none (ANALYSES.md 9). */
export function bestPlan(scenario: Scenario, options: PlanOptions = {}): Plan | null {
  switch (options.objective ?? "COST") {
    case "COST":
      return cheapestPlan(scenario, options);
    case "LEAD_TIME":
      return quickestPlan(scenario);
    case "READINESS":
      return maturestPlan(scenario, options);
  }
}

/**
 * Least distinct cost: the plan of least tree cost as upper bound, the forced closure as lower bound, and branch and
 * bound in between. Finding it is NP-complete (Krieger & Kececioglu 2022), so the search may end without proof.
 */
function cheapestPlan(scenario: Scenario, options: PlanOptions, limits: ProblemOptions = {}): Plan | null {
  const problem = planProblem(scenario, limits);
  const live = liveParts(problem);
  if (live === null) return null;
  const tree = knuthPlan(problem, live);
  const forcedCost = forcedClosureCost(problem, live);
  const start = tidyChoice(problem, tree.choice);
  const found = searchPlan(problem, live, {
    start,
    ...(options.effort === undefined ? {} : { effort: options.effort }),
  });
  const preferred = preferSources(problem, live, found.choice);
  // A preferred source may leave needs out, so that what they needed is looked at less far.
  const choice = problem.wayOrigin.includes(JOINED) ? tidyChoice(problem, preferred) : preferred;
  const cost = choiceCost(problem, choice);
  const lowerBound = found.complete ? cost : Math.max(found.lowerBound, forcedCost);
  const proven = cost <= lowerBound;
  return {
    ...describe(problem, choice),
    cost,
    lowerBound,
    forcedCost,
    treeCost: tree.founded ? tree.value : null,
    treePlanCost: tree.founded ? choiceCost(problem, tree.choice) : null,
    optimality: proven ? "EXACT" : "UPPER_BOUND",
  };
}

/**
 * The cheapest plan once these items (positions in the network) have one more source each, under their general recipes;
 * what the new sources will cost is not known and counts 1 each.
 */
export function developedPlan(scenario: Scenario, items: ReadonlySet<number>, options: PlanOptions = {}): Plan | null {
  return cheapestPlan(scenario, options, { developed: new Map([...items].map((item) => [item, 1])) });
}

/** Shortest critical path, fewest unknown lead times on it first: Knuth's pass on a maximum, exact unless it met a loop. */
function quickestPlan(scenario: Scenario): Plan | null {
  const problem = planProblem(scenario, { cost: (way) => wayLeadTime(scenario, way) });
  const live = liveParts(problem);
  if (live === null) return null;
  const { choice, founded } = knuthPlan(problem, live, "MAX");
  const layered = problem.wayOrigin.includes(JOINED);
  const priced = planProblem(scenario);
  return unprovenPlan(
    problem,
    layered ? tidyChoice(problem, choice) : choice,
    forcedClosureCost(priced, liveParts(priced)!),
    founded && !layered ? "EXACT" : "UPPER_BOUND",
  );
}

/** The best reachable worst readiness, then least cost among the sources that have it; exact with loops as well. */
function maturestPlan(scenario: Scenario, options: PlanOptions): Plan | null {
  for (let worst = 0; worst <= IMMATURITY_UNKNOWN; worst += 1) {
    const plan = cheapestPlan(scenario, options, { allow: (way) => wayImmaturity(scenario, way) <= worst });
    if (plan !== null) return { ...plan, optimality: "EXACT" };
  }
  return null;
}

/**
 * A plan that is not known to be the best, in money whatever the costs of its problem stand for.
 *
 * @param lowerBound What no plan costs less than.
 */
export function unprovenPlan(
  problem: PlanProblem,
  choice: PlanChoice,
  lowerBound: number,
  optimality: Optimality = "UPPER_BOUND",
): Plan {
  const { wayCost } = problem.scenario.ways;
  const priced = { ...problem, wayCost: Float64Array.from(problem.wayOrigin, (way) => wayCost[way] ?? 0) };
  return {
    ...describe(priced, choice),
    cost: choiceCost(priced, choice),
    lowerBound,
    forcedCost: lowerBound,
    treeCost: null,
    treePlanCost: null,
    optimality,
  };
}

function describe(problem: PlanProblem, choice: PlanChoice): Pick<Plan, "problem" | "choice" | "loops" | "founded"> {
  const loops = planLoops(problem, choice);
  return { problem, choice, loops, founded: loops.length === 0 };
}

/**
 * Swaps each step's way for the most preferred one that costs no more and needs nothing but what the step needs
 * already: preference never makes a plan dearer, longer or loop.
 */
export function preferSources(problem: PlanProblem, live: Live, choice: PlanChoice): PlanChoice {
  const wayOf = new Int32Array(problem.nodes).fill(-1);
  const needsOf = new Map<number, ReadonlySet<number>>();
  for (const step of choice) {
    const needs = new Set(step.alternatives.map((alternative) => problem.alternatives[alternative]!));
    needsOf.set(step.node, needs);
    wayOf[step.node] = step.way;
    if (problem.wayOrigin[step.way] === JOINED) continue;
    for (let way = problem.nodeWays[step.node]!; way < step.way; way += 1) {
      if (
        live.way[way] === 1 &&
        problem.wayCost[way]! <= problem.wayCost[step.way]! &&
        isFilledBy(problem, way, needs)
      ) {
        wayOf[step.node] = way;
        break;
      }
    }
  }
  const filler = (slot: number): number => {
    const needs = needsOf.get(problem.wayNode[problem.slotWay[slot]!]!)!;
    for (let entry = problem.slotAlternatives[slot]!; entry < problem.slotAlternatives[slot + 1]!; entry += 1) {
      if (needs.has(problem.alternatives[entry]!)) return entry;
    }
    return -1;
  };
  return planChoice(problem, wayOf, filler);
}

function isFilledBy(problem: PlanProblem, way: number, needs: ReadonlySet<number>): boolean {
  for (let slot = problem.waySlots[way]!; slot < problem.waySlots[way + 1]!; slot += 1) {
    let filled = false;
    for (let entry = problem.slotAlternatives[slot]!; entry < problem.slotAlternatives[slot + 1]!; entry += 1) {
      filled ||= needs.has(problem.alternatives[entry]!);
    }
    if (!filled) return false;
  }
  return true;
}
