import { compareValues, type RecruitmentModel, rank, restoredWith, type Value, worthOf } from "./recruitment-model.ts";
import { cheapestBundle } from "./recruitment-problem.ts";

/** How a set of candidates was found (ANALYSES.md 12). ENUMERATION: no set within the budget is worth more. */
export const RECRUITMENT_STRATEGIES = [
  "POTENTIAL_PER_COST",
  "RESTORED_PER_COST",
  "BEST_SINGLE",
  "COMPLETION_BUNDLE",
  "ENUMERATION",
] as const;
export type RecruitmentStrategy = (typeof RECRUITMENT_STRATEGIES)[number];

/** Candidates by position, in the order in which they were taken. */
export type Picks = readonly number[];

/** Slots and ways looked at for one bundle. */
const BUNDLE_EFFORT = 100_000;
const ROUNDING = 1e-9;

/** Takes, one after the other, whoever adds most Phi for its cost, as long as anybody affordable adds some. */
export function byPotential(model: RecruitmentModel, budget: number, from: Picks = []): Picks {
  const covered = new Set([...model.landed, ...from].flatMap((pick) => model.raises[pick]!));
  const marginal = (candidate: number): number =>
    model.raises[candidate]!.reduce((sum, item) => (covered.has(item) ? sum : sum + model.gain(item).low), 0);
  const picks = [...from];
  let left = budget - costOf(model, from);
  for (;;) {
    const next = bestPerCost(model, left, picks, marginal);
    if (next === -1) return picks;
    picks.push(next);
    left -= model.costs[next]!;
    for (const item of model.raises[next]!) covered.add(item);
  }
}

/** Takes, one after the other, whoever restores most output for its cost, as long as anybody affordable restores some. */
export function byRestored(model: RecruitmentModel, budget: number, from: Picks = []): Picks {
  const most = model.blocked.reduce((sum, position) => sum + model.targetWeights[position]!, 0);
  const picks = [...from];
  let left = budget - costOf(model, from);
  for (;;) {
    const before = restoredWith(model, picks);
    const restores = (candidate: number): number =>
      model.problem.isUsed[candidate] === 1 ? restoredWith(model, [...picks, candidate]) - before : 0;
    const next = rank(before) >= rank(most) ? -1 : bestPerCost(model, left, picks, restores);
    if (next === -1) return picks;
    picks.push(next);
    left -= model.costs[next]!;
  }
}

/** The one affordable candidate that is worth most. */
export function bestSingle(model: RecruitmentModel, budget: number): Picks {
  let best: { readonly picks: Picks; readonly value: Value } = { picks: [], value: worthOf(model, []) };
  for (let candidate = 0; candidate < model.costs.length; candidate += 1) {
    if (model.landed.includes(candidate) || !isAffordable(model, candidate, budget)) continue;
    const value = worthOf(model, [candidate]);
    if (compareValues(value, best.value) < 0) best = { picks: [candidate], value };
  }
  return best.picks;
}

/**
 * The cheapest candidates that restore everything, where the budget allows; else the bundles that restore one target each,
 * most weight for its cost first.
 */
export function completionBundle(model: RecruitmentModel, budget: number): Picks {
  if (model.blocked.length === 0) return [];
  const bundle = (targets: readonly number[], picks: Picks, left: number): Picks | null => {
    const known = new Set([...model.landed, ...picks]);
    const found = cheapestBundle(model.problem, targets, {
      isAllowed: (candidate) => known.has(candidate) || isAffordable(model, candidate, left),
      isPicked: (candidate) => known.has(candidate),
      effort: BUNDLE_EFFORT,
    })?.filter((candidate) => !known.has(candidate));
    return found === undefined || costOf(model, found) > left + ROUNDING ? null : found;
  };
  const whole = bundle(model.blocked, [], budget);
  if (whole !== null) return whole;
  const picks: number[] = [];
  let waiting = model.blocked;
  let left = budget;
  for (;;) {
    let best: { readonly picks: Picks; readonly target: number; readonly rate: number } | null = null;
    for (const target of waiting) {
      const found = bundle([target], picks, left);
      if (found === null) continue;
      const rate = perCost(model.targetWeights[target]!, costOf(model, found));
      if (best === null || rank(rate) > rank(best.rate)) best = { picks: found, target, rate };
    }
    if (best === null) return picks;
    const { target } = best;
    picks.push(...best.picks);
    left -= costOf(model, best.picks);
    waiting = waiting.filter((other) => other !== target);
  }
}

/** The same without those who add nothing to the others, the dearest and last ones first. */
export function withoutIdle(model: RecruitmentModel, picks: Picks): Picks {
  const value = worthOf(model, picks);
  const order = [...picks].sort((a, b) => model.costs[b]! - model.costs[a]! || b - a);
  let kept = picks;
  for (const pick of order) {
    const others = kept.filter((other) => other !== pick);
    if (compareValues(worthOf(model, others), value) <= 0) kept = others;
  }
  return kept;
}

/** Sum of what candidates cost. */
export function costOf(model: RecruitmentModel, picks: Picks): number {
  return picks.reduce((sum, pick) => sum + model.costs[pick]!, 0);
}

/** Whether the candidate costs no more than what is left. */
export function isAffordable(model: RecruitmentModel, candidate: number, left: number): boolean {
  return model.costs[candidate]! <= left + ROUNDING;
}

/** What is gained for each unit of cost; of what costs nothing, without limit. */
export function perCost(gain: number, cost: number): number {
  if (gain === 0) return 0;
  return cost === 0 ? Number.POSITIVE_INFINITY : gain / cost;
}

function bestPerCost(
  model: RecruitmentModel,
  left: number,
  picks: Picks,
  gainOf: (candidate: number) => number,
): number {
  const known = new Set([...model.landed, ...picks]);
  let best = -1;
  let most = 0;
  for (let candidate = 0; candidate < model.costs.length; candidate += 1) {
    if (known.has(candidate) || !isAffordable(model, candidate, left)) continue;
    const gain = gainOf(candidate);
    const rate = rank(gain) <= 0 ? 0 : perCost(gain, model.costs[candidate]!);
    if (rank(rate) > rank(most)) {
      best = candidate;
      most = rate;
    }
  }
  return best;
}
