import { type SupplyRegion, supplyRegion } from "./regions.ts";
import type { Scenario } from "./scenario.ts";

/** What decides between ways of equal cost, in this order; lower is better in each. */
export interface WayPreference {
  /** Position in `policy.preferredRegions`; behind all of them where the region is another or unknown. */
  readonly region: number;
  /** 0 = mass production … 3 = research, 4 = unknown; 0 for what is not bought. */
  readonly immaturity: number;
  /** 1 - recorded share; 1 where unknown. */
  readonly smallness: number;
  readonly tag: string;
}

/** Behind every known readiness. */
export const IMMATURITY_UNKNOWN = 4;
/** Longer than any number of days: a path with fewer unknown lead times comes first, then the shorter one. */
export const UNKNOWN_LEAD_TIME = 1e9;

/** How far from mass production the source of a way is: 0 (or not bought) to 3, 4 where the readiness is unknown. */
export function wayImmaturity(scenario: Scenario, way: number): number {
  const { network, units, ways } = scenario;
  if (ways.wayBought[way] === 0) return 0;
  const unit = ways.wayUnit[way] ?? -1;
  const offer = unit < 0 ? -1 : (units.unitOffer[unit] ?? -1);
  const readiness = offer < 0 ? -1 : (network.offerReadiness[offer] ?? -1);
  return readiness < 0 ? IMMATURITY_UNKNOWN : 3 - readiness;
}

/** Days until a way's source delivers; 0 for what is not bought, more than any number of days where unknown. */
export function wayLeadTime(scenario: Scenario, way: number): number {
  const { network, units, ways } = scenario;
  if (ways.wayBought[way] === 0) return 0;
  const unit = ways.wayUnit[way] ?? -1;
  const offer = unit < 0 ? -1 : (units.unitOffer[unit] ?? -1);
  const days = offer < 0 ? Number.NaN : (network.offerLeadTime[offer] ?? Number.NaN);
  return Number.isNaN(days) ? UNKNOWN_LEAD_TIME : days;
}

/** Where the source of a way is; null for what is not bought from anyone recorded, or from nobody knows where. */
export function wayRegion(scenario: Scenario, way: number): SupplyRegion | null {
  const { network, units, ways, policy } = scenario;
  const unit = ways.wayUnit[way] ?? -1;
  if (unit < 0) return null;
  const firm = units.unitFirm[unit] ?? -1;
  const code = network.jurisdictions[units.unitJurisdiction[unit] ?? -1] ?? null;
  return supplyRegion(code, firm < 0 ? null : (network.firmRegion[firm] ?? null), policy);
}

/** Tells the preference of each way of a scenario. */
export function wayPreference(scenario: Scenario): (way: number) => WayPreference {
  const { policy, units, ways } = scenario;
  const rankOfRegion = new Map<string | null, number>(policy.preferredRegions.map((region, rank) => [region, rank]));
  return (way) => {
    const unit = ways.wayUnit[way] ?? -1;
    const share = unit < 0 ? Number.NaN : (units.unitShare[unit] ?? Number.NaN);
    const bought = ways.wayBought[way] === 1;
    return {
      region: bought ? (rankOfRegion.get(wayRegion(scenario, way)) ?? rankOfRegion.size) : -1,
      immaturity: wayImmaturity(scenario, way),
      smallness: Number.isNaN(share) ? 1 : 1 - share,
      tag: ways.wayTags[way]!,
    };
  };
}

/** Orders two ways of one item that cost the same: region, readiness, share, then id. */
export function comparePreference(a: WayPreference, b: WayPreference): number {
  return (
    a.region - b.region ||
    a.immaturity - b.immaturity ||
    a.smallness - b.smallness ||
    (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : 0)
  );
}
