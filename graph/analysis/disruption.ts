import { compareText } from "../projection/build.ts";
import { offerId } from "../projection/edge-ids.ts";
import { type Closure, closure, pathTo } from "./closure.ts";
import { Collapser } from "./collapse.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { drawDisruption } from "./disruption-drawing.ts";
import { Failures, type Fallen, isTaken } from "./fallen.ts";
import { ownLossOf } from "./fallen-share.ts";
import { type LossBounds, leadingLosses, lossAt, meanLoss, solveLosses, worstPath } from "./graded-loss.ts";
import type { Interval } from "./interval.ts";
import { type LossNetwork, lossNetwork } from "./loss-network.ts";
import { type LostWay, lostWaysOf } from "./lost-ways.ts";
import { resolveRemoved } from "./removed.ts";
import type { Scenario, ScenarioTarget } from "./scenario.ts";
import { usedOffers } from "./shares.ts";
import { StopMeter, type Stops } from "./stops.ts";
import type { Subgraph } from "./subgraph.ts";
import { type SupplyRegion, supplyRegion } from "./supply-region.ts";

/** What stops and what is lost when something fails. Weights, shares and losses are in [0, 1]. */
export interface Disruption {
  /** What fails: as asked, with what the policy removes already; ascending. */
  readonly removed: readonly string[];
  /** Weight of the targets that stop: available before, by what is recorded, and not after. */
  readonly stoppedWeight: number;
  /** Share of output lost without ramp-up, stopped or not. Mean over the targets by weight. */
  readonly gradedLoss: Interval;
  /** 1 - graded loss. */
  readonly outputLeft: Interval;
  readonly targets: readonly DisruptedTarget[];
  /** Needed items and own outputs that stop, in the order in which they do. */
  readonly stops: readonly Stop[];
  /** Needed items that lose or may lose something, by the middle of the loss, then id. */
  readonly losses: readonly ItemLoss[];
  /** Ids of items from a target that stops down to the first that did; empty where none stops. */
  readonly stopPath: readonly string[];
  readonly lossWitness: LossWitness;
  readonly coverage: Coverage;
  readonly subgraph: Subgraph;
}

export interface DisruptedTarget {
  readonly item: string;
  /** The firm whose own output it is, null for an item that may be anyone's. */
  readonly firm: string | null;
  readonly weight: number;
  readonly availableBefore: boolean;
  readonly available: boolean;
  /** Purchase tier at which it stops; null where it does not, or did not run before. */
  readonly tier: number | null;
  readonly gradedLoss: Interval;
  readonly outputLeft: Interval;
}

export interface Stop {
  readonly item: string;
  /** The firm whose own output stops, null for the item as such. */
  readonly firm: string | null;
  /** Purchase tier at which it stops: 1 = it has no way left, or before any purchase. */
  readonly tier: number;
  /** Steps within the tier, 0 first. */
  readonly step: number;
  /** Steps from the nearest target. */
  readonly depth: number;
  /** Witness: every way it had, and what ended it. */
  readonly ways: readonly LostWay[];
}

export interface ItemLoss {
  readonly item: string;
  readonly depth: number;
  /** Share of its own supply that falls; 0 where it is not bought. */
  readonly directShare: Interval;
  readonly gradedLoss: Interval;
  /** The input through which it is lost; null where by its own supply. */
  readonly via: string | null;
  /** Whether it stops. */
  readonly stops: boolean;
}

/** The way of the worst certain loss, or, where none is certain, of the worst possible one. */
export interface LossWitness {
  /** Item ids from a target down to the item whose own supply falls; empty where nothing is lost. */
  readonly items: readonly string[];
  /** Ids of the offers of the last item that fall, or may. */
  readonly offers: readonly string[];
  readonly certain: boolean;
}

/**
 * Removes offers, firms, jurisdictions (or their codes) and items from a scenario (ANALYSES.md 3, 6, 7): what becomes
 * unavailable, tier by tier, with every way and the slot that ended it, and the graded loss of output, which a target has
 * that stays available, too. The scenario's policy says what today is: with nothing restricted, the status quo. The two
 * measures are apart: what stops is so by the recorded offers; what is lost also counts those of whom nobody knows.
 * Throws a `GraphError` BAD_INPUT that names an unknown id. O(N log n).
 */
export function disruption(scenario: Scenario, removed: readonly string[]): Disruption {
  const { network, policy, targets } = scenario;
  const ids = [...new Set([...policy.removed, ...removed])].sort(compareText);
  const failures = new Failures(scenario);
  const fallenOf = (removal: readonly string[]): Fallen =>
    failures.ofRemoved(resolveRemoved(network, { ...policy, removed: removal }));
  const fallen = fallenOf(ids);
  const needed = closure(scenario);
  const region = supplyRegion(scenario, needed);
  const collapser = new Collapser(region);
  const meter = new StopMeter(scenario, region, collapser);
  const taken = [...region.wayOrigin.keys()].filter((way) => isTaken(scenario, fallen, region.wayOrigin[way]!));
  const stopped = meter.without(taken);
  const losses = lossNetwork(scenario);
  const own = ownLossOf(scenario, losses, fallen);
  const solved = solveLosses(losses, own);
  const perTarget = targets.map((target) => disruptedTarget(scenario, region, meter, stopped, solved, target));
  const gradedLoss = meanLoss(perTarget, (target) => target.gradedLoss);
  const causes = ids.map((id) => ({ id, fallen: fallenOf([id]) }));
  const stopsItems = new Set(stopped.failures.map(({ node }) => itemOf(scenario, region, node)));
  const lossNodes = losing(scenario, losses, solved);
  const witness = lossWitness(scenario, losses, solved, fallen);
  const stopPath = meter.path(stopped);
  const itemId = (item: number): string => network.items[item]!;
  return {
    removed: ids,
    stoppedWeight: stopped.weight,
    gradedLoss,
    outputLeft: { low: 1 - gradedLoss.high, high: 1 - gradedLoss.low },
    targets: perTarget,
    stops: stopped.failures.map((failure) => ({
      item: itemId(itemOf(scenario, region, failure.node)),
      firm: firmOf(scenario, region.nodeOrigin[failure.node]!),
      tier: failure.tier,
      step: failure.step,
      depth: needed.depth[region.nodeOrigin[failure.node]!]!,
      ways: lostWaysOf(scenario, region, collapser, failure.node, causes),
    })),
    losses: lossNodes.map((node) => itemLoss(scenario, losses, solved, own, node, stopsItems)),
    stopPath: stopPath.map(itemId),
    lossWitness: {
      items: witness.items.map(itemId),
      offers: witness.offers.map((offer) => offerId(network, offer)),
      certain: witness.certain,
    },
    coverage: coverageOf(
      scenario,
      [...region.nodeOrigin, ...losses.order].map((node) => losses.nodeItem[node]!),
    ),
    subgraph: drawDisruption(scenario, losses, fallen, {
      stops: stopped.failures.map(({ node }) => stopLine(scenario, region, needed, node)),
      stopPath,
      lossPath: witness.items,
      lossOffers: witness.offers,
      losing: lossNodes,
    }),
  };
}

function disruptedTarget(
  { network }: Scenario,
  region: SupplyRegion,
  meter: StopMeter,
  stopped: Stops,
  solved: LossBounds,
  target: ScenarioTarget,
): DisruptedTarget {
  const failure = stopped.failures.find(({ node }) => region.nodeOrigin[node] === target.node);
  const availableBefore = meter.runsBefore(target);
  const gradedLoss = lossAt(solved, target.node);
  return {
    item: network.items[target.item]!,
    firm: target.firm < 0 ? null : network.firms[target.firm]!,
    weight: target.weight,
    availableBefore,
    available: availableBefore && failure === undefined,
    tier: failure?.tier ?? null,
    gradedLoss,
    outputLeft: { low: 1 - gradedLoss.high, high: 1 - gradedLoss.low },
  };
}

/** Upstream nodes that lose or may lose something, the most first. */
function losing({ targets }: Scenario, losses: LossNetwork, { low, high }: LossBounds): readonly number[] {
  const targetNodes = new Set(targets.map((target) => target.node));
  return losses.order
    .filter((node) => !targetNodes.has(node) && losses.kind[node] !== "OWN_ROW" && high.value[node]! > 0)
    .map((node) => ({ node, middle: (low.value[node]! + high.value[node]!) / 2 }))
    .sort((a, b) => b.middle - a.middle || a.node - b.node)
    .map(({ node }) => node);
}

function itemLoss(
  { network }: Scenario,
  losses: LossNetwork,
  solved: LossBounds,
  own: (node: number) => Interval,
  node: number,
  stops: ReadonlySet<number>,
): ItemLoss {
  const item = losses.nodeItem[node]!;
  const through = leadingLosses(solved, node).via[node]!;
  return {
    item: network.items[item]!,
    depth: losses.depth[node]!,
    directShare: own(node),
    gradedLoss: lossAt(solved, node),
    via: through < 0 || losses.kind[through] === "OWN_ROW" ? null : network.items[losses.nodeItem[through]!]!,
    stops: stops.has(item),
  };
}

function lossWitness(
  scenario: Scenario,
  losses: LossNetwork,
  solved: LossBounds,
  fallen: Fallen,
): { readonly items: readonly number[]; readonly offers: readonly number[]; readonly certain: boolean } {
  const { nodes, certain } = worstPath(scenario, losses, solved);
  const last = nodes.at(-1);
  const sold = last !== undefined && ["BOUGHT", "OWN_ROW", "MADE"].includes(losses.kind[last] ?? "");
  const falls = certain ? fallen.surely : fallen.maybe;
  const own = sold ? usedOffers(scenario, losses.nodeItem[last]!) : [];
  return {
    items: nodes.filter((node) => losses.kind[node] !== "OWN_ROW").map((node) => losses.nodeItem[node]!),
    offers: own.filter((offer) => fallen.item(losses.nodeItem[last!]!) || falls(offer)),
    certain,
  };
}

/** Items from a target down to a node of the region. */
function stopLine(scenario: Scenario, region: SupplyRegion, needed: Closure, node: number): readonly number[] {
  return pathTo(scenario, needed, region.nodeOrigin[node]!).map((origin) => scenario.ways.nodeItem[origin]!);
}

function itemOf({ ways }: Scenario, region: SupplyRegion, node: number): number {
  return ways.nodeItem[region.nodeOrigin[node]!]!;
}

function firmOf({ network, targets }: Scenario, origin: number): string | null {
  const target = targets.find(({ node }) => node === origin);
  return target === undefined || target.firm < 0 ? null : network.firms[target.firm]!;
}
