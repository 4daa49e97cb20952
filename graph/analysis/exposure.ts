import { offerId } from "../projection/edge-ids.ts";
import { type Coverage, neededCoverage } from "./coverage.ts";
import { createDrawing } from "./draw.ts";
import { drawPath, drawTargets } from "./draw-paths.ts";
import { type LossBounds, leadingLosses, lossAt, lossPath, meanLoss, solveLosses, worstPath } from "./graded-loss.ts";
import type { Interval } from "./interval.ts";
import { type LossNetwork, lossNetwork } from "./loss-network.ts";
import { needsAlong, type RecordedEdge } from "./path-needs.ts";
import type { Scenario } from "./scenario.ts";
import { type Supply, shareOf, supplyOf } from "./shares.ts";
import type { Subgraph } from "./subgraph.ts";

/** How far a question's output hangs on a set of jurisdictions. Shares and losses are in [0, 1]. */
export interface Exposure {
  /** Codes of the jurisdictions, ascending. */
  readonly jurisdictions: readonly string[];
  /**
   * Their share of the target's own supply; for a target that is made in house or is a firm's own, the loss through the
   * first purchased tier alone. Mean over the targets by weight.
   */
  readonly directShare: Interval;
  /** Share of output lost without ramp-up if they all fell away, through any depth. Mean over the targets by weight. */
  readonly gradedLoss: Interval;
  /** 1 - graded loss. */
  readonly outputLeft: Interval;
  readonly targets: readonly TargetExposure[];
  /** Upstream items that lose or may lose something, by the middle of the loss, then id. */
  readonly items: readonly ItemExposure[];
  readonly witness: ExposureWitness;
  readonly coverage: Coverage;
  readonly subgraph: Subgraph;
}

export interface TargetExposure {
  readonly item: string;
  /** The firm whose own output it is, null for an item that may be anyone's. */
  readonly firm: string | null;
  readonly weight: number;
  readonly directShare: Interval;
  readonly gradedLoss: Interval;
}

export interface ItemExposure {
  readonly item: string;
  /** Steps from the nearest target. */
  readonly depth: number;
  /** Share of the jurisdictions in its own supply; [0, 1] where no offer is recorded, 0 for a step made in house. */
  readonly directShare: Interval;
  readonly gradedLoss: Interval;
  /** The input through which it is lost; null where by its own supply. */
  readonly via: string | null;
  /** Witness: ids of the offers of its own supply that are of the jurisdictions, or may be; in the network's order. */
  readonly offers: readonly string[];
}

/** The way of the worst certain loss, or, where none is certain, of the worst possible one. */
export interface ExposureWitness {
  /** Item ids from a target down to the item whose own supply is lost; empty where nothing is lost. */
  readonly items: readonly string[];
  /** The recorded needs along it. */
  readonly needs: readonly RecordedEdge[];
  /** Ids of the offers of the last item that are, or may be, of the jurisdictions. */
  readonly offers: readonly string[];
  readonly certain: boolean;
}

const NONE: Interval = { low: 0, high: 0 };
const UNKNOWN: Interval = { low: 0, high: 1 };
const SHOWN_ITEMS = 12;

/**
 * Graded loss (ANALYSES.md 6, after Diem et al. 2022): what a target loses without ramp-up when every supply of the
 * jurisdictions (the policy's restricted ones where absent) falls away; the two bounds are two least fixpoints. A leaf
 * without offers counts [0, 1]; a process nothing of its own. O(N log n).
 */
export function exposure(
  scenario: Scenario,
  jurisdictionCodes: readonly string[] = scenario.policy.restricted,
): Exposure {
  const { network, targets } = scenario;
  const codes = [...new Set(jurisdictionCodes)].sort();
  const jurisdictions = new Set(codes.flatMap((code) => network.jurisdictionIndex.get(code) ?? []));
  const losses = lossNetwork(scenario);
  const own = (of: LossNetwork, node: number): Interval =>
    codes.length === 0 ? NONE : ownLoss(scenario, of, node, jurisdictions);
  const solved = solveLosses(losses, (node) => own(losses, node));
  const firstLosses = lossNetwork(scenario, true);
  const firstTier = solveLosses(firstLosses, (node) => own(firstLosses, node));
  const perTarget = targets.map(({ node, item, firm, weight }) => ({
    item: network.items[item]!,
    firm: firm < 0 ? null : network.firms[firm]!,
    weight,
    directShare: lossAt(firstTier, node),
    gradedLoss: lossAt(solved, node),
  }));
  const gradedLoss = meanLoss(perTarget, (target) => target.gradedLoss);
  const targetNodes = new Set(targets.map((target) => target.node));
  const exposed = losses.order
    .filter((node) => !targetNodes.has(node) && losses.kind[node] !== "OWN_ROW" && solved.high.value[node]! > 0)
    .map((node) => ({ node, middle: (solved.low.value[node]! + solved.high.value[node]!) / 2 }))
    .sort((a, b) => b.middle - a.middle || a.node - b.node)
    .map(({ node }) => node);
  const path = worstPath(scenario, losses, solved);
  const offers = witnessOffers(scenario, losses, path.nodes.at(-1), jurisdictions, path.certain);
  const items = path.nodes.filter((node) => losses.kind[node] !== "OWN_ROW").map((node) => losses.nodeItem[node]!);
  const witness = items.map((item) => network.items[item]!);
  return {
    jurisdictions: codes,
    directShare: meanLoss(perTarget, (target) => target.directShare),
    gradedLoss,
    outputLeft: { low: 1 - gradedLoss.high, high: 1 - gradedLoss.low },
    targets: perTarget,
    items: exposed.map((node) => itemExposure(scenario, losses, solved, jurisdictions, node)),
    witness: {
      items: witness,
      needs: needsAlong(scenario, witness),
      offers: offers.map((offer) => offerId(network, offer)),
      certain: path.certain,
    },
    coverage: neededCoverage(scenario),
    subgraph: draw(scenario, losses, solved, exposed, items, offers, jurisdictions),
  };
}

function ownLoss(scenario: Scenario, losses: LossNetwork, node: number, jurisdictions: ReadonlySet<number>): Interval {
  switch (losses.kind[node]) {
    case "BOUGHT":
    case "OWN_ROW": {
      const supply = supplyOf(scenario, losses.nodeItem[node]!);
      return supply === null ? UNKNOWN : shareOf(supply, jurisdictions);
    }
    case "LEAF":
      return UNKNOWN;
    default:
      return NONE;
  }
}

function itemExposure(
  scenario: Scenario,
  losses: LossNetwork,
  solved: LossBounds,
  jurisdictions: ReadonlySet<number>,
  node: number,
): ItemExposure {
  const { network } = scenario;
  const kind = losses.kind[node];
  const supply = supplyOf(scenario, losses.nodeItem[node]!);
  const bought = kind === "BOUGHT" || kind === "LEAF" || kind === "UNSURVEYED" || (kind === "CLASS" && supply !== null);
  const through = leadingLosses(solved, node).via[node]!;
  return {
    item: network.items[losses.nodeItem[node]!]!,
    depth: losses.depth[node]!,
    directShare: !bought ? NONE : supply === null ? UNKNOWN : shareOf(supply, jurisdictions),
    gradedLoss: lossAt(solved, node),
    via: through < 0 || losses.kind[through] === "OWN_ROW" ? null : network.items[losses.nodeItem[through]!]!,
    offers: heldOffers(supply, jurisdictions, false).map((offer) => offerId(network, offer)),
  };
}

function witnessOffers(
  scenario: Scenario,
  losses: LossNetwork,
  node: number | undefined,
  jurisdictions: ReadonlySet<number>,
  certain: boolean,
): readonly number[] {
  if (node === undefined || (losses.kind[node] !== "BOUGHT" && losses.kind[node] !== "OWN_ROW")) return [];
  return heldOffers(supplyOf(scenario, losses.nodeItem[node]!), jurisdictions, certain);
}

/** The offers of a supply that are of the jurisdictions, with those that may be where not only what is `certain` counts. */
function heldOffers(supply: Supply | null, jurisdictions: ReadonlySet<number>, certain: boolean): readonly number[] {
  return (supply?.groups ?? [])
    .filter((group) => jurisdictions.has(group.jurisdiction) || (!certain && group.jurisdiction < 0))
    .flatMap((group) => [group.offer, ...group.named])
    .sort((a, b) => a - b);
}

function draw(
  scenario: Scenario,
  losses: LossNetwork,
  solved: LossBounds,
  exposed: readonly number[],
  witness: readonly number[],
  offers: readonly number[],
  jurisdictions: ReadonlySet<number>,
): Subgraph {
  const drawing = createDrawing(scenario);
  drawTargets(drawing, scenario);
  drawPath(drawing, scenario, witness, "WITNESS");
  for (const offer of offers) drawing.offer(offer, "RESTRICTED", "WITNESS");
  for (const node of exposed.slice(0, SHOWN_ITEMS)) {
    const item = losses.nodeItem[node]!;
    const path = lossPath(scenario, losses, node);
    if (!drawPath(drawing, scenario, path)) break;
    const { via } = leadingLosses(solved, node);
    if (via[node]! >= 0) drawing.item(item, path.length - 1, "RESTRICTED_UPSTREAM");
    for (const group of supplyOf(scenario, item)?.groups ?? [])
      if (jurisdictions.has(group.jurisdiction)) drawing.offer(group.offer, "RESTRICTED");
  }
  return drawing.finish();
}
