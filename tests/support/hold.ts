const nothing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Holds up the thread that calls it. */
export function hold(milliseconds: number): void {
  Atomics.wait(nothing, 0, 0, milliseconds);
}
