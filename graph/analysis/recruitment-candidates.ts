import { compareText, READINESS } from "../projection/build.ts";
import { isProcess, variantsOf } from "./coverage.ts";
import type { Interval } from "./interval.ts";
import type { ExtraOffer } from "./policy.ts";
import { resolveRemoved } from "./removed.ts";
import { type Scenario, UNIT_STATES } from "./scenario.ts";
import { GRADES, gradeOf } from "./shortfall.ts";

/** A firm to win, a project to land, a supplier that only the caller names, or an item to develop. */
export const CANDIDATE_KINDS = ["FIRM", "PROJECT", "SUPPLIER", "ITEM"] as const;
export type CandidateKind = (typeof CANDIDATE_KINDS)[number];

/** Who would supply what, as told by a caller or by a project's record. */
export interface Supplier {
  /** Unique within its kind. */
  readonly id: string;
  readonly kind: CandidateKind;
  /** Recorded firm under whose recipes it would make the items; null = the general recipes. */
  readonly firm: string | null;
  /** Ids of the items it would supply. */
  readonly items: readonly string[];
  /** What winning it costs, in the unit of the budget; null = unknown, counted as 1. */
  readonly cost: number | null;
}

/** Everybody who might be recruited, by kind and id: those that are named, and those that the network suggests. */
export function candidatesOf(
  scenario: Scenario,
  needed: readonly number[],
  named: readonly Supplier[],
  suggest: readonly CandidateKind[],
): readonly Supplier[] {
  const isWanted = wantedItems(scenario);
  const wanted = needed.filter((node) => node < scenario.network.items.length && isWanted(node));
  const found = new Map<string, Supplier>();
  const add = (supplier: Supplier): void => {
    const key = supplierKey(supplier);
    if (!found.has(key)) found.set(key, supplier);
  };
  for (const supplier of named) add({ ...supplier, items: [...new Set(supplier.items)].sort(compareText) });
  if (suggest.includes("ITEM")) for (const item of wanted) add(itemToDevelop(scenario, item));
  if (suggest.includes("FIRM")) for (const firm of firmsToWin(scenario, wanted)) add(firm);
  return [...found.values()].sort(
    (a, b) => CANDIDATE_KINDS.indexOf(a.kind) - CANDIDATE_KINDS.indexOf(b.kind) || compareText(a.id, b.id),
  );
}

/** Two suppliers with the same key are one. */
export function supplierKey({ kind, id }: Pick<Supplier, "kind" | "id">): string {
  return `${kind}:${id}`;
}

/** The offers that a supplier stands for. */
export function offersOfSupplier({ firm, items }: Supplier): readonly ExtraOffer[] {
  return items.map((item) => ({ item, firm, cost: null }));
}

/**
 * Best grade of an item today (ANALYSES.md 8 and 12): of its own units; for a class of the best (ANY) or worst (ALL)
 * variant; 1 for a step made in house; [0, 1] where nothing is recorded. O(its offers).
 */
export function bestGrade(scenario: Scenario, item: number): Interval {
  if (isProcess(scenario, item)) return { low: GRADES.LOCAL, high: GRADES.LOCAL };
  const { units, network } = scenario;
  const own: Interval[] = [];
  for (let unit = units.itemUnits[item]!; unit < units.itemUnits[item + 1]!; unit += 1)
    own.push(gradeOf(scenario, unit));
  const variants = variantsOf(scenario, item).map((at) => bestGrade(scenario, network.variantItem[at]!));
  if (variants.length > 0 && network.itemVariantAll[item] === 1)
    return {
      low: Math.min(...variants.map((grade) => grade.low)),
      high: Math.min(...variants.map((grade) => grade.high)),
    };
  const all = [...own, ...variants];
  if (all.length === 0) return { low: GRADES.NONE, high: GRADES.LOCAL };
  return { low: Math.max(...all.map((grade) => grade.low)), high: Math.max(...all.map((grade) => grade.high)) };
}

/** Readiness that a firm's offer of an item has today; null where unknown or not recorded. The best of several. */
export function readinessToday({ network, units }: Scenario, firm: number, item: number): string | null {
  let best = -1;
  for (let unit = units.itemUnits[item]!; unit < units.itemUnits[item + 1]!; unit += 1)
    if (units.unitFirm[unit] === firm && units.unitOffer[unit]! >= 0)
      best = Math.max(best, network.offerReadiness[units.unitOffer[unit]!]!);
  return READINESS[best] ?? null;
}

/** Items that someone could be recruited for: bought, no target, not supposed to fail, and without a source that is surely local. */
function wantedItems(scenario: Scenario): (item: number) => boolean {
  const { network, policy, targets } = scenario;
  const isTarget = new Set(targets.map((target) => target.node));
  const removed = resolveRemoved(network, policy).items;
  return (item) =>
    !isTarget.has(item) &&
    !removed.has(item) &&
    !isProcess(scenario, item) &&
    variantsOf(scenario, item).length === 0 &&
    bestGrade(scenario, item).low < GRADES.LOCAL;
}

function itemToDevelop({ network }: Scenario, item: number): Supplier {
  const id = network.items[item]!;
  const cost = network.itemDevelopCost[item]!;
  return { id, kind: "ITEM", firm: null, items: [id], cost: Number.isNaN(cost) ? null : cost };
}

/** Firms that offer a wanted item from elsewhere, or not yet well enough; not those that are forbidden or fail. */
function firmsToWin({ network, units }: Scenario, wanted: readonly number[]): readonly Supplier[] {
  const restricted = UNIT_STATES.indexOf("RESTRICTED");
  const items = new Map<number, Set<string>>();
  for (const item of wanted)
    for (let unit = units.itemUnits[item]!; unit < units.itemUnits[item + 1]!; unit += 1) {
      const firm = units.unitFirm[unit]!;
      const isOut = units.unitState[unit] === restricted || units.unitRemoved[unit] === 1;
      if (units.unitOffer[unit] === -1 || firm < 0 || isOut) continue;
      const known = items.get(firm);
      if (known === undefined) items.set(firm, new Set([network.items[item]!]));
      else known.add(network.items[item]!);
    }
  return [...items].map(([firm, offered]) => {
    const id = network.firms[firm]!;
    return { id, kind: "FIRM", firm: id, items: [...offered].sort(compareText), cost: null };
  });
}
