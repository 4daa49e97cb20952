import { firstDay, lastDay } from "./days.ts";
import { type Facts, UNSTATED_END, UNSTATED_START } from "./network.ts";

type Numbers = Int8Array | Uint8Array | Int32Array | Float64Array;

/** Pieces of one column, as they came. */
export class Pieces<Values extends Numbers> {
  readonly #make: new (
    size: number | SharedArrayBuffer,
  ) => Values;
  readonly #pieces: Values[] = [];
  #length = 0;

  constructor(make: new (size: number | SharedArrayBuffer) => Values) {
    this.#make = make;
  }

  get length(): number {
    return this.#length;
  }

  push(piece: Values): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** All values in the order they came. */
  joined(): Values {
    if (this.#pieces.length === 1) return this.#pieces[0]!;
    const values = new this.#make(this.#length);
    let filled = 0;
    for (const piece of this.#pieces) {
      values.set(piece, filled);
      filled += piece.length;
    }
    return values;
  }

  /** The values at these positions, in this order, in memory that threads can share. */
  inOrder(order: Int32Array): Values {
    return gathered(this.#make, this.joined(), order);
  }
}

/** The values at these positions, in this order, in memory that threads can share. */
export function gathered<Values extends Numbers>(
  make: new (size: SharedArrayBuffer) => Values,
  values: Values,
  order: Int32Array,
): Values {
  const picked = new make(new SharedArrayBuffer(values.BYTES_PER_ELEMENT * order.length));
  for (let position = 0; position < order.length; position += 1) picked[position] = values[order[position]!]!;
  return picked;
}

/** The same values in memory that threads can share. */
export function shared(values: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

/** NaN where unknown. */
export function numbers(values: readonly (number | null)[]): Float64Array {
  const column = new Float64Array(values.length);
  for (let row = 0; row < column.length; row += 1) column[row] = values[row] ?? Number.NaN;
  return column;
}

/** 1 where the value is this one. */
export function flags(values: readonly unknown[], set: unknown): Uint8Array {
  const column = new Uint8Array(values.length);
  for (let row = 0; row < column.length; row += 1) if (values[row] === set) column[row] = 1;
  return column;
}

/** Positions in a short list of names, -1 where unknown. */
export function enumPositions(names: readonly string[], values: readonly (string | null)[]): Int8Array {
  const column = new Int8Array(values.length);
  for (let row = 0; row < column.length; row += 1) {
    const value = values[row]!;
    column[row] = value === null ? -1 : names.indexOf(value);
  }
  return column;
}

/** Texts of which few are different, as positions in the order of their first appearance; -1 for null. */
export class Names {
  readonly #positions = new Map<string, number>();

  positions(values: readonly (string | null)[]): Int32Array {
    const column = new Int32Array(values.length);
    for (let row = 0; row < column.length; row += 1) {
      const value = values[row]!;
      column[row] = value === null ? -1 : this.position(value);
    }
    return column;
  }

  position(name: string): number {
    let position = this.#positions.get(name);
    if (position === undefined) {
      position = this.#positions.size;
      this.#positions.set(name, position);
    }
    return position;
  }

  /** The names, ascending, and the rank of each position among them (one more entry: -1 for -1, found as `rank.at(-1)`). */
  ranked(): { readonly names: readonly string[]; readonly rank: Int32Array } {
    const names = [...this.#positions.keys()].sort();
    const rank = new Int32Array(names.length);
    names.forEach((name, position) => {
      rank[this.#positions.get(name)!] = position;
    });
    return { names, rank };
  }
}

/** Replaces positions by their ranks; -1 stays. */
export function reranked(column: Int32Array, rank: Int32Array): Int32Array {
  for (let row = 0; row < column.length; row += 1) if (column[row]! >= 0) column[row] = rank[column[row]!]!;
  return column;
}

/** What every fact carries, in pieces. */
export class FactPieces {
  readonly #assumed = new Pieces<Uint8Array>(Uint8Array);
  readonly #from = new Pieces<Int32Array>(Int32Array);
  readonly #to = new Pieces<Int32Array>(Int32Array);
  readonly #first = new Map<string, number>();
  readonly #last = new Map<string, number>();

  push(facts: {
    readonly assertion: readonly unknown[];
    readonly validFrom: readonly (string | null)[];
    readonly validTo: readonly (string | null)[];
  }): void {
    this.#assumed.push(flags(facts.assertion, "ASSUMED"));
    this.#from.push(days(facts.validFrom, UNSTATED_START, this.#first, firstDay));
    this.#to.push(days(facts.validTo, UNSTATED_END, this.#last, lastDay));
  }

  inOrder(order: Int32Array): Facts {
    return {
      assumed: this.#assumed.inOrder(order),
      from: this.#from.inOrder(order),
      to: this.#to.inOrder(order),
    };
  }
}

function days(
  dates: readonly (string | null)[],
  unstated: number,
  known: Map<string, number>,
  dayOf: (date: string) => number,
): Int32Array {
  const column = new Int32Array(dates.length);
  for (let row = 0; row < column.length; row += 1) {
    const date = dates[row]!;
    if (date === null) {
      column[row] = unstated;
      continue;
    }
    let day = known.get(date);
    if (day === undefined) {
      day = dayOf(date);
      known.set(date, day);
    }
    column[row] = day;
  }
  return column;
}
