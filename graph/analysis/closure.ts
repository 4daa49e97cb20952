import type { Scenario, Ways } from "./scenario.ts";

/** What is gone through: a scenario, or its structure in the same form. */
export interface Needs {
  readonly targets: readonly { readonly node: number }[];
  readonly ways: Pick<Ways, "nodes" | "nodeWays" | "waySlots" | "slotAlternatives" | "alternatives" | "wayBought">;
}

/** How a needed node is needed: by every way of something needed that it alone can fill, or only as one of several. */
export type NeedRole = "AND" | "OR";

/** What the targets need. */
export interface Closure {
  /** Fewest steps from a target to each node, 0 = a target, -1 = not needed. */
  readonly depth: Int32Array;
  /** First purchase tier at which each node is needed: 1 = by a target itself; 0 = a target, -1 = not needed. */
  readonly tier: Int32Array;
  /** 1 where some needed node has it as the sole alternative of a slot in each of its ways. */
  readonly isAnd: Uint8Array;
  /** Slot through which each node is first reached, -1 for targets and what is not needed: follow it for a witness path. */
  readonly parentSlot: Int32Array;
}

/** Everything reached from the targets through ways (all nodes where there is no target). O(N). */
export function closure(needs: Needs): Closure {
  const { ways } = needs;
  const starts = startNodes(needs);
  const depth = new Int32Array(ways.nodes).fill(-1);
  const parentSlot = new Int32Array(ways.nodes).fill(-1);
  const isAnd = new Uint8Array(ways.nodes);
  const queue = new Int32Array(ways.nodes);
  let filled = 0;
  for (const node of starts) {
    depth[node] = 0;
    queue[filled] = node;
    filled += 1;
  }
  const soleIn = new Int32Array(ways.nodes);
  const soleNode = new Int32Array(ways.nodes).fill(-1);
  const soleWay = new Int32Array(ways.nodes).fill(-1);
  for (let at = 0; at < filled; at += 1) {
    const node = queue[at]!;
    const from = ways.nodeWays[node]!;
    const to = ways.nodeWays[node + 1]!;
    for (let way = from; way < to; way += 1)
      for (let slot = ways.waySlots[way]!; slot < ways.waySlots[way + 1]!; slot += 1) {
        const first = ways.slotAlternatives[slot]!;
        const end = ways.slotAlternatives[slot + 1]!;
        for (let entry = first; entry < end; entry += 1) {
          const input = ways.alternatives[entry]!;
          if (depth[input] !== -1) continue;
          depth[input] = depth[node]! + 1;
          parentSlot[input] = slot;
          queue[filled] = input;
          filled += 1;
        }
        if (end - first !== 1) continue;
        const sole = ways.alternatives[first]!;
        if (soleNode[sole] !== node) {
          soleNode[sole] = node;
          soleIn[sole] = 0;
        }
        if (soleWay[sole] === way) continue;
        soleWay[sole] = way;
        soleIn[sole]! += 1;
        if (soleIn[sole] === to - from) isAnd[sole] = 1;
      }
  }
  return { depth, parentSlot, isAnd, tier: purchaseTiers(needs, starts) };
}

/** Nodes from a target to `node` along the parents, both included; empty where it is not needed. */
export function pathTo(scenario: Scenario, result: Closure, node: number): readonly number[] {
  if (result.depth[node] === -1) return [];
  const path = [node];
  let slot = result.parentSlot[node]!;
  while (slot !== -1) {
    const consumer = scenario.ways.wayNode[scenario.ways.slotWay[slot]!]!;
    path.push(consumer);
    slot = result.parentSlot[consumer]!;
  }
  return path.reverse();
}

function startNodes({ targets, ways }: Needs): readonly number[] {
  if (targets.length > 0) return targets.map((target) => target.node);
  return Array.from({ length: ways.nodes }, (_, node) => node);
}

/** Fewest purchases (0-1 breadth-first search by levels). */
function purchaseTiers({ ways }: Needs, starts: readonly number[]): Int32Array {
  const purchases = new Int32Array(ways.nodes).fill(-1);
  let current = [...starts];
  for (let level = 0; current.length > 0; level += 1) {
    const next: number[] = [];
    for (const node of current) {
      if (purchases[node] !== -1) continue;
      purchases[node] = level;
      for (let way = ways.nodeWays[node]!; way < ways.nodeWays[node + 1]!; way += 1) {
        const reached = ways.wayBought[way] === 1 ? next : current;
        const to = ways.slotAlternatives[ways.waySlots[way + 1]!]!;
        for (let entry = ways.slotAlternatives[ways.waySlots[way]!]!; entry < to; entry += 1)
          if (purchases[ways.alternatives[entry]!] === -1) reached.push(ways.alternatives[entry]!);
      }
    }
    current = next;
  }
  const tier = purchases.map((count) => (count === -1 ? -1 : count + 1));
  for (const node of starts) tier[node] = 0;
  return tier;
}
