import { TextResponse } from "./text-response.ts";

/** What an answer is apart from who gets it. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

interface Waiting {
  /** What it came to; GONE where its asker went away or it failed, so that it tells nothing to others. */
  readonly answer: Promise<Answer | null | typeof GONE>;
  /** Those who ask the same and wait for it. */
  others: number;
}

const GONE = Symbol("gone");

/**
 * Answers questions that wait for their turn and are the same with one piece of work: when the graph changes, every open
 * page asks anew what the others ask. Whoever comes once the work has begun begins another, so that nobody is told of a
 * graph older than the question.
 */
export class SameQuestions {
  readonly #waiting = new Map<string, Waiting>();

  /**
   * @param key what makes two questions the same: all that the answer depends on, who asks included; null where nobody
   *   else may be given this answer
   * @param signal of the asker: where it went away, those who waited for its work have theirs done by themselves
   * @param work calls `begins` once it reads anything; null where it was not let in, which goes for all who waited for it
   */
  async ask(
    key: string | null,
    signal: AbortSignal,
    work: (begins: () => void) => Promise<Response | null>,
  ): Promise<Response | null> {
    if (key === null) return work(() => undefined);
    const first = this.#waiting.get(key);
    if (first === undefined) return this.#begin(key, signal, work);
    first.others += 1;
    const answer = await first.answer;
    return answer === GONE ? work(() => undefined) : responseOf(answer);
  }

  async #begin(
    key: string,
    signal: AbortSignal,
    work: (begins: () => void) => Promise<Response | null>,
  ): Promise<Response | null> {
    let tell: (answer: Answer | null | typeof GONE) => void = () => undefined;
    const answer = new Promise<Answer | null | typeof GONE>((resolve) => {
      tell = resolve;
    });
    const waiting: Waiting = { answer, others: 0 };
    const begins = (): void => {
      if (this.#waiting.get(key) === waiting) this.#waiting.delete(key);
    };
    this.#waiting.set(key, waiting);
    try {
      const response = await work(begins);
      if (waiting.others === 0) return response;
      const shared = response && { status: response.status, headers: response.headers, body: await response.text() };
      tell(signal.aborted ? GONE : shared);
      return responseOf(shared);
    } finally {
      begins();
      tell(GONE);
    }
  }
}

function responseOf(answer: Answer | null): Response | null {
  return answer && new TextResponse(answer.body, { status: answer.status, headers: answer.headers });
}
