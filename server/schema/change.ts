import { type ChangeRow, changeLogState, changesSince } from "../../graph/queries/changes.ts";
import type { Context } from "../context.ts";
import { publicError } from "../errors.ts";
import type { ImportProgress } from "../live/import-watch.ts";
import { pageSize } from "./connection.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";

/** The log of changes, a page at a time. */
export const changeQueries = {
  changes: async (
    _: unknown,
    args: { readonly since: number; readonly first: number; readonly after?: string | null },
    { store, signal }: Context,
  ) => {
    const size = pageSize(args.first, "first");
    if (args.since < 0) throw publicError("BAD_USER_INPUT", "`since` is a version of the graph, 0 or more.");
    const after = args.after == null ? args.since : versionOf(args.after);
    const since = Math.max(args.since, after);
    const rows = await store.read(changesSince, { since, limit: size + 1 }, { signal });
    // Asked after the page, so that nothing was forgotten that it should hold.
    const [state] = await store.read(changeLogState, {}, { signal });
    const nodes = rows.slice(0, size);
    const edges = nodes.map((node) => ({ node, cursor: encodeCursor([String(node.version)]) }));
    return {
      edges,
      nodes,
      pageInfo: {
        hasNextPage: rows.length > size,
        hasPreviousPage: args.after != null,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
      version: state!.version,
      complete: since >= state!.prunedTo,
    };
  },
};

/** A stream's events are roots of their own: an error among them is told as one. */
export const subscriptions = {
  graphChanged: {
    subscribe: async (_: unknown, { since }: { readonly since?: number | null }, context: Context) => {
      await context.mustSeeAll();
      return rooted("graphChanged", await context.live.changes(context.streamOwner, since ?? null), context);
    },
  },
  importProgress: {
    subscribe: async (_: unknown, __: unknown, context: Context) => {
      await context.mustSeeAll();
      return rooted("importProgress", context.live.importProgress(context.streamOwner), context);
    },
  },
};

export const changeResolvers = {
  Change: {
    actor: ({ authorId, authorName }: ChangeRow) => ({ id: authorId, name: authorName }),
    nodes: (row: ChangeRow) => ({ created: row.createdNodes, updated: row.updatedNodes, deleted: row.deletedNodes }),
    relationships: (row: ChangeRow) => ({
      created: row.createdRelationships,
      updated: row.updatedRelationships,
      deleted: row.deletedRelationships,
    }),
  },
};

function versionOf(cursor: string): number {
  const version = Number(decodeCursor(cursor, "after", 1)[0]);
  if (Number.isSafeInteger(version)) return version;
  throw publicError("BAD_USER_INPUT", "`after` is not a cursor of this list: pass an endCursor it gave.");
}

/** The stream ends with the refusal where something comes to be hidden from the caller. */
function rooted(
  field: string,
  items: AsyncIterableIterator<ChangeRow | ImportProgress | Error>,
  { mustSeeAll }: Context,
) {
  return {
    next: async () => {
      const { value, done } = await items.next();
      if (done === true) return { done, value: undefined };
      const refused = await mustSeeAll().then(
        () => null,
        (error: unknown) => error,
      );
      if (refused === null) return { done: false, value: { [field]: value } };
      await items.return?.();
      return { done: false, value: { [field]: refused } };
    },
    return: async () => {
      await items.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
