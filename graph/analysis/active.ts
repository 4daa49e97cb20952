import { currentDay, firstDay } from "../projection/days.ts";
import type { Facts, Network } from "../projection/network.ts";
import type { Policy } from "./policy.ts";

/** Whether the fact at this position is used. */
export type IsActive = (facts: Facts, position: number) => boolean;

/** The last answer and what it was made of: one and the same function for one and the same question. */
let last: {
  readonly assumed: boolean;
  readonly day: number | null;
  readonly today: number;
  readonly use: IsActive;
} | null = null;

/**
 * Which facts a policy uses: those that hold on `asOf`; without it, those that have not ended before `today` (days since
 * 1970-01-01); and assumed ones only if the policy says so.
 */
export function activeUnder({ assumed, asOf }: Policy, today: number = currentDay()): IsActive {
  const day = asOf === null ? null : firstDay(asOf);
  if (last !== null && last.assumed === assumed && last.day === day && last.today === today) return last.use;
  const use: IsActive = (facts, position) => {
    if (facts.assumed[position] === 1 && !assumed) return false;
    if (day === null) return facts.to[position]! >= today;
    return facts.from[position]! <= day && day <= facts.to[position]!;
  };
  last = { assumed, day, today, use };
  return use;
}

/** What depends on a network and on which of its facts are used alone, made once for both. */
export function oncePerFacts<Value>(
  make: (network: Network, isActive: IsActive) => Value,
): (network: Network, isActive: IsActive) => Value {
  const made = new WeakMap<Network, WeakMap<IsActive, Value>>();
  return (network, isActive) => {
    let values = made.get(network);
    if (values === undefined) {
      values = new WeakMap();
      made.set(network, values);
    }
    let value = values.get(isActive);
    if (value === undefined) {
      value = make(network, isActive);
      values.set(isActive, value);
    }
    return value;
  };
}
