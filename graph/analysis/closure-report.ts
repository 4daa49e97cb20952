import { activeUnder } from "./active.ts";
import { closure, type NeedRole } from "./closure.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { createDrawing } from "./draw.ts";
import { drawPath, drawTargets } from "./draw-paths.ts";
import { attribution } from "./membership.ts";
import { holdingsUnder } from "./ownership.ts";
import type { Scenario, Units } from "./scenario.ts";
import { usedOffers } from "./shares.ts";
import { consumerOf, pathTo, type Reach, reachOf, type Structure, structureOf } from "./structure.ts";
import type { Subgraph } from "./subgraph.ts";

/** What some targets need. */
export interface ClosureReport {
  /** The targets' own items first, then by steps, then id. */
  readonly items: readonly NeededItem[];
  /** How many items there are before `first`. */
  readonly totalCount: number;
  /** Null where it was not asked for. */
  readonly coverage: Coverage | null;
  /** Null where it was not asked for. */
  readonly subgraph: Subgraph | null;
}

export interface NeededItem {
  readonly item: string;
  /** Steps from the nearest target; 0 = a target's own item. */
  readonly depth: number;
  /** First purchase tier at which it is needed: 1 = by a target itself; 0 = a target's own item; null where not asked for. */
  readonly tier: number | null;
  /**
   * AND: a slot of every way of something needed has it alone; OR: always one of several; null for a target's own item, and
   * where it was not asked for.
   */
  readonly role: NeedRole | null;
  /** Witness: what it is first needed for; null for a target's own item. */
  readonly neededFor: string | null;
  /** Codes of the jurisdictions that its recorded offers count for, each once, ascending; unknown ones left out. */
  readonly jurisdictions: readonly string[];
  readonly offers: number;
}

export interface ClosureOptions {
  /** How many items to return; all where absent. */
  readonly first?: number;
  /** Whether `tier` and `role` of the items are asked for; true where absent. */
  readonly withRoles?: boolean;
  /** Whether the coverage is asked for; true where absent. */
  readonly withCoverage?: boolean;
  /** Whether a drawing is asked for as well. */
  readonly withSubgraph?: boolean;
}

/**
 * Closure: everything that some way to make the targets uses, and what the general recipe of an item without any way asks
 * for, whoever may supply it. O(N).
 */
export function closureReport(scenario: Scenario, options: ClosureOptions = {}): ClosureReport {
  const { network, targets } = scenario;
  const structure = structureOf(scenario);
  const reach = reachOf(structure, targets);
  const nodes = nearestNodes(structure, reach);
  const shown = nodes.slice(0, options.first ?? nodes.length);
  const needed = options.withRoles === false ? null : closure({ targets, ways: asWays(scenario, structure) });
  const suppliedOf = suppliedIn(scenario);
  const items = shown.map((node): NeededItem => {
    const item = structure.nodeItem[node]!;
    const isTarget = reach.depth[node] === 0;
    const { jurisdictions, offers } = suppliedOf(item);
    return {
      item: network.items[item]!,
      depth: reach.depth[node]!,
      tier: needed === null ? null : needed.tier[node]!,
      role: needed === null || isTarget ? null : needed.isAnd[node] === 1 ? "AND" : "OR",
      neededFor: isTarget ? null : network.items[structure.nodeItem[consumerOf(structure, reach, node)]!]!,
      jurisdictions,
      offers,
    };
  });
  return {
    items,
    totalCount: nodes.length,
    coverage: options.withCoverage === false ? null : coverageOf(scenario, itemsOf(nodes, structure)),
    subgraph: options.withSubgraph === true ? draw(scenario, structure, reach, shown) : null,
  };
}

/** For each item needed the nearest of its nodes (a firm's own product is one of its own), nearest first, then by id. */
function nearestNodes({ nodeItem }: Structure, { order, depth }: Reach): readonly number[] {
  const seen = new Set<number>();
  const nearest = order.filter((node) => {
    const isFirst = !seen.has(nodeItem[node]!);
    seen.add(nodeItem[node]!);
    return isFirst;
  });
  return nearest.sort((a, b) => depth[a]! - depth[b]! || nodeItem[a]! - nodeItem[b]!);
}

function itemsOf(nodes: readonly number[], { nodeItem }: Structure): readonly number[] {
  return nodes.map((node) => nodeItem[node]!);
}

/** The structure's options as ways; the supposed source of an item without any way is bought. */
function asWays({ ways }: Scenario, structure: Structure) {
  const wayBought = new Uint8Array(structure.optionNode.length);
  for (let node = 0; node < structure.nodes; node += 1) {
    const [way, end] = [ways.nodeWays[node]!, ways.nodeWays[node + 1]!];
    const option = structure.nodeOptions[node]!;
    for (let at = option; at < structure.nodeOptions[node + 1]!; at += 1)
      wayBought[at] = way === end ? 1 : ways.wayBought[way + at - option]!;
  }
  const { nodes, nodeOptions: nodeWays, optionSlots: waySlots, slotAlternatives, alternatives } = structure;
  return { nodes, nodeWays, waySlots, slotAlternatives, alternatives, wayBought };
}

type Supplied = Pick<NeededItem, "jurisdictions" | "offers">;

/** What is known of the items of a part of the network, by its units under a policy. */
const known = new WeakMap<Units, (item: number) => Supplied>();

function suppliedIn({ network, policy, units }: Scenario): (item: number) => Supplied {
  const before = known.get(units);
  if (before !== undefined) return before;
  const place = attribution(holdingsUnder(network, policy, activeUnder(policy)));
  const items = new Map<number, Supplied>();
  const suppliedOf = (item: number): Supplied => {
    let supplied = items.get(item);
    if (supplied === undefined) {
      const offers = usedOffers({ network, policy }, item);
      const found = new Set<number>();
      for (const offer of offers) found.add(place.offer(offer));
      found.delete(-1);
      // Jurisdictions are numbered in the order of their codes.
      const jurisdictions = [...found].sort((a, b) => a - b).map((code) => network.jurisdictions[code]!);
      supplied = { jurisdictions, offers: offers.length };
      items.set(item, supplied);
    }
    return supplied;
  };
  known.set(units, suppliedOf);
  return suppliedOf;
}

/** The targets and as many of the nearest items as a drawing holds, each with a shortest way there. */
function draw(scenario: Scenario, structure: Structure, reach: Reach, nodes: readonly number[]): Subgraph {
  const drawing = createDrawing(scenario);
  drawTargets(drawing, scenario);
  for (const node of nodes) {
    const path = itemsOf(pathTo(structure, reach, node), structure);
    if (!drawPath(drawing, scenario, path)) break;
  }
  return drawing.finish();
}
