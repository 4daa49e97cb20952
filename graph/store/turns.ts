/** A waiting line: lets so many in at once; the others wait, in the order in which they came. */
export class Turns {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(most: number) {
    this.#free = most;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Whether one more would have to wait. */
  get isTaken(): boolean {
    return this.#free === 0;
  }

  /**
   * Waits for a turn, which is over with `leave`.
   *
   * @returns false where it gave up: its turn did not come in so many milliseconds, or before its caller's signal
   */
  enter(mostMs: number, signal?: AbortSignal): Promise<boolean> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve(true);
    }
    if (signal?.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (isIn: boolean): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", giveUp);
        this.#waiting.delete(begin);
        resolve(isIn);
      };
      const begin = (): void => end(true);
      const giveUp = (): void => end(false);
      const timer = setTimeout(giveUp, mostMs);
      signal?.addEventListener("abort", giveUp, { once: true });
      this.#waiting.add(begin);
    });
  }

  /** Gives the turn to whoever has waited longest. */
  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#free += 1;
    else next();
  }
}
