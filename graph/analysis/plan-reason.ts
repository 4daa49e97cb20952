import { type PassedOver, type PassedOverReason, passOver } from "./passed-over.ts";
import type { PlanObjective } from "./plan.ts";
import type { ChosenStep } from "./plan-choice.ts";
import type { Live } from "./plan-live.ts";
import { JOINED, type PlanProblem } from "./plan-problem.ts";
import { UNIT_STATES } from "./scenario.ts";
import { DEVELOPED } from "./usable-ways.ts";
import { comparePreference, type WayPreference, wayLeadTime, wayPreference } from "./way-preference.ts";

/**
 * Why a step takes its source rather than another admissible one. CHEAPER_UPSTREAM: another is cheaper or preferred, but
 * not with what it needs. ALTERNATIVE: so that the plan differs from the best one.
 */
export type PlanReason =
  | "ONLY_WAY"
  | "CHEAPEST"
  | "CHEAPER_UPSTREAM"
  | "SHORTER_LEAD_TIME"
  | "PREFERRED_REGION"
  | "HIGHER_READINESS"
  | "LARGER_SHARE"
  | "TIE_BY_ID"
  | "ALTERNATIVE";

/** Why this way, among those of its item that the plan could have taken. */
export function planReason(problem: PlanProblem, live: Live, chosen: ChosenStep, objective: PlanObjective): PlanReason {
  const { scenario } = problem;
  const origin = problem.wayOrigin[chosen.way]!;
  const rivals = rivalsOf(problem, live, chosen);
  if (origin === DEVELOPED) return "ONLY_WAY";
  if (rivals.length === 0) {
    const node = problem.nodeOrigin[chosen.node]!;
    const considered = problem.nodeWays[chosen.node + 1]! - problem.nodeWays[chosen.node]!;
    const recorded = scenario.ways.nodeWays[node + 1]! - scenario.ways.nodeWays[node]!;
    return objective === "READINESS" && considered < recorded ? "HIGHER_READINESS" : "ONLY_WAY";
  }
  const measure = (way: number): number =>
    objective === "LEAD_TIME" ? wayLeadTime(scenario, problem.wayOrigin[way]!) : problem.wayCost[way]!;
  const own = measure(chosen.way);
  const costs = rivals.map(measure);
  if (costs.every((cost) => cost > own)) return objective === "LEAD_TIME" ? "SHORTER_LEAD_TIME" : "CHEAPEST";
  if (costs.some((cost) => cost < own)) return "CHEAPER_UPSTREAM";
  const preference = wayPreference(scenario);
  const best = rivals
    .filter((rival) => measure(rival) === own)
    .map((rival) => preference(problem.wayOrigin[rival]!))
    .reduce((least, other) => (comparePreference(other, least) < 0 ? other : least));
  return preferenceReason(preference(origin), best);
}

function preferenceReason(own: WayPreference, rival: WayPreference): PlanReason {
  if (comparePreference(own, rival) > 0) return "CHEAPER_UPSTREAM";
  if (own.region < rival.region) return "PREFERRED_REGION";
  if (own.immaturity < rival.immaturity) return "HIGHER_READINESS";
  if (own.smallness < rival.smallness) return "LARGER_SHARE";
  return "TIE_BY_ID";
}

function rivalsOf(problem: PlanProblem, live: Live, chosen: ChosenStep): readonly number[] {
  const rivals: number[] = [];
  for (let way = problem.nodeWays[chosen.node]!; way < problem.nodeWays[chosen.node + 1]!; way += 1) {
    const origin = problem.wayOrigin[way]!;
    if (way !== chosen.way && live.way[way] === 1 && origin !== JOINED && origin !== DEVELOPED) rivals.push(way);
  }
  return rivals;
}

/** The other offers of the step's item, by id; none for a target's own offer, which no other can stand for. */
export function passedOver(problem: PlanProblem, live: Live, chosen: ChosenStep): readonly PassedOver[] {
  const { network, units, ways } = problem.scenario;
  const node = problem.nodeOrigin[chosen.node]!;
  if (node >= network.items.length) return [];
  const taken = ways.wayUnit[problem.wayOrigin[chosen.way]!] ?? -1;
  const reasons = new Map<number, PassedOverReason>();
  for (let way = ways.nodeWays[node]!; way < ways.nodeWays[node + 1]!; way += 1) {
    reasons.set(ways.wayUnit[way]!, "NOT_PREFERRED");
  }
  for (let way = problem.nodeWays[chosen.node]!; way < problem.nodeWays[chosen.node + 1]!; way += 1) {
    const origin = problem.wayOrigin[way]!;
    if (origin < 0) continue;
    const isDearer = problem.wayCost[way]! > problem.wayCost[chosen.way]!;
    const why = live.way[way] === 0 ? "UPSTREAM_BLOCKED" : isDearer ? "DEARER" : "NOT_PREFERRED";
    reasons.set(ways.wayUnit[origin]!, why);
  }
  const passed: PassedOver[] = [];
  for (let unit = units.itemUnits[node]!; unit < units.itemUnits[node + 1]!; unit += 1) {
    const offer = units.unitOffer[unit]!;
    if (offer < 0 || unit === taken) continue;
    const state = UNIT_STATES[units.unitState[unit]!]!;
    const why = reasons.get(unit) ?? (state === "ADMISSIBLE" ? undefined : state);
    if (why !== undefined) passed.push(passOver(problem.scenario, offer, why));
  }
  return passed;
}
