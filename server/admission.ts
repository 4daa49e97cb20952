import { Turns } from "../graph/store/turns.ts";

export interface AdmissionOptions {
  /** Requests worked on at once. */
  readonly running: number;
  /** Requests that may wait for one of those to end. */
  readonly waiting: number;
  /** Milliseconds that one may wait. */
  readonly mostMs: number;
}

/**
 * Lets in so many requests at once and lets so many others wait, in the order in which they came; what is beyond is refused
 * at once, so that those who are let in are answered in time however many knock.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #turns: Turns;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#turns = new Turns(options.running);
  }

  /** Whether one more would be refused. */
  get isFull(): boolean {
    return this.#turns.isTaken && this.#turns.waiting >= this.#options.waiting;
  }

  /** What `work` gives, or null where it was not let in: too many wait, it waited too long, or its caller went away. */
  async admit<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result | null> {
    if (this.isFull || !(await this.#turns.enter(this.#options.mostMs, signal))) return null;
    try {
      return await work();
    } finally {
      this.#turns.leave();
    }
  }
}
