import { OFFER_LEVELS } from "../projection/build.ts";
import type { Network } from "../projection/network.ts";
import { offersById } from "../projection/offer-order.ts";
import type { IsActive } from "./active.ts";

/** The most that a NEGLIGIBLE supplier has, and the least that counts as "others" beside named firms. */
export const NEGLIGIBLE_SHARE = 0.02;
/** Shares are compared up to this much rounding. */
export const ROUNDING = 1e-9;
const NEGLIGIBLE = OFFER_LEVELS.indexOf("NEGLIGIBLE");

/**
 * The offers of one item at a time, with what the rows and the named firms of each jurisdiction say. Rows of a
 * jurisdiction that say different things count as one: the greatest stated share.
 */
export class ShareLevels {
  readonly #network: Network;
  readonly #jurisdictionOf: (offer: number) => number;
  readonly #isActive: IsActive;
  readonly #byId: Int32Array;
  readonly #seen: Int32Array;
  /** Row that speaks for each jurisdiction, -1 none. */
  readonly #row: Int32Array;
  /** Sum of the known shares of its firms. */
  readonly #named: Float64Array;
  /** Number of its firms that are units. */
  readonly #units: Int32Array;
  /** Number of those of unknown share. */
  readonly #unknown: Int32Array;
  /** Jurisdictions of the item read last. */
  readonly #touched: Int32Array;
  #item = -1;
  #knownSum = 0;
  #offers = new Int32Array(64);
  #count = 0;
  /** What `bounds` found: bounds of the share in [0, 1], equal where known. */
  low = 0;
  high = 0;
  /** NaN = unknown. */
  share = Number.NaN;

  constructor(network: Network, jurisdictionOf: (offer: number) => number, isActive: IsActive) {
    this.#network = network;
    this.#jurisdictionOf = jurisdictionOf;
    this.#isActive = isActive;
    this.#byId = offersById(network);
    const width = network.jurisdictions.length;
    this.#seen = new Int32Array(width).fill(-1);
    this.#row = new Int32Array(width);
    this.#named = new Float64Array(width);
    this.#units = new Int32Array(width);
    this.#unknown = new Int32Array(width);
    this.#touched = new Int32Array(width);
  }

  /** Number of offers of the item read last that hold. */
  get count(): number {
    return this.#count;
  }

  /** One of them; they are in order of id. */
  offerAt(position: number): number {
    return this.#offers[position]!;
  }

  /** Sum of the known shares, one level per jurisdiction: its row, else its firms. */
  get knownSum(): number {
    return this.#knownSum;
  }

  read(item: number): void {
    const network = this.#network;
    this.#item = item;
    this.#select(network.itemOffers[item]!, network.itemOffers[item + 1]!);
    this.#knownSum = 0;
    let touched = 0;
    for (let position = 0; position < this.#count; position += 1) {
      const offer = this.#offers[position]!;
      const share = network.offerShare[offer]!;
      const jurisdiction = this.#jurisdictionOf(offer);
      if (jurisdiction === -1) {
        if (!Number.isNaN(share)) this.#knownSum += share;
        continue;
      }
      if (this.#seen[jurisdiction] !== item) {
        this.#seen[jurisdiction] = item;
        this.#row[jurisdiction] = -1;
        this.#named[jurisdiction] = 0;
        this.#units[jurisdiction] = 0;
        this.#unknown[jurisdiction] = 0;
        this.#touched[touched] = jurisdiction;
        touched += 1;
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
    for (let position = 0; position < touched; position += 1) {
      const jurisdiction = this.#touched[position]!;
      const row = this.#rowShare(jurisdiction);
      this.#knownSum += Number.isNaN(row) ? this.#named[jurisdiction]! : row;
    }
  }

  /** Reads the offers at these positions that hold. */
  #select(from: number, to: number): void {
    if (to - from > this.#offers.length) this.#offers = new Int32Array(2 * (to - from));
    this.#count = 0;
    for (let position = from; position < to; position += 1) {
      const offer = this.#byId[position]!;
      if (!this.#isActive(this.#network.offerFact, offer)) continue;
      this.#offers[this.#count] = offer;
      this.#count += 1;
    }
  }

  /**
   * Finds the bounds (`low`, `high`, `share`) of an offer of the item read last; false where it is no unit: a row of a
   * jurisdiction whose named firms may be all of it, or leave less than `least`, or for which another row speaks.
   */
  bounds(offer: number, least: number): boolean {
    const network = this.#network;
    const jurisdiction = this.#jurisdictionOf(offer);
    const share = network.offerShare[offer]!;
    const negligible = network.offerLevel[offer] === NEGLIGIBLE;
    if (network.offerFirm[offer] === -1) {
      if (this.#row[jurisdiction] !== offer) return false;
      if (this.#units[jurisdiction] === 0) return Number.isNaN(share) ? this.#open(negligible) : this.#exactly(share);
      const left = share - this.#named[jurisdiction]!;
      const stands = this.#unknown[jurisdiction] === 0 && left + ROUNDING >= least;
      return stands && this.#exactly(left);
    }
    if (!Number.isNaN(share)) return this.#exactly(share);
    if (jurisdiction === -1) return this.#open(negligible);
    const row = this.#rowShare(jurisdiction);
    const rowNegligible = this.#row[jurisdiction] !== -1 && network.offerLevel[this.#row[jurisdiction]!] === NEGLIGIBLE;
    if (Number.isNaN(row)) return this.#open(negligible || rowNegligible);
    const left = Math.max(0, row - this.#named[jurisdiction]!);
    return this.#upTo(negligible ? Math.min(left, NEGLIGIBLE_SHARE) : left);
  }

  #rowShare(jurisdiction: number): number {
    const row = this.#row[jurisdiction]!;
    return row === -1 || this.#seen[jurisdiction] !== this.#item ? Number.NaN : this.#network.offerShare[row]!;
  }

  #open(negligible: boolean): boolean {
    return this.#upTo(negligible ? NEGLIGIBLE_SHARE : Math.max(0, 1 - this.#knownSum));
  }

  #upTo(high: number): boolean {
    this.low = 0;
    this.high = high;
    this.share = Number.NaN;
    return true;
  }

  #exactly(share: number): boolean {
    this.low = share;
    this.high = share;
    this.share = share;
    return true;
  }
}

/** Whether one row of a jurisdiction speaks for it rather than another: the greater share, then the first id. */
function speaksBefore(network: Network, offer: number, other: number): boolean {
  const share = network.offerShare[offer]!;
  const otherShare = network.offerShare[other]!;
  if (Number.isNaN(share)) return false;
  return Number.isNaN(otherShare) || share > otherShare;
}
