import { offerId } from "../projection/edge-ids.ts";
import type { GapChange } from "./diff-gaps.ts";
import { createDrawing } from "./draw.ts";
import { drawPath, drawTargets } from "./draw-paths.ts";
import { MARK_OF } from "./gaps.ts";
import type { Scenario } from "./scenario.ts";
import type { Subgraph } from "./subgraph.ts";

const OFFERS_DRAWN = 3;

/** Draws, as things stand afterwards, the way from a target to each item whose gap changed, with the offers that caused it. */
export function drawDiff(scenario: Scenario, changes: readonly GapChange[]): Subgraph {
  const { itemIndex, itemOffers } = scenario.network;
  const drawing = createDrawing(scenario);
  drawTargets(drawing, scenario);
  for (const { item: id, before, after, causes } of changes) {
    const path = (after ?? before)!.path.map((step) => itemIndex.get(step)!);
    if (!drawPath(drawing, scenario, path)) break;
    const item = itemIndex.get(id)!;
    const shown = causes.flatMap((cause) => (cause.kind === "OFFER" && cause.item === id ? [cause.relationship] : []));
    for (let offer = itemOffers[item]!; offer < itemOffers[item + 1]!; offer += 1)
      if (shown.slice(0, OFFERS_DRAWN).includes(offerId(scenario.network, offer))) drawing.offer(offer);
  }
  for (const { item, after } of changes) {
    const index = itemIndex.get(item)!;
    if (after !== null && drawing.has(index))
      drawing.item(index, after.depth, ...after.types.flatMap((type) => MARK_OF[type] ?? []));
  }
  return drawing.finish();
}
