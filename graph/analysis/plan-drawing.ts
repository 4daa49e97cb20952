import { availability } from "./availability.ts";
import { closure, pathTo } from "./closure.ts";
import { createDrawing } from "./draw.ts";
import { drawPath, drawTargets } from "./draw-paths.ts";
import type { LocatedStep } from "./plan-steps.ts";
import { rootsOf } from "./roots.ts";
import type { Scenario } from "./scenario.ts";
import type { Subgraph } from "./subgraph.ts";

/** A whole plan with its sources is read as a picture up to about here. */
const NODE_BUDGET = 300;

/**
 * Draws a plan beside today's chain: items by depth, what joins them, the sources taken (CHOSEN) and today's (TODAY), a
 * GHOST for each that is still to be developed, and the `blocked` items marked BLOCKER.
 */
export function drawPlan(scenario: Scenario, steps: readonly LocatedStep[], blocked: readonly number[] = []): Subgraph {
  const drawing = createDrawing(scenario, NODE_BUDGET);
  drawTargets(drawing, scenario);
  for (const { item, depth } of steps) drawing.item(item, depth);
  for (const { item, offer, step } of steps) {
    if (offer >= 0) drawing.offer(offer, "CHOSEN");
    if (step.way === "GHOST") drawing.ghost(item);
    if (step.way === "UNRECORDED") drawing.item(item, null, "UNRECORDED");
  }
  for (const { requirements, variants } of steps) {
    for (const edge of requirements) drawing.requirement(edge);
    for (const edge of variants) drawing.variant(edge);
  }
  for (const { offer, todayOffers } of steps) {
    for (const today of todayOffers) if (today !== offer) drawing.offer(today, "TODAY");
  }
  for (const item of blocked) if (drawing.has(item)) drawing.item(item, null, "BLOCKER");
  return drawing.finish();
}

/** Draws the way from each target that fails to the items at the root of it, with the offers that the policy forbids. */
export function drawBlockers(scenario: Scenario): Subgraph {
  const { ways, units } = scenario;
  const drawing = createDrawing(scenario, NODE_BUDGET);
  drawTargets(drawing, scenario);
  const needed = closure(scenario);
  const reached = availability(scenario);
  for (const root of new Set(scenario.targets.flatMap(({ node }) => rootsOf(scenario, reached, node)))) {
    const path = pathTo(scenario, needed, root).map((node) => ways.nodeItem[node]!);
    const item = ways.nodeItem[root]!;
    if (!drawPath(drawing, scenario, path)) continue;
    drawing.item(item, null, "BLOCKER");
    for (let unit = units.itemUnits[item]!; unit < units.itemUnits[item + 1]!; unit += 1) {
      if (units.unitOffer[unit]! >= 0) drawing.offer(units.unitOffer[unit]!, "TODAY");
    }
  }
  return drawing.finish();
}
