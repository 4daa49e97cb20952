/**
 * Texts in one block of UTF-8: `offsets[k] .. offsets[k + 1]` are the bytes of text `k`. Millions of strings would cost
 * some 60 bytes each, and as long again to hand to another thread.
 */
export interface Texts {
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
}

/** Order of ids everywhere: by UTF-16 code unit, the same on every machine. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The text at this position. */
export function textAt({ bytes, offsets }: Texts, position: number): string {
  const from = offsets[position]!;
  const length = offsets[position + 1]! - from;
  return length === 0 ? "" : Buffer.from(bytes.buffer, bytes.byteOffset + from, length).toString("utf8");
}

/** Texts in the making. */
export class TextList {
  #bytes = Buffer.allocUnsafe(1 << 12);
  #filled = 0;
  #ends = new Int32Array(1 << 8);
  #length = 0;

  push(text: string): void {
    if (this.#length === this.#ends.length) this.#ends = grown(this.#ends, new Int32Array(this.#length * 2));
    if (text !== "") {
      const most = this.#filled + text.length * 3;
      if (most > this.#bytes.length)
        this.#bytes = grown(this.#bytes, Buffer.allocUnsafe(Math.max(most, this.#bytes.length * 2)));
      this.#filled += this.#bytes.write(text, this.#filled, "utf8");
    }
    this.#ends[this.#length] = this.#filled;
    this.#length += 1;
  }

  /** The text pushed at this position. */
  at(position: number): string {
    return this.#bytes.toString("utf8", this.#start(position), this.#ends[position]!);
  }

  /** The texts at these positions, in this order, each named once. */
  inOrder(order: Int32Array): Texts {
    const bytes = new Uint8Array(new SharedArrayBuffer(this.#filled));
    const offsets = new Int32Array(new SharedArrayBuffer(4 * (order.length + 1)));
    let filled = 0;
    for (let position = 0; position < order.length; position += 1) {
      const text = order[position]!;
      const end = this.#ends[text]!;
      for (let from = this.#start(text); from < end; from += 1, filled += 1) bytes[filled] = this.#bytes[from]!;
      offsets[position + 1] = filled;
    }
    return { bytes, offsets };
  }

  #start(position: number): number {
    return position === 0 ? 0 : this.#ends[position - 1]!;
  }
}

function grown<Values extends Uint8Array | Int32Array>(values: Values, wider: Values): Values {
  wider.set(values);
  return wider;
}
