import { compareText, OFFER_LEVELS } from "../projection/build.ts";
import { offerId, providerId } from "../projection/edge-ids.ts";
import type { Network } from "../projection/network.ts";
import type { IsActive } from "./active.ts";

/** The most that a NEGLIGIBLE supplier has, and the least that counts as "others" beside named firms. */
export const NEGLIGIBLE_SHARE = 0.02;
/** Shares are compared up to this much rounding. */
export const ROUNDING = 1e-9;
const NEGLIGIBLE = OFFER_LEVELS.indexOf("NEGLIGIBLE");

/** Bounds of a unit's share in [0, 1], equal where known; `share` NaN = unknown. */
export interface ShareBounds {
  readonly low: number;
  readonly high: number;
  readonly share: number;
}

/**
 * The offers of one item at a time, with what the rows and the named firms of each jurisdiction say. Rows of a
 * jurisdiction that say different things count as one: the greatest stated share.
 */
export class ShareLevels {
  readonly #network: Network;
  readonly #jurisdictionOf: (offer: number) => number;
  readonly #isActive: IsActive;
  readonly #seen: Int32Array;
  /** Row that speaks for each jurisdiction, -1 none. */
  readonly #row: Int32Array;
  /** Sum of the known shares of its firms. */
  readonly #named: Float64Array;
  /** Number of its firms that are units. */
  readonly #units: Int32Array;
  /** Number of those of unknown share. */
  readonly #unknown: Int32Array;
  #item = -1;
  #knownSum = 0;
  #offers: readonly number[] = [];

  constructor(network: Network, jurisdictionOf: (offer: number) => number, isActive: IsActive) {
    this.#network = network;
    this.#jurisdictionOf = jurisdictionOf;
    this.#isActive = isActive;
    const width = network.jurisdictions.length;
    this.#seen = new Int32Array(width).fill(-1);
    this.#row = new Int32Array(width);
    this.#named = new Float64Array(width);
    this.#units = new Int32Array(width);
    this.#unknown = new Int32Array(width);
  }

  /** Offers of the item read last that hold, in order of id. */
  get offers(): readonly number[] {
    return this.#offers;
  }

  /** Sum of the known shares, one level per jurisdiction: its row, else its firms. */
  get knownSum(): number {
    return this.#knownSum;
  }

  read(item: number): void {
    const network = this.#network;
    this.#item = item;
    const offers: number[] = [];
    for (let offer = network.itemOffers[item]!; offer < network.itemOffers[item + 1]!; offer += 1)
      if (this.#isActive(network.offerFact, offer)) offers.push(offer);
    if (!areInOrderOfId(network, offers))
      offers.sort((left, right) => compareText(offerId(network, left), offerId(network, right)));
    this.#offers = offers;
    const touched: number[] = [];
    let elsewhere = 0;
    for (const offer of offers) {
      const share = network.offerShare[offer]!;
      const jurisdiction = this.#jurisdictionOf(offer);
      if (jurisdiction === -1) {
        if (!Number.isNaN(share)) elsewhere += share;
        continue;
      }
      if (this.#seen[jurisdiction] !== item) {
        this.#seen[jurisdiction] = item;
        this.#row[jurisdiction] = -1;
        this.#named[jurisdiction] = 0;
        this.#units[jurisdiction] = 0;
        this.#unknown[jurisdiction] = 0;
        touched.push(jurisdiction);
      }
      if (network.offerFirm[offer] === -1) {
        const row = this.#row[jurisdiction]!;
        if (row === -1 || speaksBefore(network, offer, row)) this.#row[jurisdiction] = offer;
        continue;
      }
      if (!Number.isNaN(share)) this.#named[jurisdiction]! += share;
      if (network.offerLevel[offer] === NEGLIGIBLE) continue;
      this.#units[jurisdiction]! += 1;
      if (Number.isNaN(share)) this.#unknown[jurisdiction]! += 1;
    }
    this.#knownSum = elsewhere;
    for (const jurisdiction of touched) {
      const row = this.#rowShare(jurisdiction);
      this.#knownSum += Number.isNaN(row) ? this.#named[jurisdiction]! : row;
    }
  }

  /**
   * Bounds of the share of an offer of the item read last; null where it is no unit: a row of a jurisdiction whose named
   * firms may be all of it, or leave less than `least`, or for which another row speaks.
   */
  bounds(offer: number, least: number): ShareBounds | null {
    const network = this.#network;
    const jurisdiction = this.#jurisdictionOf(offer);
    const share = network.offerShare[offer]!;
    const negligible = network.offerLevel[offer] === NEGLIGIBLE;
    if (network.offerFirm[offer] === -1) {
      if (this.#row[jurisdiction] !== offer) return null;
      if (this.#units[jurisdiction] === 0) return Number.isNaN(share) ? this.#open(negligible) : exactly(share);
      const left = share - this.#named[jurisdiction]!;
      const stands = this.#unknown[jurisdiction] === 0 && left + ROUNDING >= least;
      return stands ? exactly(left) : null;
    }
    if (!Number.isNaN(share)) return exactly(share);
    if (jurisdiction === -1) return this.#open(negligible);
    const row = this.#rowShare(jurisdiction);
    const rowNegligible = this.#row[jurisdiction] !== -1 && network.offerLevel[this.#row[jurisdiction]!] === NEGLIGIBLE;
    if (Number.isNaN(row)) return this.#open(negligible || rowNegligible);
    const left = Math.max(0, row - this.#named[jurisdiction]!);
    return { low: 0, high: negligible ? Math.min(left, NEGLIGIBLE_SHARE) : left, share: Number.NaN };
  }

  #rowShare(jurisdiction: number): number {
    const row = this.#row[jurisdiction]!;
    return row === -1 || this.#seen[jurisdiction] !== this.#item ? Number.NaN : this.#network.offerShare[row]!;
  }

  #open(negligible: boolean): ShareBounds {
    const left = Math.max(0, 1 - this.#knownSum);
    return { low: 0, high: negligible ? NEGLIGIBLE_SHARE : left, share: Number.NaN };
  }
}

/**
 * Whether offers of an item, in order of provider, surely are in order of id: ids made of the ends stand as their providers
 * do, but where one provider's id begins another's.
 */
function areInOrderOfId(network: Network, offers: readonly number[]): boolean {
  const { offsets } = network.offerIds;
  let before = "";
  for (const offer of offers) {
    if (offers.length > 1 && offsets[offer + 1]! > offsets[offer]!) return false;
    const provider = providerId(network, offer);
    if (before !== "" && provider.startsWith(before)) return false;
    before = provider;
  }
  return true;
}

function exactly(share: number): ShareBounds {
  return { low: share, high: share, share };
}

/** Whether one row of a jurisdiction speaks for it rather than another: the greater share, then the first id. */
function speaksBefore(network: Network, offer: number, other: number): boolean {
  const share = network.offerShare[offer]!;
  const otherShare = network.offerShare[other]!;
  if (Number.isNaN(share)) return false;
  return Number.isNaN(otherShare) || share > otherShare;
}
