import { GraphError } from "../errors.ts";
import { compareText } from "../projection/build.ts";
import { type Concentration, concentration } from "./concentration.ts";
import { type Coverage, coverageOf, isProcess, variantsOf } from "./coverage.ts";
import { createDrawing } from "./draw.ts";
import { drawPath, drawTargets } from "./draw-paths.ts";
import { isConcentrated } from "./gap-types.ts";
import type { Interval } from "./interval.ts";
import type { Scenario } from "./scenario.ts";
import { supplyOf, usedOffers } from "./shares.ts";
import { pathTo, type Reach, reachOf, type Structure, structureOf } from "./structure.ts";
import type { Subgraph } from "./subgraph.ts";
import { type SupplyPart, supplyParts } from "./supply-parts.ts";

/** How concentrated the supply of each of some items is. */
export interface ConcentrationReport {
  /** By the middle of the Herfindahl index by jurisdiction, the highest first, then by firm, then id; without offers last. */
  readonly items: readonly ItemConcentration[];
  /** How many items there are before `first`. */
  readonly totalCount: number;
  readonly coverage: Coverage;
  readonly subgraph: Subgraph;
}

export interface ItemConcentration extends Concentration {
  /** Steps from the nearest target; null where none needs it. */
  readonly depth: number | null;
  /** Above the threshold whatever the unknown shares are, or for some of what they may be. */
  readonly concentrated: boolean;
  readonly possiblyConcentrated: boolean;
  /** Witness: who has it. */
  readonly firms: readonly SupplyPart[];
  readonly jurisdictions: readonly SupplyPart[];
  /** Share of suppliers whom nobody recorded. */
  readonly unlisted: Interval;
}

export interface ConcentrationOptions {
  /** Ids of the items to look at; what the targets need and somebody sells where absent. */
  readonly items?: readonly string[];
  /** How many to return; all where absent. */
  readonly first?: number;
}

const DRAWN = 8;

/**
 * Concentration (ANALYSES.md 5) of named items, or of everything bought in what the targets need (processes made in house,
 * and classes that only their variants are bought for, left out). Throws a `GraphError` BAD_INPUT that names an unknown
 * item. O(N).
 */
export function concentrationReport(scenario: Scenario, options: ConcentrationOptions = {}): ConcentrationReport {
  const { network, targets } = scenario;
  const structure = structureOf(scenario);
  const reach = reachOf(structure, targets);
  const asked = options.items === undefined ? boughtItems(scenario, reach) : namedItems(scenario, options.items);
  const ranked = asked.map((item) => measured(scenario, reach, item)).sort(compare);
  const shown = ranked.slice(0, options.first ?? ranked.length);
  return {
    items: shown,
    totalCount: ranked.length,
    coverage: coverageOf(scenario, asked),
    subgraph: draw(
      scenario,
      structure,
      reach,
      shown.slice(0, DRAWN).map(({ item }) => network.itemIndex.get(item)!),
    ),
  };
}

function namedItems({ network }: Scenario, ids: readonly string[]): readonly number[] {
  const items = new Set<number>();
  for (const id of ids) {
    const item = network.itemIndex.get(id);
    if (item === undefined)
      throw new GraphError("BAD_INPUT", `${JSON.stringify(id)}, of \`items\`, is no item of the graph.`);
    items.add(item);
  }
  return [...items].sort((a, b) => a - b);
}

function boughtItems(scenario: Scenario, { order }: Reach): readonly number[] {
  const isBought = (item: number): boolean =>
    !isProcess(scenario, item) && (variantsOf(scenario, item).length === 0 || usedOffers(scenario, item).length > 0);
  return order.filter((node) => node < scenario.network.items.length && isBought(node)).sort((a, b) => a - b);
}

function measured(scenario: Scenario, { depth }: Reach, item: number): ItemConcentration {
  const supply = supplyOf(scenario, item);
  const found = supply === null ? null : isConcentrated(scenario, supply);
  const parts = supply === null ? null : supplyParts(scenario.network, supply);
  return {
    ...concentration(scenario, item),
    depth: depth[item] === -1 ? null : depth[item]!,
    concentrated: found?.surely ?? false,
    possiblyConcentrated: found?.possibly ?? true,
    firms: parts?.byFirm ?? [],
    jurisdictions: parts?.byJurisdiction ?? [],
    unlisted: parts?.unlisted ?? { low: 0, high: 1 },
  };
}

function compare(a: ItemConcentration, b: ItemConcentration): number {
  const middle = (measures: Concentration["byFirm"]): number =>
    measures === null ? -1 : Math.round(measures.hhi.low + measures.hhi.high);
  return (
    middle(b.byJurisdiction) - middle(a.byJurisdiction) ||
    middle(b.byFirm) - middle(a.byFirm) ||
    compareText(a.item, b.item)
  );
}

function draw(scenario: Scenario, structure: Structure, reach: Reach, items: readonly number[]): Subgraph {
  const drawing = createDrawing(scenario);
  drawTargets(drawing, scenario);
  for (const item of items) {
    const path = pathTo(structure, reach, item).map((node) => structure.nodeItem[node]!);
    if (!(path.length === 0 ? drawing.item(item, 0) : drawPath(drawing, scenario, path))) break;
    for (const offer of usedOffers(scenario, item)) drawing.offer(offer, "TODAY");
  }
  return drawing.finish();
}
