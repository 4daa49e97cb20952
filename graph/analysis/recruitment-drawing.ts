import { createDrawing } from "./draw.ts";
import { drawPath, drawTargets } from "./draw-paths.ts";
import type { Scenario } from "./scenario.ts";
import type { Subgraph } from "./subgraph.ts";

/** One item that someone recruited would supply; positions in the network. */
export interface RecruitedItem {
  /** Null where it is no recorded firm. */
  readonly firm: number | null;
  readonly item: number;
  /** Items from a target down to it. */
  readonly path: readonly number[];
}

const NODE_BUDGET = 300;

/**
 * Draws the way from the targets to each item that is recruited for, with the firm's recorded offer (CHOSEN) or a GHOST, and
 * the sources that the policy forbids. Items that no target needs are left out.
 */
export function drawRecruitment(scenario: Scenario, recruited: readonly RecruitedItem[]): Subgraph {
  const { network } = scenario;
  const drawing = createDrawing(scenario, NODE_BUDGET);
  drawTargets(drawing, scenario);
  for (const { firm, item, path } of recruited) {
    if (path.length === 0 || !drawPath(drawing, scenario, path)) continue;
    let isRecorded = false;
    for (let offer = network.itemOffers[item]!; offer < network.itemOffers[item + 1]!; offer += 1)
      if (firm !== null && network.offerFirm[offer] === firm) isRecorded = drawing.offer(offer, "CHOSEN") || isRecorded;
    if (!isRecorded) drawing.ghost(item, "CHOSEN");
  }
  return drawing.finish();
}
