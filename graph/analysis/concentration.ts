import { offerId } from "../projection/edge-ids.ts";
import { type Holder, herfindahl, type Measures, measure } from "./holders.ts";
import type { Interval } from "./interval.ts";
import type { Scenario } from "./scenario.ts";
import { isOpen, type Supply, type SupplyGroup, shareOrZero, supplyOf } from "./shares.ts";

/** Records of one item that cannot all be true. */
export interface Conflict {
  readonly kind: "MAJOR_WITHOUT_SHARE" | "FIRMS_EXCEED_ROW" | "SUM_EXCEEDS_ONE";
  /** Ids of the offers concerned, ascending. */
  readonly offers: readonly string[];
}

export interface Concentration {
  readonly item: string;
  /** null without any offer. */
  readonly byFirm: Measures | null;
  readonly byJurisdiction: Measures | null;
  /** Sum of the recorded shares, each supply counted once; null where none is recorded. */
  readonly knownShare: number | null;
  readonly offers: number;
  readonly offersWithoutShare: number;
  readonly conflicts: readonly Conflict[];
}

/** Sums up to this are complete and renormalised (ANALYSES.md, golden case 05); beyond it they contradict each other. */
const COMPLETE_UP_TO = 1.04;

/** Concentration of an item's supply by firm and by jurisdiction, over every allocation of unknown shares. O(offers). */
export function concentration(scenario: Scenario, item: number): Concentration {
  const supply = supplyOf(scenario, item);
  const measures = supply === null ? null : supplyConcentration(scenario, supply);
  return {
    item: scenario.network.items[item]!,
    byFirm: measures?.byFirm ?? null,
    byJurisdiction: measures?.byJurisdiction ?? null,
    knownShare: supply === null || supply.offersWithShare === 0 ? null : supply.known,
    offers: supply?.offers ?? 0,
    offersWithoutShare: supply === null ? 0 : supply.offers - supply.offersWithShare,
    conflicts: supply === null ? [] : conflictsOf(scenario, supply, item),
  };
}

/** The measures of a supply that is at hand. */
export function supplyConcentration(
  scenario: Scenario,
  supply: Supply,
): { readonly byFirm: Measures; readonly byJurisdiction: Measures } {
  return {
    byFirm: widestMeasures(firmHolders(scenario, supply), supply),
    byJurisdiction: widestMeasures(jurisdictionHolders(supply), supply),
  };
}

/** The Herfindahl indexes alone of a supply that is at hand. */
export function supplyIndexes(
  scenario: Scenario,
  supply: Supply,
): { readonly byFirm: Interval; readonly byJurisdiction: Interval } {
  return {
    byFirm: widestIndex(firmHolders(scenario, supply), supply),
    byJurisdiction: widestIndex(jurisdictionHolders(supply), supply),
  };
}

/** Holders as the lower bounds see them, and as the upper ones may: whichever of these gives more. */
interface Groupings {
  readonly apart: readonly Holder[];
  readonly together: readonly (readonly Holder[])[];
}

function widestIndex({ apart, together }: Groupings, { unknown, total }: Supply): Interval {
  const index = herfindahl(apart, unknown, total);
  return {
    low: index.low,
    high: together.reduce((most, one) => Math.max(most, herfindahl(one, unknown, total).high), index.high),
  };
}

function widestMeasures(holders: Groupings, { unknown, total }: Supply): Measures {
  const apart = measure(holders.apart, unknown, total);
  if (holders.together.length === 0) return apart;
  const all = [apart, ...holders.together.map((one) => measure(one, unknown, total))];
  return {
    hhi: { low: apart.hhi.low, high: Math.max(...all.map((one) => one.hhi.high)) },
    cr1: { low: apart.cr1.low, high: Math.max(...all.map((one) => one.cr1.high)) },
    n75: { low: Math.min(...all.map((one) => one.n75.low)), high: apart.n75.high },
  };
}

/**
 * Groups of unknown jurisdiction stand `apart` in the lower bounds; in the upper ones they all stand `together`, alone or
 * with the largest jurisdiction, listed or open: whichever gives more. None `together` where no group is of unknown one.
 */
function jurisdictionHolders({ groups }: Supply): Groupings {
  const joined = joinBy(groups, (group) => group.jurisdiction);
  const stray = groups.filter((group) => group.jurisdiction < 0 && isHolder(group));
  if (stray.length === 0) return { apart: joined, together: [] };
  const mass = stray.reduce((sum, group) => sum + group.base, 0);
  const opened = stray.some(isOpen);
  const beside = hosts(joined).map((host) =>
    joined.map((holder, position) =>
      position === host ? { ...holder, base: holder.base + mass, open: holder.open || opened } : holder,
    ),
  );
  return {
    apart: [...joined, ...stray.map(holderOf)],
    together: [[...joined, { base: mass, open: opened, divisible: false }], ...beside],
  };
}

/** The largest holder and the largest open one. */
function hosts(holders: readonly Holder[]): readonly number[] {
  const largest = (is: (holder: Holder) => boolean): number =>
    holders.reduce(
      (best, holder, position) => (is(holder) && (best < 0 || holder.base > holders[best]!.base) ? position : best),
      -1,
    );
  return [largest(() => true), largest((holder) => holder.open)].filter((position) => position >= 0);
}

/**
 * A row splits into its named firms of known share and a rest that may be one firm or many (so by jurisdiction rows alone:
 * from 0 to the index by jurisdiction). Where named firms exceed their row they are scaled down to it. A firm that is named
 * in a row without a share may have all of its rest beside what it has elsewhere, which the upper bounds allow for.
 */
function firmHolders({ network }: Scenario, supply: Supply): Groupings {
  const own = supply.groups.filter((group) => group.firm >= 0);
  const byFirm = new Map<number, Holder>();
  const add = (firm: number, base: number, open: boolean): void => {
    const known = byFirm.get(firm);
    byFirm.set(firm, { base: base + (known?.base ?? 0), open: open || (known?.open ?? false), divisible: false });
  };
  for (const group of own) if (isHolder(group)) add(group.firm, group.base, isOpen(group));
  const rests: Holder[] = [];
  const restsOf = new Map<number, Holder[]>();
  for (const row of supply.groups) {
    if (row.firm >= 0) continue;
    const shares = row.named.map((offer) => shareOrZero(network.offerShare[offer]));
    const named = shares.reduce((sum, share) => sum + share, 0);
    const scale = named > row.base ? row.base / named : 1;
    row.named.forEach((offer, position) => {
      if (shares[position]! > 0) add(network.offerFirm[offer]!, shares[position]! * scale, false);
    });
    const rest = row.base - named * scale;
    if (!isOpen(row) && rest <= 0) continue;
    const holder = { base: rest, open: isOpen(row), divisible: true };
    rests.push(holder);
    const firms = new Set(
      row.named.filter((_, position) => shares[position] === 0).map((offer) => network.offerFirm[offer]!),
    );
    for (const firm of firms) restsOf.set(firm, [...(restsOf.get(firm) ?? []), holder]);
  }
  // A firm that is in one row only and nowhere else makes of its rest no more than the rest is by itself.
  const hosts = [...restsOf.keys()].filter((firm) => byFirm.has(firm) || restsOf.get(firm)!.length > 1);
  const largestFirst = [...hosts].sort((a, b) => (byFirm.get(b)?.base ?? 0) - (byFirm.get(a)?.base ?? 0) || a - b);
  return {
    apart: [...byFirm.values(), ...rests],
    together: hosts.map((first) => hosted(byFirm, rests, restsOf, [first, ...largestFirst])),
  };
}

/** Holders where each of these firms in turn has the rests that it may have and nobody before it took. */
function hosted(
  byFirm: ReadonlyMap<number, Holder>,
  rests: readonly Holder[],
  restsOf: ReadonlyMap<number, readonly Holder[]>,
  firms: readonly number[],
): readonly Holder[] {
  const holders = new Map(byFirm);
  const left = new Set(rests);
  for (const firm of firms)
    for (const rest of restsOf.get(firm)!) {
      if (!left.delete(rest)) continue;
      const { base, open } = holders.get(firm) ?? { base: 0, open: false };
      holders.set(firm, { base: base + rest.base, open: open || rest.open, divisible: false });
    }
  return [...holders.values(), ...left];
}

function joinBy(groups: readonly SupplyGroup[], key: (group: SupplyGroup) => number): readonly Holder[] {
  const joined = new Map<number, Holder>();
  for (const group of groups) {
    if (!isHolder(group) || key(group) < 0) continue;
    const known = joined.get(key(group));
    const holder = holderOf(group);
    joined.set(
      key(group),
      known === undefined ? holder : { ...known, base: known.base + holder.base, open: known.open || holder.open },
    );
  }
  return [...joined.values()];
}

/** NEGLIGIBLE groups hold nothing that counts in a concentration. */
function isHolder(group: SupplyGroup): boolean {
  return !group.negligible || group.base > 0;
}

function holderOf(group: SupplyGroup): Holder {
  return { base: group.base, open: isOpen(group), divisible: false };
}

function conflictsOf({ network, units }: Scenario, supply: Supply, item: number): readonly Conflict[] {
  const ids = (offers: readonly number[]): readonly string[] => offers.map((offer) => offerId(network, offer)).sort();
  const conflicts: Conflict[] = units.conflicts
    .filter((offer) => network.offerItem[offer] === item)
    .map((offer) => ({ kind: "MAJOR_WITHOUT_SHARE", offers: ids([offer]) }));
  for (const row of supply.groups) {
    const named = row.named.reduce((sum, offer) => sum + shareOrZero(network.offerShare[offer]), 0);
    if (row.exact && named > row.base + COMPLETE_UP_TO - 1)
      conflicts.push({ kind: "FIRMS_EXCEED_ROW", offers: ids([row.offer, ...row.named]) });
  }
  if (supply.known > COMPLETE_UP_TO)
    conflicts.push({
      kind: "SUM_EXCEEDS_ONE",
      offers: ids(supply.groups.filter((group) => group.base > 0).map((group) => group.offer)),
    });
  return conflicts;
}
