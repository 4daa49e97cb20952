import { offerId } from "../projection/edge-ids.ts";
import { type Restriction, restrictions } from "./restriction.ts";
import type { Scenario } from "./scenario.ts";

/** Why an offer is not taken. NOT_PREFERRED: no dearer, but the plan as a whole or the policy's preference speaks for another. */
export type PassedOverReason =
  | "RESTRICTED"
  | "REMOVED"
  | "TOO_SMALL"
  | "NOT_READY"
  | "NEGLIGIBLE"
  | "UPSTREAM_BLOCKED"
  | "DEARER"
  | "NOT_PREFERRED";

export interface PassedOver {
  /** Id of the offer. */
  readonly offer: string;
  readonly why: PassedOverReason;
  /** By RESTRICTED: what makes it so; else null. */
  readonly restriction: Restriction | null;
}

/** An offer (position in the network) that is not taken, with what restricts it where that is why. */
export function passOver(scenario: Scenario, offer: number, why: PassedOverReason): PassedOver {
  const restriction = why === "RESTRICTED" ? restrictions(scenario)(offer) : null;
  return { offer: offerId(scenario.network, offer), why, restriction };
}
