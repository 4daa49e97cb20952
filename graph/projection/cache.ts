import type { GraphStore } from "../store/store.ts";
import { loadNetwork, readVersion } from "./load.ts";
import type { Network } from "./network.ts";

export interface ProjectionOptions {
  /** Milliseconds for which the version of the graph is taken as known. */
  readonly refreshMs: number;
}

/** The network as every request sees it. */
export interface Projection {
  /**
   * The network at the graph's version, known to be current at most `refreshMs` ago, and never older than `atLeast` (the
   * version a write returned). Requests that come together share one load. A failure reaches all that wait for it, and
   * the next request tries again.
   */
  current(atLeast?: number): Promise<Network>;
}

/** Keeps the network of the last version read in memory, and reads it again when the graph has moved on. */
export function createProjection(store: GraphStore, { refreshMs }: ProjectionOptions): Projection {
  let network: Network | null = null;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<Network> | null = null;

  const refresh = async (): Promise<Network> => {
    const startedAt = performance.now();
    if (network === null || network.version !== (await readVersion(store))) network = await loadNetwork(store);
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
      if (network !== null && network.version >= atLeast && performance.now() - checkedAt < refreshMs) return network;
      const found = await shared();
      // A load that had begun before the write may have missed it.
      return found.version >= atLeast ? found : shared();
    },
  };
}
