import { READINESS } from "../projection/build.ts";
import { currentDay } from "../projection/days.ts";
import type { Network } from "../projection/network.ts";
import { activeUnder, type IsActive } from "./active.ts";
import { availability } from "./availability.ts";
import { closure } from "./closure.ts";
import { lastFew } from "./last-few.ts";
import { holdingsUnder } from "./ownership.ts";
import type { ExtraOffer, Policy } from "./policy.ts";
import { resolveRemoved } from "./removed.ts";
import type { Scenario, Units } from "./scenario.ts";
import { resolveTargets, type TargetOffer } from "./targets.ts";
import { supplyUnits } from "./units.ts";
import { compileWays } from "./ways.ts";

const QUALIFIED = READINESS.indexOf("QUALIFIED");

/** What a caller may set beside the policy. */
export interface ScenarioOptions {
  /** Days since 1970-01-01, for policies without `asOf`; this day where absent. */
  readonly today?: number;
  /** Whether a way of whose inputs nothing is recorded counts for elementary items only (verdicts; default false). */
  readonly recipesRequired?: boolean;
  /**
   * Whether only what needs what is asked (default false): nobody looks for holes in the data then, for an item without any
   * way needs the same whether a source of it is supposed or not.
   */
  readonly needsOnly?: boolean;
}

/**
 * Compiles the network under a policy with the targets of one question: ids of items, firms (their own offers) or chains
 * (their leaders' offers); `[]` = the whole network. Throws a `GraphError` BAD_INPUT that names an unknown id, or a firm
 * or chain without offers. Deterministic for any order of rows; O(offers x slots).
 */
export function buildScenario(
  network: Network,
  targetIds: readonly string[],
  policy: Policy,
  options: ScenarioOptions = {},
): Scenario {
  const targets = resolveTargets(network, targetIds, activeUnder(policy, options.today));
  return scenarioOfTargets(network, targets, policy, options);
}

/**
 * The targets of a scenario under a policy that treats unknowns otherwise. What is a hole in the data does not depend on
 * that, so it stays.
 */
export function underPolicy(scenario: Scenario, policy: Policy, options: ScenarioOptions = {}): Scenario {
  const { network, targets, unrecordedSources } = scenario;
  return compile(network, targets, policy, unrecordedSources, options);
}

function scenarioOfTargets(
  network: Network,
  targets: readonly TargetOffer[],
  policy: Policy,
  options: ScenarioOptions,
): Scenario {
  const scenario = compile(network, targets, policy, [], options);
  // An extra offer of such an item has a recipe of its own, beside that of the supposed source.
  if (options.needsOnly === true && policy.extraOffers.length === 0) return scenario;
  // What is available under the policy is so in the baseline, unless an extra offer made it so.
  const { tier } = availability(scenario);
  const isFree = policy.extraOffers.length === 0 && scenario.targets.every((target) => tier[target.node] === 0);
  const found = isFree ? [] : unrecordedSources(network, targets, policy, options.today);
  return found.length === 0 ? scenario : compile(network, targets, policy, found, options);
}

/**
 * The same targets when these offers are supposed beside the policy's own, which they follow. Nodes stay the same; units
 * and ways do not. Throws a `GraphError` BAD_INPUT for an offer of an unknown item or firm.
 */
export function supposeOffers(scenario: Scenario, offers: readonly ExtraOffer[]): Scenario {
  if (offers.length === 0) return scenario;
  const { network, policy, targets, unrecordedSources } = scenario;
  const supposed = { ...policy, extraOffers: [...policy.extraOffers, ...offers] };
  return { ...compile(network, targets, supposed, unrecordedSources, {}), targets };
}

/** The policy under which nothing is restricted, removed or added, and everything unknown is allowed (ANALYSES.md 3). */
export function baselinePolicy(policy: Policy): Policy {
  return {
    ...policy,
    restricted: [],
    removed: [],
    extraOffers: [],
    minShare: 0,
    unknownShare: "ALLOW",
    unknownSupply: "ALLOW",
    unknownOrigin: "ALLOW",
  };
}

const unitsOf = lastFew<Units>();
const holesOf = lastFew<readonly number[]>();

function compile(
  network: Network,
  targets: readonly TargetOffer[],
  policy: Policy,
  unrecorded: readonly number[],
  options: ScenarioOptions,
): Scenario {
  const isActive = activeUnder(policy, options.today);
  const removed = resolveRemoved(network, policy);
  // The same whatever the targets.
  const units = unitsOf(network, JSON.stringify([policy, options.today ?? currentDay()]), () =>
    supplyUnits(holdingsUnder(network, policy, isActive), removed, isActive),
  );
  const ways = compileWays({
    network,
    policy,
    isActive,
    removed,
    units,
    targets,
    unrecordedSources: new Set(unrecorded),
    recipesRequired: options.recipesRequired ?? false,
  });
  let node = network.items.length;
  return {
    network,
    policy,
    units,
    ways,
    unrecordedSources: unrecorded,
    targets: targets.map((target) => ({
      node: target.offer === -1 ? target.item : node++,
      item: target.item,
      firm: target.offer === -1 ? -1 : network.offerFirm[target.offer]!,
      offer: target.offer,
      weight: target.weight,
      weightKnown: target.weightKnown,
    })),
  };
}

/**
 * Items without any way in the baseline that a target needs which produces today. The baseline is of all targets: one's own
 * offers, exempt from readiness, may feed another.
 */
function unrecordedSources(
  network: Network,
  targets: readonly TargetOffer[],
  policy: Policy,
  today: number | undefined,
): readonly number[] {
  const options = today === undefined ? {} : { today };
  const isActive = activeUnder(policy, today);
  const produces = targets.map((target) => producesToday(network, target, isActive));
  if (!produces.includes(true)) return [];
  const baseline = baselinePolicy(policy);
  const asked = JSON.stringify([baseline, today ?? currentDay(), targets]);
  return holesOf(network, asked, () => failingSources(compile(network, targets, baseline, [], options), produces));
}

/** Items without any way that a failing target of the baseline needs, of those that produce today. */
function failingSources(baseline: Scenario, produces: readonly boolean[]): readonly number[] {
  const { network } = baseline;
  const { tier } = availability(baseline);
  const failing = baseline.targets.filter((target, position) => produces[position]! && tier[target.node] !== 0);
  if (failing.length === 0) return [];
  const { depth } = closure({ ...baseline, targets: failing });
  const items: number[] = [];
  for (let item = 0; item < network.items.length; item += 1)
    if (depth[item] !== -1 && baseline.ways.nodeWays[item] === baseline.ways.nodeWays[item + 1]) items.push(item);
  return items;
}

function producesToday(network: Network, target: TargetOffer, isActive: IsActive): boolean {
  const produces = (offer: number): boolean => {
    const readiness = network.offerReadiness[offer]!;
    return isActive(network.offerFact, offer) && (readiness === -1 || readiness >= QUALIFIED);
  };
  if (target.offer !== -1) return produces(target.offer);
  for (let offer = network.itemOffers[target.item]!; offer < network.itemOffers[target.item + 1]!; offer += 1)
    if (produces(offer)) return true;
  return false;
}
