import type { Network } from "../projection/network.ts";
import { offerIndex } from "../projection/offer-index.ts";
import { type RegionMembers, regionMembers, regionOf } from "../projection/region.ts";
import { activeUnder } from "./active.ts";
import { buildScenario, type ScenarioOptions } from "./build-scenario.ts";
import type { Policy } from "./policy.ts";
import { resolveRemoved } from "./removed.ts";
import type { Scenario } from "./scenario.ts";
import { resolveTargets } from "./targets.ts";

/**
 * The scenario of `buildScenario`, with the same errors, on that part of the network alone which its targets need:
 * `scenario.network` is that part, and so are the policy's extra offers and removals. What an analysis then says of the
 * targets is the same, in a time that depends on their upstream and not on the size of the graph. Without targets: the whole
 * network.
 */
export function upstreamScenario(
  network: Network,
  targetIds: readonly string[],
  policy: Policy,
  options: ScenarioOptions = {},
): Scenario {
  if (targetIds.length === 0) return buildScenario(network, targetIds, policy, options);
  const region = recentRegion(network, ...reachedFrom(network, targetIds, policy, options));
  return buildScenario(region, targetIds, within(policy, network, region), options);
}

/** As `upstreamScenario`, under two policies on one and the same part of the network, so that positions in both agree. */
export function upstreamScenarios(
  network: Network,
  targetIds: readonly string[],
  policy: Policy,
  otherPolicy: Policy,
): readonly [Scenario, Scenario] {
  const policies = [policy, otherPolicy];
  const starts = policies.map((each) => reachedFrom(network, targetIds, each, {}));
  const region =
    targetIds.length === 0
      ? network
      : recentRegion(
          network,
          starts.flatMap(([items]) => items),
          starts.flatMap(([, firms]) => firms),
        );
  const scenario = (each: Policy): Scenario => buildScenario(region, targetIds, within(each, network, region));
  return [scenario(policy), scenario(otherPolicy)];
}

const recent = new WeakMap<Network, { readonly members: RegionMembers; readonly region: Network }[]>();

/**
 * As `regionOf`, but the last ones are kept with the network, and what is read off them with these: as many as together have
 * no more items than the network, for items that need each other all need the same.
 */
function recentRegion(network: Network, items: readonly number[], firms: readonly number[]): Network {
  const members = regionMembers(network, items, firms);
  const kept = recent.get(network) ?? [];
  const known = kept.find((one) => isSame(one.members, members)) ?? { members, region: regionOf(network, members) };
  let room = network.items.length;
  const latest = [known, ...kept.filter((one) => one !== known)].filter((one) => {
    room -= one.members.items.length;
    return one === known || room >= 0;
  });
  recent.set(network, latest);
  return known.region;
}

function isSame(one: RegionMembers, other: RegionMembers): boolean {
  return areSame(one.items, other.items) && areSame(one.buyers, other.buyers);
}

function areSame(some: Int32Array, others: Int32Array): boolean {
  return some.length === others.length && some.every((value, at) => value === others[at]);
}

/** The items and firms from which what a question needs is found. */
function reachedFrom(
  network: Network,
  targetIds: readonly string[],
  policy: Policy,
  options: ScenarioOptions,
): [items: number[], firms: number[]] {
  const targets = resolveTargets(network, targetIds, activeUnder(policy, options.today));
  const removed = resolveRemoved(network, policy);
  const firms = policy.extraOffers.flatMap(({ firm }) => (firm === null ? [] : [network.firmIndex.get(firm)!]));
  return [targets.map((target) => target.item), [...firms, ...removed.firms]];
}

/** Without the extra offers and removals of items and offers that the region does not have. */
function within(policy: Policy, network: Network, region: Network): Policy {
  const isElsewhere = (item: string): boolean => network.itemIndex.has(item) && !region.itemIndex.has(item);
  const hasLeft = (id: string): boolean =>
    isElsewhere(id) || (offerIndex(network, id) !== -1 && offerIndex(region, id) === -1);
  return {
    ...policy,
    extraOffers: policy.extraOffers.filter((extra) => !isElsewhere(extra.item)),
    removed: policy.removed.filter((id) => !hasLeft(id)),
  };
}
