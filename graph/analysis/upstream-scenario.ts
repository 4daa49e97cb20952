import type { Network } from "../projection/network.ts";
import { offerIndex } from "../projection/offer-index.ts";
import { regionOf } from "../projection/region.ts";
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
  const targets = resolveTargets(network, targetIds, activeUnder(policy, options.today));
  const removed = resolveRemoved(network, policy);
  const firms = policy.extraOffers.flatMap(({ firm }) => (firm === null ? [] : [network.firmIndex.get(firm)!]));
  const region = regionOf(
    network,
    targets.map((target) => target.item),
    [...firms, ...removed.firms],
  );
  return buildScenario(region, targetIds, within(policy, network, region), options);
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
