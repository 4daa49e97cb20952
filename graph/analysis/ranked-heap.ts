/** A binary heap of values under an order given at the start; equal values come out in any order. */
export class RankedHeap<Value> {
  readonly #before: (a: Value, b: Value) => boolean;
  readonly #values: Value[] = [];

  /** @param before Whether `a` comes out before `b`; a strict order. */
  constructor(before: (a: Value, b: Value) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#values.length;
  }

  push(value: Value): void {
    const values = this.#values;
    let hole = values.length;
    values.push(value);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = values[parent]!;
      if (!this.#before(value, above)) break;
      values[hole] = above;
      hole = parent;
    }
    values[hole] = value;
  }

  /** Takes the first value out; undefined where the heap is empty. */
  pop(): Value | undefined {
    const values = this.#values;
    const first = values[0];
    const last = values.pop();
    if (last === undefined || values.length === 0) return first;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= values.length) break;
      if (child + 1 < values.length && this.#before(values[child + 1]!, values[child]!)) child += 1;
      if (!this.#before(values[child]!, last)) break;
      values[hole] = values[child]!;
      hole = child;
    }
    values[hole] = last;
    return first;
  }
}
