import { changesSince } from "../queries/changes.ts";
import type { GraphStore } from "../store/store.ts";
import { atOneVersion } from "./load.ts";
import type { Network } from "./network.ts";
import { NetworkPages, type Reader } from "./network-pages.ts";
import { touchedBy } from "./touched.ts";

export interface NetworkReaderOptions {
  /** Nodes of a page, as of `NetworkPages.read`. */
  readonly pageRows?: number;
}

/** Writes and touched nodes beyond which all is read anew. */
const MOST_WRITES = 500;
const MOST_TOUCHED = 2_000;
/** Edges beyond which their pages are not kept: some 50 bytes each. */
const MOST_KEPT = 1_000_000;

/** Reads the network of a store again and again: after small writes only the pages of what they touched. */
export class NetworkReader {
  readonly #store: GraphStore;
  readonly #pageRows: number | undefined;
  #held: { readonly pages: NetworkPages; readonly version: number } | null = null;
  #mayLack = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: GraphStore, { pageRows }: NetworkReaderOptions = {}) {
    this.#store = store;
    this.#pageRows = pageRows;
  }

  /** Whether what was read last may lack what others have written with tools of their own, which no log names. */
  get mayLack(): boolean {
    return this.#mayLack;
  }

  /** The network at the version that is there; errors as of `loadNetwork`. */
  read(): Promise<Network> {
    return this.#inTurn(() =>
      this.#read(async (reader, version) => (await this.#renewed(reader, version)) ?? this.#whole(reader)),
    );
  }

  /** The same, nothing of which was read before; CONFLICT where writers would have to wait for it. */
  readWhole(): Promise<Network> {
    return this.#inTurn(() => this.#read((reader) => this.#whole(reader), false));
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #read(
    pagesOf: (reader: Reader, version: number) => Promise<NetworkPages>,
    holdsWriters = true,
  ): Promise<Network> {
    try {
      const { result: pages, version } = await atOneVersion(this.#store, pagesOf, holdsWriters);
      this.#held = pages.edges > MOST_KEPT ? null : { pages, version };
      return pages.build(version);
    } catch (error) {
      // What was read in part is of no one version.
      this.#held = null;
      throw error;
    }
  }

  async #whole(reader: Reader): Promise<NetworkPages> {
    const pages = await NetworkPages.read(reader, this.#pageRows);
    this.#mayLack = false;
    return pages;
  }

  /** The pages that are held, with what was written since; null where the log of changes does not tell all of it. */
  async #renewed(reader: Reader, version: number): Promise<NetworkPages | null> {
    if (this.#held === null) return null;
    const { pages, version: since } = this.#held;
    // Every write has its entry, or something else was done than to change records.
    const writes = version - since;
    if (writes < 1 || writes > MOST_WRITES) return null;
    const changes = await reader.read(changesSince, { since, limit: writes });
    if (changes.length !== writes || changes.at(-1)!.version !== version) return null;
    const touched = touchedBy(changes);
    if (touched === null || touched.nodes.size + touched.sources.size > MOST_TOUCHED) return null;
    if (!(await pages.renew(reader, touched))) return null;
    this.#mayLack = this.#store.lastCommit !== undefined;
    return pages;
  }
}
