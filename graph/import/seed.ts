import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ChangedRecords } from "../changes/changed-records.ts";
import { recordChange } from "../changes/record-change.ts";
import { GraphError } from "../errors.ts";
import { readDatasets } from "../formats/datasets.ts";
import { markSeeded, seedState } from "../queries/seed-marker.ts";
import type { GraphStore, WriteTransaction } from "../store/store.ts";
import { InvalidRecordsError } from "../validation/faults.ts";
import { writeDescription } from "./datasets.ts";
import { ingestWithin } from "./ingest.ts";
import type { IngestCounts } from "./ingest-plan.ts";

/** The part of a logger that this needs. */
export interface SeedLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/**
 * Loads the data sets below a folder into a graph that never held any: all of them in one transaction, with a marker
 * that keeps a later start from bringing back what was changed or deleted. Returns what was made, or undefined where the
 * graph was left as it is.
 *
 * @throws InvalidRecordsError with every fault of the files; nothing is loaded then
 * @throws GraphError BAD_INPUT where the folder is missing or holds no data set, and what the store throws
 */
export async function seedIfEmpty(
  store: GraphStore,
  seedsFolder: string,
  log: SeedLog,
): Promise<IngestCounts | undefined> {
  const [state] = await store.read(seedState, {});
  if (isTaken(state)) {
    log.info({}, "The graph is kept as it is: it was seeded before, or holds data");
    return undefined;
  }
  const { datasets, batch, faults } = await readDatasets(await datasetFolders(seedsFolder));
  if (faults.length > 0) throw new InvalidRecordsError(faults);
  const names = datasets.map(({ name }) => name);
  const load = async (tx: WriteTransaction): Promise<IngestCounts | undefined> => {
    const [now] = await tx.run(seedState, {});
    if (isTaken(now)) return undefined;
    const changed = new ChangedRecords();
    const counts = await ingestWithin(tx, batch, { changed });
    for (const dataset of datasets) await writeDescription(tx, dataset);
    await tx.run(markSeeded, { datasets: names, at: new Date().toISOString() });
    await recordChange(tx, { action: "SEED" }, changed);
    return counts;
  };
  const { result, version } = await store.write(load);
  if (result === undefined) return undefined;
  await store.replan?.();
  log.info(
    { datasets: names, nodes: batch.entities.length, relationships: batch.relationships.length, version },
    "The seeds are loaded",
  );
  return result;
}

function isTaken(state: { readonly marked: boolean; readonly filled: boolean } | undefined): boolean {
  return state !== undefined && (state.marked || state.filled);
}

async function datasetFolders(seedsFolder: string): Promise<string[]> {
  const entries = await readdir(seedsFolder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new GraphError("BAD_INPUT", `The folder of the seeds, ${seedsFolder}, cannot be read`, { cause });
  });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
  if (folders.length === 0)
    throw new GraphError("BAD_INPUT", `There is no data set in ${seedsFolder}: put at least one folder there`);
  return folders.map(({ name }) => join(seedsFolder, name)).sort();
}
