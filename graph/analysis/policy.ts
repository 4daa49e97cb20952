import type { EnumValue } from "../ontology.ts";

export type Readiness = EnumValue<"Readiness">;
export type Unknowns = "ALLOW" | "DENY";
export type AttributionBasis = "HQ" | "SITE" | "CONTROL";
export type SourcingRegion = "LOCAL" | "DOMESTIC" | "EAST_ASIA" | "EUROPE" | "SOUTH_EAST_ASIA";

/** An offer that is supposed to exist in a what-if: exempt from share, readiness and restriction. */
export interface ExtraOffer {
  /** Id of the item supplied. */
  readonly item: string;
  /** Id of a recorded firm, or null for a firm that is not recorded. */
  readonly firm: string | null;
  /** Cost of taking it; null = unknown. */
  readonly cost: number | null;
}

/** Under which rules an analysis runs. ANALYSES.md and the API's descriptions define each field. */
export interface Policy {
  /** Codes of the jurisdictions whose offers may not be used. */
  readonly restricted: readonly string[];
  /** Whether owners count: a firm is in J if its headquarters is, or if owners in J together hold `ownershipThreshold`. */
  readonly ownership: boolean;
  /** In (0, 1]. */
  readonly ownershipThreshold: number;
  /** The one jurisdiction an offer belongs to in shares. */
  readonly basis: AttributionBasis;
  readonly minReadiness: Readiness;
  /** Theta, in [0, 1]: an offer whose share cannot reach it is not usable. */
  readonly minShare: number;
  readonly unknownShare: Unknowns;
  readonly unknownSupply: Unknowns;
  /** Whether a firm of unknown country, or an owner of unknown stake, is taken as not restricted (ALLOW) or restricted (DENY). */
  readonly unknownOrigin: Unknowns;
  /** Failures at a purchase tier beyond this are not looked at; null = the full depth. */
  readonly maxTier: number | null;
  /** Whether facts marked ASSUMED are used. */
  readonly assumed: boolean;
  /** Only facts that hold on this day (YYYY-MM-DD); null = all that have no end before today are not filtered. */
  readonly asOf: string | null;
  readonly extraOffers: readonly ExtraOffer[];
  /** Ids of firms, jurisdictions (or their codes), items or offers that are supposed to fail. */
  readonly removed: readonly string[];
  /** Order of preference among equally good sources. */
  readonly preferredRegions: readonly SourcingRegion[];
  /** Code of the home jurisdiction. */
  readonly home: string;
  /** Values of a firm's `region` that count as local. */
  readonly localRegions: readonly string[];
}

/** The committee's usual question: without US inputs, assumed links on, unknowns allowed, the full depth. */
export const DEFAULT_POLICY: Policy = {
  restricted: ["US"],
  ownership: true,
  ownershipThreshold: 0.5,
  basis: "HQ",
  minReadiness: "QUALIFIED",
  minShare: 0,
  unknownShare: "ALLOW",
  unknownSupply: "ALLOW",
  unknownOrigin: "ALLOW",
  maxTier: null,
  assumed: true,
  asOf: null,
  extraOffers: [],
  removed: [],
  preferredRegions: ["LOCAL", "DOMESTIC", "EAST_ASIA", "EUROPE", "SOUTH_EAST_ASIA"],
  home: "CN",
  localRegions: ["泉州"],
};
