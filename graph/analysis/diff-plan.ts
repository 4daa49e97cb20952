import { compareText } from "../projection/build.ts";
import { type Completion, completion } from "./completion.ts";
import type { DiffCause } from "./diff-causes.ts";
import { bestPlan, type Optimality } from "./plan.ts";
import { type PlanStep, planSteps } from "./plan-steps.ts";
import type { Scenario } from "./scenario.ts";

/** The best plans of the two sides, and where they differ. */
export interface PlanDiff {
  /** Null where there is no plan. */
  readonly before: PlanSummary | null;
  readonly after: PlanSummary | null;
  /** `after.cost - before.cost`; null unless both have a plan. */
  readonly costChange: number | null;
  /** Where both have a plan; by id of the item, then key. */
  readonly steps: readonly StepChange[];
  /** What would allow a plan where there is none. */
  readonly completionBefore: Completion | null;
  readonly completionAfter: Completion | null;
}

export interface PlanSummary {
  readonly cost: number;
  readonly lowerBound: number;
  readonly optimality: Optimality;
  readonly steps: number;
}

/** An item that only one plan needs, or that is had from another source. */
export interface StepChange {
  readonly item: string;
  readonly key: string;
  readonly change: "ADDED" | "REMOVED" | "REPLACED";
  readonly before: PlanStep | null;
  readonly after: PlanStep | null;
  readonly causes: readonly DiffCause[];
}

/** Compares the cheapest plans of two scenarios, step by step. */
export function planDiff(
  before: Scenario,
  after: Scenario,
  causesOf: (item: string) => readonly DiffCause[],
): PlanDiff {
  const [was, is] = [planOf(before), planOf(after)];
  return {
    before: was.summary,
    after: is.summary,
    costChange: was.summary === null || is.summary === null ? null : is.summary.cost - was.summary.cost,
    steps: was.summary === null || is.summary === null ? [] : stepChanges(was.steps, is.steps, causesOf),
    completionBefore: was.completion,
    completionAfter: is.completion,
  };
}

function planOf(scenario: Scenario): {
  readonly summary: PlanSummary | null;
  readonly steps: readonly PlanStep[];
  readonly completion: Completion | null;
} {
  const plan = bestPlan(scenario);
  if (plan === null) return { summary: null, steps: [], completion: completion(scenario) };
  const steps = planSteps(plan).map(({ step }) => step);
  const { cost, lowerBound, optimality } = plan;
  return { summary: { cost, lowerBound, optimality, steps: steps.length }, steps, completion: null };
}

function stepChanges(
  before: readonly PlanStep[],
  after: readonly PlanStep[],
  causesOf: (item: string) => readonly DiffCause[],
): readonly StepChange[] {
  const [was, is] = [before, after].map((steps) => new Map(steps.map((step) => [step.key, step])));
  const changes: StepChange[] = [];
  for (const key of new Set([...was!.keys(), ...is!.keys()])) {
    const [old, now] = [was!.get(key) ?? null, is!.get(key) ?? null];
    if (old !== null && now !== null && old.tag === now.tag) continue;
    const { item } = (old ?? now)!;
    const change = old === null ? "ADDED" : now === null ? "REMOVED" : "REPLACED";
    changes.push({ item, key, change, before: old, after: now, causes: causesOf(item) });
  }
  return changes.sort((a, b) => compareText(a.item, b.item) || compareText(a.key, b.key));
}
