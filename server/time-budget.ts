import { getOperationAST, OperationTypeNode } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Context } from "./context.ts";

/**
 * The time in which a request has to be answered, its wait for its turn included; when it is over, or the caller goes away,
 * its statements are ended.
 */
export class TimeBudget {
  /** Ends what works for the request. Its reason is a `TimeoutError` where the time was over, else the caller's. */
  readonly signal: AbortSignal;
  readonly #over = new AbortController();
  #left: number;
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #pauses = 0;
  #isRunning = false;

  constructor(caller: AbortSignal, milliseconds: number) {
    this.signal = this.#over.signal;
    // `AbortSignal.any` takes ten times as long; both are gone with their request.
    if (caller.aborted) this.#over.abort(caller.reason);
    else caller.addEventListener("abort", () => this.#over.abort(caller.reason), { once: true });
    this.#left = milliseconds;
  }

  /** Milliseconds that are left when it is started. */
  get left(): number {
    return this.#left;
  }

  start(): void {
    this.#isRunning = true;
    this.#run();
  }

  stop(): void {
    this.#isRunning = false;
    clearTimeout(this.#timer);
  }

  /** Does work that has a time limit of its own: meanwhile this one stands still. */
  async beside<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#pauses++ === 0 && this.#isRunning) {
      clearTimeout(this.#timer);
      this.#left -= performance.now() - this.#startedAt;
    }
    try {
      return await work();
    } finally {
      if (--this.#pauses === 0 && this.#isRunning) this.#run();
    }
  }

  #run(): void {
    if (this.#pauses > 0) return;
    this.#startedAt = performance.now();
    const end = (): void => this.#over.abort(new DOMException("The request took too long", "TimeoutError"));
    this.#timer = setTimeout(end, Math.max(0, this.#left)).unref();
  }
}

/**
 * Starts the time of queries. Each write of a mutation has it for itself, and what is read of it behind the limits of its
 * statements: one that was carried out is not to be answered with TIMEOUT; subscriptions last.
 */
export function limitTime(): Plugin<Context> {
  return {
    onExecute({ args }) {
      const operation = getOperationAST(args.document, args.operationName);
      if (operation?.operation !== OperationTypeNode.QUERY) return;
      const { budget } = args.contextValue;
      budget.start();
      return { onExecuteDone: () => budget.stop() };
    },
  };
}
