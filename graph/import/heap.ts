import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes of the heap beyond what was alive last time that are worth a collection. */
const WORTH = 48 * 1024 * 1024;

let alive = 0;
let collect: (() => void) | undefined;

/**
 * Keeps the memory of a long import flat. Left alone, V8 lets garbage grow to several times of what is alive before it
 * collects; told so every few seconds, at about 50 ms each, it stays near it.
 */
export function keepHeapSmall(): void {
  if (getHeapStatistics().used_heap_size - alive < WORTH) return;
  if (collect === undefined) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
  alive = getHeapStatistics().used_heap_size;
}
