import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import grafeo, { type GrafeoDB } from "@grafeo-db/js";
import { z } from "zod";
import { GraphError } from "../errors.ts";
import { migrate, readableFormat } from "../migrations/store-format.ts";
import { advanceGraphVersion } from "../queries/graph-version.ts";
import { translateEmbeddedError, translateOpeningError } from "./embedded-errors.ts";
import { EmbeddedTransaction } from "./embedded-transaction.ts";
import { withinLimit } from "./limit.ts";
import { schemaStatements } from "./schema.ts";
import type { GraphStore, Params, Query, ReadOptions, WriteOptions, WriteTransaction } from "./store.ts";
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

/**
 * What makes a statement write, data definition too, and texts and names that may hold such words. A read that writes must
 * not get as far as running: the engine has no read-only mode, and a transaction that is rolled back stays in its memory
 * (some 120 bytes each, until a hundred others are committed).
 */
const WRITES = /\b(?:CREATE|MERGE|SET|DELETE|REMOVE|DROP|INSERT|LOAD|FOREACH)\b/i;
const QUOTED = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`/g;

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
    throw translateOpeningError(path ?? "(in memory)", cause);
  }
}

class EmbeddedStore implements GraphStore {
  readonly engine = "embedded";
  readonly #db: GrafeoDB;
  readonly #timeoutMs: number;
  /** Writers follow one another, because the engine fails those that meet; settles when the last one is through. */
  #lastWriter: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(db: GrafeoDB, timeoutMs: number) {
    this.#db = db;
    this.#timeoutMs = timeoutMs;
  }

  async read<Row>(query: Query<Row>, params: Params, options: ReadOptions = {}): Promise<Row[]> {
    this.#refuseWhenClosed();
    if (WRITES.test(query.text.replace(QUOTED, "''"))) throw writesInRead(query.name);
    const encoded = encodeParams(query.name, params, (value) => value);
    const rows = await withinLimit(query.name, { timeoutMs: this.#timeoutMs, ...options }, () =>
      this.#runRead(query.name, query.text, encoded),
    );
    return parseRows(query, rows);
  }

  write<Result>(
    work: (tx: WriteTransaction) => Promise<Result>,
    { timeoutMs }: WriteOptions = {},
  ): Promise<{ readonly result: Result; readonly version: number }> {
    const write = (ended?: AbortSignal) =>
      this.#transact(async (tx) => {
        const [advanced] = await tx.run(advanceGraphVersion, {});
        return { result: await work(tx), version: advanced!.version };
      }, ended);
    return timeoutMs === undefined ? write() : withinLimit("write", { timeoutMs }, write);
  }

  async writePart<Result>(work: (tx: WriteTransaction) => Promise<Result>): Promise<Result> {
    return this.#transact(work);
  }

  /** What is not committed when it is `ended` never is. */
  #transact<Result>(work: (tx: WriteTransaction) => Promise<Result>, ended?: AbortSignal): Promise<Result> {
    return this.#enqueue(async () => {
      ended?.throwIfAborted();
      const transaction = new EmbeddedTransaction(this.#db.beginTransaction());
      try {
        const result = await work(transaction);
        ended?.throwIfAborted();
        await transaction.commit();
        return result;
      } catch (error) {
        await transaction.rollBack();
        throw error;
      }
    });
  }

  async snapshot<Result>(work: (reader: WriteTransaction) => Promise<Result>): Promise<Result> {
    this.#refuseWhenClosed();
    // The engine isolates by snapshots: a transaction sees the graph as it was when it began, and holds nobody up.
    const transaction = new EmbeddedTransaction(this.#db.beginTransaction());
    try {
      return await work(transaction);
    } finally {
      await transaction.rollBack();
    }
  }

  async prepare(): Promise<void> {
    await this.#enqueue(async () => {
      const statements = { run: this.#runAlone.bind(this) };
      const format = await readableFormat(statements);
      for (const { name, text } of schemaStatements("embedded"))
        await this.#runAlone({ name, text, row: z.unknown() }, {});
      await migrate(statements, format);
    });
  }

  async ready(): Promise<void> {
    this.#refuseWhenClosed();
    await this.#runRead("ready", "RETURN 1 AS one", {});
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#lastWriter;
    this.#db.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #runRead(name: string, text: string, params: Params): Promise<Record<string, unknown>[]> {
    try {
      return (await this.#db.executeCypher(text, params)).toArray();
    } catch (cause) {
      throw translateEmbeddedError(name, cause);
    }
  }

  /** A statement that is a transaction of its own and makes no new version. */
  async #runAlone<Row>(query: Query<Row>, params: Params): Promise<Row[]> {
    try {
      const result = await this.#db.executeCypher(
        query.text,
        encodeParams(query.name, params, (value) => value),
      );
      return parseRows(query, result.toArray());
    } catch (cause) {
      throw translateEmbeddedError(query.name, cause);
    }
  }

  #enqueue<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#refuseWhenClosed();
    const turn = this.#lastWriter.then(work);
    this.#lastWriter = turn.catch(() => undefined);
    return turn;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new GraphError("DB_UNAVAILABLE", "The embedded graph is closed");
  }
}

function writesInRead(name: string): GraphError {
  return new GraphError("INTERNAL", `${name} writes, but was asked to read`);
}
