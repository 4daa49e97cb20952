import { GraphError } from "../errors.ts";
import type { ReadOptions } from "./store.ts";

/**
 * Settles as `work` does, unless the time limit or the caller's signal comes first: then it rejects at once, `work` is
 * told through its own signal, and what `work` still brings is dropped.
 *
 * @param limits.onBegin is given what else may end it, with an error
 * @throws GraphError TIMEOUT at the time limit (or that of an `AbortSignal.timeout`), CANCELLED when the caller gave up
 */
export function withinLimit<Result>(
  name: string,
  {
    signal,
    timeoutMs,
    onBegin,
  }: ReadOptions & { readonly timeoutMs: number; readonly onBegin?: (end: (error: GraphError) => void) => void },
  work: (ended: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (signal?.aborted === true) return Promise.reject(givenUp(name, signal.reason));
  return new Promise((resolve, reject) => {
    const ended = new AbortController();
    const end = (error: GraphError): void => {
      reject(error);
      ended.abort(error);
    };
    const timer = setTimeout(
      () => end(new GraphError("TIMEOUT", `${name} took longer than ${timeoutMs} ms`)),
      timeoutMs,
    );
    const giveUp = (): void => end(givenUp(name, signal?.reason));
    signal?.addEventListener("abort", giveUp, { once: true });
    onBegin?.(end);
    work(ended.signal)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", giveUp);
      });
  });
}

/**
 * Settles as `shared` does, unless the signal of this caller comes first: others may wait for the same.
 *
 * @throws GraphError as `givenUp`, and what `shared` throws
 */
export function unlessGivenUp<Result>(name: string, shared: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (signal === undefined) return shared;
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(givenUp(name, signal.reason));
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}

/** The error of what its caller's signal ended: its own, TIMEOUT where that was one of time, else CANCELLED. */
export function givenUp(name: string, reason: unknown): GraphError {
  if (reason instanceof GraphError) return reason;
  const late = reason instanceof Error && reason.name === "TimeoutError";
  return late
    ? new GraphError("TIMEOUT", `${name} was not answered in the caller's time`, { cause: reason })
    : new GraphError("CANCELLED", `${name} was cancelled by its caller`, {
        cause: reason,
      });
}
