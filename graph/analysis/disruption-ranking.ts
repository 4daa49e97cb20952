import { closure } from "./closure.ts";
import { Collapser } from "./collapse.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { createDrawing } from "./draw.ts";
import { drawPath, drawTargets } from "./draw-paths.ts";
import { type Candidate, candidatesOf, type FailureKind } from "./failure-candidates.ts";
import { Failures, type Fallen, joined } from "./fallen.ts";
import { ownLossOf } from "./fallen-share.ts";
import { meanLoss, solveLosses, worstPath } from "./graded-loss.ts";
import type { Interval } from "./interval.ts";
import { LossMeter } from "./loss-meter.ts";
import { type LossNetwork, lossNetwork } from "./loss-network.ts";
import { NOWHERE } from "./membership.ts";
import { resolveRemoved } from "./removed.ts";
import type { Scenario } from "./scenario.ts";
import { usedOffers } from "./shares.ts";
import { StopMeter, type Stops } from "./stops.ts";
import type { Subgraph } from "./subgraph.ts";
import { type SupplyRegion, supplyRegion } from "./supply-region.ts";

/** What the failure of one thing alone does to a question's targets. */
export interface RankedFailure {
  readonly kind: FailureKind;
  /** Code of a jurisdiction, id of a firm or item. */
  readonly id: string;
  /** Whether it is the target itself: its item, or the firm whose output it is. */
  readonly isTarget: boolean;
  /** Weight of the targets that stop, in [0, 1]. */
  readonly stoppedWeight: number;
  /** Needed items and own outputs that stop. */
  readonly stops: number;
  /** Share of output lost without ramp-up, in [0, 1]. */
  readonly gradedLoss: Interval;
  readonly outputLeft: Interval;
  /** Witness: ids of items from a target that stops down to what fails; where none stops, to where most is lost. */
  readonly path: readonly string[];
}

export interface DisruptionRanking {
  /** By weight of the targets that stop, then the middle of the loss, then id. */
  readonly failures: readonly RankedFailure[];
  /** How many candidates were compared: all that are recorded in what the targets need. */
  readonly totalCount: number;
  readonly coverage: Coverage;
  readonly subgraph: Subgraph;
}

export interface RankingOptions {
  /** What may fail; everything where absent. */
  readonly kinds?: readonly FailureKind[];
  /** How many to return; all where absent. */
  readonly first?: number;
}

const DRAWN = 8;
/** Sums of weights and shares are compared up to this much rounding. */
const DIGITS = 1e9;

interface Measured {
  readonly candidate: Candidate;
  readonly stops: Pick<Stops, "weight"> & { readonly count: number };
  readonly loss: Interval;
}

/**
 * Ranks every single jurisdiction, firm and item in what the targets need by what its failure does (ANALYSES.md 7, 5),
 * each as `disruption` would answer, on one compiled region: a candidate costs what fails and what is lost through it.
 */
export function disruptionRanking(scenario: Scenario, options: RankingOptions = {}): DisruptionRanking {
  const { network, targets, policy } = scenario;
  const needed = closure(scenario);
  const region = supplyRegion(scenario, needed);
  const losses = lossNetwork(scenario);
  const failures = new Failures(scenario);
  const base = failures.ofRemoved(resolveRemoved(network, policy));
  const items = [...new Set([...region.nodeOrigin, ...losses.order].map((node) => losses.nodeItem[node]!))].sort(
    (a, b) => a - b,
  );
  const candidates = candidatesOf(scenario, region, items, failures, options.kinds);
  const stopsOf = stopCounter(scenario, region);
  const lossOf = lossCounter(scenario, losses, base, failures);
  const measured = candidates.map(
    (candidate): Measured => ({ candidate, stops: stopsOf(candidate), loss: lossOf(candidate) }),
  );
  measured.sort(compare);
  const shown = measured.slice(0, options.first ?? measured.length);
  const pathOf = pathFinder(scenario, region, losses, base);
  const paths = shown.map((one) => pathOf(one));
  const targetItems = new Set(targets.map(({ item }) => network.items[item]!));
  const targetFirms = new Set(targets.map(({ firm }) => network.firms[firm]));
  return {
    failures: shown.map(({ candidate: { kind, id }, stops, loss }, position) => ({
      kind,
      id,
      isTarget: kind === "ITEM" ? targetItems.has(id) : kind === "FIRM" && targetFirms.has(id),
      stoppedWeight: stops.weight,
      stops: stops.count,
      gradedLoss: loss,
      outputLeft: { low: 1 - loss.high, high: 1 - loss.low },
      path: paths[position]!.map((item) => network.items[item]!),
    })),
    totalCount: measured.length,
    coverage: coverageOf(scenario, items),
    subgraph: draw(scenario, shown.slice(0, DRAWN), paths),
  };
}

/** What stops for each candidate; those that leave every node a way that stood stop nothing, and alike seeds are one. */
function stopCounter(scenario: Scenario, region: SupplyRegion): (candidate: Candidate) => Measured["stops"] {
  const collapser = new Collapser(region);
  const meter = new StopMeter(scenario, region, collapser);
  collapser.without([]);
  const standing = new Int32Array(region.nodes);
  for (const [way, node] of region.wayNode.entries()) if (collapser.brokenSlot(way) === -1) standing[node]! += 1;
  const stood = region.wayNode.map((_, way) => (collapser.brokenSlot(way) === -1 ? 1 : 0));
  const known = new Map<string, Measured["stops"]>();
  const measure = (taken: readonly number[]): Measured["stops"] => {
    const { failures, weight } = meter.without(taken);
    return { weight, count: failures.length };
  };
  return ({ ways }) => {
    // Within tiers a way that fails later is one that stands: only the full depth allows the shortcuts.
    if (scenario.policy.maxTier !== null) return measure(ways);
    const left = new Map<number, number>();
    for (const way of ways) {
      const node = region.wayNode[way]!;
      if (stood[way] === 1) left.set(node, (left.get(node) ?? standing[node]!) - 1);
    }
    const ended = [...left].filter(([, count]) => count === 0).map(([node]) => node);
    if (ended.length === 0) return { weight: 0, count: 0 };
    if (ended.length < left.size) return measure(ways);
    const key = ended.sort((a, b) => a - b).join();
    const found = known.get(key) ?? measure(ways);
    known.set(key, found);
    return found;
  };
}

/** The graded loss for each candidate, over what the policy's own removals cost already. */
function lossCounter(
  scenario: Scenario,
  losses: LossNetwork,
  base: Fallen,
  failures: Failures,
): (candidate: Candidate) => Interval {
  const { targets } = scenario;
  const nodesOf = new Map<number, number[]>();
  for (const node of losses.order) {
    const item = losses.nodeItem[node]!;
    const nodes = nodesOf.get(item);
    if (nodes === undefined) nodesOf.set(item, [node]);
    else nodes.push(node);
  }
  const meters = (fallen: Fallen) => {
    const own = ownLossOf(scenario, losses, fallen);
    return new LossMeter(losses, (node) => own(node).high);
  };
  const own = ownLossOf(scenario, losses, base);
  const low = new LossMeter(losses, (node) => own(node).low);
  const high = meters(base);
  // What any jurisdiction may hold of the unknown is the same for all of them.
  const highAnywhere = meters(joined(base, failures.ofJurisdictions([NOWHERE])));
  const targetNodes = targets.map(({ node }) => node);
  return ({ fallen, items }) => {
    const ownOf = ownLossOf(scenario, losses, joined(base, fallen));
    const raised = items.flatMap((item) => nodesOf.get(item) ?? []).map((node) => ({ node, own: ownOf(node) }));
    const lows = low.measure(
      raised.map((one) => ({ node: one.node, value: one.own.low })),
      targetNodes,
    );
    const highs = (fallen.anywhere ? highAnywhere : high).measure(
      raised.map((one) => ({ node: one.node, value: one.own.high })),
      targetNodes,
    );
    const lost = targets.map(({ weight }, position) => ({ weight, low: lows[position]!, high: highs[position]! }));
    return meanLoss(lost, (target) => target);
  };
}

function pathFinder(
  scenario: Scenario,
  region: SupplyRegion,
  losses: LossNetwork,
  base: Fallen,
): (measured: Measured) => readonly number[] {
  const meter = new StopMeter(scenario, region, new Collapser(region));
  return ({ candidate, stops, loss }) => {
    if (stops.weight > 0) return meter.path(meter.without(candidate.ways));
    if (loss.high === 0) return [];
    const solved = solveLosses(losses, ownLossOf(scenario, losses, joined(base, candidate.fallen)));
    const { nodes } = worstPath(scenario, losses, solved);
    return nodes.filter((node) => losses.kind[node] !== "OWN_ROW").map((node) => losses.nodeItem[node]!);
  };
}

function compare(a: Measured, b: Measured): number {
  return (
    rounded(b.stops.weight) - rounded(a.stops.weight) ||
    rounded(b.loss.low + b.loss.high) - rounded(a.loss.low + a.loss.high) ||
    (a.candidate.id < b.candidate.id ? -1 : a.candidate.id > b.candidate.id ? 1 : 0)
  );
}

function rounded(value: number): number {
  return Math.round(value * DIGITS);
}

function draw(scenario: Scenario, shown: readonly Measured[], paths: readonly (readonly number[])[]): Subgraph {
  const drawing = createDrawing(scenario);
  drawTargets(drawing, scenario);
  for (const [position, { candidate, stops }] of shown.entries()) {
    const path = paths[position]!;
    const last = path.at(-1);
    if (last === undefined) continue;
    if (!drawPath(drawing, scenario, path)) break;
    for (const [step, item] of path.entries()) drawing.item(item, step, stops.weight > 0 ? "STOPPED" : "REDUCED");
    if (candidate.fallen.item(last)) drawing.item(last, path.length - 1, "REMOVED");
    for (const offer of usedOffers(scenario, last)) if (candidate.fallen.offer(offer)) drawing.offer(offer, "REMOVED");
  }
  return drawing.finish();
}
