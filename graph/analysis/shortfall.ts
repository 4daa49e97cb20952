import { READINESS } from "../projection/build.ts";
import { isProcess, variantsOf } from "./coverage.ts";
import type { Interval } from "./interval.ts";
import type { Scenario } from "./scenario.ts";
import { UNIT_STATES } from "./scenario.ts";
import { NEGLIGIBLE_SHARE } from "./share-levels.ts";
import { isNegligible, isOpen, type Supply, type SupplyGroup, shareOrZero, supplyOf } from "./shares.ts";

/** How much a unit of supply counts against a gap, in [0, 1]. */
export const GRADES = { LOCAL: 1, DOMESTIC: 0.75, OTHER: 0.5, SAMPLE: 0.25, NONE: 0 } as const;

const ADMISSIBLE = UNIT_STATES.indexOf("ADMISSIBLE");
const NOT_READY = UNIT_STATES.indexOf("NOT_READY");
const SAMPLE = READINESS.indexOf("SAMPLE");
const QUALIFIED = READINESS.indexOf("QUALIFIED");
const NOTHING: Interval = { low: GRADES.NONE, high: GRADES.NONE };
const UNKNOWN: Interval = { low: 0, high: 1 };

/**
 * The grade of a supply unit (ANALYSES.md 8): 1 local, .75 domestic, .5 other admissible, .25 a sample, 0 restricted or
 * unusable. An interval where the unit's place is not known.
 */
export function gradeOf(scenario: Scenario, unit: number): Interval {
  const { network, policy, units } = scenario;
  const offer = units.unitOffer[unit]!;
  const readiness = offer < 0 ? -1 : network.offerReadiness[offer]!;
  const state = units.unitState[unit];
  if (state === NOT_READY)
    return readiness === SAMPLE && !isNegligible(network, offer) ? exactly(GRADES.SAMPLE) : NOTHING;
  if (state !== ADMISSIBLE) return NOTHING;
  if (readiness !== -1 && readiness < QUALIFIED) return exactly(GRADES.SAMPLE);
  const firm = units.unitFirm[unit]!;
  const region = firm < 0 ? null : (network.firmRegion[firm] ?? null);
  if (region !== null && policy.localRegions.includes(region)) return exactly(GRADES.LOCAL);
  const jurisdiction = units.unitJurisdiction[unit]!;
  if (jurisdiction >= 0)
    return exactly(network.jurisdictions[jurisdiction] === policy.home ? GRADES.DOMESTIC : GRADES.OTHER);
  return { low: GRADES.OTHER, high: region === null ? GRADES.LOCAL : GRADES.DOMESTIC };
}

/**
 * 1 - sum of grade x share over an item's units (ANALYSES.md 8), over every allocation of unknown shares: to the groups of
 * unknown share, or, where none is listed, to unlisted suppliers of any grade; within a row to its firms of unknown share
 * or to unnamed ones. A step made in house falls short of nothing; a class as little as its best variant (ANY) or as much
 * as its worst (ALL); [0, 1] where no offer is recorded. In [0, 1]. O(offers).
 */
export function shortfallOf(scenario: Scenario, item: number): Interval {
  if (isProcess(scenario, item)) return NOTHING;
  const variants = variantsOf(scenario, item);
  if (variants.length === 0) return ownShortfall(scenario, item);
  const parts = variants.map((at) => shortfallOf(scenario, scenario.network.variantItem[at]!));
  const all = scenario.network.itemVariantAll[item] === 1;
  if (!all && hasUnit(scenario, item)) parts.push(ownShortfall(scenario, item));
  const pick = all ? Math.max : Math.min;
  return { low: pick(...parts.map((part) => part.low)), high: pick(...parts.map((part) => part.high)) };
}

function ownShortfall(scenario: Scenario, item: number): Interval {
  const { units } = scenario;
  const grades = new Map<number, Interval>();
  const extras: Interval[] = [];
  for (let unit = units.itemUnits[item]!; unit < units.itemUnits[item + 1]!; unit += 1) {
    const offer = units.unitOffer[unit]!;
    if (offer >= 0) grades.set(offer, gradeOf(scenario, unit));
    else extras.push(gradeOf(scenario, unit));
  }
  const supply = supplyOf(scenario, item);
  if (supply === null && extras.length === 0) return UNKNOWN;
  const recorded = supply === null ? null : counted(scenario, supply, grades);
  // A supposed offer may take any part of the market; all of it where nobody else is recorded.
  const low = recorded?.low ?? Math.min(...extras.map((grade) => grade.low));
  const high = Math.max(recorded?.high ?? 0, ...extras.map((grade) => grade.high));
  return { low: Math.max(0, 1 - high), high: Math.max(0, 1 - low) };
}

/** Sum of grade x share / T over a recorded supply. */
function counted(scenario: Scenario, supply: Supply, grades: ReadonlyMap<number, Interval>): Interval {
  let low = 0;
  let high = 0;
  let worst = Number.POSITIVE_INFINITY;
  let best = supply.open ? 0 : 1;
  let negligible = 0;
  const little: number[] = [];
  for (const group of supply.groups) {
    const fixed = fixedPart(scenario, group, grades);
    low += fixed.low;
    high += fixed.high;
    if (group.negligible) {
      negligible += 1;
      little.push(restGrade(scenario, group, grades).high);
    }
    if (!isOpen(group)) continue;
    negligible += negligibleIn(scenario, group);
    const free = restGrade(scenario, group, grades);
    worst = Math.min(worst, free.low);
    best = Math.max(best, free.high);
  }
  const { unknown, total } = supply;
  if (supply.open) low += worst * Math.max(0, unknown - NEGLIGIBLE_SHARE * negligible);
  high += mostOf(unknown, best, little);
  return { low: low / total, high: high / total };
}

/** The most that an unknown share can count: `best` all of it, but for the little that groups of these grades may have. */
function mostOf(unknown: number, best: number, little: readonly number[]): number {
  let left = unknown;
  let sum = 0;
  for (const grade of little.filter((one) => one > best).sort((one, other) => other - one)) {
    const part = Math.min(NEGLIGIBLE_SHARE, left);
    sum += grade * part;
    left -= part;
  }
  return sum + best * left;
}

/** Grade x share of what a group surely has. */
function fixedPart(scenario: Scenario, group: SupplyGroup, grades: ReadonlyMap<number, Interval>): Interval {
  const { network } = scenario;
  if (group.firm >= 0) return times(grades.get(group.offer), group.base);
  const named = group.named.reduce((sum, offer) => sum + shareOrZero(network.offerShare[offer]), 0);
  const scale = named > group.base ? group.base / named : 1;
  const parts = group.named.map((offer) => times(grades.get(offer), shareOrZero(network.offerShare[offer]) * scale));
  const rest = group.base - named * scale;
  const grade = restGradeOf(network.offerShare, group, grades);
  const counts = Math.max(0, rest - NEGLIGIBLE_SHARE * negligibleIn(scenario, group));
  parts.push({ low: grade.low * counts, high: grade.high * rest });
  return {
    low: parts.reduce((sum, part) => sum + part.low, 0),
    high: parts.reduce((sum, part) => sum + part.high, 0),
  };
}

/** How many firms of a row are NEGLIGIBLE without a share: each may take a little that does not count. */
function negligibleIn({ network }: Scenario, row: SupplyGroup): number {
  return row.named.filter((offer) => isNegligible(network, offer) && Number.isNaN(network.offerShare[offer]!)).length;
}

function restGrade({ network }: Scenario, group: SupplyGroup, grades: ReadonlyMap<number, Interval>): Interval {
  return group.firm >= 0 ? (grades.get(group.offer) ?? NOTHING) : restGradeOf(network.offerShare, group, grades);
}

/** The grade of what a row holds beyond its firms of known share: unnamed firms count only where the row is a unit. */
function restGradeOf(shares: Float64Array, row: SupplyGroup, grades: ReadonlyMap<number, Interval>): Interval {
  const others = grades.get(row.offer) ?? NOTHING;
  const unknown = row.named.filter((offer) => Number.isNaN(shares[offer]!));
  const named = unknown.map((offer) => (grades.get(offer) ?? NOTHING).high);
  return { low: others.low, high: Math.max(others.high, ...named) };
}

function hasUnit({ units }: Scenario, item: number): boolean {
  return units.itemUnits[item + 1]! > units.itemUnits[item]!;
}

function times(grade: Interval | undefined, share: number): Interval {
  return grade === undefined ? NOTHING : { low: grade.low * share, high: grade.high * share };
}

function exactly(grade: number): Interval {
  return { low: grade, high: grade };
}
