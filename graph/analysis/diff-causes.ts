import { compareText } from "../projection/build.ts";
import { offerId, requirementId, variantId } from "../projection/edge-ids.ts";
import type { Availability } from "./availability.ts";
import { type FactState, factStateUnder } from "./fact-state.ts";
import { type Scenario, UNIT_STATES, type UnitState } from "./scenario.ts";
import { inputsOf, type Structure } from "./structure.ts";

/**
 * What a policy makes of a recorded fact or a supposed offer. An offer is what its unit is, or USED where others speak for
 * it; a supposed offer, and a source that is taken to be unrecorded, is ABSENT or SUPPOSED.
 */
export type CauseState = FactState | UnitState | "ABSENT" | "SUPPOSED";

/** A fact that the two sides of a comparison see differently. */
export interface DiffCause {
  readonly kind: "OFFER" | "SUPPOSED_OFFER" | "UNRECORDED_SOURCE" | "REQUIREMENT" | "VARIANT";
  /** Id of the item that is offered, made or is a class. */
  readonly item: string;
  /** Id of the relationship; null for a supposed offer. */
  readonly relationship: string | null;
  /** Id of where the relationship starts: the provider, the item or firm that requires, the variant; null where none is recorded. */
  readonly from: string | null;
  readonly before: CauseState;
  readonly after: CauseState;
}

/** One side of a comparison. */
export interface DiffSide {
  readonly scenario: Scenario;
  readonly reached: Availability;
  readonly structure: Structure;
}

/** The causes of a change at some items. */
export type CausesAt = (items: readonly number[]) => readonly DiffCause[];

/**
 * Finds the causes of a change at some items: the facts about each that the sides see differently; where there is none,
 * those of what it needs and what is available on one side only or fails at another tier, and so on upstream. Nearest
 * first, then by item and id. O(what it looks at), each item's facts once.
 */
export function causeFinder(before: DiffSide, after: DiffSide): CausesAt {
  const own = ownCauses(before.scenario, after.scenario);
  const known = new Map<number, readonly DiffCause[]>();
  const ownOf = (item: number): readonly DiffCause[] => {
    const found = known.get(item) ?? own(item);
    known.set(item, found);
    return found;
  };
  const items = before.scenario.network.items.length;
  const hasChanged = (node: number): boolean => before.reached.tier[node] !== after.reached.tier[node];
  return (starts) => {
    const causes: DiffCause[] = [];
    const seen = new Set(starts);
    for (let level = [...seen].sort((a, b) => a - b); level.length > 0; ) {
      const next = new Set<number>();
      for (const item of level) {
        const found = ownOf(item);
        causes.push(...found);
        if (found.length > 0) continue;
        for (const side of [before, after])
          for (const input of inputsOf(side.structure, item))
            if (input < items && !seen.has(input) && hasChanged(input)) next.add(input);
      }
      for (const item of next) seen.add(item);
      level = [...next].sort((a, b) => a - b);
    }
    return causes;
  };
}

function ownCauses(before: Scenario, after: Scenario): (item: number) => readonly DiffCause[] {
  const { network } = before;
  const sides = [before, after].map((scenario) => ({
    offers: offerStates(scenario),
    fact: factStateUnder(scenario.policy),
    holes: new Set(scenario.unrecordedSources),
    supposed: supposedOffers(scenario),
  }));
  const [first, second] = [sides[0]!, sides[1]!];
  return (item) => {
    const id = network.items[item]!;
    const causes: DiffCause[] = [];
    const add = (kind: DiffCause["kind"], at: Pick<DiffCause, "relationship" | "from">, states: CauseState[]): void => {
      const [was, is] = [states[0]!, states[1]!];
      if (was !== is) causes.push({ kind, item: id, ...at, before: was, after: is });
    };
    for (let offer = network.itemOffers[item]!; offer < network.itemOffers[item + 1]!; offer += 1) {
      const firm = network.offerFirm[offer]!;
      const row = network.offerRow[offer]!;
      const from = firm >= 0 ? network.firms[firm]! : (network.jurisdictionIds[row] ?? null);
      add(
        "OFFER",
        { relationship: offerId(network, offer), from },
        sides.map((side) => side.offers(offer)),
      );
    }
    for (const firm of [...new Set([...(first.supposed.get(id) ?? []), ...(second.supposed.get(id) ?? [])])].sort())
      add(
        "SUPPOSED_OFFER",
        { relationship: null, from: firm === "" ? null : firm },
        sides.map((side) => (side.supposed.get(id)?.has(firm) === true ? "SUPPOSED" : "ABSENT")),
      );
    add(
      "UNRECORDED_SOURCE",
      { relationship: null, from: null },
      sides.map((side) => (side.holes.has(item) ? "SUPPOSED" : "ABSENT")),
    );
    for (let edge = network.itemRequirements[item]!; edge < network.itemRequirements[item + 1]!; edge += 1) {
      const maker = network.requirementMaker[edge]!;
      add(
        "REQUIREMENT",
        { relationship: requirementId(network, edge), from: maker >= 0 ? network.firms[maker]! : id },
        sides.map((side) => side.fact(network.requirementFact, edge)),
      );
    }
    for (let row = network.itemVariants[item]!; row < network.itemVariants[item + 1]!; row += 1)
      add(
        "VARIANT",
        { relationship: variantId(network, row), from: network.items[network.variantItem[row]!]! },
        sides.map((side) => side.fact(network.variantFact, row)),
      );
    return causes.sort((a, b) => compareText(a.kind, b.kind) || compareText(keyOf(a), keyOf(b)));
  };
}

function keyOf({ relationship, from }: DiffCause): string {
  return relationship ?? from ?? "";
}

/** State of each offer: of its unit where it has one, else of the fact. */
function offerStates({ network, policy, units }: Scenario): (offer: number) => CauseState {
  const states = new Map<number, UnitState>();
  units.unitOffer.forEach((offer, unit) => {
    if (offer >= 0) states.set(offer, units.unitRemoved[unit] === 1 ? "REMOVED" : UNIT_STATES[units.unitState[unit]!]!);
  });
  const fact = factStateUnder(policy);
  return (offer) => states.get(offer) ?? fact(network.offerFact, offer);
}

/** Firms (`""` for one that is not recorded) whose offer of an item is supposed. */
function supposedOffers({ policy }: Scenario): ReadonlyMap<string, ReadonlySet<string>> {
  const firms = new Map<string, Set<string>>();
  for (const { item, firm } of policy.extraOffers) {
    const known = firms.get(item);
    if (known === undefined) firms.set(item, new Set([firm ?? ""]));
    else known.add(firm ?? "");
  }
  return firms;
}
