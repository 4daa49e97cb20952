import {
  compareValues,
  potentialOf,
  type RecruitmentModel,
  rank,
  restoredWith,
  type Value,
} from "./recruitment-model.ts";
import { isAffordable, type Picks, perCost } from "./recruitment-strategies.ts";

/** With up to this many useful candidates every set of them is looked at or ruled out. */
export const ENUMERATED_UP_TO = 20;
/** Sets looked at before the enumeration gives up. */
const MOST_SETS = 300_000;

/**
 * The affordable set that is worth most, then costs least, then comes first in order of the candidates; null where there
 * are too many useful candidates, or too many sets had to be looked at. Depth first, whoever comes first taken first; a
 * branch ends where neither what it could still restore nor what it could still add to Phi (as if parts of a candidate
 * could be had: no less, for Phi is submodular) comes up to the best set found.
 */
export function bestSet(model: RecruitmentModel, budget: number): Picks | null {
  const useful = model.costs.flatMap((_, candidate) => (isUseful(model, candidate, budget) ? [candidate] : []));
  if (useful.length > ENUMERATED_UP_TO) return null;
  const restored = remembered(model, useful);
  const isCovered = new Map<number, number>();
  const cover = (candidate: number, by: 1 | -1): void => {
    for (const item of model.raises[candidate]!) isCovered.set(item, (isCovered.get(item) ?? 0) + by);
  };
  const marginal = (candidate: number): number =>
    model.raises[candidate]!.reduce((sum, item) => (isCovered.get(item) ? sum : sum + model.gain(item).low), 0);
  for (const candidate of model.landed) cover(candidate, 1);

  let best: { readonly picks: Picks; readonly value: Value; readonly cost: number } | null = null;
  let sets = 0;
  const explore = (at: number, picks: Picks, mask: number, cost: number, potential: number): void => {
    sets += 1;
    if (sets > MOST_SETS) return;
    const value = { restored: restored(mask), potential };
    const order = best === null ? -1 : compareValues(value, best.value);
    if (order < 0 || (order === 0 && rank(cost) < rank(best!.cost))) best = { picks, value, cost };
    const open = useful.slice(at).filter((candidate) => isAffordable(model, candidate, budget - cost));
    for (const [skipped, candidate] of open.entries()) {
      const rest = open.slice(skipped);
      const all = rest.reduce((bits, other) => bits | (1 << useful.indexOf(other)), mask);
      const most = { restored: restored(all), potential, cost };
      if (!canBeat(best!, most, filling(rest, marginal, model), budget)) return;
      const position = useful.indexOf(candidate);
      const added = marginal(candidate);
      const taken = [...picks, candidate];
      cover(candidate, 1);
      explore(position + 1, taken, mask | (1 << position), cost + model.costs[candidate]!, potential + added);
      cover(candidate, -1);
    }
  };
  explore(0, [], 0, 0, potentialOf(model, []).low);
  return sets > MOST_SETS ? null : best!.picks;
}

function isUseful(model: RecruitmentModel, candidate: number, budget: number): boolean {
  if (model.landed.includes(candidate) || !isAffordable(model, candidate, budget)) return false;
  return model.problem.isUsed[candidate] === 1 || model.raises[candidate]!.some((item) => model.gain(item).low > 0);
}

/** What sets (as bits in the order of `useful`) restore; those that differ in idle candidates are looked at once. */
function remembered(model: RecruitmentModel, useful: readonly number[]): (mask: number) => number {
  const known = new Map<number, number>();
  const relevant = useful.reduce(
    (bits, candidate, position) => (model.problem.isUsed[candidate] === 1 ? bits | (1 << position) : bits),
    0,
  );
  return (mask) => {
    const key = mask & relevant;
    let value = known.get(key);
    if (value === undefined) {
      value = restoredWith(
        model,
        useful.filter((_, position) => ((key >> position) & 1) === 1),
      );
      known.set(key, value);
    }
    return value;
  };
}

interface Part {
  readonly gain: number;
  readonly cost: number;
}

/** What each open candidate would add to Phi, the most for its cost first. */
function filling(
  open: readonly number[],
  marginal: (candidate: number) => number,
  { costs }: RecruitmentModel,
): readonly Part[] {
  return open
    .map((candidate) => ({ gain: marginal(candidate), cost: costs[candidate]! }))
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => perCost(b.gain, b.cost) - perCost(a.gain, a.cost) || 0);
}

/** Whether a branch that could restore so much may hold a set worth more than the best, or worth as much for less. */
function canBeat(
  best: { readonly value: Value; readonly cost: number },
  branch: Value & { readonly cost: number },
  parts: readonly Part[],
  budget: number,
): boolean {
  const lead = rank(branch.restored) - rank(best.value.restored);
  if (lead !== 0) return lead > 0;
  let { potential } = branch;
  let left = budget - branch.cost;
  let spent = branch.cost;
  let least = rank(potential) >= rank(best.value.potential) ? spent : Number.POSITIVE_INFINITY;
  for (const { gain, cost } of parts) {
    const part = cost <= left ? 1 : left / cost;
    const missing = best.value.potential - potential;
    if (least === Number.POSITIVE_INFINITY && rank(gain * part) >= rank(missing))
      least = spent + cost * Math.min(part, missing / gain);
    potential += gain * part;
    spent += cost * part;
    left -= cost * part;
    if (left <= 0) break;
  }
  if (rank(potential) > rank(best.value.potential)) return true;
  return rank(least) < rank(best.cost);
}
