import { type Availability, isAvailable } from "./availability.ts";
import { variantsOf } from "./coverage.ts";
import type { Interval } from "./interval.ts";
import { bestGrade, type Supplier } from "./recruitment-candidates.ts";
import { openedTargets, type RecruitmentProblem } from "./recruitment-problem.ts";
import type { Scenario } from "./scenario.ts";
import { GRADES } from "./shortfall.ts";

/** What some candidates are worth: ordered by restored weight, then by potential. */
export interface Value {
  /** Weighted share of the targets that become available, in [0, 1]. */
  readonly restored: number;
  /** By how much Phi surely grows. */
  readonly potential: number;
}

/** What every strategy asks about candidates, which are named by their position. */
export interface RecruitmentModel {
  readonly costs: readonly number[];
  /** Candidates that are there in any case: every value is that of the others together with these. */
  readonly landed: readonly number[];
  readonly problem: RecruitmentProblem;
  /** Targets (by position) that are not available before anybody lands or is recruited. */
  readonly blocked: readonly number[];
  /** Share of the question's output of each target. */
  readonly targetWeights: readonly number[];
  /** By how much Phi grows when an item is had at home: necessity x (1 - its best grade today). */
  readonly gain: (item: number) => Interval;
  /** Items whose best grade each candidate raises: what it supplies, and the classes ANY that this is a variant of. */
  readonly raises: readonly (readonly number[])[];
  /** Weighted share of the targets that become available with exactly these, without what lands. */
  readonly restored: (picks: readonly number[]) => number;
}

/**
 * The value of recruiting (ANALYSES.md 12): whoever is recruited supplies from home, which is the best grade, so that
 * Phi = sum of necessity x best grade grows by the weight of what is covered: monotone and submodular. Items of class ALL
 * are not counted beside their variants, which are all needed.
 */
export function recruitmentModel(
  scenario: Scenario,
  problem: RecruitmentProblem,
  candidates: readonly Supplier[],
  landed: readonly number[],
  { reached, necessityOf }: { readonly reached: Availability; readonly necessityOf: (item: number) => number },
): RecruitmentModel {
  const { network, targets, policy } = scenario;
  const gains = new Map<number, Interval>();
  const gain = (item: number): Interval => {
    const known = gains.get(item);
    if (known !== undefined) return known;
    const grade = isAll(scenario, item) ? { low: GRADES.LOCAL, high: GRADES.LOCAL } : bestGrade(scenario, item);
    const necessity = grade.low < GRADES.LOCAL ? necessityOf(item) : 0;
    const found = { low: necessity * (GRADES.LOCAL - grade.high), high: necessity * (GRADES.LOCAL - grade.low) };
    gains.set(item, found);
    return found;
  };
  const classes = classesOf(scenario);
  // An offer of a class ALL is of an unstated variant and fills no need.
  const raises = candidates.map(({ items }) =>
    withClasses(
      items.map((id) => network.itemIndex.get(id)!).filter((item) => !isAll(scenario, item)),
      classes,
    ),
  );
  const blocked = targets.flatMap(({ node }, position) =>
    isAvailable(reached, node, policy.maxTier) ? [] : [position],
  );
  const restored = (picks: readonly number[]): number => {
    const used = new Set(picks.filter((pick) => problem.isUsed[pick] === 1));
    if (used.size === 0) return 0;
    const isOpen = openedTargets(problem, (candidate) => used.has(candidate));
    return blocked.reduce((sum, position) => sum + (isOpen[position] === true ? targets[position]!.weight : 0), 0);
  };
  return {
    costs: candidates.map(({ cost }) => cost ?? 1),
    landed,
    problem,
    blocked,
    targetWeights: targets.map(({ weight }) => weight),
    gain,
    raises,
    restored,
  };
}

/** What these are worth together with what lands. */
export function worthOf(model: RecruitmentModel, picks: readonly number[]): Value {
  return { restored: restoredWith(model, picks), potential: potentialOf(model, picks).low };
}

/** Weighted share of the targets that become available with these and what lands. */
export function restoredWith(model: RecruitmentModel, picks: readonly number[]): number {
  return model.restored([...model.landed, ...picks]);
}

/** By how much Phi grows with these and what lands: each item counts once. */
export function potentialOf({ gain, landed, raises }: RecruitmentModel, picks: readonly number[]): Interval {
  let low = 0;
  let high = 0;
  for (const item of new Set([...landed, ...picks].flatMap((pick) => raises[pick]!))) {
    low += gain(item).low;
    high += gain(item).high;
  }
  return { low, high };
}

/** Negative where `a` is worth more, positive where `b` is; differences of rounding do not count. */
export function compareValues(a: Value, b: Value): number {
  return rank(b.restored) - rank(a.restored) || rank(b.potential) - rank(a.potential);
}

/** A figure without the noise of rounding, for comparisons. */
export function rank(figure: number): number {
  return figure === Number.POSITIVE_INFINITY ? figure : Math.round(figure * 1e9);
}

function isAll(scenario: Scenario, item: number): boolean {
  return scenario.network.itemVariantAll[item] === 1 && variantsOf(scenario, item).length > 0;
}

/** The classes ANY of each item. */
function classesOf(scenario: Scenario): ReadonlyMap<number, readonly number[]> {
  const { network } = scenario;
  const classes = new Map<number, number[]>();
  for (let itemClass = 0; itemClass < network.items.length; itemClass += 1) {
    if (network.itemVariants[itemClass] === network.itemVariants[itemClass + 1]) continue;
    if (isAll(scenario, itemClass)) continue;
    for (const at of variantsOf(scenario, itemClass)) {
      const variant = network.variantItem[at]!;
      const known = classes.get(variant);
      if (known === undefined) classes.set(variant, [itemClass]);
      else known.push(itemClass);
    }
  }
  return classes;
}

function withClasses(items: readonly number[], classes: ReadonlyMap<number, readonly number[]>): readonly number[] {
  const raised = new Set(items);
  // Grows while it is read: a class may itself be a variant.
  for (const item of raised) for (const itemClass of classes.get(item) ?? []) raised.add(itemClass);
  return [...raised];
}
