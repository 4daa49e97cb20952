import { setTimeout as sleep } from "node:timers/promises";
import { ChangedRecords } from "../changes/changed-records.ts";
import { recordChange } from "../changes/record-change.ts";
import { GraphError } from "../errors.ts";
import { storedEntities, storedRelationships } from "../export/stored-records.ts";
import type { InputFault, RecordInput } from "../formats/input.ts";
import { advanceImportRun, beginImportRun, endImportRun, type ImportRun, importRun } from "../queries/import-run.ts";
import { seedState } from "../queries/seed-marker.ts";
import type { EntityRecord, RecordBatch, RelationshipRecord } from "../records.ts";
import type { GraphStore, WriteTransaction } from "../store/store.ts";
import { BulkCheck } from "./bulk-check.ts";
import { importDataset, writeDescription } from "./datasets.ts";
import { keepHeapSmall } from "./heap.ts";
import { isAlive, newOwner, type Owner, occupied, whileWriting } from "./import-lock.ts";
import type { ImportOptions, ImportReport } from "./import-options.ts";
import { ingestChecked, ingestNew } from "./ingest.ts";
import { type IngestCounts, planAgainst } from "./ingest-plan.ts";
import { type Runner, readStored } from "./ingest-stored.ts";
import { faultsOfReferrers, type Outdated, removeRecords } from "./replace-plan.ts";
import { LEASE_MS } from "./settled-store.ts";
import { storeRunner } from "./store-runner.ts";

/** Rows of one transaction. */
const ROWS = 10_000;

type Progress = Pick<ImportRun, "stage" | "position" | keyof IngestCounts>;

/** A piece of the input, and the position behind it. */
interface Piece {
  readonly stage: "entities" | "relationships";
  readonly end: number;
  readonly batch: RecordBatch;
}

/**
 * Imports an input of any size: checks all of it, then writes it in transactions of 10,000 rows, each of which also
 * records how far the import is. Killed at any moment, the same import goes on behind the last transaction and ends in the
 * same graph.
 *
 * @throws GraphError CONFLICT while another bulk import is under way or waits to be finished, CANCELLED by the signal
 */
export async function importBulk(store: GraphStore, input: RecordInput, options: ImportOptions): Promise<ImportReport> {
  const [before] = await store.read(importRun, {});
  if (before !== undefined && (before.key !== options.key || isAlive(before, Date.now()))) throw occupied(before);
  const [state] = await store.read(seedState, {});
  const check = new BulkCheck(store, input, options, before?.wasEmpty ?? state?.filled === false);
  await check.run();
  const runner = storeRunner(store, options.signal);
  const outdated =
    options.replace === true ? await outdatedBeside(runner, input.dataset.name, check) : NOTHING_OUTDATED;
  const referrers = await faultsOfReferrers(runner, input.dataset.name, outdated);
  for (const fault of referrers) check.faults.add(fault);
  const { nodes, relationships } = check;
  const faults = check.faults.tally;
  const report = { dataset: input.dataset.name, nodes, relationships, faults, deleted: 0, resumedAt: 0 };
  if (check.refused || referrers.length > 0)
    return { stored: false, ...report, created: 0, updated: 0, unchanged: 0, rejected: 0 };
  check.release();
  const bulk = new BulkImport(store, input, options, check, before);
  return whileWriting(bulk.me, async () => {
    const result = await bulk.write(outdated);
    return { stored: true, ...report, rejected: check.rejected, resumedAt: bulk.resumedAt, ...result };
  });
}

class BulkImport {
  readonly me: Owner = newOwner();
  /** Rows of an earlier run that were stored already. */
  readonly resumedAt: number;
  readonly #store: GraphStore;
  readonly #input: RecordInput;
  readonly #options: ImportOptions;
  readonly #check: BulkCheck;
  readonly #before: ImportRun | undefined;
  #progress: Progress;
  #hasBegun = false;

  constructor(
    store: GraphStore,
    input: RecordInput,
    options: ImportOptions,
    check: BulkCheck,
    before: ImportRun | undefined,
  ) {
    this.#store = store;
    this.#input = input;
    this.#options = options;
    this.#check = check;
    this.#before = before;
    this.#progress = before ?? { stage: "entities", position: 0, created: 0, updated: 0, unchanged: 0 };
    this.resumedAt = this.#progress.created + this.#progress.updated + this.#progress.unchanged;
  }

  async write(outdated: Outdated): Promise<IngestCounts & { readonly deleted: number; readonly version: number }> {
    if (this.#before !== undefined) await this.#begin();
    for await (const piece of ahead(this.#pieces())) await this.#writePiece(piece);
    await this.#withdraw(outdated);
    const { created, updated, unchanged } = this.#progress;
    const counts = { created, updated, unchanged, deleted: outdated.count };
    const { dataset, others = [] } = this.#input;
    if (!this.#hasBegun) {
      let version = 0;
      for (const each of [dataset, ...others])
        ({ version } = await importDataset(this.#store, each, { entities: [], relationships: [] }));
      return { ...counts, version };
    }
    const { version } = await this.#store.write(async (tx) => {
      await this.#advance(tx, {});
      for (const each of [dataset, ...others]) await writeDescription(tx, each);
      await tx.run(endImportRun, {});
      const changed = new ChangedRecords();
      changed.addCounts(counts);
      const { author } = this.#options;
      await recordChange(tx, { action: "BULK_IMPORT", author, dataset: dataset.name }, changed);
    });
    return { ...counts, version };
  }

  /** The input from where it is to be written on, in order. */
  async *#pieces(): AsyncGenerator<Piece> {
    const { stage, position } = this.#progress;
    if (stage === "entities")
      for await (const [end, entities] of this.#slices("entities", this.#input.entities(), position))
        yield { stage: "entities", end, batch: { entities, relationships: [] } };
    const start = stage === "relationships" ? position : 0;
    if (stage !== "withdraw")
      for await (const [end, relationships] of this.#slices("relationships", this.#input.relationships(), start))
        yield { stage: "relationships", end, batch: { entities: [], relationships } };
  }

  async *#slices<Item extends EntityRecord | RelationshipRecord>(
    stage: "entities" | "relationships",
    items: AsyncIterable<Item | InputFault>,
    start: number,
  ): AsyncGenerator<readonly [end: number, records: readonly Item[]]> {
    const leftOut = this.#check.leftOut[stage];
    let position = 0;
    let records: Item[] = [];
    for await (const item of items) {
      const at = position++;
      if (at < start || "fault" in item || leftOut.has(at)) continue;
      records.push(item);
      if (records.length < (this.#options.rowsPerBatch ?? ROWS)) continue;
      yield [position, records];
      records = [];
    }
    if (records.length > 0) yield [position, records];
  }

  async #writePiece({ stage, end, batch }: Piece): Promise<void> {
    const { signal } = this.#options;
    if (signal?.aborted === true) throw this.#interrupted();
    const isFresh = this.#check.isFresh(batch);
    if (!isFresh) {
      const runner = storeRunner(this.#store, signal);
      const plan = planAgainst(batch, await readStored(runner, batch, signal));
      if (plan.total === 0) return this.#note({ stage, position: end }, plan.counts);
    }
    if (!this.#hasBegun) await this.#begin();
    const write = (ingestPiece: typeof ingestNew) =>
      this.#store.write(async (tx) => {
        const counts = await ingestPiece(tx, batch);
        await this.#advance(tx, { ...this.#sum(counts), stage, position: end });
        return counts;
      });
    const { result } = await write(isFresh ? ingestNew : ingestChecked).catch((error: unknown) => {
      // Somebody else has made one of them meanwhile.
      if (isFresh && error instanceof GraphError && error.code === "CONFLICT") return write(ingestChecked);
      throw error;
    });
    this.#note({ stage, position: end }, result);
  }

  async #begin(): Promise<void> {
    await this.#store.write(async (tx) => {
      const [now] = await tx.run(importRun, {});
      if (now?.owner !== this.#before?.owner && now !== undefined) throw occupied(now);
      const [state] = await tx.run(seedState, {});
      const { key, title } = this.#options;
      const run: ImportRun = {
        ...this.me,
        key,
        title,
        heartbeat: Date.now(),
        wasEmpty: this.#before?.wasEmpty ?? state?.filled === false,
        stage: this.#progress.stage,
        position: this.#progress.position,
        created: this.#progress.created,
        updated: this.#progress.updated,
        unchanged: this.#progress.unchanged,
      };
      await tx.run(beginImportRun, { run });
    });
    this.#hasBegun = true;
    const { leaseMs = LEASE_MS, signal } = this.#options;
    await sleep(leaseMs, undefined, { signal }).catch(() => {
      throw this.#interrupted();
    });
  }

  /** @throws GraphError CONFLICT where another process has taken the import over */
  async #advance(tx: WriteTransaction, progress: Partial<Progress>): Promise<void> {
    const [mine] = await tx.run(advanceImportRun, {
      owner: this.me.owner,
      progress: { ...progress, heartbeat: Date.now() },
    });
    if (mine === undefined) throw new GraphError("CONFLICT", "Another process has taken this import over");
  }

  async #withdraw(outdated: Outdated): Promise<void> {
    if (outdated.count === 0) return;
    if (!this.#hasBegun) await this.#begin();
    let done = 0;
    for (const piece of piecesOf(outdated)) {
      if (this.#options.signal?.aborted === true) throw this.#interrupted();
      await this.#store.write(async (tx) => {
        await removeRecords(tx, piece);
        await this.#advance(tx, { stage: "withdraw", position: 0 });
      });
      done += piece.count;
      this.#options.onProgress?.({ stage: "withdraw", done, total: outdated.count });
    }
  }

  #sum({ created, updated, unchanged }: IngestCounts): IngestCounts {
    const sum = this.#progress;
    return {
      created: sum.created + created,
      updated: sum.updated + updated,
      unchanged: sum.unchanged + unchanged,
    };
  }

  #note(at: Pick<Progress, "stage" | "position">, counts: IngestCounts): void {
    keepHeapSmall();
    this.#progress = { ...at, ...this.#sum(counts) };
    const { created, updated, unchanged } = this.#progress;
    const total = this.#check.nodes + this.#check.relationships;
    this.#options.onProgress?.({ stage: "write", done: created + updated + unchanged, total });
  }

  #interrupted(): GraphError {
    const { created, updated, unchanged } = this.#progress;
    const done = (created + updated + unchanged).toLocaleString("en");
    const total = (this.#check.nodes + this.#check.relationships).toLocaleString("en");
    return new GraphError(
      "CANCELLED",
      `Interrupted: ${done} of ${total} rows are stored, readers still see the version before. Run the same import again to go on from there`,
    );
  }
}

/** The same items, of which the next is made while the one before is worked on. */
async function* ahead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = items.next();
  for (;;) {
    const { value, done } = await next;
    if (done === true) return;
    next = items.next();
    next.catch(() => undefined);
    yield value;
  }
}

const NOTHING_OUTDATED: Outdated = { entities: new Map(), relationships: new Map(), count: 0 };

/** What the graph holds of a data set and the input does not. Only the ids of what is to go are in memory. */
async function outdatedBeside(runner: Runner, dataset: string, check: BulkCheck): Promise<Outdated> {
  const entities = new Map<string, string[]>();
  const relationships = new Map<string, string[]>();
  let count = 0;
  for await (const { id, kind } of storedEntities(runner, dataset))
    if (!check.hasEntity(id)) {
      entities.set(kind, [...(entities.get(kind) ?? []), id]);
      count += 1;
    }
  for await (const { id, from } of storedRelationships(runner, dataset))
    if (!check.hasRelationship(id)) {
      relationships.set(from, [...(relationships.get(from) ?? []), id]);
      count += 1;
    }
  return { entities, relationships, count };
}

/** Parts of what is to go, relationships before the nodes they join. */
function* piecesOf({ entities, relationships }: Outdated): Generator<Outdated> {
  let some = new Map<string, readonly string[]>();
  let count = 0;
  for (const [from, ids] of relationships) {
    some.set(from, ids);
    count += ids.length;
    if (count < ROWS) continue;
    yield { ...NOTHING_OUTDATED, relationships: some, count };
    some = new Map();
    count = 0;
  }
  if (count > 0) yield { ...NOTHING_OUTDATED, relationships: some, count };
  for (const [kind, ids] of entities)
    for (let start = 0; start < ids.length; start += ROWS) {
      const piece = ids.slice(start, start + ROWS);
      yield { ...NOTHING_OUTDATED, entities: new Map([[kind, piece]]), count: piece.length };
    }
}
