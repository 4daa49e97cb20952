import type { Policy } from "../analysis/policy.ts";
import type { Scenario } from "../analysis/scenario.ts";
import { upstreamScenario } from "../analysis/upstream-scenario.ts";
import { currentDay } from "../projection/days.ts";
import type { Network } from "../projection/network.ts";

/** What most analyses are asked on. */
export interface Question {
  /** Ids of items, firms or chains; empty = the whole network. */
  readonly targets: readonly string[];
  readonly policy: Policy;
}

/** What an analysis works with: the network of one version, and scenarios on it. */
export interface Desk {
  readonly network: Network;
  /** Compiled once for all analyses that ask for it, while it is among the last few. */
  scenario(targets: readonly string[], policy: Policy): Scenario;
  /** As `scenario`, for what asks only what needs what: holes in the data may be missing. */
  needs(targets: readonly string[], policy: Policy): Scenario;
}

/** How many scenarios stay compiled: a request compares two, and others ask in between. */
const KEPT = 4;

/** Makes a desk of a network. Not to be shared between threads: each has its own. */
export function createDesk(network: Network): Desk {
  const scenarios = new Map<string, Scenario>();
  // A policy without `asOf` looks at this day.
  const keyOf = (targets: readonly string[], policy: Policy): string => JSON.stringify([targets, policy, currentDay()]);
  const kept = (key: string, make: () => Scenario): Scenario => {
    const scenario = scenarios.get(key) ?? make();
    scenarios.delete(key);
    scenarios.set(key, scenario);
    for (const oldest of scenarios.keys()) {
      if (scenarios.size <= KEPT) break;
      scenarios.delete(oldest);
    }
    return scenario;
  };
  return {
    network,
    scenario: (targets, policy) => kept(keyOf(targets, policy), () => upstreamScenario(network, targets, policy)),
    needs(targets, policy) {
      const whole = keyOf(targets, policy);
      const key = scenarios.has(whole) ? whole : `needs ${whole}`;
      return kept(key, () => upstreamScenario(network, targets, policy, { needsOnly: true }));
    },
  };
}
