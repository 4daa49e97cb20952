import { bulkUnderWay, wholeState } from "../projection/load.ts";
import { unlessGivenUp } from "../store/limit.ts";
import type { GraphStore, Params, Query, ReadOptions, WriteOptions, WriteTransaction } from "../store/store.ts";

/**
 * Milliseconds for which a reader may rely on having been told that no bulk import is under way. A bulk import waits so
 * long between saying that it begins and its first batch.
 */
export const LEASE_MS = 500;
/** How old that knowledge may be when a statement begins: what is left of the lease is for the statement itself. */
const FRESH_MS = 250;

interface Settled {
  /** Bulk imports that ever began. */
  readonly begun: number;
  /** When it was asked, before the question went out. */
  readonly askedAt: number;
}

/**
 * A store whose reads see no part of a bulk import: while one is under way, or interrupted, they are refused. It costs four
 * small statements a second, and one more behind a statement that outlives its lease. Writes go through as they are.
 */
export class SettledStore implements GraphStore {
  readonly engine: GraphStore["engine"];
  readonly #store: GraphStore;
  #known: Settled | undefined;
  #asking: Promise<Settled> | undefined;

  constructor(store: GraphStore) {
    this.engine = store.engine;
    this.#store = store;
  }

  /** @throws GraphError OVERLOADED while a bulk import is under way, and what the store throws */
  async read<Row>(query: Query<Row>, params: Params, options?: ReadOptions): Promise<Row[]> {
    const { signal } = options ?? {};
    const before = await unlessGivenUp(query.name, this.#settled(), signal);
    const rows = await this.#store.read(query, params, options);
    if (performance.now() - before.askedAt <= LEASE_MS) return rows;
    const after = await this.#ask(signal && { signal });
    if (after.begun !== before.begun) throw bulkUnderWay();
    return rows;
  }

  write<Result>(
    work: (tx: WriteTransaction) => Promise<Result>,
    options?: WriteOptions,
  ): Promise<{ readonly result: Result; readonly version: number }> {
    return this.#store.write(work, options);
  }

  writePart<Result>(work: (tx: WriteTransaction) => Promise<Result>): Promise<Result> {
    return this.#store.writePart(work);
  }

  async replan(): Promise<boolean> {
    return (await this.#store.replan?.()) ?? true;
  }

  prepare(): Promise<void> {
    return this.#store.prepare();
  }

  ready(): Promise<void> {
    return this.#store.ready();
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #settled(): Promise<Settled> {
    if (this.#known !== undefined && performance.now() - this.#known.askedAt < FRESH_MS) return this.#known;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(options?: ReadOptions): Promise<Settled> {
    const askedAt = performance.now();
    this.#known = undefined;
    this.#known = { begun: await wholeState(this.#store, options), askedAt };
    return this.#known;
  }
}
