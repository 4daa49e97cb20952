import type { NeighborField } from "../../graph/ontology.ts";
import { END_OF_IDS, type NeighborRow } from "../../graph/queries/neighbors.ts";
import type { Context } from "../context.ts";
import { publicError } from "../errors.ts";
import { LIMITS } from "../guard.ts";
import type { PageKey } from "../loaders.ts";

/** Arguments of a Relay connection; 20 entries where neither `first` nor `last` says how many. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export interface Page<Entry> {
  readonly edges: readonly Entry[];
  readonly nodes: readonly unknown[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: () => Promise<number>;
}

const DEFAULT_PAGE = 20;

/** A keyset cursor: the ids a list is ordered by, opaque to the caller. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key), "utf8").toString("base64url");
}

/** @throws BAD_USER_INPUT for a text that no list of `length` ids gave */
export function decodeCursor(cursor: string, argument: string, length: number): string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(key) && key.length === length && key.every((part) => typeof part === "string")) return key;
  } catch {
    // Not JSON: refused below like any other text that is no cursor.
  }
  throw publicError(
    "BAD_USER_INPUT",
    `\`${argument}\` is not a cursor of this list: pass an endCursor or startCursor it gave.`,
  );
}

/** A number of entries between 1 and 1000. @throws BAD_USER_INPUT */
export function pageSize(value: number, argument: string): number {
  if (value < 1 || value > LIMITS.page) {
    throw publicError("BAD_USER_INPUT", `\`${argument}\` must be between 1 and ${LIMITS.page}; it is ${value}.`);
  }
  return value;
}

/** The page of an entity's neighbours along a field, in order of the neighbour's id and the relationship's. */
export async function neighborPage(
  field: NeighborField,
  sourceId: string,
  args: PageArguments,
  { loaders }: Context,
): Promise<Page<NeighborRow & { readonly cursor: string }>> {
  const backward = args.last != null;
  if (backward && args.first != null) throw publicError("BAD_USER_INPUT", "Pass `first` or `last`, not both.");
  if (backward ? args.after != null : args.before != null) {
    throw publicError("BAD_USER_INPUT", "`after` goes with `first`, and `before` with `last`.");
  }
  const size = backward ? pageSize(args.last!, "last") : pageSize(args.first ?? DEFAULT_PAGE, "first");
  const cursor = backward ? args.before : args.after;
  const start = backward ? [END_OF_IDS, END_OF_IDS] : ["", ""];
  const [otherId, relationshipId] = cursor == null ? start : decodeCursor(cursor, backward ? "before" : "after", 2);
  const key: PageKey = {
    page: backward ? "BACKWARD" : "FORWARD",
    otherId: otherId!,
    relationshipId: relationshipId!,
    limit: size + 1,
  };
  const rows = await loaders.neighbors(field, key).load(sourceId);
  const shown = rows.slice(0, size);
  if (backward) shown.reverse();
  const edges = shown.map((row) => ({ ...row, cursor: encodeCursor([row.id, row.relationshipId]) }));
  const more = rows.length > size;
  for (const row of shown) loaders.entity.prime(row.id, row);
  return {
    edges,
    nodes: edges,
    pageInfo: {
      hasNextPage: backward ? args.before != null : more,
      hasPreviousPage: backward ? more : args.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: () => loaders.neighborCount(field).load(sourceId),
  };
}
