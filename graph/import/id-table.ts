/**
 * A set of ids with a byte beside each, for millions of ids in little memory: it keeps 64 bits of each id instead of its
 * text, 15 to 30 bytes an id in all. Two different ids share their 64 bits with a chance of 3 in a million among ten
 * million ids; they then count as one.
 */
export class IdTable {
  #high = new Uint32Array(1 << 12);
  #low = new Uint32Array(1 << 12);
  /** 0 where the place is free. */
  #bytes = new Uint8Array(1 << 12);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The byte of an id; 0 where it is not in the table. */
  get(id: string): number {
    const [high, low] = bitsOf(id);
    return this.#bytes[this.#placeOf(high, low)]!;
  }

  /** Sets the byte (1 to 255) of an id; returns the one before, 0 where the id was not in the table. */
  set(id: string, byte: number): number {
    if (this.#size * 5 > this.#bytes.length * 3) this.#grow();
    const [high, low] = bitsOf(id);
    const place = this.#placeOf(high, low);
    const before = this.#bytes[place]!;
    this.#high[place] = high;
    this.#low[place] = low;
    this.#bytes[place] = byte;
    if (before === 0) this.#size += 1;
    return before;
  }

  #placeOf(high: number, low: number): number {
    const mask = this.#bytes.length - 1;
    let place = (low ^ high) & mask;
    while (this.#bytes[place] !== 0 && (this.#high[place] !== high || this.#low[place] !== low))
      place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const [high, low, bytes] = [this.#high, this.#low, this.#bytes];
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(low.length * 2);
    this.#bytes = new Uint8Array(bytes.length * 2);
    for (let place = 0; place < bytes.length; place += 1) {
      if (bytes[place] === 0) continue;
      const to = this.#placeOf(high[place]!, low[place]!);
      this.#high[to] = high[place]!;
      this.#low[to] = low[place]!;
      this.#bytes[to] = bytes[place]!;
    }
  }
}

/** Two independent 32-bit hashes of a text (cyrb53 of bryc, public domain, before it drops 11 of the 64 bits). */
function bitsOf(text: string): readonly [high: number, low: number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 2_654_435_761);
    b = Math.imul(b ^ unit, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return [b >>> 0, a >>> 0];
}
