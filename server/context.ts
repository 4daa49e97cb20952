import type { AnalysisName, AnswerOf, RequestOf } from "../graph/analyst/analyses.ts";
import type { Analyst } from "../graph/analyst/analyst.ts";
import { GraphError } from "../graph/errors.ts";
import { linkedSteps, type Steps, storedSteps } from "../graph/explore/steps.ts";
import type { LinksCache } from "../graph/projection/links-cache.ts";
import type { Network } from "../graph/projection/network.ts";
import type { PublicPart } from "../graph/projection/public-part.ts";
import { type Hidden, NOTHING_HIDDEN } from "../graph/store/hidden.ts";
import { publicStore } from "../graph/store/public-store.ts";
import type { GraphStore } from "../graph/store/store.ts";
import { type Caller, OPEN } from "./access/caller.ts";
import { publicError } from "./errors.ts";
import type { Live } from "./live/live.ts";
import { createLoaders, type Loaders } from "./loaders.ts";
import type { SharedLookups } from "./shared-lookups.ts";
import { TimeBudget } from "./time-budget.ts";

/** What the service shares among requests. */
export interface Services {
  readonly store: GraphStore;
  readonly projection: { current(atLeast?: number): Promise<Network> };
  /** To walk the graph in memory where that can be; every step asks the store where absent. */
  readonly links?: LinksCache | undefined;
  /** What of the graph is for those who have not said who they are. */
  readonly publicPart: PublicPart;
  /** Looks up entities for requests from which nothing is hidden; each asks for itself where absent. */
  readonly lookups?: SharedLookups | undefined;
  readonly analyst: Analyst;
  readonly live: Live;
  /** So many versions back the log of changes reaches. */
  readonly changesKept: number;
  /** Milliseconds in which a query has to be answered, its analyses apart; 5,000 where absent. */
  readonly requestMs?: number | undefined;
}

/** What one request owns; what is hidden from the caller is in none of it. */
export interface Context extends Omit<Services, "projection" | "publicPart" | "links" | "lookups"> {
  /** True where something is hidden from the caller: composed queries then ask for `$hidden`. */
  readonly hides: boolean;
  /** @throws GraphError FORBIDDEN where by now something is hidden from the caller: for answers that nothing can be left out of */
  mustSeeAll(): Promise<void>;
  readonly loaders: Loaders;
  /** Who asks; what they may ask, `access/rules.ts` says. */
  readonly caller: Caller;
  /** Whose a subscription is, as they are counted: the caller, and where nobody is asked the address too. */
  readonly streamOwner: string;
  /** Ends when the caller goes away or the request's time is over. */
  readonly signal: AbortSignal;
  readonly budget: TimeBudget;
  /**
   * The network that every analysis of this request runs on: one version, whatever is written meanwhile. A TIMEOUT that says
   * so where it is not read in the request's time; the reading goes on for whoever asks next.
   */
  network(): Promise<Network>;
  /** The graph as it is walked, for one question. */
  steps(): Steps;
  /** The answer of one analysis on that network; given up when the caller goes away. */
  analyze<Name extends AnalysisName>(name: Name, request: RequestOf<Name>): Promise<AnswerOf<Name>>;
}

const REQUEST_MS = 5_000;

/** Makes the context of one request: its loaders cache and batch for its duration only. */
export function createContext(
  services: Services,
  asked: {
    readonly signal: AbortSignal;
    readonly caller: Caller;
    readonly address: string;
    /** The version of the graph that the caller wants to see at least; any where absent. */
    readonly atLeast?: number;
    /** What the caller is not to see; nothing where absent. */
    readonly hidden?: Hidden;
    /** When it came (`performance.now()`): from then on its time runs; now where absent. */
    readonly at?: number;
  },
): Context {
  const { signal, caller, address, atLeast = 0, hidden = NOTHING_HIDDEN, at = performance.now() } = asked;
  const { projection, publicPart, links, lookups, ...others } = services;
  const hides = hidden !== NOTHING_HIDDEN;
  const budget = new TimeBudget(signal, (services.requestMs ?? REQUEST_MS) - (performance.now() - at));
  const store = hides ? publicStore(services.store, hidden) : services.store;
  let network: Promise<Network> | undefined;
  const context: Context = {
    ...others,
    store,
    hides,
    caller,
    streamOwner: caller.id === OPEN.id || caller.publicOnly === true ? `${caller.id} ${address}` : caller.id,
    mustSeeAll: async () => {
      if (caller.publicOnly === true && (await publicPart.hidden()) !== NOTHING_HIDDEN)
        throw new GraphError("FORBIDDEN", "What changes is told to callers who have said who they are: sign in.");
    },
    signal: budget.signal,
    budget,
    loaders: createLoaders(store, budget.signal, hides ? undefined : lookups),
    network: () => {
      network ??= readInTime(hides ? publicPart.network(atLeast) : projection.current(atLeast), budget.signal);
      return network;
    },
    steps: () => {
      const known = hides ? null : (links?.ready(atLeast) ?? null);
      return known === null ? storedSteps(store, { signal: budget.signal }) : linkedSteps(known);
    },
    analyze: async (name, request) => {
      const read = await context.network();
      return budget.beside(() => services.analyst.ask(read, name, request, { signal }));
    },
  };
  return context;
}

function readInTime(network: Promise<Network>, signal: AbortSignal): Promise<Network> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void =>
      reject(publicError("TIMEOUT", "The supply network is still being read into memory; ask again in a moment."));
    signal.addEventListener("abort", giveUp, { once: true });
    network.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}
