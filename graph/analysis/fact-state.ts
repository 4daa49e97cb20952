import { currentDay, firstDay } from "../projection/days.ts";
import type { Facts } from "../projection/network.ts";
import type { Policy } from "./policy.ts";

/** Whether a policy uses a fact, or why not: it begins later, it has ended, or it is marked ASSUMED. */
export type FactState = "USED" | "NOT_YET_VALID" | "ENDED" | "ASSUMED";

/** The state of the fact at a position under a policy: USED exactly where `activeUnder` says that it is used. */
export function factStateUnder(
  policy: Policy,
  today: number = currentDay(),
): (facts: Facts, position: number) => FactState {
  const day = policy.asOf === null ? null : firstDay(policy.asOf);
  return (facts, position) => {
    if (facts.assumed[position] === 1 && !policy.assumed) return "ASSUMED";
    if (day !== null && facts.from[position]! > day) return "NOT_YET_VALID";
    return facts.to[position]! < (day ?? today) ? "ENDED" : "USED";
  };
}
