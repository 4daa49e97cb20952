import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability } from "../../../graph/analysis/availability.ts";
import { type BlockingGround, blockingSets } from "../../../graph/analysis/blocking-sets.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import type { Policy } from "../../../graph/analysis/policy.ts";
import type { Scenario } from "../../../graph/analysis/scenario.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { goldenCases } from "../../support/golden.ts";
import { subsetsBySize } from "../../support/plan-oracle.ts";
import { ENOUGH_CASES, RUNS, randomQuestion } from "../../support/random-network.ts";

function grounds({ network, ways, targets }: Scenario): Readonly<Record<BlockingGround, readonly string[]>> {
  const items = network.items.filter((_, item) => {
    const own = Array.from(ways.wayNode.keys()).filter((way) => ways.wayNode[way] === item);
    return own.some((way) => ways.wayBought[way] === 1) && !targets.some((target) => target.node === item);
  });
  return { JURISDICTION: network.jurisdictions, FIRM: network.firms, ITEM: items };
}

describe("blocking sets", () => {
  test.each(goldenCases("blockingSets"))("$title", ({ network, query, policy, expected }) => {
    const scenario = buildScenario(network, query.targets ?? [], policy);
    expect(blockingSets(scenario, query.ground!)).toStrictEqual({ sets: expected, stoppedBy: null });
  });

  test("are the minimal ones among all sets of at most three whose removal by the policy blocks a target", () => {
    const question = fc.tuple(
      randomQuestion({ items: 6, firms: 4 }),
      fc.constantFrom<BlockingGround>("JURISDICTION", "FIRM", "ITEM"),
    );
    let compared = 0;
    fc.assert(
      fc.property(question, ([{ rows, targets, policy }, ground]) => {
        fc.pre(targets.length > 0);
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, targets, policy);
        const blocks = subsetsBySize(grounds(scenario)[ground]).filter((removed) => {
          if (removed.length > 3) return false;
          const without: Policy = { ...policy, removed: [...policy.removed, ...removed] };
          const reached = buildScenario(network, targets, without);
          // What is taken as a hole in the data must stay the same, or the removal changes more than it takes away.
          fc.pre(reached.unrecordedSources.join() === scenario.unrecordedSources.join());
          const { tier } = availability(reached);
          return reached.targets.some(({ node }) => tier[node] !== 0);
        });
        const minimal = blocks.filter(
          (set) => !blocks.some((other) => other.length < set.length && other.every((member) => set.includes(member))),
        );
        expect(blockingSets(scenario, ground).sets).toStrictEqual(minimal);
        if (minimal.some((set) => set.length > 0)) compared += 1;
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(ENOUGH_CASES);
  });
});
