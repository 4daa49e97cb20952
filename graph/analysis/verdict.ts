import { offerId } from "../projection/edge-ids.ts";
import type { Network } from "../projection/network.ts";
import { activeUnder } from "./active.ts";
import { type Availability, availability, isAvailable } from "./availability.ts";
import { buildScenario, type ScenarioOptions, underPolicy } from "./build-scenario.ts";
import type { Policy, Unknowns } from "./policy.ts";
import { Recipes } from "./recipes.ts";
import { type Scenario, UNIT_STATES, WAY_KINDS } from "./scenario.ts";

const UNRECORDED = WAY_KINDS.indexOf("UNRECORDED");

/** YES = available even with every unknown denied, NO = not available even with every unknown allowed. */
export type VerdictValue = "YES" | "NO" | "UNKNOWN";

/**
 * What is not known: the share of an offer, where its firm (or its owners) or its site is, who supplies an item, or what
 * making it needs.
 */
export type UnknownKind = "SHARE" | "ORIGIN" | "SUPPLY" | "RECIPE";

/** An unknown that decides a verdict. */
export interface DecidingUnknown {
  readonly kind: UnknownKind;
  readonly item: number;
  /** The offer in question, -1 where it is about the item or an extra offer. */
  readonly offer: number;
  /** The firm that offers, -1 where there is none. */
  readonly firm: number;
}

export interface Verdict {
  /** Of all targets together: NO if one is NO, YES if all are YES. */
  readonly value: VerdictValue;
  /** Of each target, in the order of `allowed.targets`. */
  readonly targets: readonly VerdictValue[];
  /** Unknowns without which no target would be UNKNOWN; ascending by item, offer and kind. */
  readonly unknowns: readonly DecidingUnknown[];
  /** The scenarios with all unknowns allowed and with all denied; their nodes and units are the same. */
  readonly allowed: Scenario;
  readonly denied: Scenario;
}

/** An unknown that decides a verdict, by ids. */
export interface NamedUnknown {
  readonly kind: UnknownKind;
  readonly item: string;
  /** The recorded offer in question; null where it is about the item or an extra offer. */
  readonly offer: string | null;
}

/** The verdict on exactly the targets of a scenario. */
export interface ScenarioVerdict {
  readonly value: VerdictValue;
  /** Of each target, in the scenario's order. */
  readonly targets: readonly VerdictValue[];
  /** Unknowns without which no target would be UNKNOWN; each once, ascending by item, offer and kind. */
  readonly unknowns: readonly NamedUnknown[];
}

/**
 * The three-valued verdict (ANALYSES.md 3) at the policy's `maxTier`. A share is an unknown only where the policy asks for
 * one (`minShare` > 0, or `unknownShare: DENY`, which asks for a recorded share of any size). Two scenarios and two removal
 * passes, O(N).
 */
export function verdict(
  network: Network,
  targetIds: readonly string[],
  policy: Policy,
  options: ScenarioOptions = {},
): Verdict {
  const allowed = buildScenario(network, targetIds, withUnknowns(policy, "ALLOW"), options);
  return judge({ allowed, best: availability(allowed), policy, options });
}

/**
 * The verdict on a scenario's own targets. Where its policy allows every unknown it is itself one of the two.
 *
 * @param reached Availability in the scenario.
 */
export function verdictOf(scenario: Scenario, reached: Availability): ScenarioVerdict {
  const { network } = scenario;
  const judged = judgeOf(scenario, reached);
  const unknowns = judged.unknowns.map(
    ({ kind, item, offer }): NamedUnknown => ({
      kind,
      item: network.items[item]!,
      offer: offer < 0 ? null : offerId(network, offer),
    }),
  );
  const known = new Map(unknowns.map((unknown) => [Object.values(unknown).join("\n"), unknown]));
  return { value: judged.value, targets: judged.targets, unknowns: [...known.values()] };
}

function judgeOf(scenario: Scenario, reached: Availability): Pick<Verdict, "value" | "targets" | "unknowns"> {
  const { policy } = scenario;
  const allowing = withUnknowns(policy, "ALLOW");
  const isAllowed =
    allowing.unknownShare === policy.unknownShare &&
    allowing.unknownSupply === policy.unknownSupply &&
    allowing.unknownOrigin === policy.unknownOrigin;
  const allowed = isAllowed ? scenario : underPolicy(scenario, allowing);
  const best = isAllowed ? reached : availability(allowed);
  // What fails with every unknown allowed does so with every one denied.
  if (allowed.targets.length > 0 && allowed.targets.every(({ node }) => !isAvailable(best, node, policy.maxTier)))
    return { value: "NO", targets: allowed.targets.map(() => "NO"), unknowns: [] };
  return judge({ allowed, best, policy, options: {} });
}

interface Question {
  readonly allowed: Scenario;
  /** Availability in `allowed`. */
  readonly best: Availability;
  /** As it was asked. */
  readonly policy: Policy;
  readonly options: ScenarioOptions;
}

/** Judges the targets of the scenario in which all unknowns are allowed against the one in which all are denied. */
function judge({ allowed, best, policy, options }: Question): Verdict {
  const denied = underPolicy(allowed, withUnknowns(policy, "DENY"), { ...options, recipesRequired: true });
  const worst = availability(denied);
  const targets = allowed.targets.map(({ node }): VerdictValue => {
    if (isAvailable(worst, node, policy.maxTier)) return "YES";
    return isAvailable(best, node, policy.maxTier) ? "UNKNOWN" : "NO";
  });
  const open = allowed.targets.filter((_, position) => targets[position] === "UNKNOWN").map((target) => target.node);
  return {
    value: targets.includes("NO") ? "NO" : targets.includes("UNKNOWN") ? "UNKNOWN" : "YES",
    targets,
    unknowns: decidingUnknowns({ allowed, denied, best, worst, options }, open),
    allowed,
    denied,
  };
}

function withUnknowns(policy: Policy, unknowns: Unknowns): Policy {
  return {
    ...policy,
    unknownShare: policy.minShare > 0 || policy.unknownShare === "DENY" ? unknowns : "ALLOW",
    unknownSupply: unknowns,
    unknownOrigin: unknowns,
  };
}

interface Worlds {
  readonly allowed: Scenario;
  readonly denied: Scenario;
  readonly best: Availability;
  readonly worst: Availability;
  readonly options: ScenarioOptions;
}

/**
 * Follows, from the open targets, the ways that stand when all is allowed, and notes why they are gone when it is not. A
 * purchase uses up one of the tiers that are looked at, so that a node may be asked for at several depths.
 */
function decidingUnknowns(worlds: Worlds, open: readonly number[]): readonly DecidingUnknown[] {
  const { allowed, best, worst } = worlds;
  const { ways, policy } = allowed;
  const reasons = new ReasonFinder(worlds);
  const unknowns: DecidingUnknown[] = [];
  const named = new Set<number>();
  // No failure is deeper than this: to look further is to look throughout.
  const deepest = best.tier.reduce((most, tier, node) => Math.max(most, tier, worst.tier[node]!), 0);
  const whole = policy.maxTier === null || policy.maxTier >= deepest;
  const seen = new Set<string>();
  const stack: { readonly node: number; readonly tiers: number | null }[] = [];
  const ask = (node: number, tiers: number | null): void => {
    const key = `${node}:${tiers}`;
    if (seen.has(key) || !isAvailable(best, node, tiers) || isAvailable(worst, node, tiers)) return;
    seen.add(key);
    stack.push({ node, tiers });
  };
  for (const node of open) ask(node, whole ? null : policy.maxTier);
  while (stack.length > 0) {
    const { node, tiers } = stack.pop()!;
    const kept = reasons.tagsLeft(node);
    for (let way = ways.nodeWays[node]!; way < ways.nodeWays[node + 1]!; way += 1) {
      const left = tiers === null ? null : tiers - ways.wayBought[way]!;
      if (!stands(worlds, way, left)) continue;
      if (!kept.has(ways.wayTags[way]!) && !named.has(way)) {
        named.add(way);
        unknowns.push(...reasons.of(way));
      }
      const to = ways.slotAlternatives[ways.waySlots[way + 1]!]!;
      for (let entry = ways.slotAlternatives[ways.waySlots[way]!]!; entry < to; entry += 1)
        ask(ways.alternatives[entry]!, left);
    }
  }
  return unknowns.sort(
    (left, right) => left.item - right.item || left.offer - right.offer || (left.kind < right.kind ? -1 : 1),
  );
}

/** Whether each slot of a way has an alternative that is available, as far as so many tiers say, when all is allowed. */
function stands({ allowed: { ways }, best }: Worlds, way: number, tiers: number | null): boolean {
  for (let slot = ways.waySlots[way]!; slot < ways.waySlots[way + 1]!; slot += 1) {
    let filled = false;
    for (let entry = ways.slotAlternatives[slot]!; entry < ways.slotAlternatives[slot + 1]!; entry += 1)
      filled ||= isAvailable(best, ways.alternatives[entry]!, tiers);
    if (!filled) return false;
  }
  return true;
}

class ReasonFinder {
  readonly #worlds: Worlds;
  readonly #recipes: Recipes;

  constructor(worlds: Worlds) {
    this.#worlds = worlds;
    const { network, policy } = worlds.allowed;
    this.#recipes = new Recipes(network, activeUnder(policy, worlds.options.today));
  }

  /** Tags of the ways that a node keeps when everything unknown is denied. */
  tagsLeft(node: number): ReadonlySet<string> {
    const { ways } = this.#worlds.denied;
    return new Set(ways.wayTags.slice(ways.nodeWays[node], ways.nodeWays[node + 1]));
  }

  /** Why a way of the allowed world, where its unit is let in, is gone in the denied one. */
  of(way: number): readonly DecidingUnknown[] {
    const { allowed, denied } = this.#worlds;
    const { units } = allowed;
    const unit = allowed.ways.wayUnit[way]!;
    const item = allowed.ways.nodeItem[allowed.ways.wayNode[way]!]!;
    const offer = unit === -1 ? -1 : units.unitOffer[unit]!;
    const firm = unit === -1 ? -1 : units.unitFirm[unit]!;
    const found: DecidingUnknown[] = [];
    if (allowed.ways.wayKind[way] === UNRECORDED) found.push({ kind: "SUPPLY", item, offer: -1, firm: -1 });
    else if (!this.#isRecipeKnown(item, firm)) found.push({ kind: "RECIPE", item, offer, firm });
    if (unit === -1) return found;
    // A target's own offer is exempt from shares and restrictions, not from removal.
    const bought = allowed.ways.wayBought[way] === 1;
    if (bought && denied.units.unitUsable[unit] === 0) found.push({ kind: "SHARE", item, offer, firm });
    if (denied.units.unitRemoved[unit] === 1 || (bought && isRestricted(denied, unit)))
      found.push({ kind: "ORIGIN", item, offer, firm });
    return found;
  }

  #isRecipeKnown(item: number, maker: number): boolean {
    return this.#worlds.allowed.network.itemElementary[item] === 1 || this.#recipes.emit(item, maker, () => undefined);
  }
}

function isRestricted({ units }: Scenario, unit: number): boolean {
  return UNIT_STATES[units.unitState[unit]!] === "RESTRICTED";
}
