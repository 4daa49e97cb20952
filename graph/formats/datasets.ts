import type { Fault, RecordBatch } from "../records.ts";
import { NOTHING_KNOWN, validateBatch } from "../validation/validate.ts";
import { type Dataset, readDataset } from "./dataset.ts";

export interface DatasetsReading {
  readonly datasets: readonly Dataset[];
  readonly batch: RecordBatch;
  readonly faults: readonly Fault[];
}

/** Reads the folders of data sets and checks them together, as one graph that stands alone. */
export async function readDatasets(folders: readonly string[]): Promise<DatasetsReading> {
  const readings = [];
  for (const folder of folders) readings.push(await readDataset(folder));
  const batch = {
    entities: readings.flatMap((reading) => reading.batch.entities),
    relationships: readings.flatMap((reading) => reading.batch.relationships),
  };
  const unread = new Set(readings.flatMap((reading) => [...reading.unread]));
  return {
    datasets: readings.flatMap(({ dataset }) => dataset ?? []),
    batch,
    faults: [...readings.flatMap((reading) => reading.faults), ...validateBatch(batch, { ...NOTHING_KNOWN, unread })],
  };
}
