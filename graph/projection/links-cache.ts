import { GraphError } from "../errors.ts";
import type { GraphStore } from "../store/store.ts";
import { createHeld } from "./cache.ts";
import type { Links } from "./links.ts";
import { loadLinks, TooManyLinks } from "./load-links.ts";
import { Pace } from "./pace.ts";

/** The links of the graph, where they happen to be in memory: nobody waits for them. */
export interface LinksCache {
  /** Null where they are not known to be current, or older than `atLeast`; they are then read for those who come later. */
  ready(atLeast?: number): Links | null;
  /** A write has made this version: links that are older are of no use from now on. */
  noticed(version: number): void;
}

/** Reading them takes at most this part of the time, however often the graph changes. */
const SHARE = 0.1;
/** Milliseconds between two questions whether they are current. */
const LOOK_MS = 250;
/** Milliseconds until it is tried again where there are too many. */
const TOO_MANY_MS = 600_000;

/** @param refreshMs as of a projection */
export function createLinksCache(store: GraphStore, { refreshMs }: { readonly refreshMs: number }): LinksCache {
  const pace = new Pace(SHARE);
  let isAsking = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  const read = async (): Promise<Links> => {
    if (pace.pauseMs > 0) throw new GraphError("CANCELLED", "The links were read a moment ago");
    try {
      return await pace.take(() => loadLinks(store));
    } catch (error) {
      if (error instanceof TooManyLinks) pace.rest(TOO_MANY_MS);
      throw error;
    }
  };
  const held = createHeld(store, refreshMs, { read });
  const ask = async (): Promise<void> => {
    isAsking = true;
    askedAt = performance.now();
    // Whoever asks next goes on without them, as this one does.
    await held.renew().catch(() => undefined);
    isAsking = false;
  };
  return {
    ready(atLeast) {
      const links = held.fresh(atLeast);
      const now = performance.now();
      // Asked early, so that where many come they are known to be current all the time.
      const isOld = links === null || now - held.state()!.checkedAt > refreshMs / 2;
      if (isOld && !isAsking && now - askedAt > LOOK_MS) void ask();
      return links;
    },
    noticed: held.noticed,
  };
}
