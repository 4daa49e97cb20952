import { KeyedWrites } from "../support/keyed-writes.ts";
import { letUsersAsk, mixedRead, type Reply, Tally } from "../support/users.ts";

/** Milliseconds within which every request must be answered while the database fails. */
const MOST_MS = 6_000;
/** Milliseconds within which there must be data again once the database is well. */
export const MOST_RECOVERY_MS = 5_000;
/** What may be said instead of an answer while there is no database. */
const ALLOWED = new Set(["DB_UNAVAILABLE", "TIMEOUT", "OVERLOADED"]);

export interface TrialOptions {
  readonly users: number;
  /** One question in so many of a user is a write. */
  readonly writeEvery: number;
  /** Is told when (`performance.now()`) data came. */
  readonly onData: (at: number) => void;
  /** What goes on right now, for the account of what was broken. */
  readonly during?: () => string;
}

/** What came of a trial. */
export interface Verdict {
  /** Replies against the contract. */
  readonly broken: number;
  /** Writes lost, or carried out twice. */
  readonly wrong: number;
  /** Both, with what was counted, to print. */
  readonly text: string;
}

/** Users who read and write while the database fails, whose replies are held against what they may rely on. */
export class TriedUsers {
  readonly #url: string;
  readonly #writes = new KeyedWrites();
  readonly #tally = new Tally();
  readonly #broken: string[] = [];
  readonly #asking: Promise<void>;
  #isOver = false;

  constructor(url: string, { users, writeEvery, onData, during }: TrialOptions) {
    this.#url = url;
    this.#asking = letUsersAsk(
      url,
      users,
      () => this.#isOver,
      (user, turn) => (turn % writeEvery === writeEvery - 1 ? this.#writes.next() : mixedRead(user, turn)),
      (reply, question) => {
        this.#tally.add(reply);
        this.#writes.told(reply, question);
        const fault = brokenPromise(reply);
        const when = during === undefined ? "" : `${during()}: `;
        if (fault !== null) this.#broken.push(`${when}${fault}: ${question.query.slice(0, 60)}`);
        if (reply.codes.length === 0 && reply.failure === null) onData(reply.at);
      },
    );
  }

  /** Ends the reading, sends what is not acknowledged until it is, and looks in Neo4j whether each write happened once. */
  async verdict(neo4jUri: string): Promise<Verdict> {
    this.#isOver = true;
    await this.#asking;
    const writes = this.#writes;
    await letUsersAsk(
      this.#url,
      1,
      () => writes.isSettled,
      () => writes.next(),
      (reply, question) => writes.told(reply, question),
    );
    const wrong = await writes.faults(neo4jUri);
    const lines = [...new Set([...this.#broken, ...wrong])].slice(0, 20);
    const counts = `${this.#broken.length} against the contract (at most ${MOST_MS} ms), ${writes.acknowledged} writes acknowledged, ${wrong.length} lost or twice`;
    return {
      broken: this.#broken.length,
      wrong: wrong.length,
      text: [...lines, String(this.#tally), counts].join("\n"),
    };
  }
}

/** How a reply breaks what callers may rely on while the database fails; null where it does not. */
function brokenPromise({ failure, codes, hasRetryAfter, ms }: Reply): string | null {
  if (failure !== null) return `no answer (${failure})`;
  if (ms > MOST_MS) return `after ${Math.round(ms)} ms`;
  const code = codes.find((one) => !ALLOWED.has(one));
  if (code !== undefined) return code;
  return codes.length > 0 && !hasRetryAfter ? `${codes[0]} without Retry-After` : null;
}
