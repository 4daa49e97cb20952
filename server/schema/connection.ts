import { type KeyValue, keyValue, type OrderKey, type PageDirection } from "../../graph/filter/order.ts";
import type { PageOf } from "../../graph/queries/page-keys.ts";
import type { PropertyValues } from "../../graph/records.ts";
import { publicError } from "../errors.ts";
import { LIMITS } from "../guard.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";

/** Arguments of a Relay connection; 20 entries where neither `first` nor `last` says how many. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** What a connection works out only where it is asked for. */
interface Lazily {
  pageInfo(): PageInfo;
  totalCount(): Promise<number>;
  counts(args: object): Promise<readonly GroupCount[]>;
}

/** Resolvers of a connection that works out some of its fields where they are asked for. */
export const CONNECTION_FIELDS = {
  pageInfo: (connection: Lazily) => connection.pageInfo(),
  totalCount: (connection: Lazily) => connection.totalCount(),
  counts: (connection: Lazily, args: object) => connection.counts(args),
};

/** The resolver of an edge's cursor: few are asked for. */
export const EDGE_FIELDS = { cursor: (edge: { cursor(): string }) => edge.cursor() };

/** How many entries have one value; null = unknown. */
export interface GroupCount {
  readonly value: string | null;
  readonly count: number;
}

const DEFAULT_PAGE = 20;

/** A number of entries between 1 and 1000. @throws BAD_USER_INPUT */
export function pageSize(value: number, argument: string): number {
  if (value < 1 || value > LIMITS.page) {
    throw publicError("BAD_USER_INPUT", `\`${argument}\` must be between 1 and ${LIMITS.page}; it is ${value}.`);
  }
  return value;
}

/**
 * What the arguments of a connection ask for: one row more than is shown, to see whether the list goes on.
 *
 * @param ids how many ids settle ties: one of an entity, two of an edge
 * @throws BAD_USER_INPUT
 */
export function pageOf(args: PageArguments, order: readonly OrderKey[], ids: number): PageOf {
  const backward = args.last != null;
  if (backward && args.first != null) throw publicError("BAD_USER_INPUT", "Pass `first` or `last`, not both.");
  if (backward ? args.after != null : args.before != null) {
    throw publicError("BAD_USER_INPUT", "`after` goes with `first`, and `before` with `last`.");
  }
  const size = backward ? pageSize(args.last!, "last") : pageSize(args.first ?? DEFAULT_PAGE, "first");
  const cursor = backward ? args.before : args.after;
  const direction: PageDirection = backward ? "BACKWARD" : "FORWARD";
  const after = cursor == null ? null : decodeCursor(cursor, backward ? "before" : "after", ids, order);
  return { direction, order, after, limit: size + 1 };
}

/** The rows of a page as they are shown, first entry first. */
export function shown<Row>(rows: readonly Row[], { direction, limit }: PageOf): readonly Row[] {
  const kept = rows.slice(0, limit - 1);
  return direction === "BACKWARD" ? kept.reverse() : kept;
}

/** Where a list goes on before and behind the entries shown. Cursors are made where they are asked for: few are. */
export function pageInfo(
  edges: readonly { cursor(): string }[],
  { direction, after, limit }: PageOf,
  rows: readonly unknown[],
): PageInfo {
  const more = rows.length >= limit;
  const backward = direction === "BACKWARD";
  return {
    hasNextPage: backward ? after !== null : more,
    hasPreviousPage: backward ? more : after !== null,
    startCursor: edges[0]?.cursor() ?? null,
    endCursor: edges.at(-1)?.cursor() ?? null,
  };
}

/** The cursor of an entry: the values of the order's keys, then its ids. */
export function cursorOf(
  order: readonly OrderKey[],
  elements: { readonly node: PropertyValues; readonly edge: PropertyValues },
  ids: readonly string[],
): string {
  const values: readonly KeyValue[] = order.map((key) => keyValue(key, elements[key.on]));
  return encodeCursor([...values, ...ids], order);
}

/** Groups as they are shown: the largest first, then by value, the unknown last among equals. */
export function groupCounts(
  rows: readonly { readonly value: string | boolean | null; readonly count: number }[],
  first: number,
): GroupCount[] {
  return rows
    .map(({ value, count }) => ({ value: value === null ? null : String(value), count }))
    .sort((a, b) => b.count - a.count || compareTexts(a.value, b.value))
    .slice(0, first);
}

function compareTexts(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
