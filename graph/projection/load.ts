import { GraphError } from "../errors.ts";
import { graphVersion } from "../queries/graph-version.ts";
import { bulkState } from "../queries/import-run.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";
import type { Network } from "./network.ts";
import { NetworkPages, type Reader } from "./network-pages.ts";

/** Readings beside writers, before they have to wait for one. */
const ATTEMPTS = 2;

/**
 * Reads the supply network in pages and builds it.
 *
 * @throws GraphError as `atOneVersion`
 */
export async function loadNetwork(store: GraphStore): Promise<Network> {
  const { result: pages, version } = await atOneVersion(store, (reader) => NetworkPages.read(reader));
  return pages.build(version);
}

/**
 * Reads rows that are all of one version of the graph: of one moment where the engine keeps one; else, where the version
 * moves meanwhile, it reads again, the third time while writers wait. Where even then the graph moves, `GraphError`
 * CONFLICT; while a bulk import has written half of its records: OVERLOADED.
 *
 * @param work may be done more than once
 * @param holdsWriters whether writers may have to wait for it
 */
export async function atOneVersion<Result>(
  store: GraphStore,
  work: (reader: Reader, version: number) => Promise<Result>,
  holdsWriters = true,
): Promise<Versioned<Result>> {
  if (store.snapshot !== undefined)
    return store.snapshot(async (moment) => (await readOnce({ read: moment.run.bind(moment) }, work)).read);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const read = await readWhole(store, work);
    if (read !== null) return read;
  }
  const read = holdsWriters ? await whileWritersWait(store, () => readWhole(store, work)) : null;
  if (read !== null) return read;
  throw new GraphError(
    "CONFLICT",
    "The graph changed during each reading: ask again when the import that is running has ended.",
  );
}

interface Versioned<Result> {
  readonly result: Result;
  readonly version: number;
}

/** What was read, or null where the graph moved meanwhile. */
async function readWhole<Result>(
  store: Reader,
  work: (reader: Reader, version: number) => Promise<Result>,
): Promise<Versioned<Result> | null> {
  const { read, begun } = await readOnce(store, work);
  return (await readVersion(store)) === read.version && (await wholeState(store)) === begun ? read : null;
}

/** What is of the version that is there, and how many bulk imports there had been: right where neither moves meanwhile. */
async function readOnce<Result>(
  store: Reader,
  work: (reader: Reader, version: number) => Promise<Result>,
): Promise<{ readonly read: Versioned<Result>; readonly begun: number }> {
  const begun = await wholeState(store);
  const version = await readVersion(store);
  return { read: { result: await work(store, version), version }, begun };
}

/** Every write begins with the version's node, which this one holds and leaves as it was. */
async function whileWritersWait<Result>(store: GraphStore, work: () => Promise<Result>): Promise<Result> {
  let done: { readonly result: Result } | undefined;
  const leaveAsItWas = new Error("nothing is written");
  try {
    await store.write(async () => {
      done = { result: await work() };
      throw leaveAsItWas;
    });
  } catch (error) {
    if (error !== leaveAsItWas) throw error;
  }
  return done!.result;
}

/** Version of the graph: the number of writes so far. */
export async function readVersion(store: Reader): Promise<number> {
  const [row] = await store.read(graphVersion, {});
  return row?.version ?? 0;
}

/** How many bulk imports there ever were, where none is under way, which is OVERLOADED. */
export async function wholeState(store: Reader, options?: ReadOptions): Promise<number> {
  const [state] = await store.read(bulkState, {}, options);
  if (state?.running === true) throw bulkUnderWay();
  return state?.begun ?? 0;
}

/** What readers are told while a bulk import has written a part of its records. */
export function bulkUnderWay(): GraphError {
  return new GraphError("OVERLOADED", "A bulk import is under way: ask again when its last batch is in.");
}
