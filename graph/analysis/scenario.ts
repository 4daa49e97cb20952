import type { Network } from "../projection/network.ts";
import type { Policy } from "./policy.ts";

/**
 * A network under a policy with the targets of one question: what every analysis starts from.
 *
 * Nodes `0 .. items - 1` are the items. A target that is an item is that node itself (its own offers are always
 * admissible and cost no tier). A target that is a firm adds one node for each of its offers, with that one way.
 */
export interface Scenario {
  readonly network: Network;
  readonly policy: Policy;
  /** Targets in ascending order of id; weights sum to 1 (empty = no target: the whole network is looked at). */
  readonly targets: readonly ScenarioTarget[];
  readonly units: Units;
  readonly ways: Ways;
  /**
   * Items, ascending, without any way although nothing is restricted while a target that produces today needs them: holes
   * in the data. With `unknownSupply: ALLOW` they have an UNRECORDED way.
   */
  readonly unrecordedSources: readonly number[];
}

export interface ScenarioTarget {
  /** Node in `ways`. */
  readonly node: number;
  readonly item: number;
  /** The firm whose own offer it is, -1 for an item that may be anyone's. */
  readonly firm: number;
  /** That offer, -1 for an item that may be anyone's. */
  readonly offer: number;
  /** Share of the question's output, in [0, 1]. */
  readonly weight: number;
  /** False where no output weight is recorded and targets count alike. */
  readonly weightKnown: boolean;
}

/** Why a unit may not be used, in the order in which they are tested. */
export const UNIT_STATES = ["ADMISSIBLE", "RESTRICTED", "REMOVED", "TOO_SMALL", "NOT_READY", "NEGLIGIBLE"] as const;
export type UnitState = (typeof UNIT_STATES)[number];

/** Supply units of each item (ANALYSES.md 2): who counts as one offer. */
export interface Units {
  /** Entries of each item, in order of offer id. */
  readonly itemUnits: Int32Array;
  readonly unitItem: Int32Array;
  /** Offer it stands for; -1 = an extra offer of the policy (`unitExtra` says which). */
  readonly unitOffer: Int32Array;
  readonly unitExtra: Int32Array;
  /** Firm, or -1 for "others of a jurisdiction" and for extra offers of no recorded firm. */
  readonly unitFirm: Int32Array;
  /** The one jurisdiction it counts for in shares, -1 unknown. */
  readonly unitJurisdiction: Int32Array;
  /** Bounds of its share in [0, 1]; equal where known. */
  readonly unitShareLow: Float64Array;
  readonly unitShareHigh: Float64Array;
  /** Recorded share, NaN unknown. */
  readonly unitShare: Float64Array;
  /** Position in `UNIT_STATES`. */
  readonly unitState: Uint8Array;
  /** Usable = readiness and share suffice and it is not negligible; admissible = usable, not restricted, not removed. */
  readonly unitUsable: Uint8Array;
  /** 1 = supposed to have failed, whatever its state says first. */
  readonly unitRemoved: Uint8Array;
  /** Offers marked MAJOR whose share bound is zero: the data contradict each other. */
  readonly conflicts: readonly number[];
}

export const WAY_KINDS = [
  "OFFER",
  "EXTRA_OFFER",
  "OWN_OFFER",
  "VARIANT",
  "ALL_VARIANTS",
  "UNSTATED_VARIANT",
  "IN_HOUSE",
  "UNRECORDED",
] as const;
export type WayKind = (typeof WAY_KINDS)[number];

/** The AND/OR hypergraph (ANALYSES.md 1): ways of each node, slots of each way, alternatives of each slot. */
export interface Ways {
  readonly nodes: number;
  /** Item of each node. */
  readonly nodeItem: Int32Array;
  /** Ways of each node, in order of tag. */
  readonly nodeWays: Int32Array;
  readonly wayNode: Int32Array;
  /** Position in `WAY_KINDS`. */
  readonly wayKind: Uint8Array;
  /** 1 if taking it is a purchase (costs a tier), 0 if made in house, a variant or the target's own. */
  readonly wayBought: Uint8Array;
  readonly wayCost: Float64Array;
  readonly wayCostKnown: Uint8Array;
  /** Unit it takes, -1 where it takes none. */
  readonly wayUnit: Int32Array;
  /** Stable name: the offer's id, or `kind:item`, for results and ties. */
  readonly wayTags: readonly string[];
  /** Essential slots of each way; those that gate nothing are left out. */
  readonly waySlots: Int32Array;
  /** Alternatives of each slot, as nodes, ascending by item id. */
  readonly slotAlternatives: Int32Array;
  readonly alternatives: Int32Array;
  /** Requirement edge (or -1: a variant) behind each alternative. */
  readonly alternativeRequirement: Int32Array;
  /** Ways that need a node: `consumerSlots[nodeConsumers[n] ..]` are slots that list it. */
  readonly nodeConsumers: Int32Array;
  readonly consumerSlots: Int32Array;
  readonly slotWay: Int32Array;
}
