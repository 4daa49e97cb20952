import type { EnumValue } from "../ontology.ts";
import { networkChainItems, networkChainLeaders, networkChains } from "../queries/network-chains.ts";
import type { FactColumns, Stated } from "../queries/network-columns.ts";
import { type FirmColumns, networkFirms } from "../queries/network-firms.ts";
import { type ItemColumns, networkItems } from "../queries/network-items.ts";
import { type JurisdictionColumns, networkJurisdictions } from "../queries/network-jurisdictions.ts";
import {
  networkJurisdictionOffers,
  networkOffers,
  type OfferColumns,
  offerFacts,
  offerParams,
} from "../queries/network-offers.ts";
import { networkPurchases } from "../queries/network-purchases.ts";
import {
  type FirmRequirementColumns,
  networkFirmRequirements,
  networkRequirements,
  requirementFacts,
} from "../queries/network-requirements.ts";
import { networkStakes } from "../queries/network-stakes.ts";
import { networkVariants } from "../queries/network-variants.ts";
import type { GraphStore, Params, Query } from "../store/store.ts";
import type { Network } from "./network.ts";
import { NetworkBuilder } from "./network-builder.ts";
import type { ChainRow } from "./rows.ts";
import type { Touched } from "./touched.ts";

/** What rows are read from: a store, or one moment of it. */
export type Reader = Pick<GraphStore, "read">;

/** Nodes of a page, whose edges are read in one statement. */
const PAGE = 2_000;
/** A page that has grown to so many times its size is to be cut anew. */
const MOST_GROWTH = 4;
/** Chains of a statement. */
const SOURCES = 2_000;
/** Statements under way at once: both engines work on as many threads, and one is taken in meanwhile. */
const AT_ONCE = 3;
const TIMEOUT_MS = 60_000;
/** Greater than any id. */
const LAST = "\u007f";

type Sort = "items" | "firms" | "jurisdictions";

interface NodeColumns {
  readonly items: ItemColumns;
  readonly firms: FirmColumns;
  readonly jurisdictions: JurisdictionColumns;
}

const NODES: { readonly [Each in Sort]: Query<NodeColumns[Each]> } = {
  items: networkItems,
  firms: networkFirms,
  jurisdictions: networkJurisdictions,
};

/** The nodes of a sort after one id up to another, and the edges that begin at them. */
interface Page<Columns> {
  readonly after: string;
  readonly upto: string;
  nodes: Columns;
  /** As many as there are sorts of edges that begin at such nodes. */
  edges: readonly Edges[];
}

type Pages = { readonly [Each in Sort]: readonly Page<NodeColumns[Each]>[] };

/** Edges of a page, as they came; their ends are ids. */
interface Edges {
  readonly count: number;
  addTo(builder: NetworkBuilder): void;
}

/** How one sort of edges is read. */
interface EdgeSort {
  readonly from: Sort;
  read(reader: Reader, range: Params, named: Named): Promise<Edges>;
}

/** Ids of nodes by the engine's keys. */
type Named = (keys: readonly number[]) => readonly string[];

const EDGES: readonly EdgeSort[] = [
  edgeSort("firms", networkOffers, ["provider", "item"], addOffers, offerParams),
  edgeSort("jurisdictions", networkJurisdictionOffers, ["provider", "item"], addOffers, offerParams),
  edgeSort("items", networkRequirements, ["item", "input"], (builder, { item, input }, columns) =>
    builder.addRequirements({ ...requirementFacts(columns), item, maker: item.map(() => null), input }),
  ),
  edgeSort("firms", networkFirmRequirements, ["maker", "input"], (builder, ends, all) => {
    // A recipe for an item that is not there is left out.
    const rows = [...all.product.keys()].filter((row) => builder.hasItem(all.product[row]!));
    const columns = rowsOf(all, rows);
    builder.addRequirements({
      ...requirementFacts(columns),
      item: columns.product,
      maker: rows.map((row) => ends.maker[row]!),
      input: rows.map((row) => ends.input[row]!),
    });
  }),
  edgeSort("items", networkVariants, ["variant", "itemClass"], (builder, ends, columns) =>
    builder.addVariants({ ...facts(columns), ...ends }),
  ),
  edgeSort("firms", networkStakes, ["owner", "owned"], (builder, ends, columns) =>
    builder.addStakes({ ...facts(columns), ...ends, stake: orNull(columns.stake) }),
  ),
  edgeSort("firms", networkPurchases, ["buyer", "seller"], (builder, ends, columns) =>
    builder.addPurchases({
      ...facts(columns),
      ...ends,
      item: columns.item.map((id) => (id !== false && builder.hasItem(id) ? id : null)),
      share: orNull(columns.share),
    }),
  ),
];

/**
 * What the network is built of, page by page as it was read: after a write only the pages of what it touched are read again.
 * All of it must be read from one version of the graph.
 */
export class NetworkPages {
  readonly #rows: number;
  readonly #ids = new Map<number, string>();
  #pages: Pages = { items: [], firms: [], jurisdictions: [] };
  #chains: readonly ChainRow[] = [];

  private constructor(rows: number) {
    this.#rows = rows;
  }

  /** @param rows nodes of a page; 2,000 where absent */
  static async read(reader: Reader, rows = PAGE): Promise<NetworkPages> {
    const pages = new NetworkPages(rows);
    pages.#pages = {
      items: await pages.#readNodes(reader, "items"),
      firms: await pages.#readNodes(reader, "firms"),
      jurisdictions: await pages.#readNodes(reader, "jurisdictions"),
    };
    await pages.#readEdges(
      reader,
      SORTS.flatMap((sort): readonly Found[] => pages.#pages[sort].map((page) => [sort, page])),
    );
    pages.#chains = await readChains(reader);
    return pages;
  }

  get edges(): number {
    return SORTS.flatMap((sort) => this.#pages[sort].flatMap(({ edges }) => edges)).reduce(
      (sum, { count }) => sum + count,
      0,
    );
  }

  /**
   * Reads the pages again of what was touched. False where all is to be read anew, as a page has grown too large; what is
   * here is of no use then, nor where it throws.
   */
  async renew(reader: Reader, { nodes, sources }: Touched): Promise<boolean> {
    const changed: Found[] = [];
    for (const sort of SORTS)
      for (const [page, ids] of this.#pagesOf(sort, [...nodes, ...sources])) {
        const before = new Set(page.nodes.id);
        if (ids.some((id) => nodes.has(id)) && !(await this.#readPage(reader, sort, page))) return false;
        const after = new Set(page.nodes.id);
        if (ids.some((id) => before.has(id) || after.has(id))) changed.push([sort, page]);
      }
    await this.#readEdges(reader, changed);
    this.#chains = await readChains(reader);
    return true;
  }

  build(version: number): Network {
    const { items, firms, jurisdictions } = this.#pages;
    const builder = new NetworkBuilder({
      items: items.map(({ nodes }) => ({
        id: nodes.id,
        category: orNull(nodes.category),
        variantMode: orNull(nodes.variantMode),
        elementary: nodes.elementary,
        developCost: orNull(nodes.developCost),
      })),
      firms: firms.map(({ nodes }) => ({ id: nodes.id, country: orNull(nodes.country), region: orNull(nodes.region) })),
      jurisdictions: jurisdictions.map(({ nodes }) => nodes),
    });
    for (const sort of SORTS) for (const { edges } of this.#pages[sort]) for (const each of edges) each.addTo(builder);
    return builder.build(this.#chains, version);
  }

  async #readNodes<Each extends Sort>(reader: Reader, sort: Each): Promise<readonly Page<NodeColumns[Each]>[]> {
    const pages: Page<NodeColumns[Each]>[] = [];
    for (let after = ""; ; after = pages.at(-1)!.upto) {
      const nodes = await nodesOf(reader, sort, { after, upto: LAST, limit: this.#rows });
      const isLast = nodes.id.length < this.#rows;
      pages.push({ after, upto: isLast ? LAST : nodes.id.at(-1)!, nodes, edges: [] });
      this.#name(nodes);
      if (isLast) return pages;
    }
  }

  /** Whether it is of a size to go on with. */
  async #readPage<Each extends Sort>(reader: Reader, sort: Each, page: Page<NodeColumns[Each]>): Promise<boolean> {
    const limit = this.#rows * MOST_GROWTH;
    const nodes = await nodesOf(reader, sort, { after: page.after, upto: page.upto, limit });
    const { key, id } = page.nodes;
    // The engine may have given the key of what is gone to another node.
    for (let row = 0; row < key.length; row += 1) if (this.#ids.get(key[row]!) === id[row]) this.#ids.delete(key[row]!);
    this.#name(nodes);
    page.nodes = nodes;
    return nodes.id.length < limit;
  }

  #name({ key, id }: { readonly key: readonly number[]; readonly id: readonly string[] }): void {
    for (let row = 0; row < key.length; row += 1) this.#ids.set(key[row]!, id[row]!);
  }

  /** Reads on while a page is taken in. */
  async #readEdges(reader: Reader, pages: readonly Found[]): Promise<void> {
    const named: Named = (keys) => keys.map((key) => this.#ids.get(key) ?? `(key ${key})`);
    const work = pages.flatMap(([sort, page]) => {
      const { after, upto } = page;
      const edges: Edges[] = [];
      page.edges = edges;
      return EDGES.filter(({ from }) => from === sort).map((each, at) => async () => {
        edges[at] = await each.read(reader, { after, upto }, named);
      });
    });
    const next = async (): Promise<void> => {
      for (let one = work.shift(); one !== undefined; one = work.shift()) await one();
    };
    const all = await Promise.allSettled(Array.from({ length: AT_ONCE }, next));
    for (const one of all) if (one.status === "rejected") throw one.reason;
  }

  /** The pages in whose range ids are, with those. */
  #pagesOf<Each extends Sort>(sort: Each, ids: readonly string[]): Map<Page<NodeColumns[Each]>, string[]> {
    const pages: readonly Page<NodeColumns[Each]>[] = this.#pages[sort];
    const found = new Map<Page<NodeColumns[Each]>, string[]>();
    for (const id of ids) {
      let low = 0;
      let high = pages.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (pages[middle]!.upto < id) low = middle + 1;
        else high = middle;
      }
      const page = pages[low]!;
      const those = found.get(page) ?? [];
      those.push(id);
      found.set(page, those);
    }
    return found;
  }
}

type Found = readonly [Sort, Page<unknown>];

const SORTS = Object.keys(NODES) as readonly Sort[];

/** @param keys the columns that hold the engine's keys of the ends */
function edgeSort<Columns, End extends keyof Columns & string>(
  from: Sort,
  query: Query<Columns>,
  keys: readonly End[],
  add: (builder: NetworkBuilder, ends: Readonly<Record<End, readonly string[]>>, columns: Columns) => void,
  params: Params = {},
): EdgeSort {
  return {
    from,
    async read(reader, range, named) {
      const [columns] = await reader.read(query, { ...params, ...range }, { timeoutMs: TIMEOUT_MS });
      const ends = Object.fromEntries(keys.map((key) => [key, named(columns![key] as readonly number[])]));
      return {
        count: ends[keys[0]!]!.length,
        addTo: (builder) => add(builder, ends as Record<End, readonly string[]>, columns!),
      };
    },
  };
}

function addOffers(
  builder: NetworkBuilder,
  ends: { readonly provider: readonly string[]; readonly item: readonly string[] },
  columns: OfferColumns,
): void {
  builder.addOffers({ ...offerFacts(columns), ...ends, share: orNull(columns.share) });
}

async function nodesOf<Each extends Sort>(reader: Reader, sort: Each, page: Params): Promise<NodeColumns[Each]> {
  const [nodes] = await reader.read(NODES[sort], page, { timeoutMs: TIMEOUT_MS });
  return nodes!;
}

function facts({ id, assumed, validFrom, validTo }: FactColumns) {
  return {
    id: orNull(id),
    assertion: assumed.map((is): EnumValue<"Assertion"> => (is ? "ASSUMED" : "STATED")),
    validFrom: orNull(validFrom),
    validTo: orNull(validTo),
  };
}

/** Some rows of all columns. */
function rowsOf(page: FirmRequirementColumns, rows: readonly number[]): FirmRequirementColumns {
  if (rows.length === page.product.length) return page;
  return Object.fromEntries(
    Object.entries(page).map(([name, values]) => [name, rows.map((row) => (values as readonly unknown[])[row])]),
  ) as unknown as FirmRequirementColumns;
}

function orNull<Value>(values: Stated<Value>): readonly (Value | null)[] {
  return values.map((value) => (value === false ? null : value));
}

async function readChains(reader: Reader): Promise<readonly ChainRow[]> {
  const ids: string[] = [];
  for (let after = ""; ; after = ids.at(-1)!) {
    const page = await reader.read(networkChains, { after, limit: PAGE }, { timeoutMs: TIMEOUT_MS });
    for (const { id } of page) ids.push(id);
    if (page.length < PAGE) break;
  }
  const leaders = await readFrom(reader, networkChainLeaders, ids);
  return chainRows(ids, leaders, await readFrom(reader, networkChainItems, ids));
}

async function readFrom<Row>(reader: Reader, query: Query<Row>, sources: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < sources.length; from += SOURCES) {
    const page = await reader.read(query, { sources: sources.slice(from, from + SOURCES) }, { timeoutMs: TIMEOUT_MS });
    for (const row of page) rows.push(row);
  }
  return rows;
}

interface Member {
  readonly chain: string;
  readonly member: string;
}

function chainRows(ids: readonly string[], leaders: readonly Member[], items: readonly Member[]): readonly ChainRow[] {
  const rows = new Map(ids.map((id) => [id, { id, leaders: [] as string[], items: [] as string[] }]));
  for (const { chain, member } of leaders) rows.get(chain)?.leaders.push(member);
  for (const { chain, member } of items) rows.get(chain)?.items.push(member);
  return [...rows.values()];
}
