import { compareText } from "../projection/build.ts";
import { offerId } from "../projection/edge-ids.ts";
import { availability, isAvailable } from "./availability.ts";
import type { Coverage } from "./coverage.ts";
import { type CausesAt, causeFinder, type DiffCause, type DiffSide } from "./diff-causes.ts";
import { drawDiff } from "./diff-drawing.ts";
import { type GapChange, gapChanges, isOther } from "./diff-gaps.ts";
import { type PlanDiff, planDiff } from "./diff-plan.ts";
import { type Exposure, exposure } from "./exposure.ts";
import { type GapReport, gaps } from "./gaps.ts";
import type { Interval } from "./interval.ts";
import { type Localization, localization } from "./localization.ts";
import type { Policy } from "./policy.ts";
import type { Scenario, ScenarioTarget } from "./scenario.ts";
import { inputsOf, reachOf, structureOf } from "./structure.ts";
import type { Subgraph } from "./subgraph.ts";
import type { VerdictValue } from "./verdict.ts";

/** Something on both sides of a comparison. */
export interface Change<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** What differs between two scenarios of one network: two policies, two dates, or both. Items and offers by id. */
export interface Diff {
  /** Fields of the policy that differ, by name. */
  readonly policyFields: readonly (keyof Policy)[];
  readonly verdict: Change<VerdictValue>;
  /** Purchase tiers that every target is free of failures for; null = all the way upstream. */
  readonly freeToTier: Change<number | null>;
  /** Targets that fail at another tier, or stand on one side only; by item, then firm. */
  readonly targets: readonly TargetChange[];
  /** Needed items that are available on one side only, or fail at another tier; by id. */
  readonly availability: readonly AvailabilityChange[];
  readonly gaps: readonly GapChange[];
  readonly plan: PlanDiff;
  /** To what each side restricts. */
  readonly exposure: FigureDiff<Pick<Exposure, "jurisdictions" | "directShare" | "gradedLoss">>;
  readonly localization: FigureDiff<Pick<Localization, "rate" | "basis" | "home" | "categoryCoverage">>;
  readonly coverage: Change<Coverage>;
  /** The changed gaps as they stand afterwards. */
  readonly subgraph: Subgraph;
}

export interface TargetChange {
  readonly item: string;
  /** The firm whose own output it is; null for an item that may be anyone's. */
  readonly firm: string | null;
  /** Null where it is no target on that side. */
  readonly before: TargetState | null;
  readonly after: TargetState | null;
  readonly causes: readonly DiffCause[];
}

export interface TargetState {
  readonly available: boolean;
  /** Purchase tier at which it fails, at full depth; null where it does not. */
  readonly tier: number | null;
}

export interface AvailabilityChange extends Change<number | null> {
  readonly item: string;
  readonly causes: readonly DiffCause[];
}

/** A figure of the targets on both sides, and the items whose own figure differs. */
export interface FigureDiff<Figure> extends Change<Figure> {
  /** By id; null where the item is not among those of that side. */
  readonly items: readonly (Change<Interval | null> & { readonly item: string })[];
}

/**
 * Compares every analysis of two scenarios, each change with its causes where facts tell them: an offer that became
 * restricted, a requirement that is not yet valid, a supposed offer. `diff(b, a)` is `diff(a, b)` with its sides swapped, but
 * for the drawing.
 */
export function diff(before: Scenario, after: Scenario): Diff {
  const { network } = before;
  if (after.network !== network) throw new Error("two scenarios of different networks");
  const [was, is] = [sideOf(before), sideOf(after)];
  const causesAt = causeFinder(was, is);
  const causesOf = (item: string): readonly DiffCause[] => causesAt([network.itemIndex.get(item)!]);
  const reports: Change<GapReport> = { before: gaps(before), after: gaps(after) };
  const changes = gapChanges(reports.before, reports.after, causesOf);
  const losses = { before: exposure(before), after: exposure(after) };
  const rates = { before: localization(before), after: localization(after) };
  return {
    policyFields: policyFields(before.policy, after.policy),
    verdict: { before: reports.before.verdict, after: reports.after.verdict },
    freeToTier: { before: reports.before.freeToTier, after: reports.after.freeToTier },
    targets: targetChanges(was, is, causesAt),
    availability: availabilityChanges(was, is, causesAt),
    gaps: changes,
    plan: planDiff(before, after, causesOf),
    exposure: {
      before: exposureFigure(losses.before),
      after: exposureFigure(losses.after),
      items: itemChanges(losses.before.items, losses.after.items, (item) => item.gradedLoss),
    },
    localization: {
      before: localizationFigure(rates.before),
      after: localizationFigure(rates.after),
      items: itemChanges(rates.before.items, rates.after.items, (item) => item.rate),
    },
    coverage: { before: reports.before.coverage, after: reports.after.coverage },
    subgraph: drawDiff(after, changes),
  };
}

function sideOf(scenario: Scenario): DiffSide {
  return { scenario, reached: availability(scenario), structure: structureOf(scenario) };
}

function policyFields(before: Policy, after: Policy): readonly (keyof Policy)[] {
  const fields = Object.keys(before) as (keyof Policy)[];
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field])).sort();
}

function targetChanges(before: DiffSide, after: DiffSide, causesAt: CausesAt): readonly TargetChange[] {
  const { network } = before.scenario;
  const keyOf = ({ item, offer }: ScenarioTarget): string => `${item}:${offer}`;
  const [was, is] = [before, after].map(
    ({ scenario }) => new Map(scenario.targets.map((target) => [keyOf(target), target])),
  );
  const changes: TargetChange[] = [];
  for (const [key, { item, firm, offer }] of new Map([...was!, ...is!])) {
    const [old, now] = [stateOf(before, was!.get(key)), stateOf(after, is!.get(key))];
    if (old?.tier === now?.tier) continue;
    const own = causesAt([item]);
    const inputs = [...changedInputs(before, after, was!.get(key)), ...changedInputs(after, before, is!.get(key))];
    const causes =
      offer === -1
        ? own
        : [
            ...own.filter(
              ({ kind, item: of, relationship }) =>
                of === network.items[item] && (kind === "REQUIREMENT" || relationship === offerId(network, offer)),
            ),
            ...causesAt([...new Set(inputs)]),
          ];
    changes.push({ item: network.items[item]!, firm: network.firms[firm] ?? null, before: old, after: now, causes });
  }
  return changes.sort((a, b) => compareText(a.item, b.item) || compareText(a.firm ?? "", b.firm ?? ""));
}

function stateOf({ scenario, reached }: DiffSide, target: ScenarioTarget | undefined): TargetState | null {
  if (target === undefined) return null;
  const tier = reached.tier[target.node]!;
  return { available: isAvailable(reached, target.node, scenario.policy.maxTier), tier: tier === 0 ? null : tier };
}

/** What a target needs on one side that fails otherwise on the other. */
function changedInputs(side: DiffSide, other: DiffSide, target: ScenarioTarget | undefined): readonly number[] {
  if (target === undefined) return [];
  return inputsOf(side.structure, target.node).filter(
    (input) => side.reached.tier[input] !== other.reached.tier[input],
  );
}

function availabilityChanges(before: DiffSide, after: DiffSide, causesAt: CausesAt): readonly AvailabilityChange[] {
  const { items } = before.scenario.network;
  const needed = [before, after].flatMap(({ scenario, structure }) => [...reachOf(structure, scenario.targets).order]);
  const tierOf = ({ reached }: DiffSide, item: number): number | null => reached.tier[item]! || null;
  return [...new Set(needed)]
    .filter((node) => node < items.length && before.reached.tier[node] !== after.reached.tier[node])
    .sort((a, b) => a - b)
    .map((item) => ({
      item: items[item]!,
      before: tierOf(before, item),
      after: tierOf(after, item),
      causes: causesAt([item]),
    }));
}

function exposureFigure({ jurisdictions, directShare, gradedLoss }: Exposure): Diff["exposure"]["before"] {
  return { jurisdictions, directShare, gradedLoss };
}

function localizationFigure({ rate, basis, home, categoryCoverage }: Localization): Diff["localization"]["before"] {
  return { rate, basis, home, categoryCoverage };
}

function itemChanges<Item extends { readonly item: string }>(
  before: readonly Item[],
  after: readonly Item[],
  figureOf: (item: Item) => Interval,
): Diff["exposure"]["items"] {
  const [was, is] = [before, after].map((items) => new Map(items.map((item) => [item.item, figureOf(item)])));
  return [...new Set([...was!.keys(), ...is!.keys()])]
    .sort(compareText)
    .map((item) => ({ item, before: was!.get(item) ?? null, after: is!.get(item) ?? null }))
    .filter((change) => isOther(change.before, change.after));
}
