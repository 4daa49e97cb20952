import { setTimeout as sleep } from "node:timers/promises";
import { GraphError } from "../graph/errors.ts";

export interface Patience {
  /** Milliseconds after which no new attempt is made. */
  readonly mostMs: number;
  /** Milliseconds between two attempts. */
  readonly everyMs: number;
  /** Told before each further attempt. */
  readonly onWait: (error: GraphError) => void;
}

/**
 * Repeats work that is safe to repeat as long as the database gives no answer: one that has just started, and was reached,
 * may fall silent for seconds while it plans its first statements.
 *
 * @throws what `work` throws last, and at once what is no silence
 */
export async function untilAnswered<Result>(work: () => Promise<Result>, patience: Patience): Promise<Result> {
  const end = performance.now() + patience.mostMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isSilence = error instanceof GraphError && (error.code === "DB_UNAVAILABLE" || error.code === "TIMEOUT");
      if (!isSilence || performance.now() + patience.everyMs > end) throw error;
      patience.onWait(error);
    }
    await sleep(patience.everyMs);
  }
}
