import { type Failures, type Fallen, isTaken } from "./fallen.ts";
import type { Scenario } from "./scenario.ts";
import { usedOffers } from "./shares.ts";
import type { SupplyRegion } from "./supply-region.ts";

/** What may fail alone. */
export const FAILURE_KINDS = ["JURISDICTION", "FIRM", "ITEM"] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** One thing that may fail. */
export interface Candidate {
  readonly kind: FailureKind;
  /** Code of a jurisdiction, id of a firm or item. */
  readonly id: string;
  readonly fallen: Fallen;
  /** Ways of the region that go with it, ascending. */
  readonly ways: readonly number[];
  /** Items whose own supply goes with it, or may. */
  readonly items: readonly number[];
}

/**
 * Everything recorded in what the targets need: its items, the firms that offer one, the jurisdictions with a row or a
 * firm among them. Nothing else can matter. O(offers and ways of the region x jurisdictions).
 */
export function candidatesOf(
  scenario: Scenario,
  region: SupplyRegion,
  items: readonly number[],
  failures: Failures,
  kinds: readonly FailureKind[] = FAILURE_KINDS,
): readonly Candidate[] {
  const offers = items.flatMap((item) => usedOffers(scenario, item));
  return kinds.flatMap((kind) => GROUNDS[kind](scenario, region, failures, { items, offers }));
}

interface Ground {
  readonly items: readonly number[];
  /** Offers of those items. */
  readonly offers: readonly number[];
}

type Candidates = (
  scenario: Scenario,
  region: SupplyRegion,
  failures: Failures,
  ground: Ground,
) => readonly Candidate[];

const GROUNDS: Readonly<Record<FailureKind, Candidates>> = {
  ITEM: ({ network, ways }, region, failures, { items }) => {
    const waysOf = grouped(region.wayOrigin.keys(), (way) => ways.nodeItem[ways.wayNode[region.wayOrigin[way]!]!]!);
    return items.map((item) => ({
      kind: "ITEM",
      id: network.items[item]!,
      fallen: failures.ofItem(item),
      ways: waysOf.get(item) ?? [],
      items: [item],
    }));
  },
  FIRM: ({ network, units, ways }, region, failures, { offers }) => {
    const offersOf = grouped(offers, (offer) => network.offerFirm[offer]!);
    const waysOf = grouped(
      region.wayOrigin.keys(),
      (way) => units.unitFirm[ways.wayUnit[region.wayOrigin[way]!]!] ?? -1,
    );
    const firms = [...new Set([...offersOf.keys(), ...waysOf.keys()])].filter((firm) => firm >= 0);
    return firms.map((firm) => ({
      kind: "FIRM",
      id: network.firms[firm]!,
      fallen: failures.ofFirm(firm),
      ways: waysOf.get(firm) ?? [],
      items: itemsOf(network.offerItem, offersOf.get(firm) ?? []),
    }));
  },
  JURISDICTION: (scenario, region, failures, { offers }) =>
    [...scenario.network.jurisdictions.keys()].flatMap((jurisdiction) => {
      const fallen = failures.ofJurisdictions([jurisdiction]);
      const ways = [...region.wayOrigin.keys()].filter((way) => isTaken(scenario, fallen, region.wayOrigin[way]!));
      if (ways.length === 0 && !offers.some(fallen.surely)) return [];
      const touched = itemsOf(scenario.network.offerItem, offers.filter(fallen.maybe));
      return [
        {
          kind: "JURISDICTION" as const,
          id: scenario.network.jurisdictions[jurisdiction]!,
          fallen,
          ways,
          items: touched,
        },
      ];
    }),
};

function grouped(
  entries: Iterable<number>,
  groupOf: (entry: number) => number,
): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const entry of entries) {
    const group = groupOf(entry);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [entry]);
    else members.push(entry);
  }
  return groups;
}

function itemsOf(offerItem: Int32Array, offers: readonly number[]): readonly number[] {
  return [...new Set(offers.map((offer) => offerItem[offer]!))].sort((a, b) => a - b);
}
