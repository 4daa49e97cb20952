import { controllers, firmsIn, type Holdings } from "./ownership.ts";

/** A jurisdiction that no row names: only what is of unknown origin can be in it. */
export const NOWHERE = -2;

/** The one jurisdiction of an offer or of a firm under the policy's basis; -1 unknown. */
export interface Attribution {
  readonly offer: (offer: number) => number;
  readonly firm: (firm: number) => number;
}

/** Reads the attribution off the policy. O(owners x jurisdictions) by CONTROL, else O(1). */
export function attribution(holdings: Holdings): Attribution {
  const { network, policy } = holdings;
  const firms = policy.basis === "CONTROL" ? controllers(holdings) : network.firmJurisdiction;
  const bySite = policy.basis === "SITE";
  return {
    firm: (firm) => firms[firm]!,
    offer: (offer) => {
      const row = network.offerRow[offer]!;
      if (row !== -1) return row;
      return bySite ? network.offerOrigin[offer]! : firms[network.offerFirm[offer]!]!;
    },
  };
}

/** Whether a unit is in any of some jurisdictions. */
export interface Membership {
  readonly offer: (offer: number) => boolean;
  readonly firm: (firm: number) => boolean;
}

/** Whether units are in one of the jurisdictions: by headquarters, owners or attribution. O(jurisdictions x owners). */
export function membership(holdings: Holdings, jurisdictions: readonly number[], place: Attribution): Membership {
  const { network, policy } = holdings;
  if (jurisdictions.length === 0) return { firm: () => false, offer: () => false };
  const inside = new Uint8Array(network.firms.length);
  const isPlace = new Uint8Array(network.jurisdictions.length);
  for (const jurisdiction of new Set(jurisdictions)) {
    isPlace[jurisdiction] = 1;
    const members = firmsIn(holdings, jurisdiction);
    for (let firm = 0; firm < members.length; firm += 1) inside[firm]! |= members[firm]!;
  }
  const unknownCounts = policy.unknownOrigin === "DENY";
  return {
    firm: (firm) => inside[firm] === 1,
    offer: (offer) => {
      if (inside[network.offerFirm[offer]!] === 1) return true;
      const jurisdiction = place.offer(offer);
      return jurisdiction === -1 ? unknownCounts : isPlace[jurisdiction] === 1;
    },
  };
}
