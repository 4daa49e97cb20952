import { activeUnder } from "./active.ts";
import { knuthPlan } from "./knuth-plan.ts";
import { limitsFor, type MinimalSetLimits, type MinimalSets, minimalSets } from "./minimal-sets.ts";
import { holdingsUnder } from "./ownership.ts";
import { liveParts } from "./plan-live.ts";
import { type PlanProblem, planProblem } from "./plan-problem.ts";
import type { Scenario } from "./scenario.ts";
import { supplyUnits } from "./units.ts";

/** Of what a blocking set is made: jurisdictions, firms, or items that are bought from someone. */
export type BlockingGround = "JURISDICTION" | "FIRM" | "ITEM";

export interface BlockingSets {
  /** Codes, or ids of firms or items; smallest sets first. `[[]]` = no plan as it is. */
  readonly sets: readonly (readonly string[])[];
  readonly stoppedBy: MinimalSets["stoppedBy"];
}

const MOST: MinimalSetLimits = { maxSize: 3, maxCalls: 20_000 };

/**
 * All minimal sets of at most three jurisdictions, firms or bought items whose removal leaves a target without a plan
 * (ANALYSES.md 11). A jurisdiction takes with it every unit in it, by owners as well where the policy counts them.
 */
export function blockingSets(scenario: Scenario, ground: BlockingGround, limits?: MinimalSetLimits): BlockingSets {
  const problem = planProblem(scenario);
  const { members, names } = GROUNDS[ground](scenario, problem);
  const alternative = new Uint8Array(problem.alternatives.length);
  const found = minimalSets(
    (removed) => {
      const gone = new Set(removed);
      const way = Uint8Array.from(members, (own) => (own.some((member) => gone.has(member)) ? 1 : 0));
      const live = liveParts(problem, { way, alternative });
      if (live === null) return null;
      const choice = knuthPlan(problem, live).choice;
      return [...new Set(choice.flatMap((step) => members[step.way]!))].sort((a, b) => a - b);
    },
    limits ?? limitsFor(problem.wayNode.length + problem.alternatives.length, MOST),
  );
  return { sets: found.sets.map((set) => set.map((member) => names[member]!)), stoppedBy: found.stoppedBy };
}

/** For each way of the problem the members of the ground whose removal takes it away. */
interface Ground {
  readonly members: readonly (readonly number[])[];
  readonly names: readonly string[];
}

const GROUNDS = {
  FIRM: (scenario, problem) => ({
    names: scenario.network.firms,
    members: ofUnits(scenario, problem, (unit) => {
      const firm = scenario.units.unitFirm[unit]!;
      return firm < 0 ? [] : [firm];
    }),
  }),
  JURISDICTION: (scenario, problem) => {
    const membership = jurisdictionsOfUnits(scenario);
    return {
      names: scenario.network.jurisdictions,
      members: ofUnits(scenario, problem, (unit) => membership[unit]!),
    };
  },
  ITEM: (scenario, problem) => {
    const bought = boughtItems(scenario);
    return {
      names: scenario.network.items,
      members: Array.from(problem.wayNode, (node) => {
        const origin = problem.nodeOrigin[node]!;
        return bought.has(origin) ? [origin] : [];
      }),
    };
  },
} satisfies Record<BlockingGround, (scenario: Scenario, problem: PlanProblem) => Ground>;

function ofUnits(
  { ways }: Scenario,
  problem: PlanProblem,
  membersOf: (unit: number) => readonly number[],
): readonly (readonly number[])[] {
  return Array.from(problem.wayOrigin, (origin) => {
    const unit = ways.wayUnit[origin] ?? -1;
    return unit < 0 ? [] : membersOf(unit);
  });
}

/** Jurisdictions whose removal takes each unit away. */
function jurisdictionsOfUnits({ network, policy, units }: Scenario): readonly (readonly number[])[] {
  const isActive = activeUnder(policy);
  const holdings = holdingsUnder(network, policy, isActive);
  const membership: number[][] = Array.from(units.unitItem, () => []);
  for (const jurisdiction of network.jurisdictions.keys()) {
    const removed = {
      firms: new Set<number>(),
      items: new Set<number>(),
      offers: new Set<number>(),
      jurisdictions: new Set([jurisdiction]),
    };
    for (const [unit, gone] of supplyUnits(holdings, removed, isActive).unitRemoved.entries()) {
      if (gone === 1) membership[unit]!.push(jurisdiction);
    }
  }
  return membership;
}

/** Items, but for the targets, that some way buys. */
function boughtItems({ network, targets, ways }: Scenario): ReadonlySet<number> {
  const isTarget = new Set(targets.map((target) => target.node));
  const bought = new Set<number>();
  for (const [way, node] of ways.wayNode.entries()) {
    if (ways.wayBought[way] === 1 && node < network.items.length && !isTarget.has(node)) bought.add(node);
  }
  return bought;
}
