import type { ItemRow, NetworkRows, OfferRow, RequirementRow } from "../../graph/projection/rows.ts";
import { emptyRows, facts } from "./rows.ts";

/** A small network in short: whoever is named need not be listed. */
export interface NetworkSketch {
  /** Items that are more than an id. */
  readonly items?: Readonly<Record<string, Partial<ItemRow>>>;
  /** Country of each firm, null unknown; `"CN 泉州"` adds a region. */
  readonly firms?: Readonly<Record<string, string | null>>;
  /** Provider (a firm, or a code of two capitals), item, and what else is known. */
  readonly offers?: readonly (readonly [provider: string, item: string, more?: Partial<OfferRow>])[];
  readonly requires?: readonly (readonly [item: string, input: string, more?: Partial<RequirementRow>])[];
  readonly variants?: readonly (readonly [variant: string, itemClass: string])[];
}

/** The rows of a sketch; ids are `provider:item` for offers, `item>input` for requirements, `variant<class` for variants. */
export function rowsOf({
  items = {},
  firms = {},
  offers = [],
  requires = [],
  variants = [],
}: NetworkSketch): NetworkRows {
  const isCode = (id: string): boolean => /^[A-Z]{2}$/.test(id);
  const itemIds = new Set([
    ...Object.keys(items),
    ...offers.map(([, item]) => item),
    ...requires.map(([item]) => item),
    ...requires.map(([, input]) => input),
    ...variants.flat(),
  ]);
  const codes = new Set([
    ...offers.map(([provider]) => provider).filter(isCode),
    ...Object.values(firms).flatMap((place) => (place === null ? [] : [place.slice(0, 2)])),
  ]);
  return {
    ...emptyRows(),
    items: [...itemIds].map((id) => ({
      id,
      category: null,
      variantMode: null,
      elementary: null,
      developCost: null,
      ...items[id],
    })),
    firms: Object.entries(firms).map(([id, place]) => ({
      id,
      country: place?.slice(0, 2) ?? null,
      region: place?.slice(3) || null,
    })),
    jurisdictions: [...codes].map((code) => ({ id: `jurisdiction-${code}`, code })),
    offers: offers.map(([provider, item, more]) => ({
      ...facts(`${provider}:${item}`),
      provider: isCode(provider) ? `jurisdiction-${provider}` : provider,
      item,
      outputWeight: null,
      share: null,
      level: null,
      readiness: null,
      originCountry: null,
      cost: null,
      leadTimeDays: null,
      ...more,
    })),
    requirements: requires.map(([item, input, more]) => ({
      ...facts(`${item}>${input}`),
      item,
      maker: null,
      input,
      slot: null,
      essential: true,
      ...more,
    })),
    variants: variants.map(([variant, itemClass]) => ({ ...facts(`${variant}<${itemClass}`), variant, itemClass })),
  };
}
