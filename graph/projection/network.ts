import type { Texts } from "./texts.ts";

/** Stands for a beginning or an end that is not stated: earlier and later than any day. */
export const UNSTATED_START = -(2 ** 31);
export const UNSTATED_END = 2 ** 31 - 1;

/**
 * The projection that every analysis reads: the supply network in typed arrays, ids interned in ascending order (so
 * that ties break by id and results never depend on the order of rows). `offsets[k] .. offsets[k + 1]` are the entries
 * of `k` (compressed sparse rows). Unknown numbers are NaN, unknown references -1. Plain data, the long columns in shared
 * memory: to hand it to a worker thread copies the node ids and their indexes alone.
 */
export interface Network {
  /** Version of the graph it was read at. */
  readonly version: number;
  /** Item ids, ascending. */
  readonly items: readonly string[];
  readonly itemIndex: ReadonlyMap<string, number>;
  /** Position in `PRODUCT_CATEGORIES`, -1 unknown. */
  readonly itemCategory: Int8Array;
  /** 0 = ANY (also where unstated), 1 = ALL. */
  readonly itemVariantAll: Uint8Array;
  readonly itemElementary: Uint8Array;
  /** NaN unknown. */
  readonly itemDevelopCost: Float64Array;

  /** Firm ids, ascending. */
  readonly firms: readonly string[];
  readonly firmIndex: ReadonlyMap<string, number>;
  /** Jurisdiction of the headquarters, -1 unknown. */
  readonly firmJurisdiction: Int32Array;
  readonly firmRegion: readonly (string | null)[];

  /** Jurisdiction codes, ascending: all that any row names. */
  readonly jurisdictions: readonly string[];
  readonly jurisdictionIndex: ReadonlyMap<string, number>;
  /** Id of the Jurisdiction node of a code, null where there is none. */
  readonly jurisdictionIds: readonly (string | null)[];

  /** Offers, grouped by item, then by provider id. Their ids, shortened: `offerId` reads one. */
  readonly offerIds: Texts;
  readonly itemOffers: Int32Array;
  readonly offerItem: Int32Array;
  /** Firm that offers, or -1 for a row of a jurisdiction. */
  readonly offerFirm: Int32Array;
  /** Jurisdiction of a jurisdiction's row, or -1 for a firm's offer. */
  readonly offerRow: Int32Array;
  readonly offerShare: Float64Array;
  /** Position in `OFFER_LEVELS`, -1 unstated. */
  readonly offerLevel: Int8Array;
  /** Position in `READINESS`, ascending, -1 unknown. */
  readonly offerReadiness: Int8Array;
  /** Jurisdiction of the site, -1 unknown. */
  readonly offerOrigin: Int32Array;
  readonly offerCost: Float64Array;
  readonly offerLeadTime: Float64Array;
  readonly offerWeight: Float64Array;
  readonly offerFact: Facts;

  /** Requirement edges, grouped by item; general ones first, then by maker, slot and input id. Ids: `requirementId`. */
  readonly requirementIds: Texts;
  readonly itemRequirements: Int32Array;
  /** Firm whose own recipe this is, -1 = the general recipe. */
  readonly requirementMaker: Int32Array;
  readonly requirementInput: Int32Array;
  /** Position in `slots`; -1 = a slot of its own. */
  readonly requirementSlot: Int32Array;
  readonly requirementEssential: Uint8Array;
  readonly requirementFact: Facts;

  /** Names of slots, ascending. */
  readonly slots: readonly string[];

  /** Variants of each class item. Ids: `variantId`. */
  readonly variantIds: Texts;
  readonly itemVariants: Int32Array;
  readonly variantItem: Int32Array;
  readonly variantFact: Facts;

  /** Owners of each firm. Ids: `stakeId`. */
  readonly firmOwners: Int32Array;
  readonly ownerFirm: Int32Array;
  readonly ownerStake: Float64Array;
  readonly ownerFact: Facts;
  readonly ownerIds: Texts;

  /** What each firm buys from whom, where known. Ids: `purchaseId`. */
  readonly firmPurchases: Int32Array;
  readonly purchaseSeller: Int32Array;
  readonly purchaseItem: Int32Array;
  readonly purchaseShare: Float64Array;
  readonly purchaseFact: Facts;
  readonly purchaseIds: Texts;

  readonly chains: readonly NetworkChain[];
}

/** What decides whether an edge is used under a policy: assumed or not, and when it holds. */
export interface Facts {
  readonly assumed: Uint8Array;
  /** Days since 1970-01-01 of the first day it holds; `UNSTATED_START` where unstated. */
  readonly from: Int32Array;
  /** Days since 1970-01-01 of the last day it holds; `UNSTATED_END` where unstated. */
  readonly to: Int32Array;
}

export interface NetworkChain {
  readonly id: string;
  readonly leaders: Int32Array;
  readonly items: Int32Array;
}
