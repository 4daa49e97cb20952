import { type Availability, availability, freeToTier, isAvailable } from "./availability.ts";
import { type BlockingItems, blockingItems } from "./blocking-items.ts";
import { type Completion, completion } from "./completion.ts";
import { type Coverage, neededCoverage } from "./coverage.ts";
import { bestPlans, type PlanDistinction } from "./k-best.ts";
import { needsAlong, type RecordedEdge } from "./path-needs.ts";
import { developedPlan, type Optimality, type Plan, type PlanObjective } from "./plan.ts";
import { drawBlockers, drawPlan } from "./plan-drawing.ts";
import { type LocatedStep, type PlanStep, planSteps } from "./plan-steps.ts";
import { pathsToRoots } from "./roots.ts";
import type { Scenario } from "./scenario.ts";
import type { Subgraph } from "./subgraph.ts";
import { type NamedUnknown, type VerdictValue, verdictOf } from "./verdict.ts";

/** Whether, how and from whom the targets can be had under the policy, or what stands in the way. Items and offers by id. */
export interface Substitution {
  readonly verdict: VerdictValue;
  /** What decides a verdict UNKNOWN; else empty. */
  readonly unknowns: readonly NamedUnknown[];
  /** Purchase tiers that every target is free of failures for, whatever `maxTier`; null = all the way upstream. */
  readonly freeToTier: number | null;
  /** First purchase tier at which a target fails, whatever `maxTier`; null = none does. */
  readonly blockedTier: number | null;
  readonly targets: readonly SubstitutionTarget[];
  /** One plan serves all targets. Best first; empty where a target has none. */
  readonly plans: readonly SubstitutionPlan[];
  /** Where there is no plan: the items at the root of it, ascending. */
  readonly roots: readonly string[];
  /** How the failure of each root reaches a target, in the order of `roots`. */
  readonly rootPaths: readonly RootPath[];
  /** Where there is no plan: what would allow one; null where nothing would. */
  readonly completion: Completion | null;
  /** Where there is no plan: each of these sets keeps it so. */
  readonly blockingItems: BlockingItems | null;
  /** Where there is no plan: what it would be once the completion's items are supplied. */
  readonly afterCompletion: SubstitutionPlan | null;
  readonly coverage: Coverage;
  /** Of the first plan, of the one after completion, or of what blocks. */
  readonly subgraph: Subgraph;
}

/** A shortest line of inputs, each without any alternative, from a target down to an item at the root of its failure. */
export interface RootPath {
  readonly root: string;
  /** Items, from the target to the root, both included. */
  readonly path: readonly string[];
  /** The recorded need (or variant) behind each step of the path. */
  readonly needs: readonly RecordedEdge[];
}

export interface SubstitutionTarget {
  readonly item: string;
  /** The firm whose own output it is; null for an item that may be anyone's. */
  readonly firm: string | null;
  readonly verdict: VerdictValue;
  readonly freeToTier: number | null;
  readonly blockedTier: number | null;
}

export interface SubstitutionPlan {
  /** Sum over distinct items, in the unit of the offers' costs; an unknown cost counts 1. */
  readonly cost: number;
  /** Steps whose cost is recorded (or nothing, in house), of all. */
  readonly costKnown: { readonly known: number; readonly total: number };
  readonly lowerBound: number;
  /** EXACT: no plan is better by the objective (for those after the first: never claimed). */
  readonly optimality: Optimality;
  readonly founded: boolean;
  /** Items that need each other, each loop ascending. */
  readonly loops: readonly (readonly string[])[];
  readonly steps: readonly PlanStep[];
  readonly subgraph: Subgraph;
}

export interface SubstitutionOptions {
  /** How many plans, at least 1. */
  readonly k?: number;
  readonly distinctBy?: PlanDistinction;
  readonly objective?: PlanObjective;
}

/**
 * Answers for all targets of the scenario together (ANALYSES.md 9 to 11); a scenario without targets has one empty plan.
 * Among plans of equal cost the sources are those of preferred regions, then of higher readiness, then of larger recorded
 * share, then first by id, wherever one can stand for the other without needing anything else.
 */
export function substitution(scenario: Scenario, options: SubstitutionOptions = {}): Substitution {
  const { network } = scenario;
  const { k = 1, distinctBy = "OFFER", objective = "COST" } = options;
  const reached = availability(scenario);
  const judged = verdictOf(scenario, reached);
  const targets = targetsOf(scenario, reached, judged.targets);
  const found = bestPlans(scenario, { k, distinctBy, objective });
  const isBlocked = found.length === 0;
  const missing = isBlocked ? completion(scenario) : null;
  const ghosts = missing?.items.map((id) => network.itemIndex.get(id)!) ?? [];
  const rootPaths = isBlocked ? failurePaths(scenario, reached) : [];
  const described = found.map((plan) => describe(plan, planSteps(plan, objective)));
  const plans = described.map((plan, rank) => (rank === 0 ? plan : asAlternative(plan, described[0]!)));
  const completed = missing === null ? null : developedPlan(scenario, new Set(ghosts));
  const afterCompletion = completed === null ? null : describe(completed, planSteps(completed), ghosts);
  return {
    verdict: judged.value,
    unknowns: judged.unknowns,
    freeToTier: least(targets.map((target) => target.freeToTier)),
    blockedTier: least(targets.map((target) => target.blockedTier)),
    targets,
    plans,
    roots: rootPaths.map(({ root }) => root),
    rootPaths,
    completion: missing,
    blockingItems: isBlocked ? blockingItems(scenario) : null,
    afterCompletion,
    coverage: neededCoverage(scenario),
    subgraph: plans[0]?.subgraph ?? afterCompletion?.subgraph ?? drawBlockers(scenario),
  };
}

function describe(plan: Plan, steps: readonly LocatedStep[], blocked: readonly number[] = []): SubstitutionPlan {
  const { scenario, nodeOrigin } = plan.problem;
  const { network, ways } = scenario;
  const itemOf = (node: number): number => ways.nodeItem[nodeOrigin[node]!]!;
  return {
    cost: plan.cost,
    costKnown: { known: steps.filter(({ isCostKnown }) => isCostKnown).length, total: steps.length },
    lowerBound: plan.lowerBound,
    optimality: plan.optimality,
    founded: plan.founded,
    loops: plan.loops.map((loop) =>
      [...new Set(loop.map(itemOf))].sort((a, b) => a - b).map((item) => network.items[item]!),
    ),
    steps: steps.map(({ step }) => step),
    subgraph: drawPlan(scenario, steps, blocked),
  };
}

/** Says of each step that differs from the best plan that it is there for that. */
function asAlternative(plan: SubstitutionPlan, best: SubstitutionPlan): SubstitutionPlan {
  const tags = new Map(best.steps.map((step) => [step.key, step.tag]));
  const steps = plan.steps.map((step): PlanStep => {
    const other = tags.get(step.key);
    return other === undefined || other === step.tag ? step : { ...step, reason: "ALTERNATIVE" };
  });
  return { ...plan, steps };
}

function targetsOf(
  { network, targets }: Scenario,
  reached: Availability,
  verdicts: readonly VerdictValue[],
): readonly SubstitutionTarget[] {
  return targets.map((target, position) => {
    const tier = reached.tier[target.node]!;
    return {
      item: network.items[target.item]!,
      firm: network.firms[target.firm] ?? null,
      verdict: verdicts[position]!,
      freeToTier: freeToTier(reached, target.node),
      blockedTier: tier === 0 ? null : tier,
    };
  });
}

function failurePaths(scenario: Scenario, reached: Availability): readonly RootPath[] {
  const { network, policy, targets, ways } = scenario;
  const failing = targets.map(({ node }) => node).filter((node) => !isAvailable(reached, node, policy.maxTier));
  const idOf = (node: number): string => network.items[ways.nodeItem[node]!]!;
  const found = new Map<string, RootPath>();
  for (const nodes of pathsToRoots(scenario, reached, failing)) {
    const path = nodes.map(idOf);
    const root = path.at(-1)!;
    // An item and a target's own offer of it may both be roots.
    if (!found.has(root)) found.set(root, { root, path, needs: needsAlong(scenario, path) });
  }
  return [...found.values()].sort((a, b) => network.itemIndex.get(a.root)! - network.itemIndex.get(b.root)!);
}

function least(tiers: readonly (number | null)[]): number | null {
  const known = tiers.filter((tier) => tier !== null);
  return known.length === 0 ? null : Math.min(...known);
}
