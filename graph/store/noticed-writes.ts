import type { GraphStore } from "./store.ts";

/** The same store, which tells the version of each write as soon as it is committed, before the writer is told. */
export function noticedWrites(store: GraphStore, notice: (version: number) => void): GraphStore {
  return {
    engine: store.engine,
    read: (query, params, options) => store.read(query, params, options),
    async write(work) {
      const written = await store.write(work);
      notice(written.version);
      return written;
    },
    ...(store.lastCommit && { lastCommit: () => store.lastCommit!() }),
    prepare: () => store.prepare(),
    ready: () => store.ready(),
    close: () => store.close(),
    [Symbol.asyncDispose]: () => store.close(),
  };
}
