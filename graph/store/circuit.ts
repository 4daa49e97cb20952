import { setTimeout as sleep } from "node:timers/promises";
import { GraphError } from "../errors.ts";

export interface CircuitOptions {
  /** Asks the database for a sign of life; rejects where none comes in its time. */
  readonly probe: () => Promise<void>;
  /** What everybody is told while the database is silent. */
  readonly refusal: () => GraphError;
  /** Called when the circuit opens, once the work under way has been told. */
  readonly onOpen?: () => void;
  /** Milliseconds without an answer to anything asked after which a sign of life is asked for. */
  readonly silenceMs?: number;
  /** Milliseconds between two probes of a database that is known to be silent. */
  readonly everyMs?: number;
}

interface UnderWay {
  end: (refusal: GraphError) => void;
}

/** Probes in a row that must fail, so that one slow moment does not count as silence. */
const PROBES = 2;

/**
 * Keeps callers from waiting for a database that is known to be silent. Where work fails for want of the database, or nothing
 * is answered for a while, it is asked for a sign of life; where none comes twice, the circuit opens: work under way is
 * ended, later work is refused at once, and only probes go out until one is answered.
 */
export class Circuit {
  readonly #options: Required<CircuitOptions>;
  /** Work under way, each since when. A signal for each would take longer than all the rest of this. */
  readonly #underWay = new Map<UnderWay, number>();
  #isOpen = false;
  #answeredAt = 0;
  #isProbing = false;
  #isEnded = false;
  #watch: NodeJS.Timeout | undefined;

  constructor({ onOpen = () => undefined, silenceMs = 1_000, everyMs = 500, ...options }: CircuitOptions) {
    this.#options = { ...options, onOpen, silenceMs, everyMs };
  }

  /**
   * Does the work, which is to end where the circuit opens meanwhile: it says by what.
   *
   * @throws GraphError the refusal where the circuit is open, and what `work` throws
   */
  async run<Result>(
    work: (whenOpened: (end: (refusal: GraphError) => void) => void) => Promise<Result>,
  ): Promise<Result> {
    if (this.#isOpen) throw this.#options.refusal();
    const underWay: UnderWay = { end: () => undefined };
    this.#underWay.set(underWay, performance.now());
    this.#watch ??= setInterval(() => this.#look(), this.#options.silenceMs / 3).unref();
    try {
      const result = await work((end) => {
        underWay.end = end;
      });
      this.answered();
      return result;
    } catch (error) {
      if (error instanceof GraphError && (error.code === "DB_UNAVAILABLE" || error.code === "TIMEOUT")) this.#suspect();
      throw error;
    } finally {
      this.#underWay.delete(underWay);
      if (this.#underWay.size === 0) {
        clearInterval(this.#watch);
        this.#watch = undefined;
      }
    }
  }

  /** The database has answered something, so it is not silent. */
  answered(): void {
    this.#answeredAt = performance.now();
  }

  /** Ends the probes. */
  end(): void {
    this.#isEnded = true;
    clearInterval(this.#watch);
  }

  #look(): void {
    const silentSince = Math.max(this.#answeredAt, Math.min(...this.#underWay.values()));
    if (performance.now() - silentSince >= this.#options.silenceMs) this.#suspect();
  }

  #suspect(): void {
    if (this.#isProbing) return;
    this.#isProbing = true;
    void this.#probeUntilAnswered().finally(() => {
      this.#isProbing = false;
    });
  }

  async #probeUntilAnswered(): Promise<void> {
    const began = performance.now();
    for (let probes = 1; !this.#isEnded; probes += 1) {
      if ((await this.#isAlive()) || this.#answeredAt >= began) break;
      if (probes === PROBES) {
        this.#isOpen = true;
        for (const { end } of this.#underWay.keys()) end(this.#options.refusal());
        this.#options.onOpen();
      }
      if (probes >= PROBES) await sleep(this.#options.everyMs, undefined, { ref: false });
    }
    this.#isOpen = false;
  }

  /** A database that is only busy is alive. */
  async #isAlive(): Promise<boolean> {
    try {
      await this.#options.probe();
      return true;
    } catch (error) {
      return error instanceof GraphError && error.code === "OVERLOADED";
    }
  }
}
