import type { AnalysisName, AnswerOf, RequestOf } from "../graph/analyst/analyses.ts";
import type { Analyst } from "../graph/analyst/analyst.ts";
import type { Network } from "../graph/projection/network.ts";
import type { GraphStore } from "../graph/store/store.ts";
import { type Caller, OPEN } from "./access/caller.ts";
import type { Live } from "./live/live.ts";
import { createLoaders, type Loaders } from "./loaders.ts";
import { TimeBudget } from "./time-budget.ts";

/** What the service shares among requests. */
export interface Services {
  readonly store: GraphStore;
  readonly projection: { current(atLeast?: number): Promise<Network> };
  readonly analyst: Analyst;
  readonly live: Live;
  /** So many versions back the log of changes reaches. */
  readonly changesKept: number;
  /** Milliseconds in which a query has to be answered, its analyses apart; 5,000 where absent. */
  readonly requestMs?: number | undefined;
}

/** What one request owns. */
export interface Context extends Services {
  readonly loaders: Loaders;
  /** Who asks; what they may ask, `access/rules.ts` says. */
  readonly caller: Caller;
  /** Whose a subscription is, as they are counted: the caller, and where nobody is asked the address too. */
  readonly streamOwner: string;
  /** Ends when the caller goes away or the request's time is over. */
  readonly signal: AbortSignal;
  readonly budget: TimeBudget;
  /** The network that every analysis of this request runs on: one version, whatever is written meanwhile. */
  network(): Promise<Network>;
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
  },
): Context {
  const { signal, caller, address, atLeast = 0 } = asked;
  let network: Promise<Network> | undefined;
  const budget = new TimeBudget(signal, services.requestMs ?? REQUEST_MS);
  const context: Context = {
    ...services,
    caller,
    streamOwner: caller.id === OPEN.id ? `${caller.id} ${address}` : caller.id,
    signal: budget.signal,
    budget,
    loaders: createLoaders(services.store, budget.signal),
    network: () => {
      network ??= services.projection.current(atLeast);
      return network;
    },
    analyze: (name, request) =>
      budget.beside(async () => services.analyst.ask(await context.network(), name, request, { signal })),
  };
  return context;
}
