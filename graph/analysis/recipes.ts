import { IntList } from "../projection/csr.ts";
import type { Network } from "../projection/network.ts";
import { type IsActive, oncePerFacts } from "./active.ts";

/** Takes the alternatives of one slot: inputs and their requirement edges, ascending, each input once. */
export type SlotSink = (inputs: readonly number[], requirements: readonly number[]) => void;

/** Recipes of items: the general one, with a maker's own slots in place of those of the same name. */
export class Recipes {
  readonly #network: Network;
  readonly #isActive: IsActive;

  constructor(network: Network, isActive: IsActive) {
    this.#network = network;
    this.#isActive = isActive;
  }

  /**
   * Emits every slot that gates recipe(item, maker) (maker -1 = the general recipe) and returns whether any requirement,
   * essential or not, is recorded for it. O(edges of the two recipes + log edges of the item).
   */
  emit(item: number, maker: number, sink: SlotSink): boolean {
    const network = this.#network;
    const to = network.itemRequirements[item + 1]!;
    const general = network.itemRequirements[item]!;
    const generalEnd = this.#firstOf(0, general, to);
    const own = maker === -1 ? generalEnd : this.#firstOf(maker, generalEnd, to);
    const ownEnd = maker === -1 ? generalEnd : this.#firstOf(maker + 1, own, to);
    let recorded = false;
    let left = general;
    let right = own;
    while (left < generalEnd || right < ownEnd) {
      const order = this.#compareSlots(left, generalEnd, right, ownEnd);
      const leftEnd = order <= 0 ? this.#slotEnd(left, generalEnd) : left;
      const rightEnd = order >= 0 ? this.#slotEnd(right, ownEnd) : right;
      const replaced = rightEnd > right && this.#emitSlot(right, rightEnd, sink);
      const used = replaced || (leftEnd > left && this.#emitSlot(left, leftEnd, sink));
      recorded ||= used;
      left = leftEnd;
      right = rightEnd;
    }
    return recorded;
  }

  /** Whether any requirement of recipe(item, maker) is recorded, essential or not. */
  isRecorded(item: number, maker: number): boolean {
    if (!this.hasOwn(item, maker)) return this.general.isRecorded[item] === 1;
    return this.emit(item, maker, () => undefined);
  }

  /** The general recipes of all items. */
  get general(): GeneralRecipes {
    return generalRecipes(this.#network, this.#isActive);
  }

  /** Whether a maker has requirements of its own for an item: without, its recipe is the general one. */
  hasOwn(item: number, maker: number): boolean {
    if (maker === -1) return false;
    const from = this.general.ends[item]!;
    const to = this.#network.itemRequirements[item + 1]!;
    return from < to && this.#network.requirementMaker[this.#firstOf(maker, from, to)] === maker;
  }

  /** Position of the first edge from `from` whose maker is `maker` or later. */
  #firstOf(maker: number, from: number, to: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#network.requirementMaker[middle]! < maker) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Which of two slots comes first: 0 = the same name; edges without slot come last and are never the same. */
  #compareSlots(left: number, leftEnd: number, right: number, rightEnd: number): number {
    if (right === rightEnd) return -1;
    if (left === leftEnd) return 1;
    const leftSlot = this.#network.requirementSlot[left]!;
    const rightSlot = this.#network.requirementSlot[right]!;
    if (leftSlot === -1) return rightSlot === -1 ? -1 : 1;
    return rightSlot === -1 ? -1 : leftSlot - rightSlot;
  }

  #slotEnd(from: number, to: number): number {
    const slot = this.#network.requirementSlot[from]!;
    let end = from + 1;
    if (slot !== -1) while (end < to && this.#network.requirementSlot[end] === slot) end += 1;
    return end;
  }

  /** Emits the slot if one of its edges is essential; false where none of its edges holds. */
  #emitSlot(from: number, to: number, sink: SlotSink): boolean {
    const network = this.#network;
    const inputs: number[] = [];
    const requirements: number[] = [];
    let holds = false;
    let gates = false;
    for (let edge = from; edge < to; edge += 1) {
      if (!this.#isActive(network.requirementFact, edge)) continue;
      holds = true;
      if (network.requirementEssential[edge] === 1) gates = true;
      const input = network.requirementInput[edge]!;
      if (inputs.at(-1) === input) continue;
      inputs.push(input);
      requirements.push(edge);
    }
    if (gates) sink(inputs, requirements);
    return holds;
  }
}

/** What `Recipes.emit` gives for the general recipe of each item. `offsets[k] .. offsets[k + 1]` are the entries of `k`. */
export interface GeneralRecipes {
  readonly itemSlots: Int32Array;
  readonly slotInputs: Int32Array;
  readonly inputs: Int32Array;
  /** Requirement edge of each input. */
  readonly requirements: Int32Array;
  /** 1 where any requirement, essential or not, is recorded. */
  readonly isRecorded: Uint8Array;
  /** Where the requirements of each item's makers begin. */
  readonly ends: Int32Array;
}

const generalRecipes = oncePerFacts((network, isActive): GeneralRecipes => {
  const { itemRequirements, requirementMaker, requirementSlot, requirementInput, requirementEssential } = network;
  const itemSlots = new Int32Array(network.items.length + 1);
  const isRecorded = new Uint8Array(network.items.length);
  const ends = new Int32Array(network.items.length);
  const slotInputs = new IntList();
  const inputs = new IntList();
  const requirements = new IntList();
  slotInputs.push(0);
  for (let item = 0; item < network.items.length; item += 1) {
    const to = itemRequirements[item + 1]!;
    let edge = itemRequirements[item]!;
    while (edge < to && requirementMaker[edge] === -1) {
      const slot = requirementSlot[edge]!;
      let gates = false;
      let before = -1;
      const filled = inputs.length;
      do {
        if (isActive(network.requirementFact, edge)) {
          isRecorded[item] = 1;
          if (requirementEssential[edge] === 1) gates = true;
          const input = requirementInput[edge]!;
          if (input !== before) {
            inputs.push(input);
            requirements.push(edge);
            before = input;
          }
        }
        edge += 1;
      } while (slot !== -1 && edge < to && requirementMaker[edge] === -1 && requirementSlot[edge] === slot);
      if (gates) slotInputs.push(inputs.length);
      else {
        inputs.truncate(filled);
        requirements.truncate(filled);
      }
    }
    ends[item] = edge;
    itemSlots[item + 1] = slotInputs.length - 1;
  }
  return {
    itemSlots,
    slotInputs: slotInputs.toArray(),
    inputs: inputs.toArray(),
    requirements: requirements.toArray(),
    isRecorded,
    ends,
  };
});
