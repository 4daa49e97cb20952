import { type Combination, type KnuthPlan, knuthPlan } from "./knuth-plan.ts";
import type { PlanChoice } from "./plan-choice.ts";
import { type Bans, liveParts } from "./plan-live.ts";
import type { PlanProblem } from "./plan-problem.ts";
import { RankedHeap } from "./ranked-heap.ts";

/** What was decided at one point of a plan: the way of a node (slot -1), or the alternative of a slot. */
interface Decision {
  readonly node: number;
  readonly way: number;
  readonly slot: number;
  readonly alternative: number;
}

interface Candidate {
  readonly plan: KnuthPlan;
  readonly bans: Bans;
  /** Decisions that every plan of this part shares. */
  readonly shared: number;
  readonly signature: string;
}

/**
 * Every closed plan with one way per node and one alternative per slot, by ascending tree cost (a shared item counts once
 * per use): those without loops first and in exact order, then those that Knuth's pass finds with loops. Lawler's
 * partition (1972) over the ways and alternatives in breadth-first order: each step costs one pass per decision, so
 * take what is needed.
 *
 * @param effort Ways and alternatives that all passes together may look at; beyond it no new part is opened, and plans
 *   may be missing.
 */
export function* treePlans(
  problem: PlanProblem,
  combination: Combination = "SUM",
  effort: number = Number.POSITIVE_INFINITY,
): Generator<KnuthPlan> {
  const pass = problem.wayNode.length + problem.alternatives.length;
  let spent = 0;
  const waiting = new RankedHeap<Candidate>(
    (a, b) =>
      (Number(b.plan.founded) - Number(a.plan.founded) ||
        a.plan.value - b.plan.value ||
        (a.signature < b.signature ? -1 : 1)) < 0,
  );
  const offer = (bans: Bans, shared: number): void => {
    spent += pass;
    const live = liveParts(problem, bans);
    if (live === null) return;
    const plan = knuthPlan(problem, live, combination);
    waiting.push({ plan, bans, shared, signature: choiceSignature(problem, plan.choice) });
  };
  offer({ way: new Uint8Array(problem.wayNode.length), alternative: new Uint8Array(problem.alternatives.length) }, 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next.plan;
    const fixed = { way: next.bans.way.slice(), alternative: next.bans.alternative.slice() };
    const decisions = decisionsOf(problem, next.plan.choice);
    for (let position = next.shared; position < decisions.length && spent < effort; position += 1) {
      const decision = decisions[position]!;
      if (hasOther(problem, fixed, decision)) {
        const bans = { way: fixed.way.slice(), alternative: fixed.alternative.slice() };
        if (decision.slot < 0) bans.way[decision.way] = 1;
        else bans.alternative[decision.alternative] = 1;
        offer(bans, position);
      }
      fix(problem, fixed, decision);
    }
  }
}

/** The sources and inputs of a plan as text: ids of its ways and of what fills their slots; equal iff the plans are. */
export function choiceSignature(problem: PlanProblem, choice: PlanChoice): string {
  const { ways, network } = problem.scenario;
  const parts = choice.map((step) => {
    const origin = problem.wayOrigin[step.way]!;
    const inputs = step.alternatives.map((entry) => {
      const node = problem.nodeOrigin[problem.alternatives[entry]!]!;
      return network.items[ways.nodeItem[node]!]!;
    });
    return JSON.stringify([ways.wayTags[origin] ?? origin, problem.nodeOrigin[step.node]!, ...inputs]);
  });
  return parts.sort().join();
}

function decisionsOf(problem: PlanProblem, choice: PlanChoice): readonly Decision[] {
  return choice.flatMap(({ node, way, alternatives }) => [
    { node, way, slot: -1, alternative: -1 },
    ...alternatives.map((alternative, index) => ({ node, way, slot: problem.waySlots[way]! + index, alternative })),
  ]);
}

/** The entries among which a decision chooses. */
function range(problem: PlanProblem, { node, slot }: Decision): readonly [number, number] {
  return slot < 0
    ? [problem.nodeWays[node]!, problem.nodeWays[node + 1]!]
    : [problem.slotAlternatives[slot]!, problem.slotAlternatives[slot + 1]!];
}

function hasOther(problem: PlanProblem, bans: Bans, decision: Decision): boolean {
  const banned = decision.slot < 0 ? bans.way : bans.alternative;
  const taken = decision.slot < 0 ? decision.way : decision.alternative;
  const [from, to] = range(problem, decision);
  for (let entry = from; entry < to; entry += 1) if (entry !== taken && banned[entry] === 0) return true;
  return false;
}

function fix(problem: PlanProblem, bans: Bans, decision: Decision): void {
  const banned = decision.slot < 0 ? bans.way : bans.alternative;
  const [from, to] = range(problem, decision);
  banned.fill(1, from, to);
  banned[decision.slot < 0 ? decision.way : decision.alternative] = 0;
}
