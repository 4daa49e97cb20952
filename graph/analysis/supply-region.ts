import { groupRows, IntList } from "../projection/csr.ts";
import type { Closure } from "./closure.ts";
import type { Scenario } from "./scenario.ts";

/**
 * The part of a scenario that its targets can use, numbered anew, so that what happens to them costs no more than that
 * part. `offsets[k] .. offsets[k + 1]` are the entries of `k`.
 */
export interface SupplyRegion {
  readonly nodes: number;
  /** Scenario node of each node, ascending. */
  readonly nodeOrigin: Int32Array;
  /** Node of each scenario node, -1 where no target can use it. */
  readonly nodeOf: Int32Array;
  readonly nodeWays: Int32Array;
  readonly wayNode: Int32Array;
  /** Scenario way of each way, ascending. */
  readonly wayOrigin: Int32Array;
  readonly wayBought: Uint8Array;
  readonly slotWay: Int32Array;
  /** Scenario slot of each slot. */
  readonly slotOrigin: Int32Array;
  /** How many alternatives each slot has. */
  readonly slotSize: Int32Array;
  /** Slots that list a node: `consumerSlots[nodeConsumers[n] ..]`. */
  readonly nodeConsumers: Int32Array;
  readonly consumerSlots: Int32Array;
}

/** Cuts the region of what is needed out of a scenario. O(nodes + N of the region). */
export function supplyRegion({ ways }: Scenario, needed: Closure): SupplyRegion {
  const nodeOf = new Int32Array(ways.nodes).fill(-1);
  const nodeOrigin = new IntList();
  for (let node = 0; node < ways.nodes; node += 1) {
    if (needed.depth[node] === -1) continue;
    nodeOf[node] = nodeOrigin.length;
    nodeOrigin.push(node);
  }
  const origins = nodeOrigin.toArray();
  const nodeWays = new Int32Array(origins.length + 1);
  const wayNode = new IntList();
  const wayOrigin = new IntList();
  const slotWay = new IntList();
  const slotOrigin = new IntList();
  const slotSize = new IntList();
  const alternatives = new IntList();
  const alternativeSlot = new IntList();
  for (const [node, origin] of origins.entries()) {
    for (let way = ways.nodeWays[origin]!; way < ways.nodeWays[origin + 1]!; way += 1) {
      for (let slot = ways.waySlots[way]!; slot < ways.waySlots[way + 1]!; slot += 1) {
        const from = ways.slotAlternatives[slot]!;
        const to = ways.slotAlternatives[slot + 1]!;
        for (let entry = from; entry < to; entry += 1) {
          alternatives.push(nodeOf[ways.alternatives[entry]!]!);
          alternativeSlot.push(slotWay.length);
        }
        slotWay.push(wayNode.length);
        slotOrigin.push(slot);
        slotSize.push(to - from);
      }
      wayNode.push(node);
      wayOrigin.push(way);
    }
    nodeWays[node + 1] = wayNode.length;
  }
  const slotOf = alternativeSlot.toArray();
  const consumers = groupRows(alternatives.toArray(), origins.length);
  const wayOrigins = wayOrigin.toArray();
  return {
    nodes: origins.length,
    nodeOrigin: origins,
    nodeOf,
    nodeWays,
    wayNode: wayNode.toArray(),
    wayOrigin: wayOrigins,
    wayBought: Uint8Array.from(wayOrigins, (way) => ways.wayBought[way]!),
    slotWay: slotWay.toArray(),
    slotOrigin: slotOrigin.toArray(),
    slotSize: slotSize.toArray(),
    nodeConsumers: consumers.offsets,
    consumerSlots: consumers.order.map((alternative) => slotOf[alternative]!),
  };
}
