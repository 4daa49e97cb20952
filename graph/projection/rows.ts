import type { EnumValue } from "../ontology.ts";

/**
 * The facts an analysis needs, row by row, as the store's queries (or a test) give them. `null` is unknown. The order of
 * rows never matters.
 */
export interface NetworkRows {
  readonly items: readonly ItemRow[];
  readonly firms: readonly FirmRow[];
  readonly jurisdictions: readonly JurisdictionRow[];
  readonly offers: readonly OfferRow[];
  readonly requirements: readonly RequirementRow[];
  readonly variants: readonly VariantRow[];
  readonly stakes: readonly StakeRow[];
  readonly purchases: readonly PurchaseRow[];
  readonly chains: readonly ChainRow[];
}

/** What every fact carries: whether it is assumed, and from when to when it holds (YYYY, YYYY-MM or YYYY-MM-DD). */
export interface FactRow {
  readonly id: string;
  readonly assertion: EnumValue<"Assertion">;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

export interface ItemRow {
  readonly id: string;
  readonly category: EnumValue<"ProductCategory"> | null;
  readonly variantMode: EnumValue<"VariantMode"> | null;
  readonly elementary: boolean | null;
  readonly developCost: number | null;
}

export interface FirmRow {
  readonly id: string;
  readonly country: string | null;
  readonly region: string | null;
}

export interface JurisdictionRow {
  readonly id: string;
  readonly code: string;
}

/** SUPPLIES of an item; `provider` is the id of a firm or of a jurisdiction. */
export interface OfferRow extends FactRow {
  readonly provider: string;
  readonly item: string;
  readonly outputWeight: number | null;
  readonly share: number | null;
  readonly level: EnumValue<"OfferLevel"> | null;
  readonly readiness: EnumValue<"Readiness"> | null;
  readonly originCountry: string | null;
  readonly cost: number | null;
  readonly leadTimeDays: number | null;
}

/** REQUIRES: `maker` null = the item's general recipe; else that firm's own recipe for `item`. */
export interface RequirementRow extends FactRow {
  readonly item: string;
  readonly maker: string | null;
  readonly input: string;
  readonly slot: string | null;
  readonly essential: boolean;
}

export interface VariantRow extends FactRow {
  readonly variant: string;
  readonly itemClass: string;
}

export interface StakeRow extends FactRow {
  readonly owner: string;
  readonly owned: string;
  readonly stake: number | null;
}

/** SOURCES_FROM: `buyer` buys `item` from `seller`. */
export interface PurchaseRow extends FactRow {
  readonly buyer: string;
  readonly seller: string;
  readonly item: string | null;
  readonly share: number | null;
}

/** A chain with its leading firms and the items of its stages. */
export interface ChainRow {
  readonly id: string;
  readonly leaders: readonly string[];
  readonly items: readonly string[];
}
