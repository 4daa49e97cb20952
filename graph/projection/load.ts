import { GraphError } from "../errors.ts";
import { graphVersion } from "../queries/graph-version.ts";
import { bulkState } from "../queries/import-run.ts";
import { networkChainItems, networkChainLeaders, networkChains } from "../queries/network-chains.ts";
import { networkFirms } from "../queries/network-firms.ts";
import { networkItems } from "../queries/network-items.ts";
import { networkJurisdictions } from "../queries/network-jurisdictions.ts";
import { networkOffers } from "../queries/network-offers.ts";
import { networkPurchases } from "../queries/network-purchases.ts";
import { networkFirmRequirements, networkRequirements } from "../queries/network-requirements.ts";
import { networkStakes } from "../queries/network-stakes.ts";
import { networkVariants } from "../queries/network-variants.ts";
import type { GraphStore, Query } from "../store/store.ts";
import { buildNetwork } from "./build.ts";
import type { Network } from "./network.ts";
import type { ChainRow, NetworkRows } from "./rows.ts";

/** Nodes of a page, and sources of a statement about relationships. */
const PAGE = 20_000;
const SOURCES = 2_000;
const TIMEOUT_MS = 60_000;
const ATTEMPTS = 5;

/**
 * Reads the supply network in pages and builds it. All rows are of one version of the graph: where the version moves
 * meanwhile, it reads again. After five such readings: `GraphError` CONFLICT; while a bulk import has written half of its
 * records: OVERLOADED.
 */
export async function loadNetwork(store: GraphStore): Promise<Network> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const bulk = await wholeState(store);
    const before = await readVersion(store);
    const rows = await readRows(store);
    if ((await readVersion(store)) === before && (await wholeState(store)) === bulk) return buildNetwork(rows, before);
  }
  throw new GraphError(
    "CONFLICT",
    `The graph changed during each of ${ATTEMPTS} readings: ask again when the import that is running has ended.`,
  );
}

/** Version of the graph: the number of writes so far. */
export async function readVersion(store: GraphStore): Promise<number> {
  const [row] = await store.read(graphVersion, {});
  return row?.version ?? 0;
}

/** How many bulk imports there ever were, where none is under way. */
async function wholeState(store: GraphStore): Promise<number> {
  const [state] = await store.read(bulkState, {});
  if (state?.running === true)
    throw new GraphError("OVERLOADED", "A bulk import is under way: ask again when its last batch is in.");
  return state?.begun ?? 0;
}

async function readRows(store: GraphStore): Promise<NetworkRows> {
  const items = await readPages(store, networkItems);
  const firms = await readPages(store, networkFirms);
  const jurisdictions = await readPages(store, networkJurisdictions);
  const chains = await readPages(store, networkChains);
  const itemIds = items.map((row) => row.id);
  const firmIds = firms.map((row) => row.id);
  const providerIds = [...firmIds, ...jurisdictions.map((row) => row.id)];
  const chainIds = chains.map((row) => row.id);
  return {
    items,
    firms,
    jurisdictions,
    offers: await readFrom(store, networkOffers, providerIds),
    requirements: [
      ...(await readFrom(store, networkRequirements, itemIds)),
      ...(await readFrom(store, networkFirmRequirements, firmIds)),
    ],
    variants: await readFrom(store, networkVariants, itemIds),
    stakes: await readFrom(store, networkStakes, firmIds),
    purchases: await readFrom(store, networkPurchases, firmIds),
    chains: chainRows(
      chainIds,
      await readFrom(store, networkChainLeaders, chainIds),
      await readFrom(store, networkChainItems, chainIds),
    ),
  };
}

async function readPages<Row extends { readonly id: string }>(store: GraphStore, query: Query<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await store.read(query, { after: rows.at(-1)?.id ?? "", limit: PAGE }, { timeoutMs: TIMEOUT_MS });
    for (const row of page) rows.push(row);
    if (page.length < PAGE) return rows;
  }
}

async function readFrom<Row>(store: GraphStore, query: Query<Row>, sources: readonly string[]): Promise<Row[]> {
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
