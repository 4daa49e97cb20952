import { entitiesById } from "../graph/queries/entities-by-id.ts";
import type { EntityRow } from "../graph/queries/rows.ts";
import { unlessGivenUp } from "../graph/store/limit.ts";
import type { GraphStore } from "../graph/store/store.ts";

/** Entities by id for whichever request asks: rows in no order, none for ids that nobody has. */
export interface SharedLookups {
  /** Never older than the moment it is asked. @throws GraphError as the store, CANCELLED or TIMEOUT by the signal */
  entities(ids: readonly string[], signal: AbortSignal): Promise<readonly EntityRow[]>;
}

/** Statements under way at once; what is asked meanwhile waits for the first that ends. */
const UNDER_WAY = 2;
/** Ids of one statement; a request that asks for more gets one of its own. */
const MOST_IDS = 200;

interface Asked {
  readonly ids: readonly string[];
  readonly signal: AbortSignal;
  readonly resolve: (rows: readonly EntityRow[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets requests that come while others are looked up share the next statement: one for 50 ids costs the graph and this process
 * a tenth of 50 for one. Nobody waits where nothing is under way.
 */
export function createSharedLookups(store: GraphStore): SharedLookups {
  let waiting: Asked[] = [];
  let underWay = 0;
  const send = async (batch: readonly Asked[]): Promise<void> => {
    underWay += 1;
    const [only] = batch;
    const options = batch.length === 1 ? { signal: only!.signal } : {};
    try {
      const ids = [...new Set(batch.flatMap((each) => each.ids))];
      const rows = await store.read(entitiesById, { ids }, options);
      for (const { resolve } of batch) resolve(rows);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    underWay -= 1;
    next();
  };
  const next = (): void => {
    waiting = waiting.filter(({ signal }) => !signal.aborted);
    if (waiting.length === 0 || underWay >= UNDER_WAY) return;
    let ids = 0;
    const count = waiting.findIndex((asked) => {
      ids += asked.ids.length;
      return ids > MOST_IDS;
    });
    void send(waiting.splice(0, count === -1 ? waiting.length : Math.max(1, count)));
  };
  return {
    entities: (ids, signal) => {
      const found = new Promise<readonly EntityRow[]>((resolve, reject) => {
        waiting.push({ ids, signal, resolve, reject });
      });
      next();
      return unlessGivenUp(entitiesById.name, found, signal);
    },
  };
}
