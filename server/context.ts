import type { Network } from "../graph/projection/network.ts";
import type { GraphStore } from "../graph/store/store.ts";
import { createLoaders, type Loaders } from "./loaders.ts";

/** What the service shares among requests. */
export interface Services {
  readonly store: GraphStore;
  readonly projection: { current(): Promise<Network> };
}

/** What one request owns. */
export interface Context extends Services {
  readonly loaders: Loaders;
  readonly signal: AbortSignal;
}

/** Makes the context of one request: its loaders cache and batch for its duration only. */
export function createContext(services: Services, signal: AbortSignal): Context {
  return { ...services, signal, loaders: createLoaders(services.store, signal) };
}
