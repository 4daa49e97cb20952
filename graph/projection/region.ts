import type { Facts, Network } from "./network.ts";
import type { Texts } from "./texts.ts";

/** What a part of a network holds: two parts that hold the same are the same. */
export interface RegionMembers {
  /** Positions of its items, ascending. */
  readonly items: Int32Array;
  /** Positions of the firms that offer or make these, or were asked for, ascending: whoever sells to them or owns one follows. */
  readonly buyers: Int32Array;
}

/**
 * What some items and firms need: every item that recipes and classes lead to (from a variant to its class too), and every
 * firm that offers one or has a recipe for one. O(items + firms) bytes of marks, else O(the part).
 */
export function regionMembers(network: Network, items: Iterable<number>, firms: Iterable<number>): RegionMembers {
  const item = new Members(network.items.length, items);
  const firm = new Members(network.firms.length, firms);
  const classes = classesOf(network);
  for (const of of item.found) {
    for (let row = network.itemRequirements[of]!; row < network.itemRequirements[of + 1]!; row += 1) {
      item.add(network.requirementInput[row]!);
      firm.add(network.requirementMaker[row]!);
    }
    for (let row = network.itemVariants[of]!; row < network.itemVariants[of + 1]!; row += 1)
      item.add(network.variantItem[row]!);
    for (const itemClass of classes.get(of) ?? []) item.add(itemClass);
    for (let offer = network.itemOffers[of]!; offer < network.itemOffers[of + 1]!; offer += 1)
      firm.add(network.offerFirm[offer]!);
  }
  return { items: item.ascending(), buyers: firm.ascending() };
}

/**
 * The part of a network that holds these, whoever sells to its firms, and whoever owns one. Facts and jurisdictions are the
 * network's; the order of ids stays, so that ties break alike. Whatever is asked about its items has the same answer on it.
 * O(items + firms) bytes of marks, else O(the part).
 */
export function regionOf(network: Network, members: RegionMembers): Network {
  const item = new Members(network.items.length, members.items);
  const kept = item.ascending();
  const offers = rowsOf(network.itemOffers, kept);
  const requirements = rowsOf(network.itemRequirements, kept);
  const variants = rowsOf(network.itemVariants, kept);

  const firm = new Members(network.firms.length, members.buyers);
  const bought = rowsOf(network.firmPurchases, members.buyers).rows.filter((row) => {
    const what = network.purchaseItem[row]!;
    return what === -1 || item.has(what);
  });
  for (const row of bought) firm.add(network.purchaseSeller[row]!);
  for (const of of firm.found)
    for (let row = network.firmOwners[of]!; row < network.firmOwners[of + 1]!; row += 1)
      firm.add(network.ownerFirm[row]!);
  const keptFirms = firm.ascending();
  const stakes = rowsOf(network.firmOwners, keptFirms);

  const itemRefs = (values: Int32Array, rows: Int32Array): Int32Array => item.placesAt(values, rows);
  const firmRefs = (values: Int32Array, rows: Int32Array): Int32Array => firm.placesAt(values, rows);
  const ids = texts(network.items, kept);
  const firmIds = texts(network.firms, keptFirms);
  let itemIndex: ReadonlyMap<string, number> | undefined;
  let firmIndex: ReadonlyMap<string, number> | undefined;
  return {
    version: network.version,
    items: ids,
    // Most questions look up few ids, or none: made where one does.
    get itemIndex() {
      itemIndex ??= positionsOf(ids);
      return itemIndex;
    },
    itemCategory: picked(Int8Array, network.itemCategory, kept),
    itemVariantAll: picked(Uint8Array, network.itemVariantAll, kept),
    itemElementary: picked(Uint8Array, network.itemElementary, kept),
    itemDevelopCost: picked(Float64Array, network.itemDevelopCost, kept),
    firms: firmIds,
    get firmIndex() {
      firmIndex ??= positionsOf(firmIds);
      return firmIndex;
    },
    firmJurisdiction: picked(Int32Array, network.firmJurisdiction, keptFirms),
    firmRegion: texts(network.firmRegion, keptFirms),
    jurisdictions: network.jurisdictions,
    jurisdictionIndex: network.jurisdictionIndex,
    jurisdictionIds: network.jurisdictionIds,
    offerIds: textsAt(network.offerIds, offers.rows),
    itemOffers: offers.offsets,
    offerItem: itemRefs(network.offerItem, offers.rows),
    offerFirm: firmRefs(network.offerFirm, offers.rows),
    offerRow: picked(Int32Array, network.offerRow, offers.rows),
    offerShare: picked(Float64Array, network.offerShare, offers.rows),
    offerLevel: picked(Int8Array, network.offerLevel, offers.rows),
    offerReadiness: picked(Int8Array, network.offerReadiness, offers.rows),
    offerOrigin: picked(Int32Array, network.offerOrigin, offers.rows),
    offerCost: picked(Float64Array, network.offerCost, offers.rows),
    offerLeadTime: picked(Float64Array, network.offerLeadTime, offers.rows),
    offerWeight: picked(Float64Array, network.offerWeight, offers.rows),
    offerFact: factsAt(network.offerFact, offers.rows),
    requirementIds: textsAt(network.requirementIds, requirements.rows),
    itemRequirements: requirements.offsets,
    requirementMaker: firmRefs(network.requirementMaker, requirements.rows),
    requirementInput: itemRefs(network.requirementInput, requirements.rows),
    requirementSlot: picked(Int32Array, network.requirementSlot, requirements.rows),
    requirementEssential: picked(Uint8Array, network.requirementEssential, requirements.rows),
    requirementFact: factsAt(network.requirementFact, requirements.rows),
    slots: network.slots,
    variantIds: textsAt(network.variantIds, variants.rows),
    itemVariants: variants.offsets,
    variantItem: itemRefs(network.variantItem, variants.rows),
    variantFact: factsAt(network.variantFact, variants.rows),
    firmOwners: stakes.offsets,
    ownerFirm: firmRefs(network.ownerFirm, stakes.rows),
    ownerStake: picked(Float64Array, network.ownerStake, stakes.rows),
    ownerFact: factsAt(network.ownerFact, stakes.rows),
    ownerIds: textsAt(network.ownerIds, stakes.rows),
    firmPurchases: offsetsOf(network.firmPurchases, bought, keptFirms),
    purchaseSeller: firmRefs(network.purchaseSeller, bought),
    purchaseItem: itemRefs(network.purchaseItem, bought),
    purchaseShare: picked(Float64Array, network.purchaseShare, bought),
    purchaseFact: factsAt(network.purchaseFact, bought),
    purchaseIds: textsAt(network.purchaseIds, bought),
    chains: network.chains.map(({ id, leaders, items: placed }) => ({
      id,
      leaders: leaders.filter((leader) => firm.has(leader)).map((leader) => firm.place(leader)),
      items: placed.filter((member) => item.has(member)).map((member) => item.place(member)),
    })),
  };
}

/** Positions found, and their places among all found once they are in order. */
class Members {
  /** In the order they were found; grows while it is read. */
  readonly found: number[] = [];
  /** 1 + place, 1 as long as there is none. */
  readonly #places: Int32Array;

  constructor(most: number, first: Iterable<number>) {
    this.#places = new Int32Array(most);
    for (const position of first) this.add(position);
  }

  /** Ignores -1. */
  add(position: number): void {
    if (position === -1 || this.#places[position] !== 0) return;
    this.#places[position] = 1;
    this.found.push(position);
  }

  has(position: number): boolean {
    return this.#places[position]! > 0;
  }

  /** Puts what was found in order. */
  ascending(): Int32Array {
    const members = Int32Array.from(this.found).sort();
    for (let place = 0; place < members.length; place += 1) this.#places[members[place]!] = place + 1;
    return members;
  }

  /** The places of the positions that these rows hold. */
  placesAt(values: Int32Array, rows: Int32Array): Int32Array {
    const places = new Int32Array(rows.length);
    for (let at = 0; at < rows.length; at += 1) places[at] = this.place(values[rows[at]!]!);
    return places;
  }

  /** -1 for -1. */
  place(position: number): number {
    return position === -1 ? -1 : this.#places[position]! - 1;
  }
}

const classIndexes = new WeakMap<Network, ReadonlyMap<number, readonly number[]>>();

/** The classes of each variant; found once a network. */
function classesOf(network: Network): ReadonlyMap<number, readonly number[]> {
  const known = classIndexes.get(network);
  if (known !== undefined) return known;
  const classes = new Map<number, number[]>();
  for (let item = 0; item < network.items.length; item += 1)
    for (let row = network.itemVariants[item]!; row < network.itemVariants[item + 1]!; row += 1) {
      const variant = network.variantItem[row]!;
      const list = classes.get(variant);
      if (list === undefined) classes.set(variant, [item]);
      else list.push(item);
    }
  classIndexes.set(network, classes);
  return classes;
}

/** The rows of some groups, and where each group's begin among them. */
function rowsOf(offsets: Int32Array, groups: Int32Array): { readonly offsets: Int32Array; readonly rows: Int32Array } {
  const starts = new Int32Array(groups.length + 1);
  for (let place = 0; place < groups.length; place += 1)
    starts[place + 1] = starts[place]! + offsets[groups[place]! + 1]! - offsets[groups[place]!]!;
  const rows = new Int32Array(starts[groups.length]!);
  for (let place = 0, filled = 0; place < groups.length; place += 1)
    for (let row = offsets[groups[place]!]!; row < offsets[groups[place]! + 1]!; row += 1, filled += 1)
      rows[filled] = row;
  return { offsets: starts, rows };
}

/** Where the rows of each group begin among some rows in order. */
function offsetsOf(offsets: Int32Array, rows: Int32Array, groups: Int32Array): Int32Array {
  const starts = new Int32Array(groups.length + 1);
  for (let place = 0, filled = 0; place < groups.length; place += 1) {
    while (filled < rows.length && rows[filled]! < offsets[groups[place]! + 1]!) filled += 1;
    starts[place + 1] = filled;
  }
  return starts;
}

function factsAt({ assumed, from, to }: Facts, rows: Int32Array): Facts {
  return {
    assumed: picked(Uint8Array, assumed, rows),
    from: picked(Int32Array, from, rows),
    to: picked(Int32Array, to, rows),
  };
}

function picked<Values extends Int8Array | Uint8Array | Int32Array | Float64Array>(
  make: new (size: number) => Values,
  values: Values,
  rows: Int32Array,
): Values {
  const some = new make(rows.length);
  for (let at = 0; at < rows.length; at += 1) some[at] = values[rows[at]!]!;
  return some;
}

function positionsOf(ids: readonly string[]): ReadonlyMap<string, number> {
  return new Map(ids.map((id, position) => [id, position]));
}

function texts<Text>(values: readonly Text[], positions: Int32Array): readonly Text[] {
  const picked: Text[] = [];
  for (const position of positions) picked.push(values[position]!);
  return picked;
}

function textsAt({ bytes, offsets }: Texts, positions: Int32Array): Texts {
  const found = rowsOf(offsets, positions);
  return { offsets: found.offsets, bytes: picked(Uint8Array, bytes, found.rows) };
}
