import type { Live } from "./plan-live.ts";
import { JOINED, type PlanProblem } from "./plan-problem.ts";

/**
 * A lower bound of every plan's cost in O(N): what the targets need whichever ways are taken (slots whose only live
 * alternative is the same in every live way), each item by its cheapest live way.
 */
export function forcedClosureCost(problem: PlanProblem, live: Live): number {
  const { nodeOrigin, nodeWays, wayOrigin, wayCost } = problem;
  const cheapest = new Map<number, number>();
  const seen = new Uint8Array(problem.nodes);
  const queue = [...problem.targets];
  for (const node of queue) seen[node] = 1;
  for (let head = 0; head < queue.length; head += 1) {
    const node = queue[head]!;
    let cost = Number.POSITIVE_INFINITY;
    let common: readonly number[] | null = null;
    for (let way = nodeWays[node]!; way < nodeWays[node + 1]!; way += 1) {
      if (live.way[way] === 0 || wayOrigin[way] === JOINED) continue;
      cost = Math.min(cost, wayCost[way]!);
      const needs: ReadonlySet<number> = onlyChoices(problem, live, way);
      common = common === null ? [...needs] : common.filter((need) => needs.has(need));
    }
    const origin = nodeOrigin[node]!;
    cheapest.set(origin, Math.max(cost, cheapest.get(origin) ?? 0));
    for (const need of common ?? []) {
      if (seen[need] === 1) continue;
      seen[need] = 1;
      queue.push(need);
    }
  }
  return [...cheapest.values()].reduce((sum, cost) => sum + cost, 0);
}

/** Nodes that a way needs because a slot of it has no other live alternative. */
function onlyChoices(problem: PlanProblem, live: Live, way: number): Set<number> {
  const needs = new Set<number>();
  for (let slot = problem.waySlots[way]!; slot < problem.waySlots[way + 1]!; slot += 1) {
    let only = -1;
    let choices = 0;
    for (let entry = problem.slotAlternatives[slot]!; entry < problem.slotAlternatives[slot + 1]!; entry += 1) {
      if (live.alternative[entry] === 0) continue;
      choices += 1;
      only = problem.alternatives[entry]!;
    }
    if (choices === 1) needs.add(only);
  }
  return needs;
}
