import type { z } from "zod";

export type Params = Readonly<Record<string, unknown>>;

/** One question to the graph: its fixed or composed Cypher text and the shape of a row. */
export interface Query<Row> {
  /** Names the query in logs and in the driver's metadata. */
  readonly name: string;
  readonly text: string;
  readonly row: z.ZodType<Row>;
}

/** A query with its parameters. */
export interface Statement<Row> {
  readonly query: Query<Row>;
  readonly params: Params;
}

export interface ReadOptions {
  /** Ends the statement early; the caller gets a `GraphError` with code TIMEOUT or CANCELLED. */
  readonly signal?: AbortSignal;
  /** Milliseconds; the store's own limit where absent. */
  readonly timeoutMs?: number;
}

export interface WriteOptions {
  /** Tells whoever observes the store for whom it is written; a write is not ended by it. */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds after which it is given up with TIMEOUT, its wait for other writers included; the store's own limit, which
   * is long, where absent. One that is given up while it is committed may have been carried out all the same.
   */
  readonly timeoutMs?: number;
}

/** What a unit of work may do. Everything in it happens, or nothing does. */
export interface WriteTransaction {
  run<Row>(query: Query<Row>, params: Params): Promise<Row[]>;
}

/** The only door to a graph. `embedded` and `neo4j` are its two keys. */
export interface GraphStore extends AsyncDisposable {
  readonly engine: "embedded" | "neo4j";
  /** Rows of a query that only reads. Retried once where the connection failed. */
  read<Row>(query: Query<Row>, params: Params, options?: ReadOptions): Promise<Row[]>;
  /**
   * Runs `work` in one transaction and advances the graph's version in it; returns what `work` returned and the new
   * version. `work` may run more than once (a deadlock, a leader switch): it must be safe to repeat.
   */
  write<Result>(
    work: (tx: WriteTransaction) => Promise<Result>,
    options?: WriteOptions,
  ): Promise<{ readonly result: Result; readonly version: number }>;
  /**
   * As `write`, but the graph's version stays as it is: for the pieces of a bulk import, which readers see all at once when
   * it ends. On Neo4j several may be under way at a time; what they write must not depend on one another.
   */
  writePart<Result>(work: (tx: WriteTransaction) => Promise<Result>): Promise<Result>;
  /**
   * Only where the engine can keep one moment for a long reading: what `work` reads is the graph of that moment, while
   * writers go on. Nothing that it writes stays.
   */
  snapshot?<Result>(work: (reader: WriteTransaction) => Promise<Result>): Promise<Result>;
  /**
   * Only where others can write with tools of their own, which leave the graph's version as it is: names the last commit,
   * whoever made it. The same name = nothing was written in between.
   */
  lastCommit?(): Promise<string>;
  /** Only where it makes filling an empty graph faster: drops the indexes that reading needs, until `prepare` makes them. */
  dropIndexes?(): Promise<void>;
  /**
   * Only where the engine plans a statement by how much there was when it came first: has all statements planned anew. For whoever
   * has written much at once. False where the engine refused: statements may then be slow until it does so by itself.
   */
  replan?(): Promise<boolean>;
  /**
   * Makes the constraints and indexes of the ontology, waits until they can be used, and brings what an older version
   * stored to the format of this one; safe to repeat, and to be killed in.
   *
   * @throws GraphError DB_UNAVAILABLE where a newer version made the graph; nothing is changed then
   */
  prepare(): Promise<void>;
  /** Resolves when a statement gets an answer, else rejects with a `GraphError` that says why. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
