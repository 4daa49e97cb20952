import { availability, isAvailable } from "./availability.ts";
import { supposeOffers } from "./build-scenario.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { type Gap, gaps } from "./gaps.ts";
import { necessityMeter } from "./necessity.ts";
import { bestPicks, inOrderOfWorth } from "./recruitment-best.ts";
import {
  type CandidateKind,
  candidatesOf,
  offersOfSupplier,
  type Supplier,
  supplierKey,
} from "./recruitment-candidates.ts";
import {
  byWorth,
  describer,
  difference,
  gainOf,
  type RecruitmentCandidate,
  type RecruitmentGain,
  unblockedBy,
} from "./recruitment-description.ts";
import { drawRecruitment } from "./recruitment-drawing.ts";
import { type ClosedGap, closedGaps, openGaps } from "./recruitment-gaps.ts";
import { type RecruitmentModel, recruitmentModel } from "./recruitment-model.ts";
import { recruitmentProblem } from "./recruitment-problem.ts";
import { costOf, type Picks, type RecruitmentStrategy } from "./recruitment-strategies.ts";
import type { Scenario } from "./scenario.ts";
import { reachOf, structureOf } from "./structure.ts";
import type { Subgraph } from "./subgraph.ts";

export interface RecruitmentOptions {
  /** What may be spent, in the unit of the candidates' costs; at least 0. */
  readonly budget: number;
  /** Which candidates the network suggests: firms that offer what is needed, from elsewhere or not yet well enough; items. */
  readonly suggest: readonly CandidateKind[];
  /** Candidates beside those, or in their place where kind and id are the same. */
  readonly named: readonly Supplier[];
  /** Whose supply is taken as landed before anything is spent, in this order. */
  readonly landed: readonly Supplier[];
}

/** Whom to recruit next, and what each adds. Items by id. */
export interface Recruitment {
  readonly budget: number;
  /** Weighted share of the targets that is available: as asked, with what lands, and with the picks too. */
  readonly available: { readonly before: number; readonly landed: number; readonly after: number };
  /** What lands in any case, each with what it adds to those before it. */
  readonly landed: readonly RecruitmentPick[];
  /** In the order in which to win them: each adds most to those before it. */
  readonly picks: readonly RecruitmentPick[];
  /** Sum over the picks; an unknown cost counts 1. */
  readonly cost: number;
  readonly strategy: RecruitmentStrategy;
  /** True where no affordable set is worth more. */
  readonly exact: boolean;
  /** What each strategy comes to, before what it leaves of the budget is spent by potential. */
  readonly strategies: readonly StrategyResult[];
  /** Everybody who might be recruited: most worth alone (beside what lands) first, then for least cost, then by id. */
  readonly candidates: readonly RecruitmentCandidate[];
  /** What is still a gap once all have come, by score. */
  readonly remaining: readonly Gap[];
  readonly coverage: Coverage;
  readonly subgraph: Subgraph;
}

export interface RecruitmentPick {
  readonly candidate: RecruitmentCandidate;
  /** What it adds to those before it. */
  readonly gain: RecruitmentGain;
  /** What all up to this one add. */
  readonly cumulative: RecruitmentGain;
  /** Of all picks up to this one; 0 for what lands. */
  readonly cumulativeCost: number;
  /** Needed items that become available with it: those it supplies, and those that failed through them. */
  readonly unblocks: readonly string[];
  /** Gaps that it closes, in whole or in part. */
  readonly closes: readonly ClosedGap[];
}

export interface StrategyResult {
  readonly strategy: RecruitmentStrategy;
  /** Ids of the candidates, in the order in which they were taken. */
  readonly picks: readonly string[];
  readonly gain: RecruitmentGain;
  readonly cost: number;
}

/**
 * Whom to recruit within a budget (ANALYSES.md 12). Whoever comes supplies its items from home, whatever readiness or share
 * is recorded of it, and needs what the recipe needs; nothing is a gain that is not known to be missing. The best of: most
 * Phi per cost, most restored weight per cost, the best single one, the cheapest affordable bundle that completes the
 * targets, each then spending what is left by Phi per cost; with up to 20 useful candidates all sets are compared
 * (Nemhauser, Wolsey & Fisher 1978 for Phi: greedy reaches 1 - 1/e at equal costs).
 */
export function recruitment(scenario: Scenario, options: RecruitmentOptions): Recruitment {
  const { network, policy, targets } = scenario;
  const structure = structureOf(scenario);
  const reach = reachOf(structure, targets);
  const landedKeys = new Set(options.landed.map(supplierKey));
  const others = candidatesOf(scenario, reach.order, options.named, options.suggest).filter(
    (candidate) => !landedKeys.has(supplierKey(candidate)),
  );
  const suppliers = [...options.landed, ...others];
  const owners = suppliers.flatMap(({ items }, position) => items.map(() => position));
  const supposed = supposeOffers(scenario, suppliers.flatMap(offersOfSupplier));
  const ownerOf = (unit: number): number =>
    owners[(supposed.units.unitExtra[unit] ?? -1) - policy.extraOffers.length] ?? -1;
  const reached = availability(scenario);
  const necessityOf = necessityMeter(scenario, structure, reach);
  const costs = suppliers.map(({ cost }) => cost ?? 1);
  const model = recruitmentModel(
    scenario,
    recruitmentProblem(supposed, reached, costs, ownerOf),
    suppliers,
    options.landed.map((_, position) => position),
    { reached, necessityOf },
  );
  const found = bestPicks(model, options.budget);

  const describe = describer(scenario, structure, reach, reached, suppliers, necessityOf);
  const landedGain = gainOf(model, []);
  const described = suppliers.map((_, position) =>
    describe(position, difference(gainOf(model, [position]), landedGain)),
  );
  const picks = inOrderOfWorth(model, found.picks);
  const all = [...model.landed, ...picks];
  const after = supposeOffers(
    scenario,
    all.flatMap((position) => offersOfSupplier(suppliers[position]!)),
  );
  const supplied = all.map((position) => suppliers[position]!.items);
  const before = gaps(scenario).gaps;
  const remaining = openGaps(gaps(after).gaps, new Set(supplied.flat()));
  const unblocked = unblockedBy(scenario, supposed, reached, reach, all, ownerOf);
  const closes = closedGaps(before, remaining, supplied, unblocked);
  const steps = stepsOf(model, all, picks, described).map((step, position) => ({
    ...step,
    unblocks: unblocked[position]!,
    closes: closes[position]!,
  }));
  const openBefore = targets.reduce(
    (sum, { node, weight }) => sum + (isAvailable(reached, node, policy.maxTier) ? weight : 0),
    0,
  );
  const total = gainOf(model, picks);
  return {
    budget: options.budget,
    available: {
      before: openBefore,
      landed: Math.min(1, openBefore + landedGain.restored),
      after: Math.min(1, openBefore + total.restored),
    },
    landed: steps.slice(0, model.landed.length),
    picks: steps.slice(model.landed.length),
    cost: costOf(model, picks),
    strategy: found.strategy,
    exact: found.strategy === "ENUMERATION",
    strategies: found.results.map(({ strategy, picks: taken }) => ({
      strategy,
      picks: taken.map((position) => suppliers[position]!.id),
      gain: difference(gainOf(model, taken), landedGain),
      cost: costOf(model, taken),
    })),
    candidates: described.slice(model.landed.length).sort(byWorth),
    remaining,
    coverage: coverageOf(
      scenario,
      reach.order.map((node) => structure.nodeItem[node]!),
    ),
    subgraph: drawRecruitment(
      scenario,
      all.flatMap((position) => {
        const { firm } = suppliers[position]!;
        return described[position]!.items.map(({ item, path }) => ({
          firm: firm === null ? null : network.firmIndex.get(firm)!,
          item: network.itemIndex.get(item)!,
          path: path.map((id) => network.itemIndex.get(id)!),
        }));
      }),
    ),
  };
}

function stepsOf(
  model: RecruitmentModel,
  all: Picks,
  picks: Picks,
  described: readonly RecruitmentCandidate[],
): readonly Omit<RecruitmentPick, "unblocks" | "closes">[] {
  const bare = { ...model, landed: [] };
  let before: RecruitmentGain = { restored: 0, potential: { low: 0, high: 0 } };
  return all.map((position, at) => {
    const cumulative = gainOf(bare, all.slice(0, at + 1));
    const gain = difference(cumulative, before);
    before = cumulative;
    const paid = picks.slice(0, Math.max(0, at + 1 - model.landed.length));
    return { candidate: described[position]!, gain, cumulative, cumulativeCost: costOf(model, paid) };
  });
}
