import { GraphError } from "../errors.ts";
import { listDatasets, type StoredDataset } from "../import/datasets.ts";
import type { Runner } from "../import/ingest-stored.ts";
import { writeCounter } from "../queries/write-counter.ts";
import type { EntityRecord, PropertyValues, RelationshipRecord } from "../records.ts";
import type { GraphStore } from "../store/store.ts";
import { storedEntities, storedRelationships } from "./stored-records.ts";

/** A graph as a stream of records; both may be read more than once, in order of ids (relationships: of their source's). */
export interface ExportedRecords {
  /** The version of the graph that all of them are of. */
  readonly version: number;
  /** The data sets that they belong to, in order of name. */
  readonly datasets: readonly StoredDataset[];
  entities(): AsyncIterable<EntityRecord>;
  relationships(): AsyncIterable<RelationshipRecord>;
}

export interface ExportOptions {
  /** Only what belongs to this data set; ends and sources may belong to others. */
  readonly dataset?: string;
  readonly signal?: AbortSignal;
}

/** Milliseconds: a page sorts all ids on the embedded engine. */
const PAGE_TIMEOUT_MS = 60_000;
/** What the store keeps of a record, and no file holds. */
const KEPT_BY_THE_STORE = new Set(["id", "version", "updatedAt", "searchText"]);

/**
 * The records of a graph as files hold them, page by page.
 *
 * @throws GraphError CONFLICT while the graph holds a part of a bulk import
 * @throws GraphError CONFLICT from a stream at whose end the graph is not what it was when the export began: what was
 * read may be of two versions, so drop it and begin again
 */
export async function exportRecords(store: GraphStore, options: ExportOptions = {}): Promise<ExportedRecords> {
  const { dataset = null, signal } = options;
  const limits = { timeoutMs: PAGE_TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) };
  const runner: Runner = { run: (query, params) => store.read(query, params, limits) };
  const version = await versionOf(runner);
  const datasets = (await listDatasets(store)).filter(({ name }) => dataset === null || name === dataset);
  async function* unmoved<Item extends EntityRecord | RelationshipRecord>(items: AsyncIterable<Item>) {
    for await (const item of items) yield { ...item, properties: ownProperties(item.properties) };
    const now = await versionOf(runner);
    if (now !== version)
      throw new GraphError(
        "CONFLICT",
        `The graph changed while it was exported (version ${version} is ${now} now): begin the export again`,
      );
  }
  return {
    version,
    datasets,
    entities: () => unmoved(storedEntities(runner, dataset)),
    relationships: () => unmoved(storedRelationships(runner, dataset)),
  };
}

/** The properties of a record without those that the store keeps for itself. */
export function ownProperties(properties: PropertyValues): PropertyValues {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !KEPT_BY_THE_STORE.has(name)));
}

async function versionOf(runner: Runner): Promise<number> {
  const [row] = await runner.run(writeCounter, {});
  if (row!.isPartial)
    throw new GraphError(
      "CONFLICT",
      "A bulk import is under way or was interrupted: export the graph when that import is done",
    );
  return row!.counter;
}
