import { compareText } from "../projection/build.ts";
import { offerId } from "../projection/edge-ids.ts";
import { type Availability, availability, freeToTier } from "./availability.ts";
import { checkpoint } from "./checkpoint.ts";
import { type Coverage, neededCoverage } from "./coverage.ts";
import { createDrawing } from "./draw.ts";
import { drawPath, drawTargets } from "./draw-paths.ts";
import { type GapType, gapTypesOf, type ItemGapTypes, unitsOf } from "./gap-types.ts";
import type { Interval } from "./interval.ts";
import { necessities } from "./necessities.ts";
import { failingThrough, rootsOf } from "./roots.ts";
import type { Scenario } from "./scenario.ts";
import { gradeOf, shortfallOf } from "./shortfall.ts";
import { pathTo, type Reach, reachOf, type Structure, structureOf } from "./structure.ts";
import type { Mark, Subgraph } from "./subgraph.ts";
import { type NamedUnknown, type VerdictValue, verdictOf } from "./verdict.ts";

/** What is missing, blocked or thin in the supply of the targets. Items by id. */
export interface GapReport {
  /** Of all targets together, at the policy's `maxTier`. */
  readonly verdict: VerdictValue;
  /** What decides a verdict UNKNOWN; else empty. */
  readonly unknowns: readonly NamedUnknown[];
  /** Purchase tiers that every target is free of failures for, whatever `maxTier`; null = all the way upstream. */
  readonly freeToTier: number | null;
  /** By the middle of the score, highest first, then id; those without score (UNSURVEYED) last. */
  readonly gaps: readonly Gap[];
  /** UNRECORDED_SOURCE: items that fail with nothing restricted although a target produces today. By id. */
  readonly unrecorded: readonly Gap[];
  readonly coverage: Coverage;
  readonly subgraph: Subgraph;
}

export interface Gap extends ItemGapTypes {
  readonly item: string;
  /** Weighted share of the targets that have no closed plan without it, in [0, 1]. */
  readonly necessity: number;
  /** In [0, 1]; [0, 1] where nothing is recorded. */
  readonly shortfall: Interval;
  /** 100 x necessity x shortfall; null where nothing is recorded. */
  readonly score: Interval | null;
  /** Purchase tier at which it fails, at full depth; null where it does not. */
  readonly tier: number | null;
  /** Steps from the nearest target. */
  readonly depth: number;
  /** For a DEPENDENT item: the items at the root of its failure. */
  readonly roots: readonly string[];
  /** Witness: items from a target down to it. */
  readonly path: readonly string[];
  readonly offers: { readonly usable: number; readonly admissible: number; readonly restricted: number };
  /** Ids of recorded offers. */
  readonly admissibleOffers: readonly string[];
  /** Ids of usable offers that the policy forbids. */
  readonly restrictedOffers: readonly string[];
  /** Ids of the other recorded offers that are units: too small, not ready, negligible or removed. */
  readonly unusableOffers: readonly string[];
  /** What the shortfall is made of: each recorded unit with its grade and its share. */
  readonly factors: readonly GapFactor[];
}

export interface GapFactor {
  readonly offer: string;
  readonly grade: Interval;
  readonly share: Interval;
}

const OFFERS_DRAWN = 3;
/** What a type of gap is drawn as. */
export const MARK_OF: Partial<Readonly<Record<GapType, Mark>>> = {
  UNSURVEYED: "UNSURVEYED",
  MISSING: "MISSING",
  CHOKEPOINT: "CHOKEPOINT",
  DEPENDENT: "DEPENDENT",
  SINGLE_SOURCE: "SINGLE_SOURCE",
  UNRECORDED_SOURCE: "UNRECORDED",
};

/**
 * Gaps of everything the targets need (ANALYSES.md 8), the targets themselves left out. Needed is what some way uses, and
 * what the general recipe of an item without any way asks for: developing it would need that. O(N) per gap at most.
 */
export function gaps(scenario: Scenario): GapReport {
  const { targets } = scenario;
  const result = availability(scenario);
  const structure = structureOf(scenario);
  const reach = reachOf(structure, targets);
  const describe = describer(scenario, result, structure, reach);
  const isTarget = new Set(targets.map((target) => target.node));
  const isUnrecorded = new Set(scenario.unrecordedSources);
  const found: Gap[] = [];
  const unrecorded: Gap[] = [];
  for (const node of reach.order) {
    checkpoint();
    if (isTarget.has(node)) continue;
    if (isUnrecorded.has(node)) unrecorded.push(describe(node, { types: ["UNRECORDED_SOURCE"], possible: [] }));
    else {
      const types = gapTypesOf(scenario, result, node);
      if (types.types.length > 0) found.push(describe(node, types));
    }
  }
  const ranked = inRank(found);
  unrecorded.sort((a, b) => compareText(a.item, b.item));
  const free = targets.map((target) => freeToTier(result, target.node)).filter((tier) => tier !== null);
  const judged = verdictOf(scenario, result);
  return {
    verdict: judged.value,
    unknowns: judged.unknowns,
    freeToTier: free.length === 0 ? null : Math.min(...free),
    gaps: ranked,
    unrecorded,
    coverage: neededCoverage(scenario, reach),
    subgraph: draw(scenario, result, [...ranked, ...unrecorded]),
  };
}

function describer(
  scenario: Scenario,
  result: Availability,
  structure: Structure,
  reach: Reach,
): (node: number, types: ItemGapTypes) => Gap {
  const { network, units, ways } = scenario;
  const necessityOf = necessities(structure, reach, scenario.targets);
  const itemIds = (nodes: readonly number[]): readonly string[] =>
    nodes.map((node) => network.items[ways.nodeItem[node]!]!);
  const offerIds = (of: readonly number[]): readonly string[] =>
    of.map((unit) => units.unitOffer[unit]!).flatMap((offer) => (offer < 0 ? [] : [offerId(network, offer)]));
  return (node, types) => {
    const { all, usable, admissible, restricted } = unitsOf(scenario, node);
    const necessity = necessityOf[node]!;
    const shortfall = shortfallOf(scenario, node);
    const scored = !types.types.includes("UNSURVEYED") && !types.types.includes("UNRECORDED_SOURCE");
    const tier = result.tier[node]!;
    return {
      item: network.items[node]!,
      ...types,
      necessity,
      shortfall,
      score: scored ? { low: 100 * necessity * shortfall.low, high: 100 * necessity * shortfall.high } : null,
      tier: tier === 0 ? null : tier,
      depth: reach.depth[node]!,
      // Details are read only where they are shown: the roots of all dependent items are as many as their number squared.
      get roots() {
        return types.types.includes("DEPENDENT") ? itemIds(rootsOf(scenario, result, node)) : [];
      },
      get path() {
        return itemIds(pathTo(structure, reach, node));
      },
      offers: { usable: usable.length, admissible: admissible.length, restricted: restricted.length },
      get admissibleOffers() {
        return offerIds(admissible);
      },
      get restrictedOffers() {
        return offerIds(restricted);
      },
      get unusableOffers() {
        return offerIds(all.filter((unit) => !admissible.includes(unit) && !restricted.includes(unit)));
      },
      get factors() {
        return all.flatMap((unit) => {
          const offer = units.unitOffer[unit]!;
          const share = { low: units.unitShareLow[unit]!, high: units.unitShareHigh[unit]! };
          return offer < 0 ? [] : [{ offer: offerId(network, offer), grade: gradeOf(scenario, unit), share }];
        });
      },
    };
  };
}

/** By the middle of the score, highest first, then id; those without a score last. */
function inRank(found: readonly Gap[]): readonly Gap[] {
  const ranks = Float64Array.from(found, ({ score }) => (score === null ? Number.NEGATIVE_INFINITY : rank(score)));
  const order = Int32Array.from(found, (_, position) => position);
  order.sort(
    (a, b) => (ranks[a] === ranks[b] ? 0 : ranks[b]! - ranks[a]!) || compareText(found[a]!.item, found[b]!.item),
  );
  return Array.from(order, (position) => found[position]!);
}

/** The middle of a score, without the noise of rounding. */
function rank(score: Interval): number {
  return Math.round((score.low + score.high) * 1e6);
}

function draw(scenario: Scenario, result: Availability, found: readonly Gap[]): Subgraph {
  const { network } = scenario;
  const { itemIndex, itemOffers } = network;
  const drawing = createDrawing(scenario);
  drawTargets(drawing, scenario);
  const chokepoints = found.filter((gap) => gap.types[0] === "CHOKEPOINT").map((gap) => itemIndex.get(gap.item)!);
  const isDownstream = failingThrough(scenario, result, chokepoints);
  for (const gap of found) {
    const path = gap.path.map((id) => itemIndex.get(id)!);
    if (!drawPath(drawing, scenario, path)) break;
    const item = path.at(-1)!;
    const shown = [...gap.restrictedOffers, ...gap.admissibleOffers].slice(0, OFFERS_DRAWN);
    for (let offer = itemOffers[item]!; offer < itemOffers[item + 1]!; offer += 1)
      if (shown.includes(offerId(network, offer))) drawing.offer(offer);
  }
  for (const gap of found) {
    const item = itemIndex.get(gap.item)!;
    if (!drawing.has(item)) continue;
    const marks = gap.types.flatMap((type) => MARK_OF[type] ?? []);
    drawing.item(item, gap.depth, ...marks);
    if (gap.types.includes("DEPENDENT") && isDownstream[item] === 1)
      drawing.item(item, gap.depth, "RESTRICTED_UPSTREAM");
  }
  return drawing.finish();
}
