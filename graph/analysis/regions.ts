import type { Policy, SourcingRegion } from "./policy.ts";

/** A region of the world, seen from the park; OTHER is a known place in none of the named ones. */
export type SupplyRegion = SourcingRegion | "OTHER";

const FOREIGN: readonly (readonly [SourcingRegion, readonly string[]])[] = [
  ["EAST_ASIA", ["TW", "JP", "KR"]],
  ["SOUTH_EAST_ASIA", ["SG", "MY", "VN", "TH", "PH", "ID", "KH", "LA", "MM", "BN", "TL"]],
  [
    "EUROPE",
    [
      ...["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU"],
      ...["LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"],
      ...["GB", "CH", "NO", "IS", "LI", "MC", "AD", "SM", "AL", "BA", "ME", "MK", "RS", "MD", "UA"],
    ],
  ],
];

const REGION_OF_CODE: ReadonlyMap<string, SourcingRegion> = new Map(
  FOREIGN.flatMap(([region, codes]) => codes.map((code) => [code, region] as const)),
);

/**
 * Where a source is: LOCAL if its city is one of the policy's, DOMESTIC if its jurisdiction is home, else by the table
 * of codes (East Asia = Taiwan, Japan, Korea). Null where the jurisdiction is not known.
 *
 * @param code ISO 3166-1 alpha-2 code of the jurisdiction.
 * @param city The firm's `region`.
 */
export function supplyRegion(code: string | null, city: string | null, policy: Policy): SupplyRegion | null {
  if (city !== null && policy.localRegions.includes(city)) return "LOCAL";
  if (code === null) return null;
  if (code === policy.home) return "DOMESTIC";
  return REGION_OF_CODE.get(code) ?? "OTHER";
}
