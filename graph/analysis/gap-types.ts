import type { Availability } from "./availability.ts";
import { supplyIndexes } from "./concentration.ts";
import { isProcess, variantsOf } from "./coverage.ts";
import type { Scenario } from "./scenario.ts";
import { UNIT_STATES } from "./scenario.ts";
import { type Supply, shareOf, supplyOf } from "./shares.ts";

/** Types of gaps (ANALYSES.md 8) in order of precedence: the first of an item's is its primary one. */
export const GAP_TYPES = [
  "UNSURVEYED",
  "MISSING",
  "CHOKEPOINT",
  "DEPENDENT",
  "SINGLE_SOURCE",
  "SINGLE_JURISDICTION",
  "CONCENTRATED",
  "NOT_LOCAL",
  "UNRECORDED_SOURCE",
] as const;
export type GapType = (typeof GAP_TYPES)[number];

/** From this Herfindahl index on a market is highly concentrated (US DOJ and FTC, Horizontal Merger Guidelines 2010, 5.3). */
export const CONCENTRATED_ABOVE = 2_500;
/** Below this sum of known shares others may supply that nobody recorded. */
const WELL_KNOWN = 0.9;
const ADMISSIBLE = UNIT_STATES.indexOf("ADMISSIBLE");
const RESTRICTED = UNIT_STATES.indexOf("RESTRICTED");
const ROUNDING = 1e-9;

/** The units of an item by what a policy lets them do; positions in `Units`. */
export interface ItemUnits {
  readonly all: readonly number[];
  readonly usable: readonly number[];
  readonly admissible: readonly number[];
  /** Usable, but forbidden. */
  readonly restricted: readonly number[];
}

/** Sorts an item's units. */
export function unitsOf({ units }: Scenario, item: number): ItemUnits {
  const all: number[] = [];
  const usable: number[] = [];
  const admissible: number[] = [];
  const restricted: number[] = [];
  for (let unit = units.itemUnits[item]!; unit < units.itemUnits[item + 1]!; unit += 1) {
    all.push(unit);
    if (units.unitUsable[unit] !== 1) continue;
    usable.push(unit);
    if (units.unitState[unit] === ADMISSIBLE) admissible.push(unit);
    else if (units.unitState[unit] === RESTRICTED) restricted.push(unit);
  }
  return { all, usable, admissible, restricted };
}

/** What an item's gap is, and how sure that is. */
export interface ItemGapTypes {
  /** As the records stand, by precedence; empty where it is no gap. */
  readonly types: readonly GapType[];
  /** Those that hold only if some unknown turns out so: among `types` (SINGLE_SOURCE) or beside them. */
  readonly possible: readonly GapType[];
}

/**
 * Types of an item (ANALYSES.md 8). UNSURVEYED, MISSING and CHOKEPOINT leave no supply to judge further. Processes and
 * classes with variants have no supply of their own: DEPENDENT, or MISSING where the policy removes them. CONCENTRATED: the
 * Herfindahl index by firm, or by jurisdiction where home holds less than half, is above `CONCENTRATED_ABOVE`. Failures
 * beyond the policy's `maxTier` are not looked at.
 */
export function gapTypesOf(scenario: Scenario, result: Availability, item: number): ItemGapTypes {
  const { policy, ways } = scenario;
  const tier = result.tier[item]!;
  const fails = tier > 0 && (policy.maxTier === null || tier <= policy.maxTier);
  const hasWay = ways.nodeWays[item + 1]! > ways.nodeWays[item]!;
  const dependent: readonly GapType[] = fails && hasWay ? ["DEPENDENT"] : [];
  if (isProcess(scenario, item) || variantsOf(scenario, item).length > 0)
    return { types: fails && !hasWay ? ["MISSING"] : dependent, possible: [] };
  const { usable, admissible } = unitsOf(scenario, item);
  if (usable.length === 0) {
    if (supplyOf(scenario, item) === null) return { types: ["UNSURVEYED", ...dependent], possible: [] };
    return { types: ["MISSING", ...dependent], possible: [] };
  }
  if (admissible.length === 0) return { types: ["CHOKEPOINT", ...dependent], possible: [] };
  const types = new Set(dependent);
  const possible = new Set<GapType>();
  singleSource(scenario, item, admissible, types, possible);
  jurisdictions(scenario, admissible, types, possible);
  concentrated(scenario, item, types, possible);
  return { types: inOrder(types), possible: inOrder(possible) };
}

function singleSource(
  scenario: Scenario,
  item: number,
  admissible: readonly number[],
  types: Set<GapType>,
  possible: Set<GapType>,
): void {
  const { units } = scenario;
  const [first] = admissible;
  for (const unit of admissible) {
    const firm = units.unitFirm[unit]!;
    if (firm < 0 && units.unitOffer[unit]! >= 0) return;
    if (firm < 0 ? unit !== first : firm !== units.unitFirm[first!]) return;
  }
  types.add("SINGLE_SOURCE");
  const known = supplyOf(scenario, item)?.known ?? 0;
  if (known < WELL_KNOWN - ROUNDING) possible.add("SINGLE_SOURCE");
}

/** SINGLE_JURISDICTION and NOT_LOCAL; a unit of unknown place may be anywhere. */
function jurisdictions(
  { network, policy, units }: Scenario,
  admissible: readonly number[],
  types: Set<GapType>,
  possible: Set<GapType>,
): void {
  const home = network.jurisdictionIndex.get(policy.home) ?? Number.NaN;
  const places = new Set(admissible.map((unit) => units.unitJurisdiction[unit]!));
  const unknown = places.delete(-1);
  if (places.has(home)) return;
  (unknown ? possible : types).add("NOT_LOCAL");
  if (places.size > 1) return;
  (unknown ? possible : types).add("SINGLE_JURISDICTION");
}

function concentrated(scenario: Scenario, item: number, types: Set<GapType>, possible: Set<GapType>): void {
  const supply = supplyOf(scenario, item);
  const found = supply === null ? null : isConcentrated(scenario, supply);
  if (found?.surely) types.add("CONCENTRATED");
  else if (found?.possibly) possible.add("CONCENTRATED");
}

/**
 * Whether the Herfindahl index by firm, or by jurisdiction where home holds less than half, is above `CONCENTRATED_ABOVE`:
 * over every allocation of what is unknown, or over some.
 */
export function isConcentrated(
  scenario: Scenario,
  supply: Supply,
): { readonly surely: boolean; readonly possibly: boolean } {
  const { byFirm, byJurisdiction } = supplyIndexes(scenario, supply);
  const home = shareOf(supply, new Set([scenario.network.jurisdictionIndex.get(scenario.policy.home) ?? Number.NaN]));
  const above = (index: number): boolean => index > CONCENTRATED_ABOVE + ROUNDING;
  return {
    surely: above(byFirm.low) || (above(byJurisdiction.low) && home.high < 0.5),
    possibly: above(byFirm.high) || (above(byJurisdiction.high) && home.low < 0.5),
  };
}

function inOrder(types: ReadonlySet<GapType>): readonly GapType[] {
  return GAP_TYPES.filter((type) => types.has(type));
}
