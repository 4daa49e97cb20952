import { GraphError } from "../errors.ts";
import { markStoreFormat, storeFormat } from "../queries/store-format.ts";
import type { Params, Query } from "../store/store.ts";
import { rewriteSearchTexts } from "./rewrite-search-texts.ts";

/** Runs single statements, each whole or not at all, without a new version of the graph. */
export interface Statements {
  run<Row>(query: Query<Row>, params: Params): Promise<Row[]>;
}

/**
 * One step from a format to the next. It may be killed anywhere and be run again, also by several processes at once: each
 * statement leaves what is done as it is.
 */
export type Migration = (statements: Statements) => Promise<void>;

/**
 * The way from each format to the next, the first from format 1, which has no mark of its own. A change to what a store
 * holds that this version could not read in the older form, or an older version not in the newer, adds a line.
 */
export const MIGRATIONS: readonly Migration[] = [rewriteSearchTexts];

/** The format that this version reads and writes. */
export const STORE_FORMAT = 1 + MIGRATIONS.length;

/**
 * The format of a store, before anything is changed in it.
 *
 * @throws GraphError DB_UNAVAILABLE where a newer version made it
 */
export async function readableFormat(statements: Statements, migrations = MIGRATIONS): Promise<number> {
  const newest = 1 + migrations.length;
  const { format, isWritten } = await markedFormat(statements);
  if (format !== null && format > newest)
    throw new GraphError(
      "DB_UNAVAILABLE",
      `The graph is in format ${format}, which a newer Liantu made; this one reads formats up to ${newest}. Start the newer version, or load an export of it into an empty graph.`,
    );
  return format ?? (isWritten ? 1 : newest);
}

/** Brings a store from a format to that of this version; the mark comes last, behind each step. */
export async function migrate(statements: Statements, from: number, migrations = MIGRATIONS): Promise<void> {
  for (const [index, migration] of migrations.entries()) {
    if (index + 1 < from) continue;
    await migration(statements);
    await statements.run(markStoreFormat, { format: index + 2 });
  }
  const newest = 1 + migrations.length;
  // A new store has no mark yet.
  if ((await markedFormat(statements)).format !== newest) await statements.run(markStoreFormat, { format: newest });
}

async function markedFormat(statements: Statements): Promise<{ format: number | null; isWritten: boolean }> {
  const [state] = await statements.run(storeFormat, {});
  return state!;
}
