import { ChangedRecords } from "../changes/changed-records.ts";
import { type Author, recordChange } from "../changes/record-change.ts";
import { GraphError } from "../errors.ts";
import { graphVersion } from "../queries/graph-version.ts";
import { createEntities, updateEntities } from "../queries/write-entities.ts";
import { createRelationships, updateRelationships } from "../queries/write-relationships.ts";
import type { RecordBatch } from "../records.ts";
import type { GraphStore, Params, Query, Statement, WriteTransaction } from "../store/store.ts";
import { type IngestCounts, type IngestPlan, planAgainst, planIngest, planNew } from "./ingest-plan.ts";
import { readStored } from "./ingest-stored.ts";

export interface IngestOptions {
  /** Who writes, for the log of changes. */
  readonly author?: Author | undefined;
  /** The id that its caller gave it, for the log too. */
  readonly clientMutationId?: string | undefined;
  /** Told what is created and updated; a log entry is for whoever gives it to write. */
  readonly changed?: ChangedRecords;
  /** Ends the ingest between two statements; nothing of it stays. */
  readonly signal?: AbortSignal;
  /** Records written so far, of those that will be; begins again where the store repeats the transaction. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface IngestResult extends IngestCounts {
  /** The graph's version that holds the records. */
  readonly version: number;
}

const ROWS_PER_STATEMENT = 5_000;

/**
 * Writes records into the store: all of them or none, in one transaction. A record is the whole of its node or
 * relationship: a property it lacks is removed from what is stored. What is stored already stays untouched, and where that
 * is all, the graph's version does not advance.
 *
 * @throws InvalidRecordsError with every fault of the batch, against itself and what is stored
 * @throws GraphError CANCELLED when `signal` ended it, and what the store throws
 */
export async function ingest(
  store: GraphStore,
  batch: RecordBatch,
  options: IngestOptions = {},
): Promise<IngestResult> {
  const { signal } = options;
  const read = <Row>(query: Query<Row>, params: Params) =>
    store.read(query, params, signal === undefined ? {} : { signal });
  const [before] = await read(graphVersion, {});
  const plan = await planIngest({ run: read }, batch, signal);
  if (plan.total === 0) {
    const [current] = await read(graphVersion, {});
    return { ...plan.counts, version: current!.version };
  }
  const { result, version } = await store.write(async (tx) => {
    const [now] = await tx.run(graphVersion, {});
    const changed = new ChangedRecords();
    const within = { ...options, changed };
    // Where nobody wrote since the plan was made, it holds.
    const holds = now!.version === before!.version + 1;
    const counts = holds ? await carryOut(tx, plan, within) : await ingestWithin(tx, batch, within);
    await recordChange(tx, { action: "UPSERT", author: options.author }, changed);
    return counts;
  });
  return { ...result, version };
}

/** As `ingest`, as a part of a transaction that does more. */
export async function ingestWithin(
  tx: WriteTransaction,
  batch: RecordBatch,
  options: IngestOptions = {},
): Promise<IngestCounts> {
  return carryOut(tx, await planIngest(tx, batch, options.signal), options);
}

/** As `ingestWithin`, for records that were checked. */
export async function ingestChecked(
  tx: WriteTransaction,
  batch: RecordBatch,
  options: IngestOptions = {},
): Promise<IngestCounts> {
  return carryOut(tx, planAgainst(batch, await readStored(tx, batch, options.signal)), options);
}

/** Records that were checked and of which the store holds none, as the statements that write them. */
export interface NewRecords {
  readonly statements: readonly CountedStatement[];
  readonly counts: IngestCounts;
}

/** Makes records ready to be written: waiting as texts they take a tenth of the memory that they take as objects. */
export function packNew(batch: RecordBatch): NewRecords {
  const plan = planNew(batch);
  return { statements: [...statements(plan)], counts: plan.counts };
}

/**
 * Writes records that the store does not hold, as a part of a transaction that does more. Faster than `ingestWithin`,
 * because nothing is read; where a node is stored after all, the store refuses the transaction.
 */
export async function writeNew(tx: WriteTransaction, { statements, counts }: NewRecords): Promise<IngestCounts> {
  await runInTurn(tx, statements, counts.created);
  return counts;
}

/** Writes what a plan says, as a part of the transaction in which what it was made against still holds. */
export async function carryOut(
  tx: WriteTransaction,
  plan: IngestPlan,
  options: IngestOptions = {},
): Promise<IngestCounts> {
  await runInTurn(tx, statements(plan), plan.total, options);
  options.changed?.addPlan(plan);
  return plan.counts;
}

async function runInTurn(
  tx: WriteTransaction,
  statements: Iterable<CountedStatement>,
  total: number,
  { signal, onProgress }: IngestOptions = {},
): Promise<void> {
  let done = 0;
  let running: Promise<unknown> = Promise.resolve();
  for (const { query, params, records } of statements) {
    refuseWhenAborted(signal);
    // The next statement is on its way while the engine works on this one.
    const next = tx.run(query, params);
    next.catch(() => undefined);
    await running;
    running = next;
    done += records;
    onProgress?.(done, total);
  }
  await running;
}

interface CountedStatement extends Statement<never> {
  /** How many records it writes. */
  readonly records: number;
}

/** Nodes before the relationships that join them; a statement writes records of one kind or type. */
function* statements(plan: IngestPlan): Generator<CountedStatement> {
  for (const [kind, entities] of plan.newEntities)
    for (const some of chunks(entities, one)) yield { ...createEntities(kind, some), records: some.length };
  for (const rows of chunks(plan.changedEntities, one))
    yield { query: updateEntities, params: { rows }, records: rows.length };
  for (const [type, relationships] of plan.newRelationships)
    for (const some of chunks(relationships, one)) yield { ...createRelationships(type, some), records: some.length };
  for (const [type, sources] of plan.changedRelationships)
    for (const some of chunks([...sources], ([, changes]) => changes.size))
      yield {
        query: updateRelationships(type),
        params: { rows: some.map(([from, changes]) => ({ from, changes: Object.fromEntries(changes) })) },
        records: some.reduce((sum, [, changes]) => sum + changes.size, 0),
      };
}

function one(): number {
  return 1;
}

/** Cuts rows so that a statement writes about `ROWS_PER_STATEMENT` records; a row is never cut. */
function* chunks<Row>(rows: readonly Row[], recordsOf: (row: Row) => number): Generator<Row[]> {
  let chunk: Row[] = [];
  let records = 0;
  for (const row of rows) {
    chunk.push(row);
    records += recordsOf(row);
    if (records < ROWS_PER_STATEMENT) continue;
    yield chunk;
    chunk = [];
    records = 0;
  }
  if (chunk.length > 0) yield chunk;
}

function refuseWhenAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true)
    throw new GraphError("CANCELLED", "The ingest was cancelled; nothing of it was stored", { cause: signal.reason });
}
