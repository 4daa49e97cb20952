import { setTimeout as sleep } from "node:timers/promises";
import { bulkState } from "../queries/import-run.ts";
import type { GraphStore } from "../store/store.ts";
import { readVersion } from "./load.ts";
import type { Network } from "./network.ts";
import { Pace } from "./pace.ts";
import { NetworkReader } from "./reader.ts";

export interface ProjectionOptions {
  /** Milliseconds for which the state of the graph is taken as known. */
  readonly refreshMs: number;
  /** Reads the network; all of the graph's where absent. */
  readonly load?: () => Promise<Network>;
}

/** The network as every request sees it, or whatever else is read of the graph as a whole. */
export interface Projection<Held extends Versioned = Network> {
  /**
   * The network at the graph's version, known to be current at most `refreshMs` ago, and never older than `atLeast` (the
   * version a write returned). What others wrote with tools of their own is in it too, though the version is then that of
   * the last write of ours. Requests that come together share one load. A failure reaches all that wait for it, and
   * the next request tries again.
   */
  current(atLeast?: number): Promise<Held>;
  /** What is held, where `current` would give it without asking the graph, else null. */
  fresh(atLeast?: number): Held | null;
  /** Asks the graph whether what is held is current, also where that is known, and reads it again where it is not. */
  renew(): Promise<Held>;
  /** A write has made this version: from now on every `current` asks for at least it. */
  noticed(version: number): void;
  /** What is held right now, and when (`performance.now()`) it was last known to be current; null before the first load. */
  state(): { readonly network: Held; readonly checkedAt: number } | null;
}

interface Versioned {
  readonly version: number;
}

/**
 * While writes follow one another, reading takes at most this part of the time: all that wait share one, and the processor is
 * left to them. Nobody waits longer for it than `MOST_PAUSE_MS`.
 */
const SHARE = 0.25;
const MOST_PAUSE_MS = 250;
/** Milliseconds without a write after which what others may have written beside ours is looked for. */
const CALM_MS = 3_000;

/** How what is held is read. */
interface Source<Held> {
  readonly read: () => Promise<Held>;
  /** Reads all of it where `read` may have missed something; null where it cannot have. */
  readonly readMissed?: () => Promise<Held> | null;
}

/** Keeps the network of the last state read in memory, and reads it again when the graph has moved on. */
export function createProjection(store: GraphStore, { refreshMs, load }: ProjectionOptions): Projection {
  if (load !== undefined) return createHeld(store, refreshMs, { read: load });
  const reader = new NetworkReader(store);
  return createHeld(store, refreshMs, {
    read: () => reader.read(),
    readMissed: () => (reader.mayLack ? reader.readWhole() : null),
  });
}

/** The same for anything that is read of the graph at one version. */
export function createHeld<Held extends Versioned>(
  store: GraphStore,
  refreshMs: number,
  { read, readMissed = () => null }: Source<Held>,
): Projection<Held> {
  let movedAt = Number.NEGATIVE_INFINITY;
  let isLooking = false;
  let network: Held | null = null;
  let commit: string | undefined;
  let written = 0;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<Held> | null = null;
  const pace = new Pace(SHARE, MOST_PAUSE_MS);

  const paced = async (): Promise<Held> => {
    if (pace.pauseMs > 0) await sleep(pace.pauseMs, undefined, { ref: false });
    return pace.take(read);
  };
  /** Nobody waits for it. */
  const lookForMissed = async (): Promise<void> => {
    if (isLooking || performance.now() - movedAt < CALM_MS) return;
    isLooking = true;
    try {
      const found = await readMissed();
      if (found !== null && network !== null && found.version >= network.version) network = found;
    } catch {
      // It may still be missing something, and is looked for again.
    } finally {
      isLooking = false;
    }
  };
  const hasMovedOn = async ({ version }: Held, last: string | undefined): Promise<boolean> => {
    if (last !== undefined && last === commit) return false;
    if (version !== (await readVersion(store))) return true;
    // Under the same version others have written, or a bulk import whose last batch is to come.
    return last !== undefined && !(await isBulkImporting(store));
  };
  const refresh = async (): Promise<Held> => {
    const startedAt = performance.now();
    const last = await store.lastCommit?.();
    if (network === null || (await hasMovedOn(network, last))) {
      network = await paced();
      commit = last;
      movedAt = performance.now();
    } else void lookForMissed();
    checkedAt = startedAt;
    return network;
  };
  const shared = (): Promise<Held> => {
    refreshing ??= refresh().finally(() => {
      refreshing = null;
    });
    return refreshing;
  };
  const fresh = (wanted: number): Held | null =>
    network !== null && network.version >= wanted && performance.now() - checkedAt < refreshMs ? network : null;
  return {
    fresh: (atLeast = 0) => fresh(Math.max(atLeast, written)),
    async current(atLeast = 0) {
      const wanted = Math.max(atLeast, written);
      const held = fresh(wanted);
      if (held !== null) return held;
      const found = await shared();
      // A load that had begun before the write may have missed it.
      return found.version >= wanted ? found : shared();
    },
    renew: shared,
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
