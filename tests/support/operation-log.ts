import type { GraphStore } from "../../graph/store/store.ts";

/** A store and the names of the statements that were read through it, in their order. */
export interface LoggedStore {
  readonly store: GraphStore;
  /** Those since the last call. */
  taken(): string[];
}

/** The same store, which writes down every statement it is asked to read. */
export function loggedStore(store: GraphStore): LoggedStore {
  let names: string[] = [];
  return {
    store: {
      engine: store.engine,
      read: (query, params, options) => {
        names.push(query.name);
        return store.read(query, params, options);
      },
      write: (work) => store.write(work),
      ...(store.lastCommit && { lastCommit: () => store.lastCommit!() }),
      prepare: () => store.prepare(),
      ready: () => store.ready(),
      close: () => store.close(),
      [Symbol.asyncDispose]: () => store.close(),
    },
    taken: () => {
      const taken = names;
      names = [];
      return taken;
    },
  };
}
