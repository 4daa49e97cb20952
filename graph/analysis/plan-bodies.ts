import type { Live } from "./plan-live.ts";
import type { PlanProblem } from "./plan-problem.ts";

/** What a way costs and needs: of each slot one node. Ways that differ in nothing else are one body. */
export interface Body {
  readonly way: number;
  readonly cost: number;
  /** Nodes of each slot, ascending; slots that another one implies, or that the node itself fills, are left out. */
  readonly slots: readonly (readonly number[])[];
}

/** The distinct bodies of a node, cheapest first; one that costs no less and needs no less than another is left out. */
export function nodeBodies(problem: PlanProblem, live: Live, node: number): readonly Body[] {
  const bodies: Body[] = [];
  const signatures = new Set<string>();
  for (let way = problem.nodeWays[node]!; way < problem.nodeWays[node + 1]!; way += 1) {
    if (live.way[way] === 0) continue;
    const slots = neededSlots(problem, live, node, way);
    const signature = slots.map((slot) => slot.join()).join(";");
    if (signatures.has(signature)) continue;
    signatures.add(signature);
    const cost = problem.wayCost[way]!;
    if (!bodies.some((body) => body.cost <= cost && implies(slots, body.slots))) bodies.push({ way, cost, slots });
  }
  return bodies.sort((a, b) => a.cost - b.cost || a.way - b.way);
}

function neededSlots(problem: PlanProblem, live: Live, node: number, way: number): readonly (readonly number[])[] {
  const slots: number[][] = [];
  for (let slot = problem.waySlots[way]!; slot < problem.waySlots[way + 1]!; slot += 1) {
    const choices = new Set<number>();
    for (let entry = problem.slotAlternatives[slot]!; entry < problem.slotAlternatives[slot + 1]!; entry += 1) {
      if (live.alternative[entry] === 1) choices.add(problem.alternatives[entry]!);
    }
    if (!choices.has(node)) slots.push([...choices].sort((a, b) => a - b));
  }
  slots.sort((a, b) => a.length - b.length || compareLists(a, b));
  const needed: number[][] = [];
  for (const slot of slots) if (!needed.some((other) => isSubset(other, slot))) needed.push(slot);
  return needed;
}

/** Whether whatever fills the slots of `strong` fills those of `weak` too. */
function implies(strong: readonly (readonly number[])[], weak: readonly (readonly number[])[]): boolean {
  return weak.every((slot) => strong.some((other) => isSubset(other, slot)));
}

function isSubset(part: readonly number[], whole: readonly number[]): boolean {
  let at = 0;
  for (const member of part) {
    while (at < whole.length && whole[at]! < member) at += 1;
    if (whole[at] !== member) return false;
  }
  return true;
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((member, index) => member !== b[index]);
  return at === -1 ? 0 : a[at]! - b[at]!;
}
