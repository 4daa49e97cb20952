import { GraphError } from "../errors.ts";
import type { EnumValue } from "../ontology.ts";
import { graphVersion } from "../queries/graph-version.ts";
import { bulkState } from "../queries/import-run.ts";
import { networkChainItems, networkChainLeaders, networkChains } from "../queries/network-chains.ts";
import type { FactColumns, Stated } from "../queries/network-columns.ts";
import { networkFirms } from "../queries/network-firms.ts";
import { networkItems } from "../queries/network-items.ts";
import { networkJurisdictions } from "../queries/network-jurisdictions.ts";
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
import type { GraphStore, Params, Query, ReadOptions } from "../store/store.ts";
import type { Network } from "./network.ts";
import { NetworkBuilder } from "./network-builder.ts";
import type { ChainRow } from "./rows.ts";

/** Nodes of a page, whose edges are read in one statement; chains of a statement. */
const PAGE = 10_000;
const SOURCES = 2_000;
/** Statements under way at once: both engines work on as many threads, and one is taken in meanwhile. */
const AT_ONCE = 3;
const TIMEOUT_MS = 60_000;
/** Readings beside writers, before they have to wait for one. */
const ATTEMPTS = 2;

/** What rows are read from: a store, or one moment of it. */
export type Reader = Pick<GraphStore, "read">;

/**
 * Reads the supply network in pages and builds it. All rows are of one version of the graph: of one moment where the engine
 * keeps one; else, where the version moves meanwhile, it reads again, the third time while writers wait. Where even then
 * the graph moves, `GraphError` CONFLICT; while a bulk import has written half of its records: OVERLOADED.
 */
export async function loadNetwork(store: GraphStore): Promise<Network> {
  if (store.snapshot !== undefined)
    return store.snapshot(async (moment) => (await readOnce({ read: moment.run.bind(moment) })).network);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const network = await readWhole(store);
    if (network !== null) return network;
  }
  const network = await whileWritersWait(store, () => readWhole(store));
  if (network !== null) return network;
  throw new GraphError(
    "CONFLICT",
    "The graph changed during each reading: ask again when the import that is running has ended.",
  );
}

/** The network, or null where the graph moved while it was read. */
async function readWhole(store: Reader): Promise<Network | null> {
  const { network, begun } = await readOnce(store);
  return (await readVersion(store)) === network.version && (await wholeState(store)) === begun ? network : null;
}

/** The network of the version that is there, and how many bulk imports there had been: right where neither moves meanwhile. */
async function readOnce(store: Reader): Promise<{ readonly network: Network; readonly begun: number }> {
  const begun = await wholeState(store);
  const version = await readVersion(store);
  const build = await readNetwork(store);
  return { network: build(version), begun };
}

/** Every write begins with the version's node, which this one holds and leaves as it was. */
async function whileWritersWait<Result>(store: GraphStore, work: () => Promise<Result>): Promise<Result> {
  let done: { readonly result: Result } | undefined;
  const leaveAsItWas = new Error("nothing is written");
  try {
    await store.write(async () => {
      done = { result: await work() };
      throw leaveAsItWas;
    });
  } catch (error) {
    if (error !== leaveAsItWas) throw error;
  }
  return done!.result;
}

/** Version of the graph: the number of writes so far. */
export async function readVersion(store: Reader): Promise<number> {
  const [row] = await store.read(graphVersion, {});
  return row?.version ?? 0;
}

/** How many bulk imports there ever were, where none is under way, which is OVERLOADED. */
export async function wholeState(store: Reader, options?: ReadOptions): Promise<number> {
  const [state] = await store.read(bulkState, {}, options);
  if (state?.running === true) throw bulkUnderWay();
  return state?.begun ?? 0;
}

/** What readers are told while a bulk import has written a part of its records. */
export function bulkUnderWay(): GraphError {
  return new GraphError("OVERLOADED", "A bulk import is under way: ask again when its last batch is in.");
}

async function readNetwork(store: Reader): Promise<(version: number) => Network> {
  const items = await readPages(store, networkItems);
  const firms = await readPages(store, networkFirms);
  const jurisdictions = await readPages(store, networkJurisdictions);
  const chains = await readChains(store);
  const ids = new Map<number, string>();
  for (const { key, id } of [...items, ...firms, ...jurisdictions])
    for (let row = 0; row < key.length; row += 1) ids.set(key[row]!, id[row]!);
  const named = (keys: readonly number[]): readonly string[] => keys.map((key) => ids.get(key) ?? `(key ${key})`);

  const builder = new NetworkBuilder({
    items: items.map((page) => ({
      id: page.id,
      category: orNull(page.category),
      variantMode: orNull(page.variantMode),
      elementary: page.elementary,
      developCost: orNull(page.developCost),
    })),
    firms: firms.map((page) => ({ id: page.id, country: orNull(page.country), region: orNull(page.region) })),
    jurisdictions,
  });
  const addOffers = (columns: OfferColumns): void =>
    builder.addOffers({
      ...offerFacts(columns),
      provider: named(columns.provider),
      item: named(columns.item),
      share: orNull(columns.share),
    });
  await readRanges(store, networkOffers, firms, addOffers, offerParams);
  await readRanges(store, networkJurisdictionOffers, jurisdictions, addOffers, offerParams);
  await readRanges(store, networkRequirements, items, (columns) =>
    builder.addRequirements({
      ...requirementFacts(columns),
      item: named(columns.item),
      maker: columns.item.map(() => null),
      input: named(columns.input),
    }),
  );
  // A recipe for an item that is not there is left out.
  await readRanges(store, networkFirmRequirements, firms, (all) => {
    const columns = rowsWhere(all, (row) => builder.hasItem(all.product[row]!));
    builder.addRequirements({
      ...requirementFacts(columns),
      item: columns.product,
      maker: named(columns.maker),
      input: named(columns.input),
    });
  });
  await readRanges(store, networkVariants, items, (columns) =>
    builder.addVariants({ ...facts(columns), variant: named(columns.variant), itemClass: named(columns.itemClass) }),
  );
  await readRanges(store, networkStakes, firms, (columns) =>
    builder.addStakes({
      ...facts(columns),
      owner: named(columns.owner),
      owned: named(columns.owned),
      stake: orNull(columns.stake),
    }),
  );
  await readRanges(store, networkPurchases, firms, (columns) =>
    builder.addPurchases({
      ...facts(columns),
      buyer: named(columns.buyer),
      seller: named(columns.seller),
      item: columns.item.map((id) => (id !== false && builder.hasItem(id) ? id : null)),
      share: orNull(columns.share),
    }),
  );
  return (version) => builder.build(chains, version);
}

/** Nodes of a kind, a page a statement. */
async function readPages<Page extends { readonly id: readonly string[] }>(
  store: Reader,
  query: Query<Page>,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for await (const page of pagesOf(store, query, PAGE)) pages.push(page);
  return pages;
}

/** Nodes in pages of at most `limit` (`$after`, `$limit`), none of them empty; the next is read when it is asked for. */
export async function* pagesOf<Page extends { readonly id: readonly string[] }>(
  store: Reader,
  query: Query<Page>,
  limit: number,
): AsyncGenerator<Page> {
  for (let after = ""; ; ) {
    const [page] = await store.read(query, { after, limit }, { timeoutMs: TIMEOUT_MS });
    if (page === undefined || page.id.length === 0) return;
    yield page;
    if (page.id.length < limit) return;
    after = page.id.at(-1)!;
  }
}

/** Edges from the nodes of each page, a page a statement: the engine finds them along its index, in its own order of ids. */
async function readRanges<Page>(
  store: Reader,
  query: Query<Page>,
  nodes: readonly { readonly id: readonly string[] }[],
  add: (columns: Page) => void,
  params: Params = {},
): Promise<void> {
  const read = (page: number): Promise<readonly Page[]> => {
    const after = page === 0 ? "" : nodes[page - 1]!.id.at(-1)!;
    return store.read(query, { ...params, after, upto: nodes[page]!.id.at(-1)! }, { timeoutMs: TIMEOUT_MS });
  };
  const under: Promise<readonly Page[]>[] = [];
  for (let page = 0, asked = 0; page < nodes.length; page += 1) {
    // The engine reads on while this page is taken in; where that fails, the failure waits for its turn.
    for (; asked < Math.min(nodes.length, page + AT_ONCE); asked += 1) {
      const columns = read(asked);
      columns.catch(() => undefined);
      under.push(columns);
    }
    for (const piece of await under.shift()!) add(piece);
  }
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
function rowsWhere<Page extends FirmRequirementColumns>(page: Page, keeps: (row: number) => boolean): Page {
  const kept = [...page.product.keys()].filter(keeps);
  if (kept.length === page.product.length) return page;
  return Object.fromEntries(
    Object.entries(page).map(([name, values]) => [name, kept.map((row) => (values as readonly unknown[])[row])]),
  ) as unknown as Page;
}

function orNull<Value>(values: Stated<Value>): readonly (Value | null)[] {
  return values.map((value) => (value === false ? null : value));
}

async function readChains(store: Reader): Promise<readonly ChainRow[]> {
  const ids: string[] = [];
  for (let after = ""; ; after = ids.at(-1)!) {
    const page = await store.read(networkChains, { after, limit: PAGE }, { timeoutMs: TIMEOUT_MS });
    for (const { id } of page) ids.push(id);
    if (page.length < PAGE) break;
  }
  return chainRows(ids, await readFrom(store, networkChainLeaders, ids), await readFrom(store, networkChainItems, ids));
}

async function readFrom<Row>(store: Reader, query: Query<Row>, sources: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < sources.length; from += SOURCES) {
    const page = await store.read(query, { sources: sources.slice(from, from + SOURCES) }, { timeoutMs: TIMEOUT_MS });
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
