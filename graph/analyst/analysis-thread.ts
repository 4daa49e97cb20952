import { Worker } from "node:worker_threads";
import { GraphError } from "../errors.ts";
import type { Network } from "../projection/network.ts";
import { errorOf } from "./fault.ts";
import type { Assignment, Outcome } from "./messages.ts";
import { unpacked } from "./packing.ts";

export interface ThreadOptions {
  /** The program of the thread: a module that calls `answerAssignments`. */
  readonly entry: URL;
  /** How long work that is not wanted any more may take to notice, before its thread is ended. */
  readonly graceMs: number;
}

/** One thread, which answers one question at a time. */
export interface AnalysisThread {
  /** Resolves when the thread has ended, for whatever reason; it can be asked nothing more. */
  readonly ended: Promise<void>;
  /**
   * Asks a question; only when the one before is settled. The network travels with it unless the thread holds it already;
   * networks that are not among those `inUse` are forgotten.
   */
  run(
    question: { readonly analysis: string; readonly request: unknown; readonly network: Network },
    inUse: Iterable<Network>,
  ): Promise<unknown>;
  /** Ends the work under way: at its next checkpoint, or with the thread where it reaches none in time. */
  interrupt(): void;
  close(): Promise<void>;
}

/** Starts a thread. */
export function startThread({ entry, graceMs }: ThreadOptions): AnalysisThread {
  const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(entry, { workerData: stop, ...(isSource(entry) && { execArgv: withTypeScript() }) });
  const held = new Set<number>();
  let settle: ((outcome: Outcome | GraphError) => void) | null = null;
  let grace: NodeJS.Timeout | undefined;
  let failure: unknown;

  const settled = (outcome: Outcome | GraphError): void => {
    clearTimeout(grace);
    Atomics.store(stop, 0, 0);
    settle?.(outcome);
    settle = null;
  };
  // What comes from a thread that is being ended settles nothing: it must be given no other question.
  let isEnding = false;
  const end = async (): Promise<void> => {
    isEnding = true;
    await worker.terminate();
  };
  worker.on("message", (outcome: Outcome) => {
    if (!isEnding) settled(outcome);
  });
  worker.on("error", (error) => {
    failure = error;
  });
  const ended = new Promise<void>((resolve) => {
    worker.on("exit", () => {
      resolve();
      settled(new GraphError("INTERNAL", "The thread of an analysis has ended", { cause: failure }));
    });
  });
  return {
    ended,
    async run({ analysis, request, network }, inUse) {
      const key = keyOf(network);
      const wanted = new Set([key, ...[...inUse].map(keyOf)]);
      const dropped = [...held].filter((other) => !wanted.has(other));
      const sent = held.has(key) ? null : network;
      worker.postMessage({ analysis, request, network: key, sent, dropped } satisfies Assignment);
      for (const other of dropped) held.delete(other);
      held.add(key);
      return new Promise((resolve, reject) => {
        settle = (outcome) => {
          if (outcome instanceof GraphError) reject(outcome);
          else if ("fault" in outcome) reject(errorOf(outcome.fault));
          else resolve(unpacked(analysis, outcome.answer, network));
        };
      });
    },
    interrupt() {
      Atomics.store(stop, 0, 1);
      clearTimeout(grace);
      grace = setTimeout(() => void end(), graceMs);
    },
    close: end,
  };
}

const keys = new WeakMap<Network, number>();
let lastKey = 0;

/** A number that stands for a network as long as it lives. */
function keyOf(network: Network): number {
  const key = keys.get(network) ?? ++lastKey;
  keys.set(network, key);
  return key;
}

function isSource(entry: URL): boolean {
  return entry.pathname.endsWith(".ts");
}

/** From source (`npm run dev`, tests) a thread has to be taught TypeScript anew; the built service needs nothing. */
function withTypeScript(): string[] {
  const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  return ["--import", `data:text/javascript,import { register } from ${loader}; register();`];
}
