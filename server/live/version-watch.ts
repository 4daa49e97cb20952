import type { ChangeLogState } from "../../graph/queries/changes.ts";
import { changeLogState } from "../../graph/queries/changes.ts";
import type { GraphStore } from "../../graph/store/store.ts";

/** Tells waiting streams when the graph has moved on: one small statement at a time, and none while nobody waits. */
export class VersionWatch {
  readonly #store: GraphStore;
  readonly #refreshMs: number;
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #last = -1;

  constructor(store: GraphStore, refreshMs: number) {
    this.#store = store;
    this.#refreshMs = refreshMs;
  }

  /** How far the log reaches right now. */
  async state(): Promise<ChangeLogState> {
    const [state] = await this.#store.read(changeLogState, {});
    return state!;
  }

  /** Resolves when the graph is at another version than this one, or `ended` is aborted. */
  async movedOn(from: number, ended: AbortSignal): Promise<void> {
    while (!ended.aborted && this.#last <= from) await this.#tick(ended);
  }

  #tick(ended: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        ended.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      ended.addEventListener("abort", wake);
      this.#timer ??= setTimeout(() => void this.#look(), this.#refreshMs);
    });
  }

  async #look(): Promise<void> {
    try {
      this.#last = (await this.state()).version;
    } catch {
      // Whoever waits goes on waiting: the graph does not answer right now, or a bulk import is under way.
    }
    this.#timer = undefined;
    for (const wake of [...this.#waiting]) wake();
  }
}
