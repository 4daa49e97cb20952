import type { RelationshipType } from "../ontology.ts";
import {
  enumPositions,
  FactPieces,
  flags,
  gathered,
  Names,
  numbers,
  Pieces,
  reranked,
  shared,
} from "./column-values.ts";
import type { Columns, EdgeColumns } from "./columns.ts";
import { type Grouping, groupRows } from "./csr.ts";
import { fullEdgeId, requirementRest, shortEdgeId } from "./edge-ids.ts";
import { OFFER_LEVELS, PRODUCT_CATEGORIES, READINESS } from "./enums.ts";
import type { Network, NetworkChain } from "./network.ts";
import { type NodeIds, orderedIds, UnknownIds } from "./node-ids.ts";
import type {
  ChainRow,
  FirmRow,
  ItemRow,
  JurisdictionRow,
  OfferRow,
  PurchaseRow,
  RequirementRow,
  StakeRow,
  VariantRow,
} from "./rows.ts";
import { compareText, TextList } from "./texts.ts";

/** The nodes of a network, in as many pieces as they were read in. */
export interface NodeColumns {
  readonly items: readonly Columns<ItemRow>[];
  readonly firms: readonly Columns<FirmRow>[];
  readonly jurisdictions: readonly Columns<JurisdictionRow>[];
}

/**
 * Builds the typed arrays of a `Network` from columns in pieces: first all nodes, then edges as they come, none of which
 * becomes an object. The same network for any order of rows. What names an id that no row defines, or an id that two rows
 * define, is a `GraphError` BAD_INPUT that names the first few. O(rows), but for edges alike in all that orders them.
 */
export class NetworkBuilder {
  readonly #items: NodeIds;
  readonly #itemColumns: Pick<Network, "itemCategory" | "itemVariantAll" | "itemElementary" | "itemDevelopCost">;
  readonly #firms: NodeIds;
  readonly #firmCountry: Int32Array;
  readonly #firmRegion: readonly (string | null)[];
  readonly #jurisdictions: NodeIds;
  /** Code of each jurisdiction, as a position in `#codes`. */
  readonly #jurisdictionCode: Int32Array;
  readonly #codes = new Names();
  readonly #slots = new Names();
  readonly #unknown = new UnknownIds();

  readonly #offerIds = new TextList();
  readonly #offerItem = new Pieces<Int32Array>(Int32Array);
  /** Firm, or -1 - jurisdiction. */
  readonly #offerProvider = new Pieces<Int32Array>(Int32Array);
  readonly #offerShare = new Pieces<Float64Array>(Float64Array);
  readonly #offerLevel = new Pieces<Int8Array>(Int8Array);
  readonly #offerReadiness = new Pieces<Int8Array>(Int8Array);
  readonly #offerOrigin = new Pieces<Int32Array>(Int32Array);
  readonly #offerCost = new Pieces<Float64Array>(Float64Array);
  readonly #offerLeadTime = new Pieces<Float64Array>(Float64Array);
  readonly #offerWeight = new Pieces<Float64Array>(Float64Array);
  readonly #offerFact = new FactPieces();

  readonly #requirementIds = new TextList();
  readonly #requirementItem = new Pieces<Int32Array>(Int32Array);
  readonly #requirementMaker = new Pieces<Int32Array>(Int32Array);
  readonly #requirementInput = new Pieces<Int32Array>(Int32Array);
  readonly #requirementSlot = new Pieces<Int32Array>(Int32Array);
  readonly #requirementEssential = new Pieces<Uint8Array>(Uint8Array);
  readonly #requirementFact = new FactPieces();

  readonly #variantIds = new TextList();
  readonly #variantClass = new Pieces<Int32Array>(Int32Array);
  readonly #variantItem = new Pieces<Int32Array>(Int32Array);
  readonly #variantFact = new FactPieces();

  readonly #stakeIds = new TextList();
  readonly #stakeOwned = new Pieces<Int32Array>(Int32Array);
  readonly #stakeOwner = new Pieces<Int32Array>(Int32Array);
  readonly #stake = new Pieces<Float64Array>(Float64Array);
  readonly #stakeFact = new FactPieces();

  readonly #purchaseIds = new TextList();
  readonly #purchaseBuyer = new Pieces<Int32Array>(Int32Array);
  readonly #purchaseSeller = new Pieces<Int32Array>(Int32Array);
  readonly #purchaseItem = new Pieces<Int32Array>(Int32Array);
  readonly #purchaseShare = new Pieces<Float64Array>(Float64Array);
  readonly #purchaseFact = new FactPieces();

  constructor({ items, firms, jurisdictions }: NodeColumns) {
    this.#items = orderedIds(joined(items, "id"), "item");
    this.#itemColumns = {
      itemCategory: gathered(
        Int8Array,
        enumPositions(PRODUCT_CATEGORIES, joined(items, "category")),
        this.#items.order,
      ),
      itemVariantAll: gathered(Uint8Array, flags(joined(items, "variantMode"), "ALL"), this.#items.order),
      itemElementary: gathered(Uint8Array, flags(joined(items, "elementary"), true), this.#items.order),
      itemDevelopCost: gathered(Float64Array, numbers(joined(items, "developCost")), this.#items.order),
    };
    this.#firms = orderedIds(joined(firms, "id"), "firm");
    this.#firmCountry = gathered(Int32Array, this.#codes.positions(joined(firms, "country")), this.#firms.order);
    this.#firmRegion = regionsInOrder(joined(firms, "region"), this.#firms.order);
    this.#jurisdictions = orderedIds(joined(jurisdictions, "id"), "jurisdiction");
    const codes = this.#codes.positions(joined(jurisdictions, "code"));
    this.#jurisdictionCode = gathered(Int32Array, codes, this.#jurisdictions.order);
  }

  hasItem(id: string): boolean {
    return this.#items.index.has(id);
  }

  addOffers(columns: EdgeColumns<OfferRow>): void {
    const item = this.#refs(this.#items, columns.item, columns.id, "item");
    const provider = new Int32Array(columns.id.length);
    for (let row = 0; row < provider.length; row += 1) {
      const id = columns.provider[row]!;
      const firm = this.#firms.index.get(id);
      const jurisdiction = firm === undefined ? this.#jurisdictions.index.get(id) : undefined;
      if (firm === undefined && jurisdiction === undefined)
        this.#unknown.add(columns.id[row] ?? `${id}:SUPPLIES:${columns.item[row]}`, "provider", id);
      provider[row] = firm ?? -1 - (jurisdiction ?? 0);
      this.#offerIds.push(shortEdgeId(columns.id[row]!, id, "SUPPLIES", columns.item[row]!));
    }
    this.#offerItem.push(item);
    this.#offerProvider.push(provider);
    this.#offerShare.push(numbers(columns.share));
    this.#offerLevel.push(enumPositions(OFFER_LEVELS, columns.level));
    this.#offerReadiness.push(enumPositions(READINESS, columns.readiness));
    this.#offerOrigin.push(this.#codes.positions(columns.originCountry));
    this.#offerCost.push(numbers(columns.cost));
    this.#offerLeadTime.push(numbers(columns.leadTimeDays));
    this.#offerWeight.push(numbers(columns.outputWeight));
    this.#offerFact.push(columns);
  }

  addRequirements(columns: EdgeColumns<RequirementRow>): void {
    for (let row = 0; row < columns.id.length; row += 1) {
      const maker = columns.maker[row]!;
      const rest = requirementRest(maker === null ? null : columns.item[row]!, columns.slot[row]!);
      const from = maker ?? columns.item[row]!;
      this.#requirementIds.push(shortEdgeId(columns.id[row]!, from, "REQUIRES", columns.input[row]!, rest));
    }
    this.#requirementItem.push(this.#refs(this.#items, columns.item, columns.id, "item"));
    this.#requirementMaker.push(this.#refs(this.#firms, columns.maker, columns.id, "firm"));
    this.#requirementInput.push(this.#refs(this.#items, columns.input, columns.id, "item"));
    this.#requirementSlot.push(this.#slots.positions(columns.slot));
    this.#requirementEssential.push(flags(columns.essential, true));
    this.#requirementFact.push(columns);
  }

  addVariants(columns: EdgeColumns<VariantRow>): void {
    pushIds(this.#variantIds, columns.id, columns.variant, "VARIANT_OF", columns.itemClass);
    this.#variantClass.push(this.#refs(this.#items, columns.itemClass, columns.id, "item"));
    this.#variantItem.push(this.#refs(this.#items, columns.variant, columns.id, "item"));
    this.#variantFact.push(columns);
  }

  addStakes(columns: EdgeColumns<StakeRow>): void {
    pushIds(this.#stakeIds, columns.id, columns.owner, "OWNS", columns.owned);
    this.#stakeOwned.push(this.#refs(this.#firms, columns.owned, columns.id, "firm"));
    this.#stakeOwner.push(this.#refs(this.#firms, columns.owner, columns.id, "firm"));
    this.#stake.push(numbers(columns.stake));
    this.#stakeFact.push(columns);
  }

  addPurchases(columns: EdgeColumns<PurchaseRow>): void {
    pushIds(this.#purchaseIds, columns.id, columns.buyer, "SOURCES_FROM", columns.seller);
    this.#purchaseBuyer.push(this.#refs(this.#firms, columns.buyer, columns.id, "firm"));
    this.#purchaseSeller.push(this.#refs(this.#firms, columns.seller, columns.id, "firm"));
    this.#purchaseItem.push(this.#refs(this.#items, columns.item, columns.id, "item"));
    this.#purchaseShare.push(numbers(columns.share));
    this.#purchaseFact.push(columns);
  }

  build(chainRows: readonly ChainRow[], version: number): Network {
    const chains = this.#chains(chainRows);
    this.#unknown.refuse();
    const { names: jurisdictions, rank: codeRank } = this.#codes.ranked();
    const jurisdictionIds: (string | null)[] = jurisdictions.map(() => null);
    this.#jurisdictions.ids.forEach((id, position) => {
      jurisdictionIds[codeRank[this.#jurisdictionCode[position]!]!] = id;
    });
    return {
      version,
      items: this.#items.ids,
      itemIndex: this.#items.index,
      ...this.#itemColumns,
      firms: this.#firms.ids,
      firmIndex: this.#firms.index,
      firmJurisdiction: reranked(this.#firmCountry, codeRank),
      firmRegion: this.#firmRegion,
      jurisdictions,
      jurisdictionIndex: new Map(jurisdictions.map((code, position) => [code, position])),
      jurisdictionIds,
      ...this.#offers(codeRank),
      ...this.#requirements(),
      ...this.#variants(),
      ...this.#stakes(),
      ...this.#purchases(),
      chains,
    };
  }

  #offers(codeRank: Int32Array) {
    const item = this.#offerItem.joined();
    const provider = this.#offerProvider.joined();
    const rank = providerRanks(this.#firms.ids, this.#jurisdictions.ids);
    const { ids: firms } = this.#firms;
    const { ids: items } = this.#items;
    const id = (row: number): string => {
      const from = provider[row]! < 0 ? this.#jurisdictions.ids[-1 - provider[row]!]! : firms[provider[row]!]!;
      return fullEdgeId(this.#offerIds.at(row), from, "SUPPLIES", items[item[row]!]!);
    };
    const { offsets, order } = grouped(item, items.length, (left, right) => {
      if (provider[left] !== provider[right]) return rank(provider[left]!) - rank(provider[right]!);
      return compareText(id(left), id(right));
    });
    const ordered = gathered(Int32Array, provider, order);
    const code = (value: number): number => (value < 0 ? codeRank[this.#jurisdictionCode[-1 - value]!]! : -1);
    return {
      offerIds: this.#offerIds.inOrder(order),
      itemOffers: offsets,
      offerItem: gathered(Int32Array, item, order),
      offerFirm: shared(ordered.map((value) => Math.max(-1, value))),
      offerRow: shared(ordered.map(code)),
      offerShare: this.#offerShare.inOrder(order),
      offerLevel: this.#offerLevel.inOrder(order),
      offerReadiness: this.#offerReadiness.inOrder(order),
      offerOrigin: reranked(this.#offerOrigin.inOrder(order), codeRank),
      offerCost: this.#offerCost.inOrder(order),
      offerLeadTime: this.#offerLeadTime.inOrder(order),
      offerWeight: this.#offerWeight.inOrder(order),
      offerFact: this.#offerFact.inOrder(order),
    };
  }

  /** General recipes first, then makers by id; named slots by name, then the edges that are slots of their own. */
  #requirements() {
    const { names: slots, rank } = this.#slots.ranked();
    const item = this.#requirementItem.joined();
    const maker = this.#requirementMaker.joined();
    const input = this.#requirementInput.joined();
    const slot = reranked(this.#requirementSlot.joined(), rank);
    const { ids: items } = this.#items;
    const id = (row: number): string => {
      const made = items[item[row]!]!;
      const by = this.#firms.ids[maker[row]!] ?? null;
      const rest = requirementRest(by === null ? null : made, slots[slot[row]!] ?? null);
      return fullEdgeId(this.#requirementIds.at(row), by ?? made, "REQUIRES", items[input[row]!]!, rest);
    };
    const { offsets, order } = grouped(item, items.length, (left, right) => {
      if (maker[left] !== maker[right]) return maker[left]! - maker[right]!;
      // -1, a slot of its own, is the greatest of the unsigned.
      if (slot[left] !== slot[right]) return (slot[left]! >>> 0) - (slot[right]! >>> 0);
      return input[left]! - input[right]! || compareText(id(left), id(right));
    });
    return {
      requirementIds: this.#requirementIds.inOrder(order),
      itemRequirements: offsets,
      requirementMaker: gathered(Int32Array, maker, order),
      requirementInput: gathered(Int32Array, input, order),
      requirementSlot: gathered(Int32Array, slot, order),
      requirementEssential: this.#requirementEssential.inOrder(order),
      requirementFact: this.#requirementFact.inOrder(order),
      slots,
    };
  }

  #variants() {
    const variant = this.#variantItem.joined();
    const itemClass = this.#variantClass.joined();
    const { ids } = this.#items;
    const id = (row: number): string =>
      fullEdgeId(this.#variantIds.at(row), ids[variant[row]!]!, "VARIANT_OF", ids[itemClass[row]!]!);
    const { offsets, order } = grouped(itemClass, ids.length, byEnd(variant, id));
    return {
      variantIds: this.#variantIds.inOrder(order),
      itemVariants: offsets,
      variantItem: gathered(Int32Array, variant, order),
      variantFact: this.#variantFact.inOrder(order),
    };
  }

  #stakes() {
    const owner = this.#stakeOwner.joined();
    const owned = this.#stakeOwned.joined();
    const { ids } = this.#firms;
    const id = (row: number): string =>
      fullEdgeId(this.#stakeIds.at(row), ids[owner[row]!]!, "OWNS", ids[owned[row]!]!);
    const { offsets, order } = grouped(owned, ids.length, byEnd(owner, id));
    return {
      firmOwners: offsets,
      ownerFirm: gathered(Int32Array, owner, order),
      ownerStake: this.#stake.inOrder(order),
      ownerFact: this.#stakeFact.inOrder(order),
      ownerIds: this.#stakeIds.inOrder(order),
    };
  }

  #purchases() {
    const buyer = this.#purchaseBuyer.joined();
    const seller = this.#purchaseSeller.joined();
    const { ids } = this.#firms;
    const id = (row: number): string =>
      fullEdgeId(this.#purchaseIds.at(row), ids[buyer[row]!]!, "SOURCES_FROM", ids[seller[row]!]!);
    const { offsets, order } = grouped(buyer, ids.length, byEnd(seller, id));
    return {
      firmPurchases: offsets,
      purchaseSeller: gathered(Int32Array, seller, order),
      purchaseItem: this.#purchaseItem.inOrder(order),
      purchaseShare: this.#purchaseShare.inOrder(order),
      purchaseFact: this.#purchaseFact.inOrder(order),
      purchaseIds: this.#purchaseIds.inOrder(order),
    };
  }

  #chains(rows: readonly ChainRow[]): readonly NetworkChain[] {
    const members = (chain: string, of: NodeIds, ids: readonly string[], what: string): Int32Array => {
      const found = new Set(ids).size === ids.length ? ids : [...new Set(ids)];
      return this.#refs(
        of,
        found,
        found.map(() => chain),
        what,
      ).sort();
    };
    return [...rows]
      .sort((left, right) => compareText(left.id, right.id))
      .map(({ id, leaders, items }) => ({
        id,
        leaders: members(id, this.#firms, leaders, "firm"),
        items: members(id, this.#items, items, "item"),
      }));
  }

  /** Positions of ids, -1 for null. */
  #refs(of: NodeIds, ids: readonly (string | null)[], edges: readonly (string | null)[], what: string): Int32Array {
    const positions = new Int32Array(ids.length);
    for (let row = 0; row < positions.length; row += 1) {
      const id = ids[row]!;
      if (id === null) {
        positions[row] = -1;
        continue;
      }
      const position = of.index.get(id);
      if (position === undefined) this.#unknown.add(edges[row] ?? "an edge", what, id);
      positions[row] = position ?? 0;
    }
    return positions;
  }
}

function joined<Row, Name extends keyof Row>(pieces: readonly Columns<Row>[], name: Name): readonly Row[Name][] {
  if (pieces.length === 1) return pieces[0]![name];
  const values: Row[Name][] = [];
  for (const piece of pieces) for (const value of piece[name]) values.push(value);
  return values;
}

/** The regions of firms in their order, each name once in memory. */
function regionsInOrder(regions: readonly (string | null)[], order: Int32Array): readonly (string | null)[] {
  const known = new Map<string, string>();
  const ordered: (string | null)[] = [];
  for (const row of order) {
    const region = regions[row]!;
    if (region === null) ordered.push(null);
    else {
      if (!known.has(region)) known.set(region, region);
      ordered.push(known.get(region)!);
    }
  }
  return ordered;
}

/** Order of providers by id: firms by position, jurisdictions (below 0) among them. */
function providerRanks(firms: readonly string[], jurisdictions: readonly string[]): (provider: number) => number {
  const places = jurisdictions.map((id) => {
    let low = 0;
    let high = firms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firms[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  // Just before the firm that follows, in the order of the jurisdictions.
  return (provider) =>
    provider >= 0 ? provider : places[-1 - provider]! - 1 + (-1 - provider + 1) / (jurisdictions.length + 1);
}

function pushIds(
  texts: TextList,
  ids: readonly (string | null)[],
  from: readonly string[],
  type: RelationshipType,
  to: readonly string[],
): void {
  for (let row = 0; row < ids.length; row += 1) texts.push(shortEdgeId(ids[row]!, from[row]!, type, to[row]!));
}

function byEnd(end: Int32Array, id: (row: number) => string): (left: number, right: number) => number {
  return (left, right) => end[left]! - end[right]! || compareText(id(left), id(right));
}

/** Gathers edges by group; none where there is no group. */
function grouped(group: Int32Array, groups: number, compare: (left: number, right: number) => number): Grouping {
  const { offsets, order } = groupRows(group, groups, compare);
  return { offsets: shared(offsets), order };
}
