import { closenessOf } from "../analysis/closeness.ts";
import { type GapResources, matchResources, type ResourceLink } from "../analysis/resources.ts";
import type { Scenario } from "../analysis/scenario.ts";
import { chainPlaces, itemPlaces } from "../queries/item-places.ts";
import { resourceLinks } from "../queries/resource-links.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";

/** Links one statement may give. */
const LINK_LIMIT = 5_000;

/**
 * Who works on each of these items of a scenario, and how near: four statements, however many items. Aligned with
 * `items`.
 */
export async function gapResources(
  store: GraphStore,
  scenario: Scenario,
  items: readonly string[],
  options?: ReadOptions,
): Promise<readonly GapResources[]> {
  if (items.length === 0) return [];
  const chains = scenario.network.chains.map((chain) => chain.id);
  const [places, lines] = await Promise.all([
    store.read(itemPlaces, { items }, options),
    store.read(chainPlaces, { chains }, options),
  ]);
  const closeness = closenessOf(scenario, items, [...places, ...lines]);
  const near = new Set([...closeness.values()].flatMap((scopes) => [...scopes.keys()]));
  const direct = await store.read(resourceLinks, { targets: [...near], limit: LINK_LIMIT }, options);
  const between = intermediates(direct, near);
  const behind =
    between.length === 0 ? [] : await store.read(resourceLinks, { targets: between, limit: LINK_LIMIT }, options);
  return matchResources(items, [...direct, ...behind], closeness);
}

/** Projects and institutes that act on something near an item, and are not near one themselves. */
function intermediates(links: readonly ResourceLink[], near: ReadonlySet<string>): string[] {
  const found = links.filter(({ kind }) => kind === "Project" || kind === "Institute").map(({ resource }) => resource);
  return [...new Set(found)].filter((id) => !near.has(id));
}
