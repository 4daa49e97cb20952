import { type PlanChoice, planChoice } from "./plan-choice.ts";
import type { Live } from "./plan-live.ts";
import type { PlanProblem } from "./plan-problem.ts";
import { RankedHeap } from "./ranked-heap.ts";

/** How the values of a way's inputs combine: SUM for costs, MAX for what runs in parallel (lead times). */
export type Combination = "SUM" | "MAX";

export interface KnuthPlan {
  readonly choice: PlanChoice;
  /** Value of the targets, SUMmed or the MAXimum; the least there is where `founded`. */
  readonly value: number;
  /** True where the plan has no loop; then it is the best of all plans without one. */
  readonly founded: boolean;
}

interface Entry {
  readonly value: number;
  readonly way: number;
  readonly open: number;
}

/**
 * The plan of least value when a shared input counts once per use, in O(N log n): Knuth 1977 on the superior function
 * `cost + combination of the slots' best values`. Where only loops are left it goes on as if the open node with the
 * fewest open slots (then least value, then id) were running; such a plan is closed, but nothing is proven of it.
 */
export function knuthPlan(problem: PlanProblem, live: Live, combination: Combination = "SUM"): KnuthPlan {
  const { nodes, nodeOrigin, wayNode, wayCost, waySlots, slotWay, slotAlternatives, alternatives } = problem;
  const wayOf = new Int32Array(nodes).fill(-1);
  const value = new Float64Array(nodes);
  const filled = new Int32Array(slotWay.length).fill(-1);
  const openSlots = new Int32Array(wayNode.length);
  const wayValue = Float64Array.from(wayCost);

  const sooner = (a: Entry, b: Entry): boolean => {
    if (a.value !== b.value) return a.value < b.value;
    const nodeA = wayNode[a.way]!;
    const nodeB = wayNode[b.way]!;
    return (nodeOrigin[nodeA]! - nodeOrigin[nodeB]! || nodeA - nodeB || a.way - b.way) < 0;
  };
  const complete = new RankedHeap<Entry>(sooner);
  const waiting = new RankedHeap<Entry>((a, b) => (a.open === b.open ? sooner(a, b) : a.open < b.open));
  for (let way = 0; way < wayNode.length; way += 1) {
    if (live.way[way] === 0) continue;
    openSlots[way] = waySlots[way + 1]! - waySlots[way]!;
    (openSlots[way] === 0 ? complete : waiting).push({ value: wayCost[way]!, way, open: openSlots[way]! });
  }

  let founded = true;
  let unsettled = problem.targets.length;
  const isTarget = new Uint8Array(nodes);
  for (const target of problem.targets) isTarget[target] = 1;
  while (unsettled > 0 || !founded) {
    let entry = complete.pop();
    if (entry === undefined) {
      entry = waiting.pop();
      if (entry === undefined) break;
      const current = openSlots[entry.way] === entry.open && wayOf[wayNode[entry.way]!]! < 0;
      if (!current) continue;
      founded = false;
    }
    const node = wayNode[entry.way]!;
    if (wayOf[node]! >= 0) continue;
    wayOf[node] = entry.way;
    value[node] = entry.value;
    unsettled -= isTarget[node]!;
    for (let index = problem.nodeConsumers[node]!; index < problem.nodeConsumers[node + 1]!; index += 1) {
      const alternative = problem.consumers[index]!;
      const slot = problem.alternativeSlot[alternative]!;
      const way = slotWay[slot]!;
      if (live.alternative[alternative] === 0 || live.way[way] === 0 || filled[slot]! >= 0) continue;
      filled[slot] = alternative;
      openSlots[way]! -= 1;
      wayValue[way] =
        combination === "SUM" ? wayValue[way]! + entry.value : Math.max(wayValue[way]!, wayCost[way]! + entry.value);
      if (wayOf[wayNode[way]!]! >= 0) continue;
      const open = openSlots[way]!;
      (open === 0 ? complete : waiting).push({ value: wayValue[way]!, way, open });
    }
  }
  let total = 0;
  for (const target of problem.targets) {
    total = combination === "SUM" ? total + value[target]! : Math.max(total, value[target]!);
  }
  const choice = planChoice(problem, wayOf, (slot) => {
    if (filled[slot]! >= 0) return filled[slot]!;
    for (let entry = slotAlternatives[slot]!; entry < slotAlternatives[slot + 1]!; entry += 1) {
      if (live.alternative[entry] === 1 && wayOf[alternatives[entry]!]! >= 0) return entry;
    }
    return -1;
  });
  return { choice, value: total, founded };
}
