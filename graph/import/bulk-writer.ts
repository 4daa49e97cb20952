import { setTimeout as sleep } from "node:timers/promises";
import { ChangedRecords } from "../changes/changed-records.ts";
import { recordChange } from "../changes/record-change.ts";
import { GraphError } from "../errors.ts";
import type { InputFault, RecordInput } from "../formats/input.ts";
import {
  advanceImportLane,
  beginImportRun,
  beginImportStage,
  endImportRun,
  type ImportLane,
  type ImportRun,
  importLanes,
  importRun,
  removeImportLanes,
  takeImportLanes,
} from "../queries/import-run.ts";
import { seedState } from "../queries/seed-marker.ts";
import type { EntityRecord, RecordBatch, RelationshipRecord } from "../records.ts";
import type { GraphStore, WriteTransaction } from "../store/store.ts";
import type { BulkCheck } from "./bulk-check.ts";
import { piecesOf } from "./bulk-outdated.ts";
import { describeInternal, importDataset, writeDescription } from "./datasets.ts";
import { keepHeapSmall } from "./heap.ts";
import { newOwner, type Owner, occupied } from "./import-lock.ts";
import type { ImportOptions } from "./import-options.ts";
import { ingestChecked, type NewRecords, packNew, writeNew } from "./ingest.ts";
import { type IngestCounts, planAgainst } from "./ingest-plan.ts";
import { readStored } from "./ingest-stored.ts";
import { inLanes } from "./lanes.ts";
import { type Outdated, removeRecords } from "./replace-plan.ts";
import { LEASE_MS } from "./settled-store.ts";
import { storeRunner } from "./store-runner.ts";

/**
 * How a bulk import writes: rows of one transaction, and transactions at a time. Neo4j writes small ones faster and has a
 * processor for each; the embedded engine has one writer.
 */
const WRITING = { neo4j: { rows: 2_000, lanes: 2 }, embedded: { rows: 10_000, lanes: 1 } } as const;

type Stage = "entities" | "relationships";

/** A piece of the input: its number in its stage, the position behind it, and what of it is to be written. */
interface Piece {
  readonly number: number;
  readonly end: number;
  readonly records: NewRecords | RecordBatch;
}

/**
 * Writes an input that was checked in transactions of its own. Piece n of a stage belongs to lane n modulo the lanes, and a
 * lane writes its pieces in order, each with how far the lane is: so the positions of the lanes say exactly what is
 * stored, wherever all was killed.
 */
export class BulkWriter {
  readonly me: Owner = newOwner();
  /** Rows of an earlier run that were stored already. */
  readonly resumedAt: number;
  readonly #store: GraphStore;
  readonly #input: RecordInput;
  readonly #options: ImportOptions;
  readonly #check: BulkCheck;
  readonly #before: ImportRun | undefined;
  readonly #rows: number;
  #lanes: ImportLane[];
  #stage: ImportRun["stage"];
  #begun: Promise<void> | undefined;
  #fillsEmptyGraph = false;
  /** Whether records that the graph did not hold when the import began may be there now. */
  #mayBeStored = false;

  /** @param before the same import, where it was interrupted */
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
    const { rows, lanes } = WRITING[store.engine];
    this.#rows = before?.rowsPerPiece ?? options.rowsPerBatch ?? rows;
    this.#stage = before?.stage ?? "entities";
    this.#lanes = Array.from({ length: lanes }, (_, number) => {
      return { number, position: 0, created: 0, updated: 0, unchanged: 0 };
    });
    this.resumedAt = before === undefined ? 0 : before.created + before.updated + before.unchanged;
  }

  /** @throws GraphError CONFLICT where another process has taken the import over, CANCELLED by the signal */
  async write(outdated: Outdated): Promise<IngestCounts & { readonly deleted: number; readonly version: number }> {
    if (this.#before !== undefined) await this.#begin();
    if (this.#stage === "entities") {
      await this.#writeStage(() => this.#pieces("entities", this.#input.entities()));
      await this.#enter("relationships");
    }
    if (this.#stage === "relationships")
      await this.#writeStage(() => this.#pieces("relationships", this.#input.relationships()));
    await this.#withdraw(outdated);
    const counts = { ...this.#counts(), deleted: outdated.count };
    const { dataset, others = [] } = this.#input;
    if (this.#begun === undefined) {
      let version = 0;
      for (const each of [dataset, ...others])
        ({ version } = await importDataset(this.#store, each, { entities: [], relationships: [] }));
      return { ...counts, version };
    }
    if (this.#fillsEmptyGraph) await this.#store.prepare();
    const { version } = await this.#store.write(async (tx) => {
      await this.#advance(tx, this.#lanes[0]!);
      for (const each of [dataset, ...others]) await writeDescription(tx, each);
      await tx.run(endImportRun, {});
      await tx.run(removeImportLanes, {});
      const changed = new ChangedRecords();
      changed.addCounts(counts);
      const { author } = this.#options;
      await recordChange(tx, { action: "BULK_IMPORT", author, dataset: dataset.name }, changed);
    });
    return { ...counts, version };
  }

  async #writeStage(pieces: () => AsyncIterable<Piece>): Promise<void> {
    try {
      await inLanes(
        pieces(),
        ({ number }) => number % this.#lanes.length,
        (piece, lane) => this.#writePiece(piece, lane),
      );
    } catch (error) {
      if (this.#options.signal?.aborted === true) throw this.#interrupted();
      if (this.#mayBeStored || !(error instanceof GraphError && error.code === "CONFLICT")) throw error;
      // Somebody else has made one of them meanwhile: what is left is compared with what is stored.
      this.#mayBeStored = true;
      await this.#writeStage(pieces);
    }
  }

  /** The pieces of a stage that are not stored yet. */
  async *#pieces<Item extends EntityRecord | RelationshipRecord>(
    stage: Stage,
    read: AsyncIterable<readonly (Item | InputFault)[]>,
  ): AsyncGenerator<Piece> {
    const leftOut = this.#check.leftOut[stage];
    let position = 0;
    let records: Item[] = [];
    const piece = (end: number): Piece => {
      const batch = { entities: [], relationships: [], [stage]: records };
      records = [];
      const isNew = !this.#mayBeStored && this.#check.isFresh(batch);
      return { number: Math.floor((end - 1) / this.#rows), end, records: isNew ? packNew(batch) : batch };
    };
    const isStored = (at: number): boolean => {
      const number = Math.floor(at / this.#rows);
      return this.#lanes[number % this.#lanes.length]!.position > at;
    };
    for await (const items of read)
      for (const item of items) {
        const at = position++;
        if (!("fault" in item || leftOut.has(at) || isStored(at))) records.push(item);
        if (position % this.#rows === 0 && records.length > 0) yield piece(position);
      }
    if (records.length > 0) yield piece(position);
  }

  async #writePiece({ end, records }: Piece, lane: number): Promise<void> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    if (!("statements" in records)) {
      const plan = planAgainst(records, await readStored(storeRunner(this.#store, signal), records, signal));
      if (plan.total === 0) return this.#note(this.#moved(lane, end, plan.counts));
    }
    await this.#begin();
    const moved = await this.#store.writePart(async (tx) => {
      const counts = await ("statements" in records ? writeNew(tx, records) : ingestChecked(tx, records));
      const moved = this.#moved(lane, end, counts);
      await this.#advance(tx, moved);
      return moved;
    });
    this.#note(moved);
  }

  /** Says that the import begins, once, and waits until readers know. */
  #begin(): Promise<void> {
    this.#begun ??= this.#beginOnce();
    return this.#begun;
  }

  async #beginOnce(): Promise<void> {
    const { result } = await this.#store.write(async (tx) => {
      const [now] = await tx.run(importRun, {});
      if (now?.owner !== this.#before?.owner && now !== undefined) throw occupied(now);
      const [state] = await tx.run(seedState, {});
      const { key, title } = this.#options;
      const wasEmpty = this.#before?.wasEmpty ?? state?.filled === false;
      const run = {
        ...this.me,
        key,
        title,
        stage: this.#stage,
        rowsPerPiece: this.#rows,
        wasEmpty,
      };
      await tx.run(beginImportRun, { run });
      await describeInternal(tx, [this.#input.dataset, ...(this.#input.others ?? [])]);
      const stored = now === undefined ? this.#lanes : await tx.run(importLanes, {});
      const numbers = stored.map(({ number }) => number);
      await tx.run(takeImportLanes, { lanes: numbers, owner: this.me.owner, heartbeat: Date.now() });
      return { wasEmpty, lanes: now === undefined ? undefined : await tx.run(importLanes, {}) };
    });
    if (result.lanes !== undefined) this.#lanes = result.lanes;
    const { leaseMs = LEASE_MS, signal } = this.#options;
    const readersKnow = sleep(leaseMs, undefined, { signal }).catch(() => {
      throw this.#interrupted();
    });
    this.#fillsEmptyGraph = result.wasEmpty;
    await Promise.all([readersKnow, result.wasEmpty ? this.#store.dropIndexes?.() : undefined]);
  }

  async #enter(stage: "relationships" | "withdraw"): Promise<void> {
    this.#stage = stage;
    if (this.#begun !== undefined)
      await this.#store.writePart(async (tx) => {
        const moved = await tx.run(beginImportStage, { owner: this.me.owner, stage, heartbeat: Date.now() });
        if (moved.length === 0) throw takenOver();
      });
    this.#lanes = this.#lanes.map((lane) => ({ ...lane, position: 0 }));
  }

  async #advance(tx: WriteTransaction, { number, ...progress }: ImportLane): Promise<void> {
    const [mine] = await tx.run(advanceImportLane, {
      number,
      owner: this.me.owner,
      progress: { ...progress, heartbeat: Date.now() },
    });
    if (mine === undefined) throw takenOver();
  }

  async #withdraw(outdated: Outdated): Promise<void> {
    if (outdated.count === 0) return;
    await this.#begin();
    if (this.#stage !== "withdraw") await this.#enter("withdraw");
    let done = 0;
    for (const piece of piecesOf(outdated)) {
      if (this.#options.signal?.aborted === true) throw this.#interrupted();
      await this.#store.writePart(async (tx) => {
        await removeRecords(tx, piece);
        await this.#advance(tx, this.#lanes[0]!);
      });
      done += piece.count;
      this.#options.onProgress?.({ stage: "withdraw", done, total: outdated.count });
    }
  }

  #moved(number: number, position: number, { created, updated, unchanged }: IngestCounts): ImportLane {
    const lane = this.#lanes[number]!;
    return {
      number,
      position,
      created: lane.created + created,
      updated: lane.updated + updated,
      unchanged: lane.unchanged + unchanged,
    };
  }

  #note(moved: ImportLane): void {
    keepHeapSmall();
    this.#lanes[moved.number] = moved;
    const { created, updated, unchanged } = this.#counts();
    const total = this.#check.nodes + this.#check.relationships;
    this.#options.onProgress?.({ stage: "write", done: created + updated + unchanged, total });
  }

  #counts(): IngestCounts {
    const sum = (count: keyof IngestCounts): number => this.#lanes.reduce((total, lane) => total + lane[count], 0);
    return { created: sum("created"), updated: sum("updated"), unchanged: sum("unchanged") };
  }

  #interrupted(): GraphError {
    const { created, updated, unchanged } = this.#counts();
    const done = (created + updated + unchanged).toLocaleString("en");
    const total = (this.#check.nodes + this.#check.relationships).toLocaleString("en");
    return new GraphError(
      "CANCELLED",
      `Interrupted: ${done} of ${total} rows are stored, readers still see the version before. Run the same import again to go on from there`,
    );
  }
}

function takenOver(): GraphError {
  return new GraphError("CONFLICT", "Another process has taken this import over");
}
