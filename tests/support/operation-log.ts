import { forwarding } from "../../graph/store/forwarding.ts";
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
    store: forwarding(store, {
      read: (query, params, options) => {
        names.push(query.name);
        return store.read(query, params, options);
      },
    }),
    taken: () => {
      const taken = names;
      names = [];
      return taken;
    },
  };
}
