import { checkpoint } from "./checkpoint.ts";
import type { PlanProblem } from "./plan-problem.ts";

/** What of a problem can still be part of a closed plan: 1 = yes. */
export interface Live {
  readonly node: Uint8Array;
  readonly way: Uint8Array;
  readonly alternative: Uint8Array;
}

/** Ways and alternatives that may not be used: 1 = banned. */
export interface Bans {
  readonly way: Uint8Array;
  readonly alternative: Uint8Array;
}

/**
 * The greatest closed set under the bans (a running industry may contain loops), or null where it leaves out a target.
 * O(N).
 */
export function liveParts(problem: PlanProblem, bans: Bans | null = null): Live | null {
  checkpoint();
  const { nodes, nodeWays, wayNode, slotWay, slotAlternatives, alternativeSlot } = problem;
  const way = new Uint8Array(wayNode.length).fill(1);
  const alternative = new Uint8Array(alternativeSlot.length).fill(1);
  const node = new Uint8Array(nodes).fill(1);
  const waysLeft = new Int32Array(nodes);
  const choicesLeft = new Int32Array(slotWay.length);
  const dead: number[] = [];
  const killWay = (index: number): void => {
    if (way[index] === 0) return;
    way[index] = 0;
    const owner = wayNode[index]!;
    waysLeft[owner]! -= 1;
    if (waysLeft[owner] === 0) dead.push(owner);
  };
  const killAlternative = (index: number): void => {
    if (alternative[index] === 0) return;
    alternative[index] = 0;
    const slot = alternativeSlot[index]!;
    choicesLeft[slot]! -= 1;
    if (choicesLeft[slot] === 0) killWay(slotWay[slot]!);
  };

  for (let index = 0; index < nodes; index += 1) {
    waysLeft[index] = nodeWays[index + 1]! - nodeWays[index]!;
    if (waysLeft[index] === 0) dead.push(index);
  }
  for (let slot = 0; slot < slotWay.length; slot += 1) {
    choicesLeft[slot] = slotAlternatives[slot + 1]! - slotAlternatives[slot]!;
    if (choicesLeft[slot] === 0) killWay(slotWay[slot]!);
  }
  if (bans !== null) {
    for (let index = 0; index < way.length; index += 1) if (bans.way[index] === 1) killWay(index);
    for (let index = 0; index < alternative.length; index += 1)
      if (bans.alternative[index] === 1) killAlternative(index);
  }
  for (let index = dead.pop(); index !== undefined; index = dead.pop()) {
    node[index] = 0;
    for (let entry = problem.nodeConsumers[index]!; entry < problem.nodeConsumers[index + 1]!; entry += 1) {
      killAlternative(problem.consumers[entry]!);
    }
  }
  return problem.targets.every((target) => node[target] === 1) ? { node, way, alternative } : null;
}
