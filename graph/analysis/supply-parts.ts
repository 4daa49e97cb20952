import { compareText } from "../projection/build.ts";
import { offerId } from "../projection/edge-ids.ts";
import type { Network } from "../projection/network.ts";
import type { Fallen } from "./fallen.ts";
import { fallenShare } from "./fallen-share.ts";
import type { Interval } from "./interval.ts";
import { NEGLIGIBLE_SHARE } from "./share-levels.ts";
import { type Supply, shareOf } from "./shares.ts";

/** Someone who has part of a supply. */
export interface SupplyPart {
  /** Id of the firm; null for a jurisdiction, and for those of one that nobody named. */
  readonly firm: string | null;
  /** Code of the one jurisdiction it counts for; null unknown. */
  readonly jurisdiction: string | null;
  /** Ids of the offers that say so, ascending. */
  readonly offers: readonly string[];
  /** In [0, 1], over every way to give the unknown supply to those who may have it. */
  readonly share: Interval;
}

/** Who has a supply, the largest part first. */
export interface SupplyParts {
  readonly byFirm: readonly SupplyPart[];
  readonly byJurisdiction: readonly SupplyPart[];
  /** What suppliers have whom nobody recorded. */
  readonly unlisted: Interval;
}

/** Splits a supply by firm (and those of a jurisdiction's row who are not named) and by jurisdiction (ANALYSES.md 5). */
export function supplyParts(network: Network, supply: Supply): SupplyParts {
  const byFirm = new Map<string, { firm: number; jurisdiction: number; offers: number[] }>();
  const byPlace = new Map<number, number[]>();
  const add = (offer: number, jurisdiction: number): void => {
    const firm = network.offerFirm[offer]!;
    const key = firm >= 0 ? `firm ${firm}` : `others of ${jurisdiction}`;
    const part = byFirm.get(key);
    if (part === undefined) byFirm.set(key, { firm, jurisdiction, offers: [offer] });
    else part.offers.push(offer);
    byPlace.set(jurisdiction, [...(byPlace.get(jurisdiction) ?? []), offer]);
  };
  for (const group of supply.groups) for (const offer of [group.offer, ...group.named]) add(offer, group.jurisdiction);
  const little = supply.groups.filter((group) => group.negligible).length * NEGLIGIBLE_SHARE;
  return {
    byFirm: inOrder(
      [...byFirm.values()].map(({ firm, jurisdiction, offers }) =>
        part(network, firm, jurisdiction, offers, fallenShare(network, supply, falling(offers))),
      ),
    ),
    byJurisdiction: inOrder(
      [...byPlace].map(([jurisdiction, offers]) => {
        const known = jurisdiction >= 0;
        const share = known ? shareOf(supply, new Set([jurisdiction])) : fallenShare(network, supply, falling(offers));
        return part(network, -1, jurisdiction, offers, share);
      }),
    ),
    unlisted: supply.open
      ? { low: 0, high: 0 }
      : { low: Math.max(0, supply.unknown - little) / supply.total, high: supply.unknown / supply.total },
  };
}

function falling(offers: readonly number[]): Fallen {
  const falls = (offer: number): boolean => offers.includes(offer);
  const never = (): boolean => false;
  return { item: never, surely: falls, maybe: falls, offer: falls, firm: never, anywhere: false };
}

function part(
  network: Network,
  firm: number,
  jurisdiction: number,
  offers: readonly number[],
  share: Interval,
): SupplyPart {
  return {
    firm: network.firms[firm] ?? null,
    jurisdiction: network.jurisdictions[jurisdiction] ?? null,
    offers: offers.map((offer) => offerId(network, offer)).sort(compareText),
    share,
  };
}

function inOrder(parts: readonly SupplyPart[]): readonly SupplyPart[] {
  return [...parts].sort(
    (a, b) => b.share.low + b.share.high - (a.share.low + a.share.high) || compareText(a.offers[0]!, b.offers[0]!),
  );
}
