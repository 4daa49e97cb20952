import { type LossNetwork, lossesOf } from "./loss-network.ts";
import { RankedHeap } from "./ranked-heap.ts";

interface Raised {
  readonly node: number;
  readonly value: number;
}

/**
 * Measures one bound of the graded loss (ANALYSES.md 6) again and again, each time with a few own losses raised over the
 * same base. From the base's least fixpoint values only rise, the largest first and each once, so that one measurement
 * touches what is lost beyond the base and undoes it: at most O(N log N).
 */
export class LossMeter {
  readonly #losses: LossNetwork;
  readonly #value: Float64Array;

  /** @param base What each node loses of its own before anything is raised. */
  constructor(losses: LossNetwork, base: (node: number) => number) {
    this.#losses = losses;
    this.#value = lossesOf(losses, base).value;
  }

  /** What the given nodes lose when these own losses rise; a loss below the base is none. */
  measure(raised: readonly Raised[], nodes: readonly number[]): readonly number[] {
    const value = this.#value;
    const { nodeConsumers, slotOwner } = this.#losses;
    const before: Raised[] = [];
    const heap = new RankedHeap<Raised>((a, b) => a.value > b.value || (a.value === b.value && a.node < b.node));
    for (const one of raised) if (one.value > value[one.node]!) heap.push(one);
    for (let next = heap.pop(); next !== undefined; next = heap.pop()) {
      if (next.value <= value[next.node]!) continue;
      before.push({ node: next.node, value: value[next.node]! });
      value[next.node] = next.value;
      for (const slot of nodeConsumers[next.node]!) {
        const least = this.#leastOf(slot);
        const owner = slotOwner[slot]!;
        if (least > value[owner]!) heap.push({ node: owner, value: least });
      }
    }
    const measured = nodes.map((node) => value[node]!);
    for (const { node, value: old } of before) value[node] = old;
    return measured;
  }

  #leastOf(slot: number): number {
    const { slotAlternatives, alternatives } = this.#losses;
    let least = Number.POSITIVE_INFINITY;
    for (let at = slotAlternatives[slot]!; at < slotAlternatives[slot + 1]!; at += 1)
      least = Math.min(least, this.#value[alternatives[at]!]!);
    return least;
  }
}
