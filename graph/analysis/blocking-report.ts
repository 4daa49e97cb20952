import { type BlockingGround, type BlockingSets, blockingSets, LARGEST_BLOCKING_SET } from "./blocking-sets.ts";
import { closure } from "./closure.ts";
import { Collapser } from "./collapse.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { createDrawing } from "./draw.ts";
import { drawPath, drawTargets } from "./draw-paths.ts";
import { Failures, isTaken } from "./fallen.ts";
import { resolveRemoved } from "./removed.ts";
import type { Scenario } from "./scenario.ts";
import { usedOffers } from "./shares.ts";
import { StopMeter } from "./stops.ts";
import type { Subgraph } from "./subgraph.ts";
import { supplyRegion } from "./supply-region.ts";

/** The minimal sets whose failure leaves a target without a plan, each with its witness. */
export interface BlockingReport {
  readonly ground: BlockingGround;
  /** Smallest first; one of no members where a target is blocked as it is. */
  readonly sets: readonly BlockingSet[];
  /** Whether these are all minimal sets of at most `maxSize` members. */
  readonly complete: boolean;
  /** SIZE: larger ones than `maxSize` were not looked for; CALLS: the search ended at its limit of work; null = these are all. */
  readonly stoppedBy: BlockingSets["stoppedBy"];
  readonly coverage: Coverage;
  readonly subgraph: Subgraph;
}

export interface BlockingSet {
  /** Codes, or ids of firms or items, ascending. */
  readonly members: readonly string[];
  /** Weight of the targets that stop, in [0, 1]. */
  readonly stoppedWeight: number;
  /** Witness: ids of items from a target that stops down to one whose own sources are gone. */
  readonly path: readonly string[];
}

export interface BlockingOptions {
  readonly ground: BlockingGround;
  /** Members of the largest set looked for, 1 to `LARGEST_BLOCKING_SET`. */
  readonly maxSize?: number;
}

const DRAWN = 6;

/** Finds the blocking sets (ANALYSES.md 11) and follows for each what stops through it. */
export function blockingReport(scenario: Scenario, { ground, maxSize }: BlockingOptions): BlockingReport {
  const { network, policy, ways } = scenario;
  const found = blockingSets(scenario, ground, { maxSize: maxSize ?? LARGEST_BLOCKING_SET });
  const needed = closure(scenario);
  const region = supplyRegion(scenario, needed);
  const meter = new StopMeter(scenario, region, new Collapser(region), true);
  const failures = new Failures(scenario);
  const followed = found.sets.map((members) => {
    const fallen = failures.ofRemoved(resolveRemoved(network, { ...policy, removed: members }));
    const taken = [...region.wayOrigin.keys()].filter((way) => isTaken(scenario, fallen, region.wayOrigin[way]!));
    const stops = meter.without(taken);
    return { members, fallen, stoppedWeight: stops.weight, path: meter.path(stops) };
  });
  const drawing = createDrawing(scenario);
  drawTargets(drawing, scenario);
  for (const { fallen, path } of followed.slice(0, DRAWN)) {
    if (!drawPath(drawing, scenario, path, "STOPPED")) break;
    const last = path.at(-1)!;
    drawing.item(last, path.length - 1, "BLOCKER");
    for (const offer of usedOffers(scenario, last))
      if (fallen.offer(offer) || fallen.item(last)) drawing.offer(offer, "REMOVED");
  }
  return {
    ground,
    sets: followed.map(({ members, stoppedWeight, path }) => ({
      members,
      stoppedWeight,
      path: path.map((item) => network.items[item]!),
    })),
    complete: found.stoppedBy !== "CALLS",
    stoppedBy: found.stoppedBy,
    coverage: coverageOf(
      scenario,
      Array.from(region.nodeOrigin, (node) => ways.nodeItem[node]!),
    ),
    subgraph: drawing.finish(),
  };
}
