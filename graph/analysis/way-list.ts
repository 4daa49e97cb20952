import { FloatList, groupRows, IntList, sortRange } from "../projection/csr.ts";
import { compareText } from "../projection/texts.ts";
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
  readonly #kind = new IntList();
  readonly #bought = new IntList();
  /** NaN = unknown. */
  readonly #cost = new FloatList();
  readonly #unit = new IntList();
  readonly #tags: string[] = [];
  readonly #waySlots = new IntList();
  readonly #slotAlternatives = new IntList();
  readonly #alternatives = new IntList();
  readonly #requirements = new IntList();

  /** Opens the next node; the ways that follow are its own. */
  startNode(item: number): void {
    this.#nodeItem.push(item);
    this.#nodeWays.push(this.#tags.length);
  }

  /** Opens a way of the open node; the slots that follow are its own. */
  startWay(head: WayHead): void {
    this.#kind.push(WAY_KINDS.indexOf(head.kind));
    this.#bought.push(head.bought ? 1 : 0);
    this.#cost.push(head.cost ?? Number.NaN);
    this.#unit.push(head.unit);
    this.#tags.push(head.tag);
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
    const count = this.#tags.length;
    const nodeWays = closed(this.#nodeWays, count);
    const order = this.#wayOrder(nodeWays);
    const packed = this.#slotsInOrder(order);
    const kind = this.#kind.toArray();
    const bought = this.#bought.toArray();
    const cost = this.#cost.toArray();
    const unit = this.#unit.toArray();
    const slots = packed.slotAlternatives.length - 1;
    const slotWay = owners(packed.waySlots, slots);
    const alternativeSlot = owners(packed.slotAlternatives, packed.alternatives.length);
    const consumers = groupRows(packed.alternatives, nodes);
    return {
      nodes,
      nodeItem: this.#nodeItem.toArray(),
      nodeWays,
      wayNode: owners(nodeWays, count),
      wayKind: Uint8Array.from(order.map((way) => kind[way]!)),
      wayBought: Uint8Array.from(order.map((way) => bought[way]!)),
      wayCost: inOrder(cost, order, (known) => (Number.isNaN(known) ? 1 : known)),
      wayCostKnown: Uint8Array.from(inOrder(cost, order, (known) => (Number.isNaN(known) ? 0 : 1))),
      wayUnit: order.map((way) => unit[way]!),
      wayTags: textsInOrder(this.#tags, order),
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
    const order = new Int32Array(this.#tags.length).map((_, way) => way);
    const byTag = (left: number, right: number): number =>
      compareText(this.#tags[left]!, this.#tags[right]!) || left - right;
    for (let node = 0; node + 1 < nodeWays.length; node += 1)
      sortRange(order, nodeWays[node]!, nodeWays[node + 1]!, byTag);
    return order;
  }

  #slotsInOrder(order: Int32Array): {
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
        for (let entry = from; entry < to; entry += 1) {
          alternatives[filled] = oldInputs[entry]!;
          requirements[filled] = oldRequirements[entry]!;
          filled += 1;
        }
        slots += 1;
        slotAlternatives[slots] = filled;
      }
      waySlots[position + 1] = slots;
    }
    return { waySlots, slotAlternatives, alternatives, requirements };
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

function inOrder(values: Float64Array, order: Int32Array, numberOf: (value: number) => number): Float64Array {
  const ordered = new Float64Array(order.length);
  for (let position = 0; position < order.length; position += 1)
    ordered[position] = numberOf(values[order[position]!]!);
  return ordered;
}

function textsInOrder(texts: readonly string[], order: Int32Array): readonly string[] {
  const ordered: string[] = [];
  for (const position of order) ordered.push(texts[position]!);
  return ordered;
}
