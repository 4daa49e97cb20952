import type { GraphStore } from "../store/store.ts";
import type { Runner } from "./ingest-stored.ts";

/** Milliseconds for statements that pass over the whole graph. */
export const SCAN_TIMEOUT_MS = 60_000;

/** Runs queries as reads of a store, each with the time for a pass over the whole graph. */
export function storeRunner(store: GraphStore, signal?: AbortSignal): Runner {
  const limits = { timeoutMs: SCAN_TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) };
  return { run: (query, params) => store.read(query, params, limits) };
}
