import { GraphError } from "../errors.ts";
import { ENUMS } from "../ontology.ts";
import { groupRows } from "./csr.ts";
import { firstDay, lastDay } from "./days.ts";
import type { Facts, Network } from "./network.ts";
import type { FactRow, NetworkRows, RequirementRow } from "./rows.ts";

/** Product categories in the order of the ontology: `Network.itemCategory` holds positions in it. */
export const PRODUCT_CATEGORIES: readonly string[] = Object.keys(ENUMS.ProductCategory);
/** Offer levels in the order of the ontology: `Network.offerLevel` holds positions in it. */
export const OFFER_LEVELS: readonly string[] = Object.keys(ENUMS.OfferLevel);
/** Readiness in ascending order: `Network.offerReadiness` holds positions in it. */
export const READINESS: readonly string[] = Object.keys(ENUMS.Readiness);

const SHOWN = 5;

/**
 * Turns rows into the typed arrays of a `Network`, the same for any order of rows. A row that names an id that no row
 * defines, or an id that two rows define, is a `GraphError` BAD_INPUT that names the first few. O(rows log rows).
 */
export function buildNetwork(rows: NetworkRows, version: number): Network {
  const itemRows = sortedBy(rows.items, (row) => row.id);
  const firmRows = sortedBy(rows.firms, (row) => row.id);
  const items = itemRows.map((row) => row.id);
  const firms = firmRows.map((row) => row.id);
  const itemIndex = positions(items, "item");
  const firmIndex = positions(firms, "firm");
  const jurisdictions = codesOf(rows);
  const jurisdictionIndex = positions(jurisdictions, "jurisdiction code");
  const codeOfId = new Map(rows.jurisdictions.map((row) => [row.id, row.code]));
  const idOfCode = new Map(sortedBy(rows.jurisdictions, (row) => row.id).map((row) => [row.code, row.id]));
  const codeAt = (code: string | null): number => (code === null ? -1 : jurisdictionIndex.get(code)!);

  const unknown = new Set<string>();
  const find = (index: ReadonlyMap<string, number>, id: string, from: string, what: string): number => {
    const position = index.get(id);
    if (position === undefined) unknown.add(`${from}: ${what} ${id}`);
    return position ?? 0;
  };
  const item = (id: string, from: string): number => find(itemIndex, id, from, "item");
  const firm = (id: string, from: string): number => find(firmIndex, id, from, "firm");

  const offers = gather(
    rows.offers,
    items.length,
    (row) => item(row.item, row.id),
    (left, right) => compareText(left.provider, right.provider) || compareText(left.id, right.id),
  );
  const offerFirm = column(Int32Array, offers.rows, (row) => firmIndex.get(row.provider) ?? -1);
  const offerRow = column(Int32Array, offers.rows, (row) => {
    if (firmIndex.has(row.provider)) return -1;
    const code = codeOfId.get(row.provider);
    if (code === undefined) unknown.add(`${row.id}: provider ${row.provider}`);
    return code === undefined ? -1 : codeAt(code);
  });

  const requirements = gather(rows.requirements, items.length, (row) => item(row.item, row.id), compareRequirements);
  const variants = gather(
    rows.variants,
    items.length,
    (row) => item(row.itemClass, row.id),
    (left, right) => compareText(left.variant, right.variant) || compareText(left.id, right.id),
  );
  const stakes = gather(
    rows.stakes,
    firms.length,
    (row) => firm(row.owned, row.id),
    (left, right) => compareText(left.owner, right.owner) || compareText(left.id, right.id),
  );
  const purchases = gather(
    rows.purchases,
    firms.length,
    (row) => firm(row.buyer, row.id),
    (left, right) => compareText(left.seller, right.seller) || compareText(left.id, right.id),
  );

  const network: Network = {
    version,
    items,
    itemIndex,
    itemCategory: column(Int8Array, itemRows, (row) => enumPosition(PRODUCT_CATEGORIES, row.category)),
    itemVariantAll: column(Uint8Array, itemRows, (row) => (row.variantMode === "ALL" ? 1 : 0)),
    itemElementary: column(Uint8Array, itemRows, (row) => (row.elementary === true ? 1 : 0)),
    itemDevelopCost: column(Float64Array, itemRows, (row) => row.developCost ?? Number.NaN),
    firms,
    firmIndex,
    firmJurisdiction: column(Int32Array, firmRows, (row) => codeAt(row.country)),
    firmRegion: firmRows.map((row) => row.region),
    jurisdictions,
    jurisdictionIndex,
    jurisdictionIds: jurisdictions.map((code) => idOfCode.get(code) ?? null),
    offerIds: offers.rows.map((row) => row.id),
    itemOffers: offers.offsets,
    offerItem: column(Int32Array, offers.rows, (row) => itemIndex.get(row.item) ?? 0),
    offerFirm,
    offerRow,
    offerShare: column(Float64Array, offers.rows, (row) => row.share ?? Number.NaN),
    offerLevel: column(Int8Array, offers.rows, (row) => enumPosition(OFFER_LEVELS, row.level)),
    offerReadiness: column(Int8Array, offers.rows, (row) => enumPosition(READINESS, row.readiness)),
    offerOrigin: column(Int32Array, offers.rows, (row) => codeAt(row.originCountry)),
    offerCost: column(Float64Array, offers.rows, (row) => row.cost ?? Number.NaN),
    offerLeadTime: column(Float64Array, offers.rows, (row) => row.leadTimeDays ?? Number.NaN),
    offerWeight: column(Float64Array, offers.rows, (row) => row.outputWeight ?? Number.NaN),
    offerFact: factsOf(offers.rows),
    requirementIds: requirements.rows.map((row) => row.id),
    itemRequirements: requirements.offsets,
    requirementMaker: column(Int32Array, requirements.rows, (row) =>
      row.maker === null ? -1 : firm(row.maker, row.id),
    ),
    requirementInput: column(Int32Array, requirements.rows, (row) => item(row.input, row.id)),
    requirementSlot: requirements.rows.map((row) => row.slot),
    requirementEssential: column(Uint8Array, requirements.rows, (row) => (row.essential ? 1 : 0)),
    requirementFact: factsOf(requirements.rows),
    variantIds: variants.rows.map((row) => row.id),
    itemVariants: variants.offsets,
    variantItem: column(Int32Array, variants.rows, (row) => item(row.variant, row.id)),
    variantFact: factsOf(variants.rows),
    firmOwners: stakes.offsets,
    ownerFirm: column(Int32Array, stakes.rows, (row) => firm(row.owner, row.id)),
    ownerStake: column(Float64Array, stakes.rows, (row) => row.stake ?? Number.NaN),
    ownerFact: factsOf(stakes.rows),
    firmPurchases: purchases.offsets,
    purchaseSeller: column(Int32Array, purchases.rows, (row) => firm(row.seller, row.id)),
    purchaseItem: column(Int32Array, purchases.rows, (row) => (row.item === null ? -1 : item(row.item, row.id))),
    purchaseShare: column(Float64Array, purchases.rows, (row) => row.share ?? Number.NaN),
    purchaseFact: factsOf(purchases.rows),
    purchaseIds: purchases.rows.map((row) => row.id),
    chains: sortedBy(rows.chains, (row) => row.id).map((row) => ({
      id: row.id,
      leaders: Int32Array.from(new Set(row.leaders.map((id) => firm(id, row.id)))).sort(),
      items: Int32Array.from(new Set(row.items.map((id) => item(id, row.id)))).sort(),
    })),
  };
  if (unknown.size > 0) throw unknownIds(unknown);
  return network;
}

/** Order of ids everywhere: by UTF-16 code unit, the same on every machine. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function unknownIds(unknown: ReadonlySet<string>): GraphError {
  const named = [...unknown].sort(compareText);
  const more = named.length > SHOWN ? ` and ${named.length - SHOWN} more` : "";
  return new GraphError(
    "BAD_INPUT",
    `The graph names ids that it does not define: ${named.slice(0, SHOWN).join("; ")}${more}.`,
  );
}

/** General recipes first, then makers by id; named slots by name, then the edges that are slots of their own. */
function compareRequirements(left: RequirementRow, right: RequirementRow): number {
  return (
    nulls(right.maker) - nulls(left.maker) ||
    compareText(left.maker ?? "", right.maker ?? "") ||
    nulls(left.slot) - nulls(right.slot) ||
    compareText(left.slot ?? "", right.slot ?? "") ||
    compareText(left.input, right.input) ||
    compareText(left.id, right.id)
  );
}

function nulls(value: string | null): number {
  return value === null ? 1 : 0;
}

function gather<Row>(
  rows: readonly Row[],
  groups: number,
  groupOf: (row: Row) => number,
  compare: (left: Row, right: Row) => number,
): { readonly rows: readonly Row[]; readonly offsets: Int32Array } {
  const group = column(Int32Array, rows, groupOf);
  if (groups === 0) return { rows: [], offsets: new Int32Array(1) };
  const { offsets, order } = groupRows(group, groups, (left, right) => compare(rows[left]!, rows[right]!));
  const ordered: Row[] = [];
  for (const row of order) ordered.push(rows[row]!);
  return { rows: ordered, offsets };
}

/** One number a row. `TypedArray.from` would first make a list of the rows. */
function column<Column extends Int8Array | Uint8Array | Int32Array | Float64Array, Row>(
  make: new (length: number) => Column,
  rows: readonly Row[],
  numberOf: (row: Row) => number,
): Column {
  const values = new make(rows.length);
  for (let position = 0; position < rows.length; position += 1) values[position] = numberOf(rows[position]!);
  return values;
}

function positions(ids: readonly string[], what: string): ReadonlyMap<string, number> {
  const index = new Map(ids.map((id, position) => [id, position]));
  if (index.size === ids.length) return index;
  const twice = ids.find((id, position) => id === ids[position - 1]);
  throw new GraphError("BAD_INPUT", `The graph defines the ${what} ${twice} twice.`);
}

function codesOf(rows: NetworkRows): readonly string[] {
  const codes = new Set<string>();
  for (const row of rows.jurisdictions) codes.add(row.code);
  for (const row of rows.firms) if (row.country !== null) codes.add(row.country);
  for (const row of rows.offers) if (row.originCountry !== null) codes.add(row.originCountry);
  return [...codes].sort(compareText);
}

function factsOf(rows: readonly FactRow[]): Facts {
  return {
    assumed: column(Uint8Array, rows, (row) => (row.assertion === "ASSUMED" ? 1 : 0)),
    from: column(Float64Array, rows, (row) =>
      row.validFrom === null ? Number.NEGATIVE_INFINITY : firstDay(row.validFrom),
    ),
    to: column(Float64Array, rows, (row) => (row.validTo === null ? Number.POSITIVE_INFINITY : lastDay(row.validTo))),
  };
}

function enumPosition(names: readonly string[], value: string | null): number {
  return value === null ? -1 : names.indexOf(value);
}

function sortedBy<Row>(rows: readonly Row[], key: (row: Row) => string): readonly Row[] {
  return [...rows].sort((left, right) => compareText(key(left), key(right)));
}
