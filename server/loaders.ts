import DataLoader from "dataloader";
import type { Asked } from "../graph/queries/asked.ts";
import { entitiesById } from "../graph/queries/entities-by-id.ts";
import {
  type NeighborGroupRow,
  type NeighborList,
  type NeighborRow,
  neighborCounts,
  neighborGroups,
  neighbors,
} from "../graph/queries/neighbors.ts";
import type { PageOf } from "../graph/queries/page-keys.ts";
import { relationshipsByKey } from "../graph/queries/relationships-by-key.ts";
import type { GraphStore } from "../graph/store/store.ts";
import { type EntityFields, entityFields, type RelationshipFields, relationshipFields } from "./record-fields.ts";
import type { SharedLookups } from "./shared-lookups.ts";

/** A relationship is found from its source node. */
export interface RelationshipKey {
  readonly id: string;
  readonly from: string;
}

/** What neighbours are counted by. */
export interface NeighborGroup {
  readonly on: "node" | "edge";
  readonly property: string;
}

/** Pages of neighbours by the id of their source. */
export interface NeighborPages {
  /** Those that were read along with their source are there already: a promise for each of hundreds takes its time. */
  of(sourceId: string): readonly NeighborRow[] | Promise<readonly NeighborRow[]>;
  wereReadAlong(sourceId: string, rows: readonly NeighborRow[]): void;
}

export interface Loaders {
  readonly entity: DataLoader<string, EntityFields | null>;
  readonly relationship: DataLoader<RelationshipKey, RelationshipFields | null, string>;
  /**
   * One statement for all sources asked with the same list, page and properties.
   *
   * @param namesRelationships whether the ids of relationships are asked for: pages read along may be without them
   */
  neighbors(list: NeighborList, page: PageOf, asked: Asked, namesRelationships: boolean): NeighborPages;
  neighborCount(list: NeighborList): DataLoader<string, number>;
  neighborGroups(list: NeighborList, by: NeighborGroup): DataLoader<string, readonly NeighborGroupRow[]>;
}

/**
 * Batching for one request: keys in, rows aligned to keys out, one statement a batch.
 *
 * @param shared looks entities up together with those of other requests, which must see the same
 */
export function createLoaders(store: GraphStore, signal: AbortSignal, shared?: SharedLookups): Loaders {
  const options = { signal };
  const pages = new Map<string, NeighborPages>();
  const counts = new Map<string, DataLoader<string, number>>();
  const groups = new Map<string, DataLoader<string, readonly NeighborGroupRow[]>>();
  return {
    entity: new DataLoader(async (ids) => {
      const found = shared?.entities(ids, signal) ?? store.read(entitiesById, { ids: [...ids] }, options);
      const rows = new Map((await found).map((row) => [row.id, entityFields(row)]));
      return ids.map((id) => rows.get(id) ?? null);
    }),
    relationship: new DataLoader(
      async (keys) => {
        const wanted = keys.map(({ id, from }) => ({ id, from }));
        const found = await store.read(relationshipsByKey, { keys: wanted }, options);
        const rows = new Map(found.map((row) => [row.id, relationshipFields(row)]));
        return keys.map((key) => rows.get(key.id) ?? null);
      },
      { cacheKeyFn: (key) => key.id },
    ),
    neighbors: (list, page, asked, namesRelationships) =>
      remembered(pages, [keyOf(list), page, asked, namesRelationships], () => {
        const along = new Map<string, readonly NeighborRow[]>();
        const loader = new DataLoader<string, readonly NeighborRow[]>(async (ids) => {
          const { query, params } = neighbors(list, ids, page, asked);
          return grouped(ids, await store.read(query, params, options));
        });
        return {
          of: (sourceId) => along.get(sourceId) ?? loader.load(sourceId),
          wereReadAlong: (sourceId, rows) => void along.set(sourceId, rows),
        };
      }),
    neighborCount: (list) =>
      remembered(counts, [keyOf(list)], () => {
        return new DataLoader(async (ids) => {
          const { query, params } = neighborCounts(list, ids);
          const found = new Map((await store.read(query, params, options)).map((row) => [row.source, row.count]));
          return ids.map((id) => found.get(id) ?? 0);
        });
      }),
    neighborGroups: (list, by) =>
      remembered(groups, [keyOf(list), by], () => {
        return new DataLoader(async (ids) => {
          const { query, params } = neighborGroups(list, by, ids);
          return grouped(ids, await store.read(query, params, options));
        });
      }),
  };
}

function keyOf({ field, ...narrowed }: NeighborList): unknown {
  return [field.kind, field.field, narrowed];
}

function remembered<Value>(known: Map<string, Value>, key: readonly unknown[], make: () => Value): Value {
  const text = JSON.stringify(key);
  const value = known.get(text) ?? make();
  known.set(text, value);
  return value;
}

function grouped<Row extends { readonly source: string }>(ids: readonly string[], rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>(ids.map((id) => [id, []]));
  for (const row of rows) groups.get(row.source)?.push(row);
  return ids.map((id) => groups.get(id)!);
}
