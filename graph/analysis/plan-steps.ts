import { offerId } from "../projection/edge-ids.ts";
import type { Network } from "../projection/network.ts";
import { activeUnder } from "./active.ts";
import type { PassedOver } from "./passed-over.ts";
import { type RecordedEdge, recordedRequirement, recordedVariant } from "./path-needs.ts";
import type { Plan, PlanObjective } from "./plan.ts";
import type { ChosenStep, PlanChoice } from "./plan-choice.ts";
import { type Live, liveParts } from "./plan-live.ts";
import { JOINED, type PlanProblem } from "./plan-problem.ts";
import { type PlanReason, passedOver, planReason } from "./plan-reason.ts";
import type { SupplyRegion } from "./regions.ts";
import { type Scenario, WAY_KINDS, type WayKind } from "./scenario.ts";
import { type TodaysBasis, type TodaysSource, todaysSource } from "./todays-source.ts";
import { DEVELOPED } from "./usable-ways.ts";
import { wayRegion } from "./way-preference.ts";

/** How an item is had: a way of the scenario, or GHOST = by a source that is still to be developed or recruited. */
export type StepWay = WayKind | "GHOST";

/** Against today: as it is, another source, one where none is recorded, made in house, or not known. */
export type PlanChange = "KEEP" | "SWITCH" | "NEW" | "IN_HOUSE" | "UNKNOWN";

/** How a plan has one item. */
export interface PlanStep {
  readonly item: string;
  /** Id of the item, or of the target's own offer where the step is that offer: each key once in a plan. */
  readonly key: string;
  readonly way: StepWay;
  /** Id of the offer, or `kind:item`. */
  readonly tag: string;
  readonly offer: string | null;
  readonly firm: string | null;
  /** Code of the one jurisdiction that the source counts for. */
  readonly jurisdiction: string | null;
  readonly region: SupplyRegion | null;
  readonly today: { readonly basis: TodaysBasis; readonly offers: readonly string[] };
  readonly change: PlanChange;
  readonly reason: PlanReason;
  /** The item's other offers, by id, and why each was not taken. */
  readonly passedOver: readonly PassedOver[];
  /** Ids of the items that fill the way's slots, ascending. */
  readonly needs: readonly string[];
  /** The recorded requirements and variants by which it needs them. */
  readonly needsBy: readonly RecordedEdge[];
  /** Whether the step rests on a fact marked ASSUMED. */
  readonly assumed: boolean;
}

/** One step with its place in the network, for drawing. */
export interface LocatedStep {
  readonly step: PlanStep;
  readonly item: number;
  /** Chosen offer, -1 = none recorded. */
  readonly offer: number;
  /** Steps from the nearest target within the plan. */
  readonly depth: number;
  /** False where an unknown cost counts as 1. */
  readonly isCostKnown: boolean;
  readonly todayOffers: readonly number[];
  readonly requirements: readonly number[];
  readonly variants: readonly number[];
}

/** The steps of a plan from the targets upstream, breadth-first, each item once. */
export function planSteps(plan: Plan, objective: PlanObjective = "COST"): readonly LocatedStep[] {
  const { problem } = plan;
  const live = liveParts(problem);
  if (live === null) throw new Error("a plan of a problem without plans");
  const chosen = ownSteps(problem, plan.choice);
  const depths = depthsOf(problem, chosen);
  const located = chosen.map((step) =>
    locate(problem, live, step, needsOf(problem, step), depths.get(problem.nodeOrigin[step.node]!)!, objective),
  );
  return withVariantChanges(problem.scenario.network, located);
}

/** The step of each scenario node, without those that stand on another. */
function ownSteps(problem: PlanProblem, choice: PlanChoice): readonly ChosenStep[] {
  return choice.filter((step) => problem.wayOrigin[step.way] !== JOINED);
}

/** Scenario nodes that fill the slots of a step, ascending. */
function needsOf(problem: PlanProblem, step: ChosenStep): readonly number[] {
  const needs = step.alternatives.map((entry) => problem.nodeOrigin[problem.alternatives[entry]!]!);
  return [...new Set(needs)].sort((a, b) => a - b);
}

function depthsOf(problem: PlanProblem, chosen: readonly ChosenStep[]): ReadonlyMap<number, number> {
  const stepOf = new Map(chosen.map((step) => [problem.nodeOrigin[step.node]!, step]));
  const depths = new Map<number, number>(problem.targets.map((target) => [problem.nodeOrigin[target]!, 0]));
  for (const [node, depth] of depths) {
    for (const need of needsOf(problem, stepOf.get(node)!)) if (!depths.has(need)) depths.set(need, depth + 1);
  }
  return depths;
}

function locate(
  problem: PlanProblem,
  live: Live,
  chosen: ChosenStep,
  needs: readonly number[],
  depth: number,
  objective: PlanObjective,
): LocatedStep {
  const { scenario } = problem;
  const { network, units, ways } = scenario;
  const node = problem.nodeOrigin[chosen.node]!;
  const item = ways.nodeItem[node]!;
  const id = network.items[item]!;
  const origin = problem.wayOrigin[chosen.way]!;
  const way: StepWay = origin === DEVELOPED ? "GHOST" : WAY_KINDS[ways.wayKind[origin]!]!;
  const unit = ways.wayUnit[origin] ?? -1;
  const offer = unit < 0 ? -1 : units.unitOffer[unit]!;
  const firm = unit < 0 ? -1 : units.unitFirm[unit]!;
  const today = todaysSource(scenario, item);
  const edges = edgesOf(scenario, origin, item, needs);
  const assumed =
    (offer >= 0 && network.offerFact.assumed[offer] === 1) ||
    edges.requirements.some((edge) => network.requirementFact.assumed[edge] === 1) ||
    edges.variants.some((edge) => network.variantFact.assumed[edge] === 1);
  const step: PlanStep = {
    item: id,
    key: node < network.items.length ? id : ways.wayTags[origin]!,
    way,
    tag: ways.wayTags[origin] ?? `${way}:${id}`,
    offer: offer < 0 ? null : offerId(network, offer),
    firm: network.firms[firm] ?? null,
    jurisdiction: unit < 0 ? null : (network.jurisdictions[units.unitJurisdiction[unit]!] ?? null),
    region: origin < 0 ? null : wayRegion(scenario, origin),
    today: { basis: today.basis, offers: today.offers.map((index) => offerId(network, index)) },
    change: changeOf(scenario, way, unit, today),
    reason: planReason(problem, live, chosen, objective),
    passedOver: passedOver(problem, live, chosen),
    needs: needs.map((need) => network.items[ways.nodeItem[need]!]!),
    needsBy: [
      ...edges.requirements.map((requirement) => recordedRequirement(network, item, requirement)),
      ...edges.variants.map((variant) => recordedVariant(network, variant)),
    ],
    assumed,
  };
  const isCostKnown = ways.wayCostKnown[origin] === 1;
  return { step, item, offer, depth, isCostKnown, todayOffers: today.offers, ...edges };
}

/** Requirement and variant edges by which a way uses its needs; those of the general recipe for a developed item. */
function edgesOf(
  scenario: Scenario,
  way: number,
  item: number,
  needs: readonly number[],
): Pick<LocatedStep, "requirements" | "variants"> {
  const { network, policy, ways } = scenario;
  const isActive = activeUnder(policy);
  const requirements: number[] = [];
  const variants: number[] = [];
  if (way < 0) {
    for (let edge = network.itemRequirements[item]!; edge < network.itemRequirements[item + 1]!; edge += 1) {
      const used = network.requirementMaker[edge] === -1 && needs.includes(network.requirementInput[edge]!);
      if (used && isActive(network.requirementFact, edge)) requirements.push(edge);
    }
    return { requirements, variants };
  }
  const from = ways.slotAlternatives[ways.waySlots[way]!]!;
  const to = ways.slotAlternatives[ways.waySlots[way + 1]!]!;
  for (let entry = from; entry < to; entry += 1) {
    const input = ways.alternatives[entry]!;
    const requirement = ways.alternativeRequirement[entry]!;
    if (!needs.includes(input)) continue;
    if (requirement >= 0) {
      requirements.push(requirement);
      continue;
    }
    for (let row = network.itemVariants[item]!; row < network.itemVariants[item + 1]!; row += 1) {
      if (network.variantItem[row] === input && isActive(network.variantFact, row)) variants.push(row);
    }
  }
  return { requirements, variants };
}

function changeOf(scenario: Scenario, way: StepWay, unit: number, today: TodaysSource): PlanChange {
  const { network, units } = scenario;
  switch (way) {
    case "IN_HOUSE":
    case "OWN_OFFER":
      return "IN_HOUSE";
    case "UNRECORDED":
    case "VARIANT":
    case "ALL_VARIANTS":
      return "UNKNOWN";
    case "EXTRA_OFFER":
    case "GHOST":
      return today.isOffered ? "SWITCH" : "NEW";
    case "OFFER":
    case "UNSTATED_VARIANT": {
      if (today.basis === "UNKNOWN") return "UNKNOWN";
      const firm = units.unitFirm[unit]!;
      const isToday =
        today.offers.includes(units.unitOffer[unit]!) ||
        (firm >= 0 && today.firms.includes(firm)) ||
        today.offers.some((offer) => {
          const row = network.offerRow[offer]!;
          return row >= 0 && row === units.unitJurisdiction[unit];
        });
      return isToday ? "KEEP" : "SWITCH";
    }
  }
}

/** A class changes as the variants change that stand for it. */
function withVariantChanges(network: Network, located: readonly LocatedStep[]): readonly LocatedStep[] {
  const byItem = new Map(located.filter(({ step }) => step.key === step.item).map((entry) => [entry.item, entry]));
  const changeOfClass = (entry: LocatedStep): PlanChange => {
    if (entry.step.way !== "VARIANT" && entry.step.way !== "ALL_VARIANTS") return entry.step.change;
    const changes = entry.variants.map((row) => changeOfClass(byItem.get(network.variantItem[row]!)!));
    return (["SWITCH", "NEW", "UNKNOWN", "IN_HOUSE"] as const).find((change) => changes.includes(change)) ?? "KEEP";
  };
  return located.map((entry) => ({ ...entry, step: { ...entry.step, change: changeOfClass(entry) } }));
}
