import type { Closeness, Place } from "../analysis/closeness.ts";
import type { Policy } from "../analysis/policy.ts";
import { type GapResources, matchResources, type ResourceLink, usedLinks } from "../analysis/resources.ts";
import { GraphError } from "../errors.ts";
import { chainPlaces, itemPlaces } from "../queries/item-places.ts";
import { resourceLinks } from "../queries/resource-links.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";

/** Most links that one answer reads; beyond it the answer would not be the whole truth. */
const MOST_LINKS = 20_000;

/** Under which policy, and among which chains, resources are looked for. */
export interface ResourceQuestion {
  readonly policy: Policy;
  /** Ids of all chains. */
  readonly chains: readonly string[];
  /** What is near each item (`closenessOf`), given where it and the chains stand. */
  closeness(items: readonly string[], places: readonly Place[]): Promise<Closeness>;
}

/**
 * Who works on each of these items (`matchResources`), read from the graph in four statements however many they are.
 * Rejects with a `GraphError`: OVERLOADED where more than 20,000 links act on what is near them.
 */
export async function gapResources(
  store: GraphStore,
  { policy, chains, closeness: nearOf }: ResourceQuestion,
  itemIds: readonly string[],
  options: ReadOptions = {},
): Promise<readonly GapResources[]> {
  const [ofItems, ofChains] = await Promise.all([
    store.read(itemPlaces, { items: itemIds }, options),
    store.read(chainPlaces, { chains }, options),
  ]);
  const closeness = await nearOf(itemIds, [...ofItems, ...ofChains]);
  const near = new Set([...closeness.values()].flatMap((entities) => [...entities.keys()]));
  const direct = await linksTo(store, [...near], options);
  const between = direct.filter((link) => link.kind === "Project" || link.kind === "Institute");
  const behind = await linksTo(store, [...new Set(between.map((link) => link.resource))], options);
  const links = new Map([...direct, ...behind].map((link) => [link.id, link]));
  return matchResources(itemIds, usedLinks([...links.values()], policy), closeness);
}

async function linksTo(
  store: GraphStore,
  targets: readonly string[],
  options: ReadOptions,
): Promise<readonly ResourceLink[]> {
  const links = await store.read(resourceLinks, { targets, limit: MOST_LINKS + 1 }, options);
  if (links.length <= MOST_LINKS) return links;
  throw new GraphError(
    "OVERLOADED",
    `More than ${MOST_LINKS} resources act on these items: ask about fewer at a time.`,
  );
}
