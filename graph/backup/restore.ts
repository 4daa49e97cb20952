import { GraphError } from "../errors.ts";
import { ContentDigest } from "../export/content-hash.ts";
import { storedEntities, storedRelationships } from "../export/stored-records.ts";
import { writeDescription } from "../import/datasets.ts";
import type { Kind, RelationshipType } from "../ontology.ts";
import { storeApiKey } from "../queries/api-keys.ts";
import { graphIsEmpty, setGraphVersion } from "../queries/backup-state.ts";
import { markSeeded } from "../queries/seed-marker.ts";
import { writeCounter } from "../queries/write-counter.ts";
import { createEntities } from "../queries/write-entities.ts";
import { createRelationships, type NewRelationship } from "../queries/write-relationships.ts";
import type { PropertyValues } from "../records.ts";
import { searchText } from "../search-text.ts";
import type { GraphStore, WriteTransaction } from "../store/store.ts";
import type { BackupResult } from "./backup.ts";
import { type BackupHeader, type BackupLine, readBackup } from "./backup-lines.ts";

export interface RestoreOptions {
  readonly signal?: AbortSignal;
  /** Records read so far, of those that the backup holds. */
  readonly onProgress?: (done: number, total: number) => void;
}

const ROWS_PER_STATEMENT = 2_000;

/**
 * Brings the graph of a backup into an empty store, in one transaction, and compares what is stored with the counts and the
 * hash that the backup was made with: the store holds that very graph in the end, or is as empty as before. Keys that the
 * store has already are kept beside those of the backup.
 *
 * @throws GraphError CONFLICT where the store holds something, BAD_INPUT where the backup is none, of a newer format,
 * damaged or cut, CANCELLED, and what the store throws
 */
export async function restore(store: GraphStore, path: string, options: RestoreOptions = {}): Promise<BackupResult> {
  const { result } = await store.write(async (tx) => {
    const [{ isEmpty } = { isEmpty: false }] = await tx.run(graphIsEmpty, {});
    if (!isEmpty)
      throw new GraphError(
        "CONFLICT",
        "A backup is restored into an empty graph only: give a new folder (LIANTU_DATA)",
      );
    const restoring = new Restoring(tx, options);
    for await (const line of readBackup(path)) await restoring.take(line);
    return restoring.finish();
  });
  await store.replan?.();
  return result;
}

class Restoring {
  readonly #tx: WriteTransaction;
  readonly #options: RestoreOptions;
  readonly #entities = new Map<Kind, PropertyValues[]>();
  readonly #relationships = new Map<RelationshipType, NewRelationship[]>();
  #waiting = 0;
  #read = 0;
  /** Settles, never rejects, when all that was handed to the engine is stored or one statement has failed. */
  #storing: Promise<unknown> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #header: BackupHeader | undefined;
  #end: Extract<BackupLine, { end: unknown }>["end"] | undefined;

  constructor(tx: WriteTransaction, options: RestoreOptions) {
    this.#tx = tx;
    this.#options = options;
  }

  // Node 20 takes five times as long to spread the properties of a row as to assign them.
  async take(line: BackupHeader | BackupLine): Promise<void> {
    if ("liantuBackup" in line) this.#header = line;
    else if ("dataset" in line) {
      const { nameEn, internal = false, ...dataset } = line.dataset;
      await writeDescription(this.#tx, { ...dataset, internal, ...(nameEn === undefined ? {} : { nameEn }) });
    } else if ("seeded" in line) await this.#tx.run(markSeeded, line.seeded);
    else if ("apiKey" in line) {
      const { prefix, ...key } = line.apiKey;
      await this.#tx.run(storeApiKey, { prefix, key });
    } else if ("end" in line) this.#end = line.end;
    else if ("kind" in line) {
      const properties = Object.assign({}, line.properties, { id: line.id, searchText: searchText(line) });
      listAt(this.#entities, line.kind).push(properties);
      await this.#count();
    } else {
      const { type, id, from, to, properties } = line;
      // Nodes before the relationships that join them.
      if (this.#entities.size > 0) await this.#flush();
      listAt(this.#relationships, type).push({ from, to, properties: Object.assign({}, properties, { id }) });
      await this.#count();
    }
  }

  async finish(): Promise<BackupResult> {
    await this.#flush();
    await this.#stored();
    const stored = new ContentDigest();
    for await (const entity of storedEntities(this.#tx, null)) stored.addEntity(entity);
    for await (const relationship of storedRelationships(this.#tx, null)) stored.addRelationship(relationship);
    const { entities, relationships } = stored.counts;
    const hash = stored.digest();
    const end = this.#end;
    if (entities !== end?.entities || relationships !== end.relationships || hash !== end.hash)
      throw new GraphError(
        "BAD_INPUT",
        "What was restored is not what the backup says it holds, so nothing is kept: take another backup",
      );
    const [state] = await this.#tx.run(writeCounter, {});
    const version = Math.max(this.#header?.graphVersion ?? 0, state!.counter);
    await this.#tx.run(setGraphVersion, { version });
    return { version, nodes: entities, relationships, hash };
  }

  async #count(): Promise<void> {
    this.#waiting += 1;
    this.#read += 1;
    if (this.#waiting < ROWS_PER_STATEMENT) return;
    await this.#flush();
    const { signal, onProgress } = this.#options;
    if (signal?.aborted === true)
      throw new GraphError("CANCELLED", "The restoring was cancelled; nothing was stored", { cause: signal.reason });
    onProgress?.(this.#read, (this.#header?.nodes ?? 0) + (this.#header?.relationships ?? 0));
  }

  /** Hands what waits to the engine, which stores it while the next lines are read. */
  async #flush(): Promise<void> {
    await this.#stored();
    const statements = [
      ...[...this.#entities].map(([kind, entities]) => createEntities(kind, entities)),
      ...[...this.#relationships].map(([type, relationships]) => createRelationships(type, relationships)),
    ];
    const store = async (): Promise<void> => {
      for (const { query, params } of statements) await this.#tx.run(query, params);
    };
    this.#storing = store().catch((error: unknown) => {
      this.#failure = { error };
    });
    this.#entities.clear();
    this.#relationships.clear();
    this.#waiting = 0;
  }

  async #stored(): Promise<void> {
    await this.#storing;
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

function listAt<Key, Item>(lists: Map<Key, Item[]>, key: Key): Item[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
