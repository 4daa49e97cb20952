import type { Runner } from "../import/ingest-stored.ts";
import { entitiesById } from "../queries/entities-by-id.ts";
import { entityIds } from "../queries/entity-ids.ts";
import { outgoing, outgoingCounts, outgoingPage } from "../queries/outgoing.ts";
import type { EntityRecord, RelationshipRecord } from "../records.ts";

/** How many rows a statement gives: sizes of pages. */
export interface PageSizes {
  readonly ids: number;
  readonly rows: number;
}

const PAGE_SIZES: PageSizes = { ids: 50_000, rows: 2_000 };

/**
 * Every entity as it is stored, `version`, `updatedAt` and `searchText` among its properties, in order of id; of one data
 * set, or of all (null). At most a page of them is in memory.
 */
export async function* storedEntities(
  runner: Runner,
  dataset: string | null,
  sizes: PageSizes = PAGE_SIZES,
): AsyncGenerator<EntityRecord> {
  for await (const ids of idPages(runner, dataset, sizes)) {
    const rows = await runner.run(entitiesById, { ids });
    yield* rows.sort(byId);
  }
}

/**
 * Every relationship as it is stored, in order of its source's id, then of its own; of one data set, or of all (null).
 * At most a page of them is in memory, however many start at one entity.
 */
export async function* storedRelationships(
  runner: Runner,
  dataset: string | null,
  sizes: PageSizes = PAGE_SIZES,
): AsyncGenerator<RelationshipRecord> {
  for await (const ids of idPages(runner, null, sizes)) {
    const counts = await runner.run(outgoingCounts, { ids, dataset });
    counts.sort((a, b) => compare(a.from, b.from));
    let few: string[] = [];
    let rows = 0;
    for (const { from, count } of counts) {
      if (rows + count > sizes.rows) {
        yield* await relationshipsOf(runner, few, dataset);
        few = [];
        rows = 0;
      }
      if (count > sizes.rows) yield* relationshipsOfHub(runner, from, dataset, sizes.rows);
      else {
        few.push(from);
        rows += count;
      }
    }
    yield* await relationshipsOf(runner, few, dataset);
  }
}

async function* idPages(runner: Runner, dataset: string | null, sizes: PageSizes): AsyncGenerator<string[]> {
  let after = "";
  for (;;) {
    const page = await runner.run(entityIds, { after, dataset, limit: sizes.ids });
    for (let start = 0; start < page.length; start += sizes.rows)
      yield page.slice(start, start + sizes.rows).map(({ id }) => id);
    if (page.length < sizes.ids) return;
    after = page.at(-1)!.id;
  }
}

async function relationshipsOf(
  runner: Runner,
  ids: readonly string[],
  dataset: string | null,
): Promise<RelationshipRecord[]> {
  if (ids.length === 0) return [];
  const rows = await runner.run(outgoing, { ids, dataset });
  return rows.sort((a, b) => compare(a.from, b.from) || byId(a, b));
}

async function* relationshipsOfHub(
  runner: Runner,
  id: string,
  dataset: string | null,
  limit: number,
): AsyncGenerator<RelationshipRecord> {
  let after = "";
  for (;;) {
    const page = await runner.run(outgoingPage, { id, after, dataset, limit });
    yield* page;
    if (page.length < limit) return;
    after = page.at(-1)!.id;
  }
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
