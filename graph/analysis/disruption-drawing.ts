import { createDrawing } from "./draw.ts";
import { drawPath, drawTargets } from "./draw-paths.ts";
import type { Fallen } from "./fallen.ts";
import { lossPath } from "./graded-loss.ts";
import type { LossNetwork } from "./loss-network.ts";
import type { Scenario } from "./scenario.ts";
import { usedOffers } from "./shares.ts";
import type { Subgraph } from "./subgraph.ts";

/** What of a disruption is drawn, as items but for `losing`. */
export interface DisruptionLines {
  /** For each item that stops, in order: items from a target down to it. */
  readonly stops: readonly (readonly number[])[];
  readonly stopPath: readonly number[];
  readonly lossPath: readonly number[];
  /** Offers of the last item of `lossPath` that fall. */
  readonly lossOffers: readonly number[];
  /** Nodes of the loss network that lose something, the most first. */
  readonly losing: readonly number[];
}

const SHOWN_STOPS = 30;
const SHOWN_LOSSES = 8;

/** Draws the targets, both witnesses, then what stops and what loses most, with the offers that fall. */
export function drawDisruption(
  scenario: Scenario,
  losses: LossNetwork,
  fallen: Fallen,
  { stops, stopPath, lossPath: lossItems, lossOffers, losing }: DisruptionLines,
): Subgraph {
  const drawing = createDrawing(scenario);
  drawTargets(drawing, scenario);
  const drawFallen = (item: number): void => {
    if (fallen.item(item) && drawing.has(item)) drawing.item(item, null, "REMOVED");
    for (const offer of usedOffers(scenario, item)) if (fallen.offer(offer)) drawing.offer(offer, "REMOVED");
  };
  drawPath(drawing, scenario, stopPath, "WITNESS");
  if (stopPath.length > 0) drawFallen(stopPath.at(-1)!);
  drawPath(drawing, scenario, lossItems, "WITNESS");
  for (const offer of lossOffers) drawing.offer(offer, "REMOVED", "WITNESS");
  for (const path of stops.slice(0, SHOWN_STOPS)) {
    if (!drawPath(drawing, scenario, path)) break;
    drawing.item(path.at(-1)!, path.length - 1, "STOPPED");
    drawFallen(path.at(-1)!);
  }
  const stopping = new Set(stops.map((path) => path.at(-1)));
  for (const node of losing.filter((one) => !stopping.has(losses.nodeItem[one])).slice(0, SHOWN_LOSSES)) {
    const path = lossPath(scenario, losses, node);
    if (!drawPath(drawing, scenario, path)) break;
    drawing.item(path.at(-1)!, path.length - 1, "REDUCED");
    drawFallen(path.at(-1)!);
  }
  return drawing.finish();
}
