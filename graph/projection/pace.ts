/** Keeps work that comes again and again from taking more than a part of the time. */
export class Pace {
  readonly #share: number;
  readonly #mostPauseMs: number;
  #notBefore = 0;

  /**
   * @param share of the time that the work may take, up to 1
   * @param mostPauseMs a pause is never longer, however long the work took
   */
  constructor(share: number, mostPauseMs = Number.POSITIVE_INFINITY) {
    this.#share = share;
    this.#mostPauseMs = mostPauseMs;
  }

  /** Milliseconds until it may be done again; 0 where that is now. */
  get pauseMs(): number {
    return Math.max(0, this.#notBefore - performance.now());
  }

  /** Does it, and counts how long it took. */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.rest(Math.min(this.#mostPauseMs, (performance.now() - began) * (1 / this.#share - 1)));
    }
  }

  /** Puts it off for so long. */
  rest(ms: number): void {
    this.#notBefore = Math.max(this.#notBefore, performance.now() + ms);
  }
}
