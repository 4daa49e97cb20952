export interface AdmissionOptions {
  /** Requests worked on at once. */
  readonly running: number;
  /** Requests that may wait for one of those to end. */
  readonly waiting: number;
  /** Milliseconds that one may wait. */
  readonly mostMs: number;
}

interface Waiting {
  readonly begin: () => void;
  readonly giveUp: () => void;
}

/**
 * Lets in so many requests at once and lets so many others wait, in the order in which they came; what is beyond is refused
 * at once, so that those who are let in are answered in time however many knock.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  #running = 0;
  readonly #waiting = new Set<Waiting>();

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** Whether one more would be refused. */
  get isFull(): boolean {
    return this.#running >= this.#options.running && this.#waiting.size >= this.#options.waiting;
  }

  /** What `work` gives, or null where it was not let in: too many wait, it waited too long, or its caller went away. */
  async admit<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result | null> {
    if (!(await this.#entered(signal))) return null;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      const [next] = this.#waiting;
      next?.begin();
    }
  }

  async #entered(signal: AbortSignal): Promise<boolean> {
    const { running, mostMs } = this.#options;
    if (this.#running < running) {
      this.#running += 1;
      return true;
    }
    if (this.isFull || signal.aborted) return false;
    return new Promise((resolve) => {
      const end = (isIn: boolean): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", place.giveUp);
        this.#waiting.delete(place);
        if (isIn) this.#running += 1;
        resolve(isIn);
      };
      const place: Waiting = { begin: () => end(true), giveUp: () => end(false) };
      const timer = setTimeout(place.giveUp, mostMs);
      signal.addEventListener("abort", place.giveUp, { once: true });
      this.#waiting.add(place);
    });
  }
}
