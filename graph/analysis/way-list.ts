import { groupRows, IntList } from "../projection/csr.ts";
import { WAY_KINDS, type WayKind, type Ways } from "./scenario.ts";

/** A way before its slots. */
export interface WayHead {
  readonly kind: WayKind;
  readonly bought: boolean;
  /** Null = unknown, counted as 1. */
  readonly cost: number | null;
  readonly unit: number;
  readonly tag: string;
}

/** Collects nodes, ways and slots as they are compiled, then packs them into typed arrays with the ways in order of tag. */
export class WayList {
  readonly #nodeItem = new IntList();
  readonly #nodeWays = new IntList();
  readonly #heads: WayHead[] = [];
  readonly #waySlots = new IntList();
  readonly #slotAlternatives = new IntList();
  readonly #alternatives = new IntList();
  readonly #requirements = new IntList();

  /** Opens the next node; the ways that follow are its own. */
  startNode(item: number): void {
    this.#nodeItem.push(item);
    this.#nodeWays.push(this.#heads.length);
  }

  /** Opens a way of the open node; the slots that follow are its own. */
  startWay(head: WayHead): void {
    this.#heads.push(head);
    this.#waySlots.push(this.#slotAlternatives.length);
  }

  /** Adds a slot to the open way: item nodes, ascending, with the requirement edge behind each (-1 = a variant). */
  addSlot(inputs: readonly number[], requirements: readonly number[]): void {
    this.#slotAlternatives.push(this.#alternatives.length);
    for (const input of inputs) this.#alternatives.push(input);
    for (const requirement of requirements) this.#requirements.push(requirement);
  }

  /** Packs everything. O(ways log ways of a node + slots). */
  toWays(): Ways {
    const nodes = this.#nodeItem.length;
    const count = this.#heads.length;
    const nodeWays = closed(this.#nodeWays, count);
    const packed = this.#slotsInOrder(this.#wayOrder(nodeWays));
    const heads = Array.from(packed.order, (way) => this.#heads[way]!);
    const slots = packed.slotAlternatives.length - 1;
    const slotWay = owners(packed.waySlots, slots);
    const alternativeSlot = owners(packed.slotAlternatives, packed.alternatives.length);
    const consumers = groupRows(packed.alternatives, nodes);
    return {
      nodes,
      nodeItem: this.#nodeItem.toArray(),
      nodeWays,
      wayNode: owners(nodeWays, count),
      wayKind: Uint8Array.from(heads, (head) => WAY_KINDS.indexOf(head.kind)),
      wayBought: Uint8Array.from(heads, (head) => (head.bought ? 1 : 0)),
      wayCost: Float64Array.from(heads, (head) => head.cost ?? 1),
      wayCostKnown: Uint8Array.from(heads, (head) => (head.cost === null ? 0 : 1)),
      wayUnit: Int32Array.from(heads, (head) => head.unit),
      wayTags: heads.map((head) => head.tag),
      waySlots: packed.waySlots,
      slotAlternatives: packed.slotAlternatives,
      alternatives: packed.alternatives,
      alternativeRequirement: packed.requirements,
      nodeConsumers: consumers.offsets,
      consumerSlots: consumers.order.map((alternative) => alternativeSlot[alternative]!),
      slotWay,
    };
  }

  #wayOrder(nodeWays: Int32Array): Int32Array {
    const order = Int32Array.from(this.#heads, (_, way) => way);
    for (let node = 0; node + 1 < nodeWays.length; node += 1) {
      const ways = order.subarray(nodeWays[node]!, nodeWays[node + 1]!);
      if (ways.length > 1)
        ways.sort((left, right) => {
          const leftTag = this.#heads[left]!.tag;
          const rightTag = this.#heads[right]!.tag;
          return leftTag < rightTag ? -1 : leftTag > rightTag ? 1 : left - right;
        });
    }
    return order;
  }

  #slotsInOrder(order: Int32Array): {
    readonly order: Int32Array;
    readonly waySlots: Int32Array;
    readonly slotAlternatives: Int32Array;
    readonly alternatives: Int32Array;
    readonly requirements: Int32Array;
  } {
    const oldSlots = closed(this.#waySlots, this.#slotAlternatives.length);
    const oldAlternatives = closed(this.#slotAlternatives, this.#alternatives.length);
    const oldInputs = this.#alternatives.toArray();
    const oldRequirements = this.#requirements.toArray();
    const waySlots = new Int32Array(order.length + 1);
    const slotAlternatives = new Int32Array(oldAlternatives.length);
    const alternatives = new Int32Array(oldInputs.length);
    const requirements = new Int32Array(oldInputs.length);
    let slots = 0;
    let filled = 0;
    for (let position = 0; position < order.length; position += 1) {
      const way = order[position]!;
      for (let slot = oldSlots[way]!; slot < oldSlots[way + 1]!; slot += 1) {
        const from = oldAlternatives[slot]!;
        const to = oldAlternatives[slot + 1]!;
        alternatives.set(oldInputs.subarray(from, to), filled);
        requirements.set(oldRequirements.subarray(from, to), filled);
        filled += to - from;
        slots += 1;
        slotAlternatives[slots] = filled;
      }
      waySlots[position + 1] = slots;
    }
    return { order, waySlots, slotAlternatives, alternatives, requirements };
  }
}

function closed(starts: IntList, end: number): Int32Array {
  const offsets = new Int32Array(starts.length + 1);
  offsets.set(starts.toArray());
  offsets[starts.length] = end;
  return offsets;
}

/** The group of each entry. */
function owners(offsets: Int32Array, entries: number): Int32Array {
  const group = new Int32Array(entries);
  for (let at = 0; at + 1 < offsets.length; at += 1) group.fill(at, offsets[at]!, offsets[at + 1]!);
  return group;
}
