import type { GraphStore } from "./store.ts";

/** The same store, but for what `instead` names. Closing it closes the store. */
export function forwarding(store: GraphStore, instead: Partial<GraphStore>): GraphStore {
  return {
    engine: store.engine,
    read: (query, params, options) => store.read(query, params, options),
    write: (work, options) => store.write(work, options),
    writePart: (work) => store.writePart(work),
    ...(store.snapshot && { snapshot: (work) => store.snapshot!(work) }),
    ...(store.lastCommit && { lastCommit: () => store.lastCommit!() }),
    ...(store.dropIndexes && { dropIndexes: () => store.dropIndexes!() }),
    ...(store.replan && { replan: () => store.replan!() }),
    prepare: () => store.prepare(),
    ready: () => store.ready(),
    close: () => store.close(),
    [Symbol.asyncDispose]: () => store.close(),
    ...instead,
  };
}
