import type { InputFault } from "../formats/input.ts";
import type { EntityRecord, Fault, Place, RecordBatch, RelationshipRecord } from "../records.ts";
import type { GraphStore } from "../store/store.ts";
import { validateBatch } from "../validation/validate.ts";
import { concernsWholeFile, type FaultCounter } from "./fault-tally.ts";
import type { ImportOptions } from "./import-options.ts";
import { readStored } from "./ingest-stored.ts";
import { storeRunner } from "./store-runner.ts";

/** What a check leaves to be stored. */
export interface CheckedBatch {
  readonly batch: RecordBatch;
  readonly refused: boolean;
  /** Rows left out. */
  readonly rejected: number;
}

/**
 * Checks a batch against itself and the store, beside faults of rows that could not be read (`unreadable`, counted
 * already). With `skipInvalid` it leaves out what is wrong, then what depended on that, until the rest is right.
 */
export async function checkBatch(
  store: GraphStore,
  all: RecordBatch,
  unreadable: readonly InputFault[],
  faults: FaultCounter,
  { skipInvalid = false, onRejected, signal }: Pick<ImportOptions, "skipInvalid" | "onRejected" | "signal">,
): Promise<CheckedBatch> {
  const stored = await readStored(storeRunner(store, signal), all, signal);
  if (!skipInvalid || unreadable.some(({ fault }) => concernsWholeFile(fault))) {
    const unread = new Set(unreadable.flatMap((row) => row.unread ?? []));
    for (const fault of validateBatch(all, { ...stored.known, unread })) faults.add(fault);
    return { batch: all, refused: faults.count > 0, rejected: 0 };
  }
  let rejected = 0;
  for (const { fault } of unreadable) {
    onRejected?.({ faults: [fault] });
    rejected += 1;
  }
  let batch = all;
  for (;;) {
    const found = validateBatch(batch, stored.known);
    for (const fault of found) faults.add(fault);
    if (found.length === 0) return { batch, refused: false, rejected };
    if (found.some(concernsWholeFile)) return { batch, refused: true, rejected };
    const byPlace = new Map<string, Fault[]>();
    for (const fault of found) {
      const key = keyOf(fault.place!);
      byPlace.set(key, [...(byPlace.get(key) ?? []), fault]);
    }
    const isRight = (record: EntityRecord | RelationshipRecord): boolean => {
      const why = record.place === undefined ? undefined : byPlace.get(keyOf(record.place));
      if (why === undefined) return true;
      onRejected?.({ faults: why, record });
      rejected += 1;
      return false;
    };
    const right = {
      entities: batch.entities.filter(isRight),
      relationships: batch.relationships.filter(isRight),
    };
    // Nothing that could be left out carries the fault.
    if (right.entities.length + right.relationships.length === batch.entities.length + batch.relationships.length)
      return { batch, refused: true, rejected };
    batch = right;
  }
}

function keyOf({ file, row }: Place): string {
  return `${file}:${row}`;
}
