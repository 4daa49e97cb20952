import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const MB = 1024 * 1024;
/** Bytes of the heap beyond what was alive last time that are worth a collection. */
const WORTH = 48 * MB;
/** What an import may hold, buffers included, before it is worth its time to hold less. */
const PLENTY = 224 * MB;

let alive = 0;
let collect: (() => void) | undefined;

/**
 * Keeps the memory of a long import flat. Left alone, V8 lets garbage grow to several times of what is alive before it
 * collects; told so every few seconds, at about 50 ms each, it stays near it.
 */
export function keepHeapSmall(): void {
  const { used_heap_size: used, external_memory: buffers } = getHeapStatistics();
  if (used + buffers < PLENTY || used - alive < WORTH) return;
  if (collect === undefined) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
  alive = getHeapStatistics().used_heap_size;
}
