import { availability, isAvailable } from "./availability.ts";
import { developable, developedItems, developmentProblem } from "./development.ts";
import { knuthPlan } from "./knuth-plan.ts";
import { limitsFor, type MinimalSetLimits, type MinimalSets, minimalSets } from "./minimal-sets.ts";
import { tidyChoice } from "./plan-choice.ts";
import { type Bans, liveParts } from "./plan-live.ts";
import type { Scenario } from "./scenario.ts";
import { DEVELOPED } from "./usable-ways.ts";

export interface BlockingItems {
  /** Sets of item ids, smallest first; a completion must hold one item of each. `[[]]` = no development would do. */
  readonly sets: readonly (readonly string[])[];
  readonly stoppedBy: MinimalSets["stoppedBy"];
}

const MOST: MinimalSetLimits = { maxSize: 4, maxCalls: 2000 };

/**
 * Minimal sets of blocked items such that leaving one set undeveloped blocks the targets whatever else is developed: the
 * dual of completion (ANALYSES.md 11). Null where the targets are available already.
 */
export function blockingItems(scenario: Scenario, limits?: MinimalSetLimits): BlockingItems | null {
  const reached = availability(scenario);
  if (scenario.targets.every(({ node }) => isAvailable(reached, node, scenario.policy.maxTier))) return null;
  const problem = developmentProblem(scenario, reached, developable(scenario, reached));
  const alternative = new Uint8Array(problem.alternatives.length);
  const found = minimalSets(
    (undeveloped) => {
      const left = new Set(undeveloped);
      const way = Uint8Array.from(problem.wayOrigin, (origin, index) =>
        origin === DEVELOPED && left.has(problem.nodeOrigin[problem.wayNode[index]!]!) ? 1 : 0,
      );
      const bans: Bans = { way, alternative };
      const live = liveParts(problem, bans);
      return live === null ? null : developedItems(problem, tidyChoice(problem, knuthPlan(problem, live).choice));
    },
    limits ?? limitsFor(problem.wayNode.length + problem.alternatives.length, MOST),
  );
  const { items } = scenario.network;
  return { sets: found.sets.map((set) => set.map((item) => items[item]!)), stoppedBy: found.stoppedBy };
}
