import { publicError } from "../errors.ts";

/** How many streams one caller may have open, and all together. */
export const STREAM_LIMITS = { perCaller: 5, all: 200 } as const;

/** Counts open streams. */
export class StreamSlots {
  readonly #open = new Map<string, number>();
  #all = 0;

  /** How many are open. */
  get open(): number {
    return this.#all;
  }

  /**
   * Takes a place for one more stream of a caller; what it returns gives it back, once however often it is called.
   *
   * @throws RATE_LIMITED where the caller has five open, OVERLOADED where there are 200
   */
  take(caller: string): () => void {
    const own = this.#open.get(caller) ?? 0;
    if (own >= STREAM_LIMITS.perCaller)
      throw publicError(
        "RATE_LIMITED",
        `${STREAM_LIMITS.perCaller} subscriptions are open for you: end one of them first.`,
      );
    if (this.#all >= STREAM_LIMITS.all) throw publicError("OVERLOADED", "Too many subscriptions are open; try again.");
    this.#open.set(caller, own + 1);
    this.#all += 1;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.#all -= 1;
      const left = this.#open.get(caller)! - 1;
      if (left === 0) this.#open.delete(caller);
      else this.#open.set(caller, left);
    };
  }
}
