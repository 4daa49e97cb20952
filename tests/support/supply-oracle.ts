import type { Policy } from "../../graph/analysis/policy.ts";
import type { FactRow, NetworkRows, OfferRow, RequirementRow } from "../../graph/projection/rows.ts";

/** Someone who has part of an item's supply, as ANALYSES.md 5 words it. */
export interface LiteralGroup {
  readonly offer: OfferRow;
  /** Code, null where unknown. */
  readonly place: string | null;
  readonly isRow: boolean;
  readonly base: number;
  /** May take any part of the unknown mass, at most .02 more of it, or none. */
  readonly takes: "ANY" | "LITTLE" | "NONE";
  /** Offers of firms that are part of a row. */
  readonly named: readonly OfferRow[];
}

/** Facts that hold under a policy; the random networks only say "2021" and "2019-12". */
export function holds(row: FactRow, policy: Policy): boolean {
  if (row.assertion === "ASSUMED" && !policy.assumed) return false;
  if (policy.asOf === null) return row.validTo === null;
  return (
    (row.validFrom === null || row.validFrom <= policy.asOf) && (row.validTo === null || row.validTo >= policy.asOf)
  );
}

/** The gating slots of an item's general recipe read off the rows: ids of the alternatives of each. */
export function generalSlots(rows: NetworkRows, policy: Policy, item: string): readonly (readonly string[])[] {
  const slots = new Map<string, RequirementRow[]>();
  for (const edge of rows.requirements) {
    if (edge.item !== item || edge.maker !== null || !holds(edge, policy)) continue;
    const key = edge.slot ?? ` ${edge.id}`;
    slots.set(key, [...(slots.get(key) ?? []), edge]);
  }
  return [...slots.values()]
    .filter((slot) => slot.some((edge) => edge.essential))
    .map((slot) => slot.map((edge) => edge.input));
}

/** The groups of an item's supply read off the rows (basis HQ or SITE), and what is left unknown. */
export function literalSupply(
  rows: NetworkRows,
  policy: Policy,
  item: string,
): { readonly groups: readonly LiteralGroup[]; readonly unknown: number; readonly total: number } | null {
  const offers = rows.offers.filter((row) => row.item === item && holds(row, policy));
  if (offers.length === 0) return null;
  const codeOf = (offer: OfferRow) => rows.jurisdictions.find((row) => row.id === offer.provider)?.code ?? null;
  const placeOf = (offer: OfferRow) => {
    const code = codeOf(offer);
    if (code !== null) return code;
    if (policy.basis === "SITE") return offer.originCountry;
    return rows.firms.find((row) => row.id === offer.provider)!.country;
  };
  const spoken = new Map<string, OfferRow>();
  for (const offer of offers) {
    const code = codeOf(offer);
    if (code === null) continue;
    const other = spoken.get(code);
    const better =
      other === undefined ||
      (offer.share ?? -1) > (other.share ?? -1) ||
      ((offer.share ?? -1) === (other.share ?? -1) && offer.id < other.id);
    if (better) spoken.set(code, offer);
  }
  const group = (offer: OfferRow, named: readonly OfferRow[]): LiteralGroup => ({
    offer,
    place: placeOf(offer),
    isRow: codeOf(offer) !== null,
    base: offer.share ?? named.reduce((sum, other) => sum + (other.share ?? 0), 0),
    takes: offer.share !== null ? "NONE" : offer.level === "NEGLIGIBLE" ? "LITTLE" : "ANY",
    named,
  });
  const firms = offers.filter((offer) => codeOf(offer) === null);
  const groups = [
    ...[...spoken].map(([code, offer]) =>
      group(
        offer,
        firms.filter((firm) => placeOf(firm) === code),
      ),
    ),
    ...firms.filter((firm) => !spoken.has(placeOf(firm) ?? "")).map((firm) => group(firm, [])),
  ];
  const known = groups.reduce((sum, one) => sum + one.base, 0);
  const open = groups.some((one) => one.takes === "ANY");
  const unknown = !open && known >= 0.98 ? 0 : Math.max(0, 1 - known);
  return { groups, unknown, total: known + unknown };
}

/** Every way to cut `parts` pieces among `takers`: how many each gets. */
export function divisions(parts: number, takers: number): readonly (readonly number[])[] {
  if (takers === 0) return parts === 0 ? [[]] : [];
  if (takers === 1) return [[parts]];
  return Array.from({ length: parts + 1 }, (_, first) =>
    divisions(parts - first, takers - 1).map((rest) => [first, ...rest]),
  ).flat();
}

/** One way the unknown mass may lie: what each group has in all, and what unlisted suppliers have. */
export interface Allocation {
  readonly masses: readonly number[];
  readonly unlisted: number;
}

/**
 * A grid of allocations with every extreme point: each NEGLIGIBLE group takes nothing or its .02 (in order, as far as the
 * mass goes), groups of unknown share divide the rest in `parts`; where there is none, unlisted suppliers take it.
 */
export function allocations(
  supply: NonNullable<ReturnType<typeof literalSupply>>,
  parts: number,
  withLittle = true,
): readonly Allocation[] {
  const little = supply.groups.flatMap((one, position) => (one.takes === "LITTLE" && withLittle ? [position] : []));
  const any = supply.groups.flatMap((one, position) => (one.takes === "ANY" ? [position] : []));
  const found: Allocation[] = [];
  for (let mask = 0; mask < 2 ** little.length; mask += 1) {
    const masses = supply.groups.map((one) => one.base);
    let left = supply.unknown;
    little.forEach((position, bit) => {
      if (((mask >>> bit) & 1) === 0) return;
      const taken = Math.min(0.02, left);
      masses[position]! += taken;
      left -= taken;
    });
    if (any.length === 0) found.push({ masses, unlisted: left });
    else
      for (const division of divisions(parts, any.length)) {
        const divided = [...masses];
        any.forEach((position, at) => {
          divided[position]! += (left * division[at]!) / parts;
        });
        found.push({ masses: divided, unlisted: 0 });
      }
  }
  return found;
}
