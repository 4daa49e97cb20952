import { GraphError } from "../errors.ts";
import { ContentDigest } from "../export/content-hash.ts";
import { storedEntities, storedRelationships } from "../export/stored-records.ts";
import { writeFileWhole } from "../formats/write/output-file.ts";
import { readDescriptions } from "../import/datasets.ts";
import type { Runner } from "../import/ingest-stored.ts";
import { apiKeys } from "../queries/api-keys.ts";
import { seedMarkers } from "../queries/backup-state.ts";
import { entityCounts, relationshipCounts } from "../queries/counts.ts";
import { writeCounter } from "../queries/write-counter.ts";
import type { GraphStore } from "../store/store.ts";
import { type BackupHeader, FORMAT } from "./backup-lines.ts";

export interface BackupOptions {
  readonly signal?: AbortSignal;
  /** Records written so far, of those that will be. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a backup holds. */
export interface BackupResult {
  readonly version: number;
  readonly nodes: number;
  readonly relationships: number;
  readonly hash: string;
}

/**
 * Backs an embedded graph up to one file while it is in use: the graph as it is at one moment, with the versions and dates
 * of its records, its data sets, the marker of its seeds and the hashes of its keys. Readers and writers go on meanwhile. The
 * file takes its place whole or not at all.
 *
 * @throws GraphError BAD_INPUT for a Neo4j (which has `neo4j-admin database dump`) or where the file cannot be written,
 * CONFLICT while the graph holds a part of a bulk import, CANCELLED, and what the store throws
 */
export async function backup(store: GraphStore, path: string, options: BackupOptions = {}): Promise<BackupResult> {
  if (store.snapshot === undefined)
    throw new GraphError(
      "BAD_INPUT",
      "Only the embedded graph is backed up here: for Neo4j use neo4j-admin database dump, or export the graph",
    );
  return store.snapshot((reader) => writeBackup(reader, path, options));
}

async function writeBackup(runner: Runner, path: string, options: BackupOptions): Promise<BackupResult> {
  const header = await headerOf(runner);
  const digest = new ContentDigest();
  await writeFileWhole(path, lines(runner, header, digest, options), { gzip: true });
  const { entities, relationships } = digest.counts;
  return { version: header.graphVersion, nodes: entities, relationships, hash: digest.digest() };
}

async function headerOf(runner: Runner): Promise<BackupHeader> {
  const [state] = await runner.run(writeCounter, {});
  if (state!.isPartial)
    throw new GraphError(
      "CONFLICT",
      "A bulk import is under way or was interrupted: back the graph up when that import is done",
    );
  const total = (rows: readonly { readonly count: number }[]) => rows.reduce((sum, { count }) => sum + count, 0);
  return {
    liantuBackup: FORMAT,
    graphVersion: state!.counter,
    createdAt: new Date().toISOString(),
    nodes: total(await runner.run(entityCounts, {})),
    relationships: total(await runner.run(relationshipCounts, {})),
  };
}

async function* lines(
  runner: Runner,
  header: BackupHeader,
  digest: ContentDigest,
  { signal, onProgress }: BackupOptions,
): AsyncGenerator<string> {
  yield line(header);
  for (const dataset of (await readDescriptions(runner, null)).values()) yield line({ dataset });
  for (const { datasets, at } of await runner.run(seedMarkers, {})) yield line({ seeded: { datasets, at } });
  for (const apiKey of await runner.run(apiKeys, {})) yield line({ apiKey });
  const total = header.nodes + header.relationships;
  let done = 0;
  const count = (): void => {
    done += 1;
    if (done % 1_000 !== 0 && done !== total) return;
    if (signal?.aborted === true)
      throw new GraphError("CANCELLED", "The backup was cancelled; there is no file of it", { cause: signal.reason });
    onProgress?.(done, total);
  };
  for await (const entity of storedEntities(runner, null)) {
    digest.addEntity(entity);
    const { searchText, ...properties } = entity.properties;
    yield line({ kind: entity.kind, id: entity.id, properties });
    count();
  }
  for await (const relationship of storedRelationships(runner, null)) {
    digest.addRelationship(relationship);
    const { type, id, from, to, properties } = relationship;
    yield line({ type, id, from, to, properties });
    count();
  }
  yield line({ end: { ...digest.counts, hash: digest.digest() } });
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
