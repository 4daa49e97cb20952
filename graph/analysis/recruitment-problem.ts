import type { Availability } from "./availability.ts";
import { knuthPlan } from "./knuth-plan.ts";
import { tidyChoice } from "./plan-choice.ts";
import { liveParts } from "./plan-live.ts";
import { consumersOf, type PlanProblem, planProblem } from "./plan-problem.ts";
import { DEFAULT_EFFORT, searchPlan } from "./plan-search.ts";
import type { Scenario } from "./scenario.ts";

/** What stands between the targets and their supply, with one node more for each candidate, which costs what it costs. */
export interface RecruitmentProblem {
  readonly problem: PlanProblem;
  /** Node of the first candidate; the others follow. */
  readonly firstCandidate: number;
  /** Nodes of the targets of the scenario, in order; empty where the policy looks at no tier. */
  readonly targets: readonly number[];
  /** 1 for candidates that some way to a target may use. */
  readonly isUsed: Uint8Array;
}

/**
 * Reads the problem off a scenario in which every candidate's offers are supposed. What is available without them
 * (`reached`) is given; each way that takes a candidate's offer needs that candidate, once for all its offers. O(N log n).
 *
 * @param candidateOf Candidate of a unit, -1 where it is nobody's.
 */
export function recruitmentProblem(
  supposed: Scenario,
  reached: Availability,
  costs: readonly number[],
  candidateOf: (unit: number) => number,
): RecruitmentProblem {
  const blocked = planProblem(supposed, { cost: () => 0, isGiven: (node) => reached.tier[node] === 0 });
  const firstCandidate = blocked.nodes;
  const nodes = firstCandidate + costs.length;
  const isUsed = new Uint8Array(costs.length);
  const waySlots: number[] = [0];
  const slotWay: number[] = [];
  const slotAlternatives: number[] = [0];
  const alternatives: number[] = [];
  const alternativeSlot: number[] = [];
  const addSlot = (way: number, inputs: Iterable<number>): void => {
    for (const input of inputs) {
      alternatives.push(input);
      alternativeSlot.push(slotWay.length);
    }
    slotAlternatives.push(alternatives.length);
    slotWay.push(way);
  };
  const ways = blocked.wayNode.length;
  for (let way = 0; way < ways; way += 1) {
    for (let slot = blocked.waySlots[way]!; slot < blocked.waySlots[way + 1]!; slot += 1)
      addSlot(way, blocked.alternatives.subarray(blocked.slotAlternatives[slot]!, blocked.slotAlternatives[slot + 1]!));
    const unit = supposed.ways.wayUnit[blocked.wayOrigin[way]!] ?? -1;
    const candidate = unit === -1 ? -1 : candidateOf(unit);
    if (candidate >= 0) {
      isUsed[candidate] = 1;
      addSlot(way, [firstCandidate + candidate]);
    }
    waySlots.push(slotWay.length);
  }
  for (let candidate = 0; candidate < costs.length; candidate += 1) waySlots.push(slotWay.length);
  const own = Int32Array.from(costs, (_, candidate) => candidate);
  const problem: PlanProblem = {
    scenario: supposed,
    nodes,
    nodeOrigin: Int32Array.from([...blocked.nodeOrigin, ...own.map((candidate) => supposed.ways.nodes + candidate)]),
    nodeBudget: Float64Array.from([...blocked.nodeBudget, ...costs.map(() => Number.POSITIVE_INFINITY)]),
    targets: blocked.targets,
    nodeWays: Int32Array.from([...blocked.nodeWays, ...own.map((candidate) => ways + candidate + 1)]),
    wayNode: Int32Array.from([...blocked.wayNode, ...own.map((candidate) => firstCandidate + candidate)]),
    // Only candidates cost anything here, so that looking at an item at two depths makes nothing dearer.
    wayOrigin: new Int32Array(ways + costs.length),
    wayCost: Float64Array.from([...new Float64Array(ways), ...costs]),
    waySlots: Int32Array.from(waySlots),
    slotWay: Int32Array.from(slotWay),
    slotAlternatives: Int32Array.from(slotAlternatives),
    alternatives: Int32Array.from(alternatives),
    alternativeSlot: Int32Array.from(alternativeSlot),
    ...consumersOf(nodes, alternatives),
  };
  return { problem, firstCandidate, targets: blocked.targets, isUsed };
}

/** Which targets are available with these candidates alone, by position. O(what is blocked). */
export function openedTargets(
  { problem, firstCandidate, targets }: RecruitmentProblem,
  isPicked: (candidate: number) => boolean,
): readonly boolean[] {
  const live = liveParts({ ...problem, targets: [] }, bansOf(problem, firstCandidate, isPicked));
  return targets.map((target) => live!.node[target] === 1);
}

/**
 * The candidates of least cost that make these targets (by position) available; null where no affordable ones do.
 * Branch and bound; where `effort` ends it, the best found.
 */
export function cheapestBundle(
  { problem, firstCandidate, targets }: RecruitmentProblem,
  asked: readonly number[],
  options: {
    readonly isAllowed: (candidate: number) => boolean;
    /** Candidates that cost nothing more. */
    readonly isPicked: (candidate: number) => boolean;
    readonly effort?: number;
  },
): readonly number[] | null {
  const wayCost = problem.wayCost.map((cost, way) =>
    options.isPicked(problem.wayNode[way]! - firstCandidate) ? 0 : cost,
  );
  const priced: PlanProblem = { ...problem, wayCost, targets: asked.map((position) => targets[position]!) };
  const live = liveParts(priced, bansOf(problem, firstCandidate, options.isAllowed));
  if (live === null) return null;
  const start = tidyChoice(priced, knuthPlan(priced, live).choice);
  const { choice } = searchPlan(priced, live, { start, effort: options.effort ?? DEFAULT_EFFORT });
  return choice
    .map((step) => step.node - firstCandidate)
    .filter((candidate) => candidate >= 0)
    .sort((a, b) => a - b);
}

/** Bans every candidate that is not allowed. */
function bansOf(problem: PlanProblem, firstCandidate: number, isAllowed: (candidate: number) => boolean) {
  const way = problem.wayNode.map((node) => (node < firstCandidate || isAllowed(node - firstCandidate) ? 0 : 1));
  return { way: Uint8Array.from(way), alternative: new Uint8Array(problem.alternatives.length) };
}
