import type { Columns } from "../../graph/projection/columns.ts";
import type { Network } from "../../graph/projection/network.ts";
import { NetworkBuilder } from "../../graph/projection/network-builder.ts";
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
} from "../../graph/projection/rows.ts";

/** How large a supply network to make: nodes of all kinds, relationships of all types. */
export interface NetworkSize {
  readonly nodes: number;
  readonly relationships: number;
  readonly seed?: number;
}

/** Edges of one type, a piece at a time. */
export type EdgePiece =
  | { readonly type: "SUPPLIES"; readonly columns: Columns<OfferRow> }
  | { readonly type: "REQUIRES"; readonly columns: Columns<RequirementRow> }
  | { readonly type: "VARIANT_OF"; readonly columns: Columns<VariantRow> }
  | { readonly type: "OWNS"; readonly columns: Columns<StakeRow> }
  | { readonly type: "SOURCES_FROM"; readonly columns: Columns<PurchaseRow> };

const PIECE = 20_000;
/** Items of one industry: what a chain reaches upstream. */
const INDUSTRY = 10_000;
/** The industries of the chains need nothing of the others; these need one another. */
const CHAINS = 5;
const CODES = ["CN", "US", "JP", "KR", "DE", "NL", "FR", "GB", "IT", "SG", "MY", "VN", "IN", "CH", "SE", "IL"];
const REGIONS = ["泉州", "厦门", "福州", "上海", "深圳", "北京", "合肥", "武汉"];
const SLOTS = ["衬底", "气体", "光刻胶", "设备", "零部件", "软件"];

/**
 * A supply network made by numbers alone, the same for the same seed: industries of up to 10,000 items whose recipes go
 * mostly upstream (2 % back: loops), with alternatives; countries and offers by a skewed law; firms' own recipes, classes
 * with variants, stakes and purchases. Half of the nodes are items.
 */
export class GeneratedNetwork {
  readonly items: number;
  readonly firms: number;
  readonly industry: number;
  /** Leaders of each chain: each makes one item of it, and nothing else. */
  readonly chainLeaders: number;
  readonly chains: readonly ChainRow[];
  readonly #offers: number;
  readonly #requirements: number;
  readonly #variants: number;
  readonly #stakes: number;
  readonly #purchases: number;
  readonly #seed: number;

  constructor({ nodes, relationships, seed = 1 }: NetworkSize) {
    this.#seed = seed;
    this.items = nodes / 2;
    this.firms = nodes - this.items - CODES.length - CHAINS;
    this.industry = Math.min(INDUSTRY, Math.floor(this.items / (2 * CHAINS)));
    this.#variants = Math.round(relationships * 0.0125);
    this.#stakes = Math.round(relationships * 0.04);
    this.#purchases = Math.round(relationships * 0.02);
    this.#offers = Math.round(relationships * 0.4);
    this.#requirements = relationships - this.#offers - this.#variants - this.#stakes - this.#purchases;
    this.chainLeaders = Math.ceil(this.industry / 1_000);
    const first = this.chainLeaders;
    this.chains = Array.from({ length: CHAINS }, (_, chain) => ({
      id: `chain-${chain}`,
      leaders: Array.from({ length: first }, (_, leader) => this.#leader(chain, leader)),
      items: Array.from({ length: first }, (_, item) => itemId(chain * this.industry + item)),
    }));
  }

  /** A network that was never in a store. */
  build(): Network {
    const builder = new NetworkBuilder({
      items: [...this.itemPieces()],
      firms: [...this.firmPieces()],
      jurisdictions: [this.jurisdictions()],
    });
    for (const piece of this.edgePieces()) addPiece(builder, piece);
    return builder.build(this.chains, 1);
  }

  *itemPieces(): Generator<Columns<ItemRow>> {
    const categories = ["DEVICE", "EQUIPMENT", "MATERIAL", "PART", "PROCESS"] as const;
    for (const numbers of pieces(this.items)) {
      yield {
        id: numbers.map(itemId),
        category: numbers.map((item) => categories[Math.floor(5 * this.#at(item, 1) ** 1.5)]!),
        variantMode: numbers.map((item) => (this.#at(item, 2) < 0.1 ? "ALL" : null)),
        elementary: numbers.map((item) => (this.#at(item, 3) < 0.2 ? true : null)),
        developCost: numbers.map((item) => (this.#at(item, 4) < 0.1 ? 5 : null)),
      };
    }
  }

  *firmPieces(): Generator<Columns<FirmRow>> {
    for (const numbers of pieces(this.firms)) {
      const countries = numbers.map((firm) => (this.#at(firm, 5) < 0.03 ? null : this.#country(firm)));
      yield {
        id: numbers.map(firmId),
        country: countries,
        region: numbers.map((firm, row) =>
          countries[row] === "CN" ? REGIONS[Math.floor(REGIONS.length * this.#at(firm, 6))]! : null,
        ),
      };
    }
  }

  jurisdictions(): Columns<JurisdictionRow> {
    return { id: CODES.map((code) => `j-${code}`), code: CODES };
  }

  *edgePieces(): Generator<EdgePiece> {
    for (const numbers of pieces(this.#offers)) yield { type: "SUPPLIES", columns: this.#offerColumns(numbers) };
    for (const numbers of pieces(this.#requirements))
      yield { type: "REQUIRES", columns: this.#requirementColumns(numbers) };
    for (const numbers of pieces(this.#variants)) yield { type: "VARIANT_OF", columns: this.#variantColumns(numbers) };
    for (const numbers of pieces(this.#stakes)) yield { type: "OWNS", columns: this.#stakeColumns(numbers) };
    for (const numbers of pieces(this.#purchases))
      yield { type: "SOURCES_FROM", columns: this.#purchaseColumns(numbers) };
  }

  #offerColumns(numbers: readonly number[]): Columns<OfferRow> {
    const leaders = this.chains.length * this.chainLeaders;
    const items = numbers.map((offer) =>
      offer < leaders
        ? Math.floor(offer / this.chainLeaders) * this.industry + (offer % this.chainLeaders)
        : // Three of ten items have no offer but by chance; popular ones have many.
          Math.floor(this.items * this.#at(offer, 10) ** 1.15),
    );
    const provider = numbers.map((offer) => {
      if (offer < leaders) {
        const each = this.chainLeaders;
        return this.#leader(Math.floor(offer / each), offer % each);
      }
      return this.#at(offer, 11) < 0.05
        ? `j-${CODES[Math.floor(CODES.length * this.#at(offer, 12) ** 2)]}`
        : firmId(Math.floor((this.firms - leaders) * this.#at(offer, 13)));
    });
    const item = items.map(itemId);
    return {
      ...this.#facts(numbers, 14, (row) => `${provider[row]}:SUPPLIES:${item[row]}`),
      provider,
      item,
      outputWeight: numbers.map((offer) => (this.#at(offer, 16) < 0.05 ? 1 + (offer % 7) : null)),
      share: numbers.map((offer) => (this.#at(offer, 17) < 0.3 ? Math.round(this.#at(offer, 18) * 30) / 100 : null)),
      level: numbers.map((offer) => {
        const level = this.#at(offer, 19);
        return level < 0.7 ? null : level < 0.85 ? "MAJOR" : level < 0.96 ? "MINOR" : "NEGLIGIBLE";
      }),
      readiness: numbers.map((offer) => {
        const readiness = this.#at(offer, 20);
        return readiness < 0.7
          ? "MASS_PRODUCTION"
          : readiness < 0.85
            ? "QUALIFIED"
            : readiness < 0.93
              ? "SAMPLE"
              : null;
      }),
      originCountry: numbers.map((offer) => (this.#at(offer, 21) < 0.2 ? this.#country(offer) : null)),
      cost: numbers.map((offer) => (this.#at(offer, 22) < 0.4 ? 1 + (offer % 9) : null)),
      leadTimeDays: numbers.map((offer) => (this.#at(offer, 23) < 0.1 ? 10 * (1 + (offer % 30)) : null)),
    };
  }

  #requirementColumns(numbers: readonly number[]): Columns<RequirementRow> {
    const perItem = this.#requirements / this.items;
    const from = numbers.map((edge) => Math.floor(edge / perItem));
    const input = numbers.map((edge, row) => itemId(this.#input(from[row]!, edge)));
    const maker = numbers.map((edge) =>
      this.#at(edge, 30) < 0.05 ? firmId(Math.floor(this.firms * this.#at(edge, 31))) : null,
    );
    const item = from.map(itemId);
    const slot = numbers.map((edge) =>
      this.#at(edge, 32) < 0.6 ? SLOTS[Math.floor(SLOTS.length * this.#at(edge, 33))]! : null,
    );
    return {
      ...this.#facts(numbers, 34, (row) =>
        [
          maker[row] ?? item[row],
          "REQUIRES",
          input[row],
          ...(maker[row] === null ? [] : [item[row]]),
          slot[row] ?? `n${numbers[row]}`,
        ].join(":"),
      ),
      item,
      maker,
      input,
      slot,
      essential: numbers.map((edge) => this.#at(edge, 36) > 0.1),
    };
  }

  /** What an item needs: in its own industry, upstream, near more often than far; or back, in 2 of 100. */
  #input(item: number, edge: number): number {
    const industry = Math.floor(item / this.industry);
    const place = item % this.industry;
    const others = Math.floor(this.items / this.industry) - CHAINS;
    if (industry >= CHAINS && others > 1 && this.#at(edge, 40) < 0.03)
      return (
        (CHAINS + Math.floor(others * this.#at(edge, 41))) * this.industry +
        Math.floor(this.industry * this.#at(edge, 42))
      );
    const size = Math.min(this.industry, this.items - industry * this.industry);
    if (this.#at(edge, 43) < 0.02) return industry * this.industry + Math.floor(place * this.#at(edge, 44));
    const left = size - 1 - place;
    if (left <= 0) return industry * this.industry + Math.floor(size * this.#at(edge, 45));
    const step = 1 + Math.floor(Math.min(left - 1, size / 10) * this.#at(edge, 46) ** 1.5);
    return industry * this.industry + place + Math.min(left, step);
  }

  #variantColumns(numbers: readonly number[]): Columns<VariantRow> {
    const classes = numbers.map((edge) => {
      const item = Math.floor(this.items * this.#at(Math.floor(edge / 3), 50));
      return item - (item % this.industry) + Math.min(item % this.industry, this.industry - 10);
    });
    const itemClass = classes.map(itemId);
    const variant = classes.map((item, row) => itemId(Math.min(this.items - 1, item + 1 + (numbers[row]! % 9))));
    return {
      ...this.#facts(numbers, 51, (row) => `${variant[row]}:VARIANT_OF:${itemClass[row]}:${numbers[row]}`),
      variant,
      itemClass,
    };
  }

  #stakeColumns(numbers: readonly number[]): Columns<StakeRow> {
    const owner = numbers.map((edge) => firmId(Math.floor(this.firms * this.#at(edge, 60) ** 3)));
    const owned = numbers.map((edge) => firmId(Math.floor(this.firms * this.#at(edge, 61))));
    return {
      ...this.#facts(numbers, 62, (row) => `${owner[row]}:OWNS:${owned[row]}:${numbers[row]}`),
      owner,
      owned,
      stake: numbers.map((edge) => (this.#at(edge, 64) < 0.2 ? null : Math.round(100 * this.#at(edge, 65)) / 100)),
    };
  }

  #purchaseColumns(numbers: readonly number[]): Columns<PurchaseRow> {
    const buyer = numbers.map((edge) => firmId(Math.floor(this.firms * this.#at(edge, 70))));
    const seller = numbers.map((edge) => firmId(Math.floor(this.firms * this.#at(edge, 71))));
    return {
      ...this.#facts(numbers, 72, (row) => `${buyer[row]}:SOURCES_FROM:${seller[row]}:${numbers[row]}`),
      buyer,
      seller,
      item: numbers.map((edge) => itemId(Math.floor(this.items * this.#at(edge, 74)))),
      share: numbers.map((edge) => (this.#at(edge, 75) < 0.5 ? 0.25 : null)),
    };
  }

  #facts(numbers: readonly number[], salt: number, id: (row: number, edge: number) => string) {
    return {
      id: numbers.map((edge, row) => id(row, edge)),
      assertion: numbers.map((edge) => (this.#at(edge, salt) < 0.1 ? ("ASSUMED" as const) : ("STATED" as const))),
      validFrom: numbers.map((edge) => (this.#at(edge, salt + 1) < 0.05 ? "2023-06" : null)),
      validTo: numbers.map((edge) => (this.#at(edge, salt + 1) > 0.99 ? "2024" : null)),
    };
  }

  #leader(chain: number, leader: number): string {
    return firmId(this.firms - 1 - chain * this.chainLeaders - leader);
  }

  #country(number: number): string {
    return CODES[Math.floor(CODES.length * this.#at(number, 7) ** 2.5)]!;
  }

  /** A number in [0, 1) that depends on the seed and the two numbers alone (the finaliser of MurmurHash3). */
  #at(number: number, salt: number): number {
    let bits = (number + Math.imul(salt, 0x9e37_79b1) + Math.imul(this.#seed, 0x85eb_ca77)) | 0;
    bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
    return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
  }
}

/** Gives a piece to the builder. */
export function addPiece(builder: NetworkBuilder, piece: EdgePiece): void {
  switch (piece.type) {
    case "SUPPLIES":
      builder.addOffers(piece.columns);
      break;
    case "REQUIRES":
      builder.addRequirements(piece.columns);
      break;
    case "VARIANT_OF":
      builder.addVariants(piece.columns);
      break;
    case "OWNS":
      builder.addStakes(piece.columns);
      break;
    case "SOURCES_FROM":
      builder.addPurchases(piece.columns);
      break;
  }
}

/** Bytes of the typed arrays of a network. */
export function typedBytes(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (Array.isArray(value))
    return typeof value[0] === "object" ? value.reduce((sum, entry) => sum + typedBytes(entry), 0) : 0;
  if (value === null || typeof value !== "object" || value instanceof Map) return 0;
  return Object.values(value).reduce((sum: number, entry) => sum + typedBytes(entry), 0);
}

function* pieces(count: number): Generator<number[]> {
  for (let from = 0; from < count; from += PIECE)
    yield Array.from({ length: Math.min(PIECE, count - from) }, (_, row) => from + row);
}

function itemId(item: number): string {
  return `p-${item}`;
}

function firmId(firm: number): string {
  return `f-${firm}`;
}
