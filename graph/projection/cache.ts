import { bulkState } from "../queries/import-run.ts";
import type { GraphStore } from "../store/store.ts";
import { loadNetwork, readVersion } from "./load.ts";
import type { Network } from "./network.ts";

export interface ProjectionOptions {
  /** Milliseconds for which the state of the graph is taken as known. */
  readonly refreshMs: number;
  /** Reads the network; all of the graph's where absent. */
  readonly load?: () => Promise<Network>;
}

/** The network as every request sees it. */
export interface Projection {
  /**
   * The network at the graph's version, known to be current at most `refreshMs` ago, and never older than `atLeast` (the
   * version a write returned). What others wrote with tools of their own is in it too, though the version is then that of
   * the last write of ours. Requests that come together share one load. A failure reaches all that wait for it, and
   * the next request tries again.
   */
  current(atLeast?: number): Promise<Network>;
  /** A write has made this version: from now on every `current` asks for at least it. */
  noticed(version: number): void;
  /** What is held right now, and when (`performance.now()`) it was last known to be current; null before the first load. */
  state(): { readonly network: Network; readonly checkedAt: number } | null;
}

/** Keeps the network of the last state read in memory, and reads it again when the graph has moved on. */
export function createProjection(
  store: GraphStore,
  { refreshMs, load = () => loadNetwork(store) }: ProjectionOptions,
): Projection {
  let network: Network | null = null;
  let commit: string | undefined;
  let written = 0;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<Network> | null = null;

  const hasMovedOn = async ({ version }: Network, last: string | undefined): Promise<boolean> => {
    if (last !== undefined && last === commit) return false;
    if (version !== (await readVersion(store))) return true;
    // Under the same version others have written, or a bulk import whose last batch is to come.
    return last !== undefined && !(await isBulkImporting(store));
  };
  const refresh = async (): Promise<Network> => {
    const startedAt = performance.now();
    const last = await store.lastCommit?.();
    if (network === null || (await hasMovedOn(network, last))) {
      network = await load();
      commit = last;
    }
    checkedAt = startedAt;
    return network;
  };
  const shared = (): Promise<Network> => {
    refreshing ??= refresh().finally(() => {
      refreshing = null;
    });
    return refreshing;
  };
  return {
    async current(atLeast = 0) {
      const wanted = Math.max(atLeast, written);
      if (network !== null && network.version >= wanted && performance.now() - checkedAt < refreshMs) return network;
      const found = await shared();
      // A load that had begun before the write may have missed it.
      return found.version >= wanted ? found : shared();
    },
    noticed(version) {
      written = Math.max(written, version);
    },
    state: () => (network === null ? null : { network, checkedAt }),
  };
}

async function isBulkImporting(store: GraphStore): Promise<boolean> {
  const [state] = await store.read(bulkState, {});
  return state?.running === true;
}
