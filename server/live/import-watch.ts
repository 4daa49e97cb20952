import { setTimeout as sleep } from "node:timers/promises";
import { GraphError } from "../../graph/errors.ts";
import type { ImportProgress as Step } from "../../graph/import/import-options.ts";
import { importRun } from "../../graph/queries/import-run.ts";
import type { GraphStore } from "../../graph/store/store.ts";

/** How far one import is. */
export interface ImportProgress {
  readonly title: string;
  readonly stage: "READ" | "CHECK" | "WRITE" | "WITHDRAW" | "ENDED";
  readonly done: number;
  readonly total: number | null;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

const STAGES = { read: "READ", check: "CHECK", write: "WRITE", withdraw: "WITHDRAW" } as const;
const NO_COUNTS = { created: 0, updated: 0, unchanged: 0 };

/** Knows the imports of this service, and the bulk import that the graph says is under way. */
export class ImportWatch {
  readonly #store: GraphStore;
  readonly #refreshMs: number;
  readonly #running = new Map<symbol, ImportProgress>();
  readonly #listeners = new Set<(key: symbol, progress: ImportProgress) => void>();

  constructor(store: GraphStore, refreshMs: number) {
    this.#store = store;
    this.#refreshMs = refreshMs;
  }

  /** Tells of an import of this service from its begin to its end; `work` is given what to say its steps to. */
  async during<Result>(title: string, work: (tell: (step: Step) => void) => Promise<Result>): Promise<Result> {
    const key = Symbol(title);
    const set = (progress: Omit<ImportProgress, "title" | keyof typeof NO_COUNTS>): void => {
      const whole = { title, ...NO_COUNTS, ...progress };
      this.#running.set(key, whole);
      for (const listener of this.#listeners) listener(key, whole);
    };
    set({ stage: "READ", done: 0, total: null });
    try {
      return await work(({ stage, done, total }) => set({ stage: STAGES[stage], done, total: total ?? null }));
    } finally {
      const { done, total } = this.#running.get(key)!;
      set({ stage: "ENDED", done, total });
      this.#running.delete(key);
    }
  }

  /** How far each import is: once for those under way, then whenever one has moved on. */
  async *progress(ended: AbortSignal): AsyncGenerator<ImportProgress> {
    const told = new Map<symbol, ImportProgress>(this.#running);
    const listener = (key: symbol, progress: ImportProgress): void => void told.set(key, progress);
    this.#listeners.add(listener);
    try {
      let bulk: ImportProgress | undefined;
      while (!ended.aborted) {
        const now = await this.#bulk().catch((error: unknown) => {
          // The graph does not answer right now: what was known still holds.
          if (error instanceof GraphError) return bulk;
          throw error;
        });
        if (now !== undefined && JSON.stringify(now) !== JSON.stringify(bulk)) yield now;
        if (now === undefined && bulk !== undefined) yield { ...bulk, stage: "ENDED" };
        bulk = now;
        const own = [...told.values()];
        told.clear();
        yield* own;
        await sleep(this.#refreshMs, undefined, { signal: ended });
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }

  async #bulk(): Promise<ImportProgress | undefined> {
    const [run] = await this.#store.read(importRun, {});
    if (run === undefined) return undefined;
    const { title, stage, created, updated, unchanged } = run;
    const done = created + updated + unchanged;
    return {
      ...{ title, created, updated, unchanged, done, total: null },
      stage: stage === "withdraw" ? "WITHDRAW" : "WRITE",
    };
  }
}
