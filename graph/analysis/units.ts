import { OFFER_LEVELS, READINESS } from "../projection/build.ts";
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

  const most = network.offerItem.length + policy.extraOffers.length;
  const itemUnits = new Int32Array(network.items.length + 1);
  const unitItem = new Int32Array(most);
  const unitOffer = new Int32Array(most).fill(-1);
  const unitExtra = new Int32Array(most).fill(-1);
  const unitFirm = new Int32Array(most);
  const unitJurisdiction = new Int32Array(most);
  const unitShareLow = new Float64Array(most);
  const unitShareHigh = new Float64Array(most);
  const unitShare = new Float64Array(most);
  const unitState = new Uint8Array(most);
  const unitUsable = new Uint8Array(most);
  const unitRemoved = new Uint8Array(most);
  const conflicts: number[] = [];
  const least = Math.max(policy.minShare, NEGLIGIBLE_SHARE);
  const allowUnknown = policy.unknownShare === "ALLOW";
  let unit = 0;

  for (let item = 0; item < network.items.length; item += 1) {
    const isItemRemoved = removed.items.has(item);
    levels.read(item);
    for (let position = 0; position < levels.count; position += 1) {
      const offer = levels.offerAt(position);
      if (!levels.bounds(offer, least)) continue;
      const { low, high, share } = levels;
      const level = network.offerLevel[offer];
      const negligible = level === NEGLIGIBLE;
      const readiness = network.offerReadiness[offer]!;
      const ready = readiness === -1 || readiness >= minReadiness;
      const enough = (allowUnknown || !Number.isNaN(share)) && high + ROUNDING >= policy.minShare;
      const firm = network.offerFirm[offer]!;
      const isRemoved = isItemRemoved || removed.offers.has(offer) || removed.firms.has(firm) || removedIn.offer(offer);
      if (level === MAJOR && high < ROUNDING) conflicts.push(offer);
      unitItem[unit] = item;
      unitOffer[unit] = offer;
      unitFirm[unit] = firm;
      unitJurisdiction[unit] = place.offer(offer);
      unitShareLow[unit] = low;
      unitShareHigh[unit] = high;
      unitShare[unit] = share;
      unitRemoved[unit] = isRemoved ? 1 : 0;
      unitUsable[unit] = ready && enough && !negligible ? 1 : 0;
      unitState[unit] = restrictedIn.offer(offer)
        ? STATE.RESTRICTED
        : isRemoved
          ? STATE.REMOVED
          : !enough
            ? STATE.TOO_SMALL
            : !ready
              ? STATE.NOT_READY
              : negligible
                ? STATE.NEGLIGIBLE
                : STATE.ADMISSIBLE;
      unit += 1;
    }
    for (const extra of extras.get(item) ?? []) {
      const firm = firmOfExtra(network, policy, extra);
      const isRemoved = isItemRemoved || removed.firms.has(firm) || removedIn.firm(firm);
      unitItem[unit] = item;
      unitExtra[unit] = extra;
      unitFirm[unit] = firm;
      unitJurisdiction[unit] = firm === -1 ? -1 : place.firm(firm);
      unitShareHigh[unit] = 1;
      unitShare[unit] = Number.NaN;
      unitRemoved[unit] = isRemoved ? 1 : 0;
      unitUsable[unit] = 1;
      unitState[unit] = isRemoved ? STATE.REMOVED : STATE.ADMISSIBLE;
      unit += 1;
    }
    itemUnits[item + 1] = unit;
  }

  return {
    itemUnits,
    unitItem: unitItem.slice(0, unit),
    unitOffer: unitOffer.slice(0, unit),
    unitExtra: unitExtra.slice(0, unit),
    unitFirm: unitFirm.slice(0, unit),
    unitJurisdiction: unitJurisdiction.slice(0, unit),
    unitShareLow: unitShareLow.slice(0, unit),
    unitShareHigh: unitShareHigh.slice(0, unit),
    unitShare: unitShare.slice(0, unit),
    unitState: unitState.slice(0, unit),
    unitUsable: unitUsable.slice(0, unit),
    unitRemoved: unitRemoved.slice(0, unit),
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
