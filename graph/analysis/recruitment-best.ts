import { compareValues, type RecruitmentModel, rank, worthOf } from "./recruitment-model.ts";
import { bestSet } from "./recruitment-search.ts";
import {
  bestSingle,
  byPotential,
  byRestored,
  completionBundle,
  costOf,
  type Picks,
  perCost,
  type RecruitmentStrategy,
  withoutIdle,
} from "./recruitment-strategies.ts";

/** What one strategy takes, before what it leaves of the budget is spent. */
export interface Taken {
  readonly strategy: RecruitmentStrategy;
  readonly picks: Picks;
}

/** The best set, by which strategy, and what each of them took. */
export interface Found extends Taken {
  readonly results: readonly Taken[];
}

/** The best affordable set that the strategies find. */
export function bestPicks(model: RecruitmentModel, budget: number): Found {
  const results: readonly Taken[] = [
    { strategy: "POTENTIAL_PER_COST", picks: byPotential(model, budget) },
    { strategy: "RESTORED_PER_COST", picks: byRestored(model, budget) },
    { strategy: "BEST_SINGLE", picks: bestSingle(model, budget) },
    { strategy: "COMPLETION_BUNDLE", picks: completionBundle(model, budget) },
  ];
  const exact = bestSet(model, budget);
  if (exact !== null) {
    const strategy = "ENUMERATION";
    return { picks: withoutIdle(model, exact), strategy, results: [...results, { strategy, picks: exact }] };
  }
  const spent = results.map(({ strategy, picks }) => {
    const useful = withoutIdle(model, picks);
    const filled = withoutIdle(model, byPotential(model, budget, byRestored(model, budget, useful)));
    return { strategy, picks: filled, value: worthOf(model, filled), cost: costOf(model, filled) };
  });
  const best = spent.reduce((a, b) => {
    const order = compareValues(a.value, b.value) || rank(a.cost) - rank(b.cost);
    return order <= 0 ? a : b;
  });
  return { picks: best.picks, strategy: best.strategy, results };
}

/** Most worth first: whoever adds most to those before, for least cost, then in order of the candidates. */
export function inOrderOfWorth(model: RecruitmentModel, picks: Picks): Picks {
  const ordered: number[] = [];
  let left = [...picks].sort((a, b) => a - b);
  while (left.length > 0) {
    const before = worthOf(model, ordered);
    const worth = left.map((pick) => {
      const value = worthOf(model, [...ordered, pick]);
      const cost = model.costs[pick]!;
      return {
        pick,
        restored: perCost(value.restored - before.restored, cost),
        potential: perCost(value.potential - before.potential, cost),
      };
    });
    const next = worth.reduce((a, b) => (compareValues(a, b) <= 0 ? a : b)).pick;
    ordered.push(next);
    left = left.filter((pick) => pick !== next);
  }
  return ordered;
}
