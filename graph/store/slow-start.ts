import { GraphError } from "../errors.ts";

/** Statements at once when it begins, and those from which on nothing is held back any more. */
const FIRST = 4;
const ENOUGH = 64;
/** Milliseconds that one waits for its turn, so that its caller can be told to come again in time. */
const MOST_WAIT_MS = 2_000;

/**
 * Spares a database that has just come back: at first it gets a few statements at once, and one more for each that it has
 * answered, as TCP begins a connection. A Neo4j that has just started plans every statement anew, which takes longer than
 * anybody waits where all users ask at once.
 */
export class SlowStart {
  readonly #mostWaitMs: number;
  #window = Number.POSITIVE_INFINITY;
  #running = 0;
  /** In the order in which they came. */
  readonly #waiting = new Set<() => void>();

  constructor(mostWaitMs = MOST_WAIT_MS) {
    this.#mostWaitMs = mostWaitMs;
  }

  /** The database has come back. */
  begin(): void {
    this.#window = FIRST;
  }

  /**
   * Does the work when its turn comes. It gives up its place when it is `ended`, though on a connection that is gone it may
   * never settle.
   *
   * @throws GraphError OVERLOADED where it does not come in time; the reason of `ended` where that comes first
   */
  async take<Result>(ended: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    // Nothing is counted while nothing is held back: what is under way when the database goes is ended, and counts no more.
    if (this.#window === Number.POSITIVE_INFINITY) return work();
    if (this.#running < this.#window) this.#running += 1;
    else await this.#turn(ended);
    let isIn = true;
    const leave = (): void => {
      if (isIn) this.#running -= 1;
      isIn = false;
      for (const enter of this.#waiting) {
        if (this.#running >= this.#window) break;
        enter();
      }
    };
    ended.addEventListener("abort", leave, { once: true });
    if (ended.aborted) leave();
    try {
      const result = await work();
      if (isIn) this.#window = this.#window + 1 < ENOUGH ? this.#window + 1 : Number.POSITIVE_INFINITY;
      return result;
    } finally {
      ended.removeEventListener("abort", leave);
      leave();
    }
  }

  #turn(ended: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        ended.removeEventListener("abort", giveUp);
        this.#waiting.delete(enter);
      };
      const enter = (): void => {
        leave();
        this.#running += 1;
        resolve();
      };
      const giveUp = (): void => {
        leave();
        reject(ended.reason);
      };
      const timer = setTimeout(() => {
        leave();
        reject(new GraphError("OVERLOADED", "The database has just come back and is not yet up to so much at once"));
      }, this.#mostWaitMs);
      ended.addEventListener("abort", giveUp, { once: true });
      this.#waiting.add(enter);
      if (ended.aborted) giveUp();
    });
  }
}
