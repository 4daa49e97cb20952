import { setTimeout as sleep } from "node:timers/promises";
import { graphVersion } from "../graph/queries/graph-version.ts";
import type { GraphStore } from "../graph/store/store.ts";
import { refusal } from "./refusal.ts";

/** A request that brings it is answered from this version of the graph or a later one: the one that a write returned. */
export const AT_LEAST_HEADER = "x-liantu-at-least";

const MOST_MS = 3_000;
const LOOK_MS = 50;

/**
 * The version that a request wants to see, once the graph has it: where several services stand on a cluster, a write of one
 * reaches the servers that the others read from a moment later. 0 where it wants none.
 *
 * @returns a refusal where the header is no version, or the version does not come
 */
export async function atLeastOf(request: Request, store: GraphStore): Promise<number | Response> {
  const header = request.headers.get(AT_LEAST_HEADER);
  if (header === null) return 0;
  const wanted = /^\d{1,15}$/.test(header) ? Number(header) : null;
  if (wanted === null)
    return refusal(
      "BAD_USER_INPUT",
      `${AT_LEAST_HEADER} is a version of the graph, as a write returns it: a whole number.`,
    );
  const end = performance.now() + MOST_MS;
  for (;;) {
    const timeoutMs = Math.max(MOST_MS / 10, end - performance.now());
    const [state] = await store.read(graphVersion, {}, { signal: request.signal, timeoutMs });
    if ((state?.version ?? 0) >= wanted) return wanted;
    if (performance.now() > end)
      return refusal("DB_UNAVAILABLE", `Version ${wanted} is not known here yet; try again.`, { "retry-after": "1" });
    await sleep(LOOK_MS, undefined, { signal: request.signal });
  }
}
