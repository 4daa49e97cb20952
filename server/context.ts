import type { Policy } from "../graph/analysis/policy.ts";
import type { Scenario } from "../graph/analysis/scenario.ts";
import { upstreamScenario } from "../graph/analysis/upstream-scenario.ts";
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
  /** The network that every analysis of this request runs on: one version, whatever is written meanwhile. */
  network(): Promise<Network>;
  /** The scenario of these targets under this policy; analyses of one request share it. */
  scenario(targets: readonly string[], policy: Policy): Promise<Scenario>;
}

/** Makes the context of one request: its loaders cache and batch for its duration only. */
export function createContext(services: Services, signal: AbortSignal): Context {
  let network: Promise<Network> | undefined;
  const scenarios = new Map<string, Promise<Scenario>>();
  const context: Context = {
    ...services,
    signal,
    loaders: createLoaders(services.store, signal),
    network: () => {
      network ??= services.projection.current();
      return network;
    },
    scenario: (targets, policy) => {
      const key = JSON.stringify([targets, policy]);
      const scenario =
        scenarios.get(key) ?? context.network().then((current) => upstreamScenario(current, targets, policy));
      scenarios.set(key, scenario);
      return scenario;
    },
  };
  return context;
}
