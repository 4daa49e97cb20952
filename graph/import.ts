import { importBulk } from "./bulk.ts";
import { importDataset, replaceDataset } from "./datasets.ts";
import { GraphError } from "./errors.ts";
import { FaultCounter, type FaultTally } from "./fault-tally.ts";
import { InvalidRecordsError } from "./faults.ts";
import type { InputFault, RecordInput } from "./formats/input.ts";
import { checkBatch } from "./import-check.ts";
import { refuseWhileRunning } from "./import-lock.ts";
import type { EntityRecord, Fault, RecordBatch, RelationshipRecord } from "./records.ts";
import type { GraphStore } from "./store/store.ts";

/** Up to so many rows an import is one transaction. */
export const MOST_ROWS = 100_000;

export interface ImportOptions {
  /** Removes what the graph holds of the data set beyond these records. */
  readonly replace?: boolean;
  /** Leaves out rows that are wrong, and those that depend on them, instead of refusing all. */
  readonly skipInvalid?: boolean;
  /** Takes more than 100,000 rows: writes them in batches, resumable; readers see the version before until the last. */
  readonly bulk?: boolean;
  /** Rows of one transaction of a bulk import; 10,000 where absent. */
  readonly rowsPerBatch?: number;
  /** Names the content of the input, so that an interrupted bulk import goes on only with the same. */
  readonly key: string;
  /** What the input is called where somebody waits for it. */
  readonly title: string;
  /** Is told each row that is left out, with why. */
  readonly onRejected?: (rejected: Rejected) => void;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Ends the import: nothing is stored, or of a bulk import what its last batch held. */
  readonly signal?: AbortSignal;
}

/** A row that was left out. */
export interface Rejected {
  readonly faults: readonly Fault[];
  /** Absent where the row could not be read as a record. */
  readonly record?: EntityRecord | RelationshipRecord;
}

export interface ImportProgress {
  readonly stage: "read" | "check" | "write" | "withdraw";
  /** Rows so far. */
  readonly done: number;
  /** Rows in all, where that is known. */
  readonly total?: number;
}

export interface ImportReport {
  /** False where faults kept everything out of the graph. */
  readonly stored: boolean;
  readonly dataset: string;
  readonly nodes: number;
  readonly relationships: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  /** Rows left out. */
  readonly rejected: number;
  readonly faults: FaultTally;
  /** Rows of an interrupted import that were stored before, so that this one began behind them. */
  readonly resumedAt: number;
  /** The graph's version with the records; absent where nothing is stored. */
  readonly version?: number;
}

/**
 * Brings an input into the graph. All of it is checked first, and nothing is stored where there is a fault (unless
 * `skipInvalid`). Up to 100,000 rows are one transaction; more need `bulk`. The same input twice changes nothing.
 *
 * @throws GraphError BAD_INPUT for too many rows without `bulk`, CONFLICT while another bulk import is under way or
 * waits to be finished, CANCELLED by `signal`, and what the store throws
 */
export async function importRecords(
  store: GraphStore,
  input: RecordInput,
  options: ImportOptions,
): Promise<ImportReport> {
  const { signal } = options;
  if (options.bulk === true) return importBulk(store, input, options);
  await refuseWhileRunning(store);
  const collected = await collect(input, options);
  if (collected === "TOO_MANY")
    throw new GraphError(
      "BAD_INPUT",
      `There are more than ${MOST_ROWS.toLocaleString("en")} rows: import them with --bulk, in batches that can be resumed`,
    );
  const { faults } = collected;
  const checked =
    faults.count === 0 && options.skipInvalid !== true
      ? { batch: collected.batch, refused: false, rejected: 0 }
      : await checkBatch(store, collected.batch, collected.unreadable, faults, options);
  const report = { dataset: input.dataset.name, rejected: checked.rejected, resumedAt: 0 };
  const sizes = { nodes: checked.batch.entities.length, relationships: checked.batch.relationships.length };
  if (checked.refused) return { ...REFUSED, ...report, ...sizes, faults: faults.tally };
  const write = options.replace === true ? replaceDataset : importDataset;
  try {
    const result = await write(store, input.dataset, checked.batch, {
      ...(signal === undefined ? {} : { signal }),
      onProgress: (done, total) => options.onProgress?.({ stage: "write", done, total }),
    });
    for (const other of input.others ?? []) await importDataset(store, other, NOTHING);
    return { stored: true, ...report, ...sizes, faults: faults.tally, ...result };
  } catch (error) {
    if (!(error instanceof InvalidRecordsError)) throw error;
    for (const fault of error.faults) faults.add(fault);
    return { ...REFUSED, ...report, ...sizes, faults: faults.tally };
  }
}

const NOTHING: RecordBatch = { entities: [], relationships: [] };
const REFUSED = { stored: false, created: 0, updated: 0, unchanged: 0, deleted: 0 } as const;

interface Collected {
  readonly batch: RecordBatch;
  readonly faults: FaultCounter;
  /** Rows that could not be read as records. */
  readonly unreadable: readonly InputFault[];
}

async function collect(input: RecordInput, { signal, onProgress }: ImportOptions): Promise<Collected | "TOO_MANY"> {
  const faults = new FaultCounter();
  const unreadable: InputFault[] = [];
  const entities: EntityRecord[] = [];
  const relationships: RelationshipRecord[] = [];
  const read = async <Item extends object>(items: AsyncIterable<Item | InputFault>, into: Item[]): Promise<boolean> => {
    for await (const item of items) {
      if ("fault" in item) {
        faults.add(item.fault);
        if (unreadable.length < MOST_ROWS) unreadable.push(item);
      } else into.push(item);
      const done = entities.length + relationships.length;
      if (done > MOST_ROWS) return false;
      if (done % 1_000 === 0) {
        if (signal?.aborted === true) throw new GraphError("CANCELLED", "The import was cancelled; nothing was stored");
        onProgress?.({ stage: "read", done });
      }
    }
    return true;
  };
  const isWhole = (await read(input.entities(), entities)) && (await read(input.relationships(), relationships));
  return isWhole ? { batch: { entities, relationships }, faults, unreadable } : "TOO_MANY";
}
