import { forwarding } from "./forwarding.ts";
import type { GraphStore } from "./store.ts";

/** The same store, which tells the version of each write as soon as it is committed, before the writer is told. */
export function noticedWrites(store: GraphStore, notice: (version: number) => void): GraphStore {
  return forwarding(store, {
    async write(work, options) {
      const written = await store.write(work, options);
      notice(written.version);
      return written;
    },
  });
}
