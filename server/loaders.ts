import DataLoader from "dataloader";
import type { NeighborField } from "../graph/ontology.ts";
import { entitiesById } from "../graph/queries/entities-by-id.ts";
import { type NeighborRow, neighborCounts, neighbors, type PageDirection } from "../graph/queries/neighbors.ts";
import { relationshipsByKey } from "../graph/queries/relationships-by-key.ts";
import type { EntityRow, RelationshipRow } from "../graph/queries/rows.ts";
import type { GraphStore } from "../graph/store/store.ts";

/** A relationship is found from its source node. */
export interface RelationshipKey {
  readonly id: string;
  readonly from: string;
}

/** Which page of a neighbourhood: rows behind the cursor in the direction, one more than shown to see whether it goes on. */
export interface PageKey {
  readonly page: PageDirection;
  readonly otherId: string;
  readonly relationshipId: string;
  readonly limit: number;
}

export interface Loaders {
  readonly entity: DataLoader<string, EntityRow | null>;
  readonly relationship: DataLoader<RelationshipKey, RelationshipRow | null, string>;
  /** Pages of neighbours by source id: one statement for all sources asked with the same field and page. */
  neighbors(field: NeighborField, page: PageKey): DataLoader<string, readonly NeighborRow[]>;
  neighborCount(field: NeighborField): DataLoader<string, number>;
}

/** Batching for one request: keys in, rows aligned to keys out, one statement a batch. */
export function createLoaders(store: GraphStore, signal: AbortSignal): Loaders {
  const options = { signal };
  const pages = new Map<string, DataLoader<string, readonly NeighborRow[]>>();
  const counts = new Map<string, DataLoader<string, number>>();
  return {
    entity: new DataLoader(async (ids) => {
      const rows = new Map((await store.read(entitiesById, { ids: [...ids] }, options)).map((row) => [row.id, row]));
      return ids.map((id) => rows.get(id) ?? null);
    }),
    relationship: new DataLoader(
      async (keys) => {
        const wanted = keys.map(({ id, from }) => ({ id, from }));
        const found = await store.read(relationshipsByKey, { keys: wanted }, options);
        const rows = new Map(found.map((row) => [row.id, row]));
        return keys.map((key) => rows.get(key.id) ?? null);
      },
      { cacheKeyFn: (key) => key.id },
    ),
    neighbors: (field, page) =>
      remembered(
        pages,
        [field.kind, field.field, page.page, page.otherId, page.relationshipId, page.limit],
        () =>
          new DataLoader(async (ids) => {
            const { page: direction, ...params } = page;
            const rows = await store.read(neighbors(field, direction), { ids: [...ids], ...params }, options);
            return grouped(ids, rows);
          }),
      ),
    neighborCount: (field) =>
      remembered(
        counts,
        [field.kind, field.field],
        () =>
          new DataLoader(async (ids) => {
            const rows = await store.read(neighborCounts(field), { ids: [...ids] }, options);
            const found = new Map(rows.map((row) => [row.source, row.count]));
            return ids.map((id) => found.get(id) ?? 0);
          }),
      ),
  };
}

function remembered<Value>(known: Map<string, Value>, key: readonly unknown[], make: () => Value): Value {
  const text = JSON.stringify(key);
  const value = known.get(text) ?? make();
  known.set(text, value);
  return value;
}

function grouped(ids: readonly string[], rows: readonly NeighborRow[]): NeighborRow[][] {
  const groups = new Map<string, NeighborRow[]>(ids.map((id) => [id, []]));
  for (const row of rows) groups.get(row.source)?.push(row);
  return ids.map((id) => groups.get(id)!);
}
