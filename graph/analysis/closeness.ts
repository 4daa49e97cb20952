import { variantsOf } from "./coverage.ts";
import type { Scenario } from "./scenario.ts";
import { usedOffers } from "./shares.ts";

/** How near to an item something is that a resource acts on, nearest first. */
export const RESOURCE_SCOPES = ["ITEM", "CLASS", "STAGE", "CHAIN", "FIRM", "PILLAR", "CLUSTER"] as const;
export type ResourceScope = (typeof RESOURCE_SCOPES)[number];

/** For each item the entities near it, each at its nearest scope. */
export type Closeness = ReadonlyMap<string, ReadonlyMap<string, ResourceScope>>;

/** Where an item or a chain stands in the structure; ids, null where it is part of none. */
export interface Place {
  /** The item; null for a row that places a chain alone. */
  readonly item: string | null;
  readonly stage: string | null;
  readonly chain: string | null;
  readonly pillar: string | null;
  readonly cluster: string | null;
}

/**
 * What is near each item: itself; the classes it is a variant of, and its variants; its stages with their chains, pillars
 * and clusters, and those of its classes; the firms that offer it; the targets' firms and the chains these lead. O(items x
 * what is near them).
 */
export function closenessOf(scenario: Scenario, itemIds: readonly string[], places: readonly Place[]): Closeness {
  const { network, targets } = scenario;
  const classes = new Map<string, string[]>();
  for (let item = 0; item < network.items.length; item += 1)
    for (const at of variantsOf(scenario, item))
      pushTo(classes, network.items[network.variantItem[at]!]!, network.items[item]!);
  const placesOf = new Map<string, Place[]>();
  const placesOfChain = new Map<string, Place[]>();
  for (const place of places) {
    if (place.item !== null) pushTo(placesOf, place.item, place);
    if (place.chain !== null) pushTo(placesOfChain, place.chain, place);
  }
  const targetFirms = [...new Set(targets.map((target) => target.firm).filter((firm) => firm >= 0))];
  const targetChains = network.chains.filter((chain) => chain.leaders.some((firm) => targetFirms.includes(firm)));

  return new Map(
    itemIds.map((id) => {
      const near = new Map<string, ResourceScope>();
      const add = (entity: string | null | undefined, scope: ResourceScope): void => {
        if (entity === null || entity === undefined) return;
        const known = near.get(entity);
        if (known === undefined || RESOURCE_SCOPES.indexOf(scope) < RESOURCE_SCOPES.indexOf(known))
          near.set(entity, scope);
      };
      const addPlace = (place: Place): void => {
        add(place.chain, "CHAIN");
        add(place.pillar, "PILLAR");
        add(place.cluster, "CLUSTER");
      };
      add(id, "ITEM");
      const item = network.itemIndex.get(id);
      const above = classes.get(id) ?? [];
      for (const itemClass of above) add(itemClass, "CLASS");
      for (const of of [id, ...above])
        for (const place of placesOf.get(of) ?? []) {
          add(place.stage, "STAGE");
          addPlace(place);
        }
      if (item !== undefined) {
        for (const at of variantsOf(scenario, item)) add(network.items[network.variantItem[at]!], "CLASS");
        for (const offer of usedOffers(scenario, item)) add(network.firms[network.offerFirm[offer]!], "FIRM");
      }
      for (const firm of targetFirms) add(network.firms[firm], "FIRM");
      for (const chain of targetChains) {
        add(chain.id, "CHAIN");
        for (const place of placesOfChain.get(chain.id) ?? []) addPlace(place);
      }
      return [id, near];
    }),
  );
}

function pushTo<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}
