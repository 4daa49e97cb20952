/** Rows gathered by group: `order[offsets[g] .. offsets[g + 1]]` are the rows of group `g`. */
export interface Grouping {
  readonly offsets: Int32Array;
  readonly order: Int32Array;
}

/**
 * Gathers rows by their group (counting sort, O(rows + groups)), then orders the rows of each group by `compare`;
 * without it they stay in the order of their positions.
 */
export function groupRows(
  groupOf: Int32Array,
  groups: number,
  compare?: (left: number, right: number) => number,
): Grouping {
  const offsets = new Int32Array(groups + 1);
  for (const group of groupOf) offsets[group + 1]! += 1;
  for (let group = 0; group < groups; group += 1) offsets[group + 1]! += offsets[group]!;
  const next = offsets.slice(0, groups);
  const order = new Int32Array(groupOf.length);
  for (let row = 0; row < groupOf.length; row += 1) {
    const group = groupOf[row]!;
    order[next[group]!] = row;
    next[group]! += 1;
  }
  if (compare !== undefined)
    for (let group = 0; group < groups; group += 1) sortRange(order, offsets[group]!, offsets[group + 1]!, compare);
  return { offsets, order };
}

/** From here on an insertion sort is slower than the engine's sort, whose call costs as much as sorting some twenty rows. */
const FEW = 24;

/** Sorts the rows at `from .. to` of an order. */
export function sortRange(
  order: Int32Array,
  from: number,
  to: number,
  compare: (left: number, right: number) => number,
): void {
  if (to - from > FEW) {
    order.subarray(from, to).sort(compare);
    return;
  }
  for (let next = from + 1; next < to; next += 1) {
    const row = order[next]!;
    let hole = next;
    for (; hole > from && compare(order[hole - 1]!, row) > 0; hole -= 1) order[hole] = order[hole - 1]!;
    order[hole] = row;
  }
}

/** The group whose entries `offsets[group] .. offsets[group + 1]` hold a position. O(log groups). */
export function ownerOf(offsets: Int32Array, position: number): number {
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The group of each entry. */
export function ownersOf(offsets: Int32Array, entries: number): Int32Array {
  const group = new Int32Array(entries);
  for (let at = 0; at + 1 < offsets.length; at += 1)
    for (let entry = offsets[at]!; entry < offsets[at + 1]!; entry += 1) group[entry] = at;
  return group;
}

/** Turns groups of entries round: the groups that list each value, ascending. O(entries + values). */
export function groupsListing(offsets: Int32Array, listed: Int32Array, values: number): Grouping {
  const starts = new Int32Array(values + 1);
  for (let entry = 0; entry < listed.length; entry += 1) starts[listed[entry]! + 1]! += 1;
  for (let value = 0; value < values; value += 1) starts[value + 1]! += starts[value]!;
  const next = starts.slice(0, values);
  const order = new Int32Array(listed.length);
  for (let group = 0; group + 1 < offsets.length; group += 1)
    for (let entry = offsets[group]!; entry < offsets[group + 1]!; entry += 1) {
      const value = listed[entry]!;
      order[next[value]!] = group;
      next[value]! += 1;
    }
  return { offsets: starts, order };
}

/** Numbers that a list has room for where nobody says how many will come. */
const ROOM = 64;

/** A list of 32-bit integers that grows by doubling. */
export class IntList {
  #values: Int32Array;
  #length = 0;

  /** @param expected how many will come: the better it is known, the less is copied */
  constructor(expected = ROOM) {
    this.#values = new Int32Array(Math.max(expected, ROOM));
  }

  get length(): number {
    return this.#length;
  }

  /** The value pushed at this position. */
  at(position: number): number {
    return this.#values[position]!;
  }

  /** Drops the values from this number on. */
  truncate(length: number): void {
    this.#length = Math.min(length, this.#length);
  }

  /** Adds the values at these positions of another list. */
  pushAll(values: Int32Array, from: number, to: number): void {
    if (this.#length + to - from > this.#values.length) {
      const wider = new Int32Array(2 * (this.#length + to - from));
      wider.set(this.#values);
      this.#values = wider;
    }
    for (let position = from; position < to; position += 1, this.#length += 1)
      this.#values[this.#length] = values[position]!;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Int32Array(this.#length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** The values so far, in an array of exactly their number: the list's own memory, unless most of it is free. */
  toArray(): Int32Array {
    const isMostlyFree = this.#length * 2 < this.#values.length;
    return isMostlyFree ? this.#values.slice(0, this.#length) : this.#values.subarray(0, this.#length);
  }
}

/** A list of numbers that grows by doubling. */
export class FloatList {
  #values: Float64Array;
  #length = 0;

  /** @param expected how many will come */
  constructor(expected = ROOM) {
    this.#values = new Float64Array(Math.max(expected, ROOM));
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Float64Array(this.#length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** The values so far, in an array of exactly their number. */
  toArray(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}
