import { mkdir } from "node:fs/promises";
import { basename, dirname } from "node:path";
import grafeo, { type GrafeoDB, type GrafeoError, type Transaction, type WriteCounters } from "@grafeo-db/js";
import { GraphError } from "../errors.ts";
import { advanceGraphVersion } from "../queries/graph-version.ts";
import { withinLimit } from "./limit.ts";
import { schemaStatements } from "./schema.ts";
import type { GraphStore, Params, Query, ReadOptions, WriteTransaction } from "./store.ts";
import { encodeParams, parseRows } from "./values.ts";

export interface EmbeddedOptions {
  readonly engine: "embedded";
  /** The file of the graph, made where it is missing; null keeps the graph in memory only. */
  readonly path: string | null;
  /** Milliseconds a read may take; 5,000 where absent. */
  readonly timeoutMs?: number;
  /** Gives rows without ORDER BY in random order: for tests, to find code that relies on their order. */
  readonly shuffleUnordered?: boolean;
}

/** A checkpoint folds the journal into the file, so that a later start replays little. */
const CHECKPOINTS = { intervalMs: 60_000, walBytes: 64 * 1024 * 1024 };

/** Data definition is not undone by a rollback of this engine, so a read must not get as far as running it. */
const DATA_DEFINITION = /^\s*(?:CREATE|DROP)\s+(?:\w+\s+)?(?:CONSTRAINT|INDEX)\b/i;

/**
 * Opens the in-process engine. Its statements run on threads of its own, not on the event loop (a query of 3.7 s delayed
 * a 5 ms timer by 11 ms at most), so it needs no worker thread; only taking over a result costs the loop time, about
 * 2 µs a row.
 *
 * An acknowledged write survives the end of the process, `kill -9` included; the engine does not force every write to
 * the disk, so a loss of power may cost the last ones.
 *
 * @throws GraphError DB_LOCKED when the file is open already, DB_UNAVAILABLE when it cannot be opened or made
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<GraphStore> {
  const { path, timeoutMs = 5_000, shuffleUnordered = false } = options;
  try {
    if (path !== null) await mkdir(dirname(path), { recursive: true });
    const db = grafeo.GrafeoDB.create(path, { shuffleUnordered });
    if (path !== null) db.setCheckpointTriggers(CHECKPOINTS);
    return new EmbeddedStore(db, timeoutMs);
  } catch (cause) {
    throw translateOpening(path ?? "(in memory)", cause);
  }
}

class EmbeddedStore implements GraphStore {
  readonly engine = "embedded";
  readonly #db: GrafeoDB;
  readonly #timeoutMs: number;
  /** Writers follow one another, because the engine fails those that meet; settles when the last one is through. */
  #lastWriter: Promise<unknown> = Promise.resolve();
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  constructor(db: GrafeoDB, timeoutMs: number) {
    this.#db = db;
    this.#timeoutMs = timeoutMs;
  }

  async read<Row>(query: Query<Row>, params: Params, options: ReadOptions = {}): Promise<Row[]> {
    this.#refuseWhenClosed();
    if (DATA_DEFINITION.test(query.text)) throw writesInRead(query.name);
    const encoded = encodeParams(query.name, params, (value) => value);
    const rows = await withinLimit(query.name, { timeoutMs: this.#timeoutMs, ...options }, () =>
      this.#track(this.#runRead(query.name, query.text, encoded)),
    );
    return parseRows(query, rows);
  }

  async write<Result>(
    work: (tx: WriteTransaction) => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly version: number }> {
    return this.#enqueue(async () => {
      const transaction = this.#db.beginTransaction();
      let failure: unknown;
      const tx: WriteTransaction = {
        run: async (query, params) => {
          // The engine would go on after a failed statement and commit the rest.
          if (failure !== undefined) throw failure;
          try {
            const encoded = encodeParams(query.name, params, (value) => value);
            const result = await transaction.executeCypher(query.text, encoded);
            return parseRows(query, result.toArray());
          } catch (cause) {
            failure ??= translate(query.name, cause);
            throw failure;
          }
        },
      };
      try {
        const [advanced] = await tx.run(advanceGraphVersion, {});
        const result = await work(tx);
        if (failure !== undefined) throw failure;
        commit(transaction);
        return { result, version: advanced!.version };
      } catch (cause) {
        if (transaction.isActive) transaction.rollback();
        throw cause;
      }
    });
  }

  async prepare(): Promise<void> {
    await this.#enqueue(async () => {
      for (const { name, text } of schemaStatements("embedded")) {
        try {
          await this.#db.executeCypher(text);
        } catch (cause) {
          throw translate(name, cause);
        }
      }
    });
  }

  async ready(): Promise<void> {
    this.#refuseWhenClosed();
    await this.#runRead("ready", "RETURN 1 AS one", {});
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled([this.#lastWriter, ...this.#running]);
    this.#db.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Reads in a transaction that is always rolled back: the engine has no read-only mode beside a writer. */
  async #runRead(name: string, text: string, params: Params): Promise<Record<string, unknown>[]> {
    const transaction = this.#db.beginTransaction();
    try {
      const result = await transaction.executeCypher(text, params);
      if (hasWritten(result.counters)) throw writesInRead(name);
      return result.toArray();
    } catch (cause) {
      throw translate(name, cause);
    } finally {
      if (transaction.isActive) transaction.rollback();
    }
  }

  #enqueue<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#refuseWhenClosed();
    const turn = this.#lastWriter.then(work);
    this.#lastWriter = turn.catch(() => undefined);
    return turn;
  }

  /** Closing waits for what still runs, also for what its caller no longer waits for. */
  #track<Result>(work: Promise<Result>): Promise<Result> {
    this.#running.add(work);
    const forget = (): void => void this.#running.delete(work);
    work.then(forget, forget);
    return work;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new GraphError("DB_UNAVAILABLE", "The embedded graph is closed");
  }
}

function commit(transaction: Transaction): void {
  try {
    transaction.commit();
  } catch (cause) {
    throw translate("commit", cause);
  }
}

function hasWritten(counters: WriteCounters): boolean {
  return Object.values(counters).some((count: number) => count > 0);
}

function writesInRead(name: string): GraphError {
  return new GraphError("INTERNAL", `${name} writes, but was asked to read`);
}

function translate(name: string, cause: unknown): GraphError {
  if (cause instanceof GraphError) return cause;
  const { gqlStatus, message } = cause as GrafeoError;
  if (message.includes("UNIQUE constraint"))
    return new GraphError("CONFLICT", `${name}: another node has this id already`, { cause });
  if (gqlStatus === "40000")
    return new GraphError("CONFLICT", `${name}: another writer changed it meanwhile`, { cause });
  if (/No space left|os error|I\/O error|read-only/i.test(message))
    return new GraphError(
      "DB_UNAVAILABLE",
      `${name}: the graph's file cannot be written; check disk space and rights`,
      {
        cause,
      },
    );
  return new GraphError("INTERNAL", `${name} failed in the embedded engine`, {
    cause,
  });
}

function translateOpening(path: string, cause: unknown): GraphError {
  if (cause instanceof Error && cause.message.includes("cannot be locked"))
    return new GraphError(
      "DB_LOCKED",
      `${basename(path)} is open in another process: stop it, or work through the running service`,
      { cause },
    );
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GraphError("DB_UNAVAILABLE", `Cannot open the graph's file ${path}: ${reason}`, { cause });
}
