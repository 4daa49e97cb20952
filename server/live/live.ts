import { setTimeout as sleep } from "node:timers/promises";
import { GraphError } from "../../graph/errors.ts";
import { type ChangeRow, changesSince } from "../../graph/queries/changes.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { publicError } from "../errors.ts";
import { eventStream } from "./event-stream.ts";
import { type ImportProgress, ImportWatch } from "./import-watch.ts";
import { StreamSlots } from "./stream-slots.ts";
import { VersionWatch } from "./version-watch.ts";

export interface LiveOptions {
  /** Refuses while a bulk import is under way, so that nobody is told of half of it. */
  readonly store: GraphStore;
  /** The same graph, which answers then too: how far the import is. */
  readonly unsettled: GraphStore;
  /** Milliseconds between two looks at the graph's version. */
  readonly refreshMs: number;
}

/** What happens in the graph, told as it happens. */
export interface Live {
  /** The imports of this service: whoever runs one says how far it is. */
  readonly imports: ImportWatch;
  /**
   * Every entry of the log after a version (null: from now on), in order, none left out, none twice.
   *
   * @throws BAD_USER_INPUT where the log does not reach back to it, RATE_LIMITED, OVERLOADED, SHUTTING_DOWN
   */
  changes(caller: string, since: number | null): Promise<AsyncIterableIterator<ChangeRow | Error>>;
  /** How far imports are, whenever that has changed. @throws RATE_LIMITED, OVERLOADED, SHUTTING_DOWN */
  importProgress(caller: string): AsyncIterableIterator<ImportProgress | Error>;
  /** How many streams are open. */
  streams(): number;
  /** Ends all streams, each told SHUTTING_DOWN, and takes no new one. */
  close(): void;
}

/** Entries of one read of the log. */
const PAGE = 100;

interface Page {
  readonly changes: readonly ChangeRow[];
  /** A version of the graph up to which nothing is missing from a page that is not full. */
  readonly version: number;
}

export function createLive({ store, unsettled, refreshMs }: LiveOptions): Live {
  const slots = new StreamSlots();
  const watch = new VersionWatch(store, refreshMs);
  const imports = new ImportWatch(unsettled, refreshMs);
  const closing = new AbortController();
  const pages = new Map<number, Promise<Page>>();

  /** Streams that are equally far share one read. */
  const pageAfter = (since: number): Promise<Page> => {
    const known = pages.get(since);
    if (known !== undefined) return known;
    const page = readPage(store, watch, since);
    pages.set(since, page);
    const forget = (): void => void pages.delete(since);
    page.then(forget, forget);
    return page;
  };

  const open = <Item>(caller: string, items: (ended: AbortSignal) => AsyncGenerator<Item>) => {
    if (closing.signal.aborted) throw shuttingDown();
    const free = slots.take(caller);
    return eventStream<Item | Error>(async function* (ended) {
      const either = AbortSignal.any([ended, closing.signal]);
      try {
        yield* items(either);
      } catch (error) {
        if (!either.aborted) throw error;
      }
      if (closing.signal.aborted) yield shuttingDown();
    }, free);
  };

  return {
    imports,
    async changes(caller, since) {
      const state = await watch.state();
      const start = since ?? state.version;
      if (start < 0 || start > state.version)
        throw publicError("BAD_USER_INPUT", `\`since\` is between 0 and the graph's version, ${state.version}.`);
      if (start < state.prunedTo) throw noLongerKept(start);
      return open(caller, (ended) => changesFrom(start, pageAfter, watch, refreshMs, ended));
    },
    importProgress: (caller) => open(caller, (ended) => imports.progress(ended)),
    streams: () => slots.open,
    close: () => closing.abort(),
  };
}

async function* changesFrom(
  start: number,
  pageAfter: (since: number) => Promise<Page>,
  watch: VersionWatch,
  refreshMs: number,
  ended: AbortSignal,
): AsyncGenerator<ChangeRow> {
  let last = start;
  while (!ended.aborted) {
    let page: Page;
    try {
      page = await pageAfter(last);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      await sleep(refreshMs, undefined, { signal: ended });
      continue;
    }
    for (const change of page.changes) {
      yield change;
      last = change.version;
    }
    if (page.changes.length < PAGE) await watch.movedOn(page.version, ended);
  }
}

/** @throws BAD_USER_INPUT where entries after `since` are no longer kept */
async function readPage(store: GraphStore, watch: VersionWatch, since: number): Promise<Page> {
  // Asked before the page: what is written in between is found again.
  const { version } = await watch.state();
  const changes = await store.read(changesSince, { since, limit: PAGE });
  // Asked after the page, so that nothing was forgotten that it should hold.
  if ((await watch.state()).prunedTo > since && changes[0]?.version !== since + 1) throw noLongerKept(since);
  return { changes, version };
}

function noLongerKept(since: number): Error {
  return publicError(
    "BAD_USER_INPUT",
    `What was changed after version ${since} is no longer kept: read anew what you hold, then go on from \`statistics.version\`.`,
  );
}

function shuttingDown(): Error {
  return publicError("SHUTTING_DOWN", "The service is stopping: come again with the version of the last event.");
}
