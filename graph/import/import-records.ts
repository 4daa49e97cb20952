import { GraphError } from "../errors.ts";
import type { InputFault, RecordInput } from "../formats/input.ts";
import type { EntityRecord, RecordBatch, RelationshipRecord } from "../records.ts";
import type { GraphStore } from "../store/store.ts";
import { InvalidRecordsError } from "../validation/faults.ts";
import { importBulk } from "./bulk.ts";
import { importDataset, replaceDataset } from "./datasets.ts";
import { FaultCounter } from "./fault-tally.ts";
import { checkBatch } from "./import-check.ts";
import { refuseWhileRunning } from "./import-lock.ts";
import type { ImportOptions, ImportReport } from "./import-options.ts";

/** Up to so many rows an import is one transaction. */
export const MOST_ROWS = 100_000;
/** Records with which a graph may have become another than its statements were planned for. */
const MANY = 1_000;

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
  const report = await (options.bulk === true ? importBulk : importAtOnce)(store, input, options);
  if (report.created >= MANY) await store.replan?.();
  return report;
}

async function importAtOnce(store: GraphStore, input: RecordInput, options: ImportOptions): Promise<ImportReport> {
  const { signal } = options;
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
  const { others = [] } = input;
  try {
    for (const other of others.filter(({ internal }) => internal === true)) await importDataset(store, other, NOTHING);
    const result = await write(store, input.dataset, checked.batch, {
      ...(signal === undefined ? {} : { signal }),
      author: options.author,
      clientMutationId: options.clientMutationId,
      onProgress: (done, total) => options.onProgress?.({ stage: "write", done, total }),
    });
    for (const other of others) await importDataset(store, other, NOTHING);
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
  const read = async <Item extends object>(
    pieces: AsyncIterable<readonly (Item | InputFault)[]>,
    into: Item[],
  ): Promise<boolean> => {
    for await (const items of pieces) {
      for (const item of items)
        if ("fault" in item) {
          faults.add(item.fault);
          if (unreadable.length < MOST_ROWS) unreadable.push(item);
        } else into.push(item);
      const done = entities.length + relationships.length;
      if (done > MOST_ROWS) return false;
      if (signal?.aborted === true) throw new GraphError("CANCELLED", "The import was cancelled; nothing was stored");
      onProgress?.({ stage: "read", done });
    }
    return true;
  };
  const isWhole = (await read(input.entities(), entities)) && (await read(input.relationships(), relationships));
  return isWhole ? { batch: { entities, relationships }, faults, unreadable } : "TOO_MANY";
}
