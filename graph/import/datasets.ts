import { ChangedRecords } from "../changes/changed-records.ts";
import { type Author, type Occasion, recordChange } from "../changes/record-change.ts";
import { GraphError } from "../errors.ts";
import type { Dataset } from "../formats/dataset.ts";
import { namedDataset } from "../formats/dataset-name.ts";
import {
  datasetsOfEntities,
  datasetsOfRelationships,
  describeDataset,
  describedDatasets,
  forgetDataset,
} from "../queries/datasets.ts";
import { graphVersion } from "../queries/graph-version.ts";
import type { Fault, RecordBatch } from "../records.ts";
import type { GraphStore, WriteTransaction } from "../store/store.ts";
import { InvalidRecordsError, shown } from "../validation/faults.ts";
import { type IngestOptions, ingestWithin } from "./ingest.ts";
import { type IngestCounts, planIngest } from "./ingest-plan.ts";
import type { Runner } from "./ingest-stored.ts";
import { faultsOfReferrers, type Outdated, outdatedRecords, removeRecords } from "./replace-plan.ts";
import { SCAN_TIMEOUT_MS, storeRunner } from "./store-runner.ts";

export interface DatasetResult extends IngestCounts {
  /** Records of the data set that were removed. */
  readonly deleted: number;
  /** The graph's version that holds the result. */
  readonly version: number;
}

/** A data set of the graph: what is known of it, or its name alone where it came without a description. */
export interface StoredDataset {
  readonly name: string;
  readonly description?: Dataset;
}

/** The data sets that records of the graph name or that were described, in order of name. */
export async function listDatasets(store: GraphStore): Promise<readonly StoredDataset[]> {
  const described = await readDescriptions(storeRunner(store), null);
  const names = new Set(described.keys());
  for (const query of [datasetsOfEntities, datasetsOfRelationships])
    for (const { name } of await store.read(query, {}, { timeoutMs: SCAN_TIMEOUT_MS })) names.add(name);
  return [...names].sort().map((name) => {
    const description = described.get(name);
    return description === undefined ? { name } : { name, description };
  });
}

/**
 * Writes the records of a data set and what is known of it, in one transaction. As `ingest`, it changes nothing, the
 * graph's version included, where all of it is stored already; nothing is removed.
 *
 * @throws InvalidRecordsError with every fault, GraphError CANCELLED, and what the store throws
 */
export async function importDataset(
  store: GraphStore,
  dataset: Dataset,
  batch: RecordBatch,
  options: IngestOptions = {},
): Promise<DatasetResult> {
  const runner = storeRunner(store, options.signal);
  const plan = await planIngest(runner, batch, options.signal);
  if (plan.total === 0 && (await isDescribedAs(runner, dataset)))
    return { ...plan.counts, deleted: 0, version: await versionOf(runner) };
  const { result, version } = await store.write(async (tx) => {
    const changed = new ChangedRecords();
    await writeDescription(tx, dataset);
    const counts = await ingestWithin(tx, batch, { ...options, changed });
    await recordChange(tx, { action: "IMPORT", ...occasionOf(dataset, options) }, changed);
    return counts;
  });
  return { ...result, deleted: 0, version };
}

/**
 * Makes a data set consist of these records: in one transaction, those it has beyond the batch are removed and the batch
 * is written. A second time with the same batch nothing happens, and the graph's version stays.
 *
 * @throws InvalidRecordsError where a record of the batch is wrong or of another data set, or where what would be removed
 * is still referred to from another one (STILL_REFERRED_TO); nothing is changed then
 */
export async function replaceDataset(
  store: GraphStore,
  dataset: Dataset,
  batch: RecordBatch,
  options: IngestOptions = {},
): Promise<DatasetResult> {
  const foreign = faultsOfForeignRecords(dataset.name, batch);
  if (foreign.length > 0) throw new InvalidRecordsError(foreign);
  const runner = storeRunner(store, options.signal);
  const outdated = await outdatedRecords(runner, dataset.name, batch);
  if (outdated.count === 0) return importDataset(store, dataset, batch, options);
  const { result, version } = await store.write(async (tx) => {
    const changed = new ChangedRecords();
    const deleted = await remove(tx, dataset.name, batch, changed);
    await writeDescription(tx, dataset);
    const counts = await ingestWithin(tx, batch, { ...options, changed });
    await recordChange(tx, { action: "REPLACE", ...occasionOf(dataset, options) }, changed);
    return { ...counts, deleted: deleted.count };
  });
  return { ...result, version };
}

/**
 * Removes all records of a data set and what is known of it, in one transaction. A data set that is not there is no
 * fault, and the graph's version stays.
 *
 * @throws InvalidRecordsError where other data sets still refer to it (STILL_REFERRED_TO); nothing is changed then
 */
export async function withdrawDataset(
  store: GraphStore,
  name: string,
  signal?: AbortSignal,
  author?: Author,
): Promise<Pick<DatasetResult, "deleted" | "version">> {
  const nothing: RecordBatch = { entities: [], relationships: [] };
  const runner = storeRunner(store, signal);
  const outdated = await outdatedRecords(runner, name, nothing);
  const described = await readDescriptions(runner, name);
  if (outdated.count === 0 && described.size === 0) return { deleted: 0, version: await versionOf(runner) };
  const { result, version } = await store.write(async (tx) => {
    const changed = new ChangedRecords();
    const deleted = await remove(tx, name, nothing, changed);
    await tx.run(forgetDataset, { name });
    await recordChange(tx, { action: "WITHDRAW", author, dataset: name }, changed);
    return deleted.count;
  });
  return { deleted: result, version };
}

/** Stores what is known of a data set, as a part of a transaction that writes its records. */
export async function writeDescription(tx: WriteTransaction, dataset: Dataset): Promise<void> {
  const { name, nameEn = null, title, licence, description, internal } = dataset;
  await tx.run(describeDataset, {
    name,
    properties: {
      nameEn,
      titleZh: title.zh,
      titleEn: title.en,
      licence,
      descriptionZh: description.zh,
      descriptionEn: description.en,
      // A description that says nothing of it must not publish what is marked internal.
      ...(internal === undefined ? {} : { internal }),
    },
  });
}

/** Describes those that are internal: before their first records, where these are not written in the same transaction. */
export async function describeInternal(tx: WriteTransaction, datasets: readonly Dataset[]): Promise<void> {
  for (const dataset of datasets) if (dataset.internal === true) await writeDescription(tx, dataset);
}

/**
 * Marks a data set as internal, or as public again; one that is not there yet is marked for what will come. A mark that
 * stands already changes nothing, the graph's version included. Returns the version that has the mark.
 */
export async function markDataset(
  store: GraphStore,
  name: string,
  internal: boolean,
  author?: Author,
): Promise<number> {
  const runner = storeRunner(store);
  const stored = (await readDescriptions(runner, name)).get(name);
  if ((stored?.internal ?? false) === internal) return versionOf(runner);
  const { version } = await importDataset(
    store,
    { ...(stored ?? namedDataset(name)), internal },
    { entities: [], relationships: [] },
    { author },
  );
  return version;
}

/** What is known of the data sets, by name; of one, or of all (null). */
export async function readDescriptions(runner: Runner, name: string | null): Promise<ReadonlyMap<string, Dataset>> {
  const rows = await runner.run(describedDatasets, { name });
  return new Map(
    rows.map((row) => [
      row.name,
      {
        name: row.name,
        ...(row.nameEn === null ? {} : { nameEn: row.nameEn }),
        title: { zh: row.titleZh, en: row.titleEn },
        licence: row.licence,
        description: { zh: row.descriptionZh, en: row.descriptionEn },
        ...(row.internal ? { internal: true } : {}),
      },
    ]),
  );
}

function occasionOf({ name }: Dataset, { author, clientMutationId }: IngestOptions): Omit<Occasion, "action"> {
  return { author, clientMutationId, dataset: name };
}

async function remove(
  tx: WriteTransaction,
  name: string,
  batch: RecordBatch,
  changed: ChangedRecords,
): Promise<Outdated> {
  const outdated = await outdatedRecords(tx, name, batch);
  const faults = await faultsOfReferrers(tx, name, outdated);
  if (faults.length > 0) throw new InvalidRecordsError(faults);
  await removeRecords(tx, outdated);
  changed.addDeleted([...outdated.entities.values()].flat(), [...outdated.relationships.values()].flat());
  return outdated;
}

function faultsOfForeignRecords(name: string, { entities, relationships }: RecordBatch): Fault[] {
  return [...entities, ...relationships].flatMap(({ id, place, properties }) => {
    const dataset = properties["dataset"];
    if (typeof dataset !== "string" || dataset === name) return [];
    return {
      ...(place === undefined ? {} : { place }),
      field: "dataset",
      value: dataset,
      code: "OTHER_DATASET",
      message: `${shown(id)} is of the data set ${shown(dataset)}, but ${shown(name)} is to be replaced — give it to ${name}, or import it without replacing`,
      messageZh: `${shown(id)} 属于数据集 ${shown(dataset)}，而要替换的是 ${shown(name)}——请把它改归 ${name}，或不作替换地导入`,
    };
  });
}

async function isDescribedAs(runner: Runner, dataset: Dataset): Promise<boolean> {
  const stored = (await readDescriptions(runner, dataset.name)).get(dataset.name);
  const { internal = stored?.internal } = dataset;
  return (
    stored !== undefined && sameText(stored) === sameText(dataset) && (stored.internal ?? false) === (internal ?? false)
  );
}

function sameText({ nameEn, title, licence, description }: Dataset): string {
  return JSON.stringify([nameEn, title.zh, title.en, licence, description.zh, description.en]);
}

async function versionOf(runner: Runner): Promise<number> {
  const [row] = await runner.run(graphVersion, {});
  if (row === undefined) throw new GraphError("INTERNAL", "The graph has no version");
  return row.version;
}
