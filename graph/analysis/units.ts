import { OFFER_LEVELS, READINESS } from "../projection/build.ts";
import { FloatList, IntList } from "../projection/csr.ts";
import type { Network } from "../projection/network.ts";
import type { IsActive } from "./active.ts";
import { attribution, membership, NOWHERE } from "./membership.ts";
import type { Holdings } from "./ownership.ts";
import type { Policy } from "./policy.ts";
import type { Removed } from "./removed.ts";
import { UNIT_STATES, type UnitState, type Units } from "./scenario.ts";
import { NEGLIGIBLE_SHARE, ROUNDING, ShareLevels } from "./share-levels.ts";

const NEGLIGIBLE = OFFER_LEVELS.indexOf("NEGLIGIBLE");
const STATE = {
  ADMISSIBLE: UNIT_STATES.indexOf("ADMISSIBLE"),
  RESTRICTED: UNIT_STATES.indexOf("RESTRICTED"),
  REMOVED: UNIT_STATES.indexOf("REMOVED"),
  TOO_SMALL: UNIT_STATES.indexOf("TOO_SMALL"),
  NOT_READY: UNIT_STATES.indexOf("NOT_READY"),
  NEGLIGIBLE: UNIT_STATES.indexOf("NEGLIGIBLE"),
} as const satisfies Record<UnitState, number>;
const MAJOR = OFFER_LEVELS.indexOf("MAJOR");

/**
 * Supply units of every item (ANALYSES.md 2), in order of offer id, then the policy's extra offers. NEGLIGIBLE offers are
 * listed in that state and never usable. A unit is in J if its firm is, or if it counts for J in shares. An unknown
 * readiness passes. O(offers).
 */
export function supplyUnits(holdings: Holdings, removed: Removed, isActive: IsActive): Units {
  const { network, policy } = holdings;
  const place = attribution(holdings);
  const restrictedIn = membership(holdings, codesToIndices(network, policy.restricted), place);
  const removedIn = membership(holdings, [...removed.jurisdictions], place);
  const extras = extrasByItem(network, policy);
  const minReadiness = READINESS.indexOf(policy.minReadiness);
  const levels = new ShareLevels(network, place.offer, isActive);

  const itemUnits = new Int32Array(network.items.length + 1);
  const offerOf = new IntList();
  const itemOf = new IntList();
  const extraOf = new IntList();
  const low = new FloatList();
  const high = new FloatList();
  const share = new FloatList();
  const state = new IntList();
  const usable = new IntList();
  const gone = new IntList();
  const conflicts: number[] = [];

  for (let item = 0; item < network.items.length; item += 1) {
    levels.read(item);
    for (const offer of levels.offers) {
      const bounds = levels.bounds(offer, Math.max(policy.minShare, NEGLIGIBLE_SHARE));
      if (bounds === null) continue;
      const negligible = network.offerLevel[offer] === NEGLIGIBLE;
      const readiness = network.offerReadiness[offer]!;
      const ready = readiness === -1 || readiness >= minReadiness;
      const known = !Number.isNaN(bounds.share);
      const enough = (known || policy.unknownShare === "ALLOW") && bounds.high + ROUNDING >= policy.minShare;
      const firm = network.offerFirm[offer]!;
      const isRemoved =
        removed.items.has(item) || removed.offers.has(offer) || removed.firms.has(firm) || removedIn.offer(offer);
      if (network.offerLevel[offer] === MAJOR && bounds.high < ROUNDING) conflicts.push(offer);
      itemOf.push(item);
      offerOf.push(offer);
      extraOf.push(-1);
      low.push(bounds.low);
      high.push(bounds.high);
      share.push(bounds.share);
      gone.push(isRemoved ? 1 : 0);
      usable.push(ready && enough && !negligible ? 1 : 0);
      state.push(
        restrictedIn.offer(offer)
          ? STATE.RESTRICTED
          : isRemoved
            ? STATE.REMOVED
            : !enough
              ? STATE.TOO_SMALL
              : !ready
                ? STATE.NOT_READY
                : negligible
                  ? STATE.NEGLIGIBLE
                  : STATE.ADMISSIBLE,
      );
    }
    for (const extra of extras.get(item) ?? []) {
      const firm = firmOfExtra(network, policy, extra);
      const isRemoved = removed.items.has(item) || removed.firms.has(firm) || removedIn.firm(firm);
      itemOf.push(item);
      offerOf.push(-1);
      extraOf.push(extra);
      low.push(0);
      high.push(1);
      share.push(Number.NaN);
      gone.push(isRemoved ? 1 : 0);
      usable.push(1);
      state.push(isRemoved ? STATE.REMOVED : STATE.ADMISSIBLE);
    }
    itemUnits[item + 1] = itemOf.length;
  }

  const unitOffer = offerOf.toArray();
  const unitExtra = extraOf.toArray();
  return {
    itemUnits,
    unitItem: itemOf.toArray(),
    unitOffer,
    unitExtra,
    unitFirm: unitOffer.map((offer, unit) =>
      offer === -1 ? firmOfExtra(network, policy, unitExtra[unit]!) : network.offerFirm[offer]!,
    ),
    unitJurisdiction: unitOffer.map((offer, unit) => {
      if (offer !== -1) return place.offer(offer);
      const firm = firmOfExtra(network, policy, unitExtra[unit]!);
      return firm === -1 ? -1 : place.firm(firm);
    }),
    unitShareLow: low.toArray(),
    unitShareHigh: high.toArray(),
    unitShare: share.toArray(),
    unitState: Uint8Array.from(state.toArray()),
    unitUsable: Uint8Array.from(usable.toArray()),
    unitRemoved: Uint8Array.from(gone.toArray()),
    conflicts,
  };
}

function codesToIndices(network: Network, codes: readonly string[]): readonly number[] {
  return codes.map((code) => network.jurisdictionIndex.get(code) ?? NOWHERE);
}

function firmOfExtra(network: Network, policy: Policy, extra: number): number {
  const firm = policy.extraOffers[extra]!.firm;
  return firm === null ? -1 : (network.firmIndex.get(firm) ?? -1);
}

function extrasByItem(network: Network, policy: Policy): ReadonlyMap<number, readonly number[]> {
  const extras = new Map<number, number[]>();
  policy.extraOffers.forEach((offer, extra) => {
    const item = network.itemIndex.get(offer.item);
    if (item === undefined) return;
    const list = extras.get(item);
    if (list === undefined) extras.set(item, [extra]);
    else list.push(extra);
  });
  return extras;
}
