import type { CombinedError } from "@urql/core";
import { useEffect, useRef } from "preact/hooks";

/** What is refused so may be answered a little later. */
const PASSING: ReadonlySet<unknown> = new Set([
  "TIMEOUT",
  "DB_UNAVAILABLE",
  "OVERLOADED",
  "SHUTTING_DOWN",
  "RATE_LIMITED",
]);
/** After so many refusals of the same question the reader decides. */
const MOST_TRIES = 3;

/**
 * Milliseconds after which to ask again what was refused, as the answer's `Retry-After` says and each time twice as late;
 * null where asking again by itself is no use, or was none for so many times.
 */
export function comeAgainAfter(error: CombinedError | undefined, tries: number): number | null {
  if (tries >= MOST_TRIES || !error?.graphQLErrors.some(({ extensions }) => PASSING.has(extensions["code"])))
    return null;
  const response: unknown = error.response;
  const seconds = response instanceof Response ? Number(response.headers.get("retry-after") ?? Number.NaN) : Number.NaN;
  return seconds > 0 ? seconds * 1_000 * 2 ** tries : null;
}

interface Asked {
  readonly error: CombinedError | undefined;
  readonly loading: boolean;
}

/** Asks a refused question again where that may help; tells whether it is about to, or is doing so. */
export function useComeAgain(question: string, { error, loading }: Asked, again: () => void): boolean {
  const tries = useRef({ question, count: 0 });
  if (tries.current.question !== question || (error === undefined && !loading)) tries.current = { question, count: 0 };
  const wait = loading ? null : comeAgainAfter(error, tries.current.count);
  useEffect(() => {
    if (wait === null) return;
    const timer = setTimeout(() => {
      tries.current.count += 1;
      again();
    }, wait);
    return () => clearTimeout(timer);
  }, [error, wait, question]);
  return wait !== null || (loading && error !== undefined && tries.current.count > 0);
}
