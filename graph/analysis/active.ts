import { currentDay, firstDay } from "../projection/days.ts";
import type { Facts } from "../projection/network.ts";
import type { Policy } from "./policy.ts";

/** Whether the fact at this position is used. */
export type IsActive = (facts: Facts, position: number) => boolean;

/**
 * Which facts a policy uses: those that hold on `asOf`; without it, those that have not ended before `today` (days since
 * 1970-01-01); and assumed ones only if the policy says so.
 */
export function activeUnder(policy: Policy, today: number = currentDay()): IsActive {
  const day = policy.asOf === null ? null : firstDay(policy.asOf);
  return (facts, position) => {
    if (facts.assumed[position] === 1 && !policy.assumed) return false;
    if (day === null) return facts.to[position]! >= today;
    return facts.from[position]! <= day && day <= facts.to[position]!;
  };
}
