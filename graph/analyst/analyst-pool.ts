import { GraphError } from "../errors.ts";
import type { Network } from "../projection/network.ts";
import { withinLimit } from "../store/limit.ts";
import type { AnalysisName, AnswerOf, RequestOf } from "./analyses.ts";
import { type AnalysisThread, startThread } from "./analysis-thread.ts";
import type { Analyst, AskOptions } from "./analyst.ts";

export interface AnalystPoolOptions {
  /** How many threads at most; each starts when it is needed first. */
  readonly threads: number;
  /** How many questions may wait for a thread; more are refused. */
  readonly queue: number;
  /** How long one analysis may take, its wait for a thread included. */
  readonly timeoutMs: number;
  /** Milliseconds that work which is not wanted any more may take to notice, before its thread is ended; 250 where absent. */
  readonly graceMs?: number;
  /** The program of the threads; `worker.ts` where absent. */
  readonly entry?: URL;
}

/** An analyst with threads of its own, and what can be measured of it. */
export interface AnalystPool extends Analyst {
  load(): AnalystLoad;
}

export interface AnalystLoad {
  /** Questions that wait for a thread. */
  readonly waiting: number;
  /** Questions that a thread works on. */
  readonly running: number;
  /** Threads that were started so far; more than `threads` where some had to be replaced. */
  readonly started: number;
}

interface Job {
  readonly analysis: string;
  readonly request: unknown;
  readonly network: Network;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const OWN_ENTRY = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);

/**
 * Answers analyses in threads, so that the caller's thread stays free: first come, first served, by the first thread that
 * is idle. A network is sent to a thread once; the analyses on it that follow share its scenarios (`Desk`).
 */
export function createAnalystPool(options: AnalystPoolOptions): AnalystPool {
  const { timeoutMs, graceMs = 250, entry = OWN_ENTRY } = options;
  const waiting: Job[] = [];
  const running = new Map<AnalysisThread, Job>();
  const threads = new Set<AnalysisThread>();
  let started = 0;
  let closed = false;

  const start = (): AnalysisThread => {
    const thread = startThread({ entry, graceMs });
    started += 1;
    threads.add(thread);
    void thread.ended.then(() => {
      threads.delete(thread);
      running.delete(thread);
      dispatch();
    });
    return thread;
  };
  const idleThread = (): AnalysisThread | undefined => {
    for (const thread of threads) if (!running.has(thread)) return thread;
    return threads.size < options.threads ? start() : undefined;
  };
  const dispatch = (): void => {
    while (waiting.length > 0) {
      const thread = idleThread();
      if (thread === undefined) return;
      const job = waiting.shift()!;
      running.set(thread, job);
      thread
        .run(
          job,
          waiting.map(({ network }) => network),
        )
        .then(job.resolve, job.reject)
        .finally(() => {
          running.delete(thread);
          dispatch();
        });
    }
  };
  const refusal = (): GraphError | null => {
    if (closed) return stopping();
    const isFree = running.size < options.threads;
    return isFree || waiting.length < options.queue
      ? null
      : new GraphError("OVERLOADED", `${options.queue} analyses wait already`);
  };
  const enqueue = (job: Job, ended: AbortSignal): void => {
    waiting.push(job);
    dispatch();
    const leave = (): void => {
      if (waiting.includes(job)) waiting.splice(waiting.indexOf(job), 1);
      for (const [thread, current] of running) if (current === job) thread.interrupt();
    };
    ended.addEventListener("abort", leave, { once: true });
  };
  const close = async (): Promise<void> => {
    closed = true;
    for (const job of [...waiting.splice(0), ...running.values()]) job.reject(stopping());
    await Promise.all([...threads].map((thread) => thread.close()));
  };
  return {
    ask<Name extends AnalysisName>(
      network: Network,
      analysis: Name,
      request: RequestOf<Name>,
      { signal }: AskOptions = {},
    ): Promise<AnswerOf<Name>> {
      const refused = refusal();
      if (refused !== null) return Promise.reject(refused);
      const limits = { timeoutMs, ...(signal && { signal }) };
      const answer = withinLimit(
        `The analysis ${analysis}`,
        limits,
        (ended) => new Promise((resolve, reject) => enqueue({ analysis, request, network, resolve, reject }, ended)),
      );
      return answer as Promise<AnswerOf<Name>>;
    },
    load: () => ({ waiting: waiting.length, running: running.size, started }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function stopping(): GraphError {
  return new GraphError("CANCELLED", "The service is stopping");
}
