import type { KeyValue, OrderKey } from "../../graph/filter/order.ts";
import { publicError } from "../errors.ts";

/** A keyset cursor, opaque to the caller: the values and ids its entry is ordered by, and what they are values of. */
export function encodeCursor(key: readonly KeyValue[], order: readonly OrderKey[] = []): string {
  return Buffer.from(JSON.stringify(order.length === 0 ? key : [...key, nameOf(order)]), "utf8").toString("base64url");
}

/**
 * The values of the order's keys, then `ids` ids.
 *
 * @throws BAD_USER_INPUT for a text that no list in this order gave
 */
export function decodeCursor(
  cursor: string,
  argument: string,
  ids: number,
  order: readonly OrderKey[] = [],
): KeyValue[] {
  const key = parsed(cursor);
  const named = order.length === 0 ? [] : [nameOf(order)];
  const values = key?.slice(0, order.length + ids) ?? [];
  if (key === null || key.length !== order.length + ids + named.length)
    throw refused(argument, "is not a cursor of this list");
  if (named.some((name) => key.at(-1) !== name))
    throw refused(argument, "is a cursor of this list under another `orderBy`");
  const fits = values.every((value, at) => isValue(value, order[at]));
  if (!fits) throw refused(argument, "is not a cursor of this list");
  return values as KeyValue[];
}

function parsed(cursor: string): unknown[] | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(key) ? key : null;
  } catch {
    // Not JSON: refused like any other text that is no cursor.
    return null;
  }
}

/** An id where the order has no key at that place. */
function isValue(value: unknown, key: OrderKey | undefined): boolean {
  if (key === undefined) return typeof value === "string";
  if (value === null) return true;
  const isText = key.type === "string" || key.type === "date";
  return isText ? typeof value === "string" : typeof value === "number" && Number.isFinite(value);
}

function nameOf(order: readonly OrderKey[]): string {
  return order.map(({ on, property, direction }) => `${on}.${property} ${direction}`).join();
}

function refused(argument: string, problem: string): Error {
  return publicError(
    "BAD_USER_INPUT",
    `\`${argument}\` ${problem}: pass an endCursor or startCursor that the same list gave.`,
  );
}
