import { GraphError } from "../errors.ts";
import { changeLogState } from "../queries/changes.ts";
import { graphVersion } from "../queries/graph-version.ts";
import { bulkState } from "../queries/import-run.ts";
import { internalDatasets, internalSources, productsNamedElsewhere } from "../queries/internal-datasets.ts";
import { forwarding } from "./forwarding.ts";
import { type Hidden, NOTHING_HIDDEN } from "./hidden.ts";
import type { GraphStore, Params, Query, ReadOptions, WriteTransaction } from "./store.ts";

/** Queries whose answers hold no fact. */
const TELL_NO_FACTS: ReadonlySet<unknown> = new Set([graphVersion, bulkState, changeLogState]);

/**
 * The same graph without what is hidden. A query that does not ask for `$hidden` is refused with a `GraphError` FORBIDDEN
 * rather than answered, and so is every write: what was forgotten shows nothing.
 */
export function publicStore(store: GraphStore, hidden: Hidden): GraphStore {
  const refuse = (what: string): Promise<never> =>
    Promise.reject(new GraphError("FORBIDDEN", `${what} is not for callers who have not said who they are: sign in.`));
  const hiding = <Row>(query: Query<Row>, params: Params, read: (params: Params) => Promise<Row[]>): Promise<Row[]> => {
    if (TELL_NO_FACTS.has(query)) return read(params);
    return query.text.includes("$hidden") ? read({ ...params, ...hidden }) : refuse("This");
  };
  const within = (moment: WriteTransaction): WriteTransaction => ({
    run: (query, params) => hiding(query, params, (all) => moment.run(query, all)),
  });
  return forwarding(store, {
    read: (query, params, options) => hiding(query, params, (all) => store.read(query, all, options)),
    ...(store.snapshot && { snapshot: (work) => store.snapshot!((moment) => work(within(moment))) }),
    write: () => refuse("Writing"),
    writePart: () => refuse("Writing"),
  });
}

/** What is hidden from those who have not said who they are; `NOTHING_HIDDEN` itself where no data set is internal. */
export type ReadHidden = (options?: ReadOptions) => Promise<Hidden>;

/** Asks the graph each time which data sets are internal, and once for each version what else that hides. */
export function hiddenIn(store: GraphStore): ReadHidden {
  let known: { readonly of: string; readonly hidden: Promise<Hidden> } | undefined;
  const read = async (hidden: readonly string[], options: ReadOptions): Promise<Hidden> => {
    const [products, sources] = await Promise.all([
      store.read(productsNamedElsewhere, { datasets: hidden }, options),
      store.read(internalSources, { datasets: hidden }, options),
    ]);
    return { hidden, hiddenProducts: products.map(({ id }) => id), hiddenSources: sources.map(({ id }) => id) };
  };
  return async (options = {}) => {
    const hidden = (await store.read(internalDatasets, {}, options)).map(({ name }) => name);
    if (hidden.length === 0) return NOTHING_HIDDEN;
    const commit = await store.lastCommit?.();
    const [state] = await store.read(graphVersion, {}, options);
    const of = JSON.stringify([hidden, commit, state?.version]);
    if (known?.of !== of) {
      const reading = { of, hidden: read(hidden, options) };
      known = reading;
      reading.hidden.catch(() => {
        if (known === reading) known = undefined;
      });
    }
    return known.hidden;
  };
}
