import { activeUnder } from "./active.ts";
import type { Drawing } from "./draw.ts";
import type { Scenario, ScenarioTarget } from "./scenario.ts";
import type { Mark } from "./subgraph.ts";

/** Draws every target: the item, and for a firm's target the firm with its own offer. */
export function drawTargets(drawing: Drawing, scenario: Scenario): void {
  const { network, targets } = scenario;
  const isActive = activeUnder(scenario.policy);
  for (const { item, firm } of targets) {
    drawing.item(item, 0, "TARGET");
    if (firm < 0) continue;
    for (let offer = network.itemOffers[item]!; offer < network.itemOffers[item + 1]!; offer += 1)
      if (network.offerFirm[offer] === firm && isActive(network.offerFact, offer)) drawing.offer(offer, "TARGET");
  }
}

/**
 * Draws items from a target downward, one step a level, with the requirements and variants that join them; `marks` on each
 * edge and on each item after the first. False where the budget ends before the last item.
 */
export function drawPath(
  drawing: Drawing,
  scenario: Scenario,
  path: readonly number[],
  ...marks: readonly Mark[]
): boolean {
  const [first] = path;
  if (first === undefined || !drawing.item(first, 0)) return false;
  for (let step = 1; step < path.length; step += 1) {
    if (!drawing.item(path[step]!, step, ...marks)) return false;
    const makers = step === 1 ? makersOf(scenario.targets, first) : [-1];
    join(drawing, scenario, path[step - 1]!, path[step]!, makers, marks);
  }
  return true;
}

/** Firms whose own recipe counts for a target item, the general recipe last. */
function makersOf(targets: readonly ScenarioTarget[], item: number): readonly number[] {
  return [...targets.filter((target) => target.item === item).map((target) => target.firm), -1];
}

function join(
  drawing: Drawing,
  scenario: Scenario,
  item: number,
  input: number,
  makers: readonly number[],
  marks: readonly Mark[],
): void {
  const { network, policy } = scenario;
  const isActive = activeUnder(policy);
  const edges: number[] = [];
  for (let edge = network.itemRequirements[item]!; edge < network.itemRequirements[item + 1]!; edge += 1)
    if (network.requirementInput[edge] === input && isActive(network.requirementFact, edge)) edges.push(edge);
  const chosen = edges.filter((edge) => makers.includes(network.requirementMaker[edge]!));
  for (const edge of chosen.length > 0 ? chosen : edges) drawing.requirement(edge, ...marks);
  for (let at = network.itemVariants[item]!; at < network.itemVariants[item + 1]!; at += 1)
    if (network.variantItem[at] === input && isActive(network.variantFact, at)) drawing.variant(at, ...marks);
}
