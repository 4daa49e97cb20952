import type { Network } from "../projection/network.ts";
import type { IsActive } from "./active.ts";

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
