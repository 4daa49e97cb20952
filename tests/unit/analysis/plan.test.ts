import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability, isAvailable } from "../../../graph/analysis/availability.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { bestPlan, type Plan } from "../../../graph/analysis/plan.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import type { Scenario } from "../../../graph/analysis/scenario.ts";
import { wayImmaturity, wayLeadTime } from "../../../graph/analysis/way-preference.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { denseNetwork } from "../../support/dense-network.ts";
import { goldenCases } from "../../support/golden.ts";
import { leastCostByEnumeration } from "../../support/plan-oracle.ts";
import { ENOUGH_CASES, RUNS, randomQuestion, shuffledRows } from "../../support/random-network.ts";

function chosenTags({ problem, choice }: Plan): readonly string[] {
  return choice.map((step) => problem.scenario.ways.wayTags[problem.wayOrigin[step.way]!]!).sort();
}

function loopItems({ problem, loops }: Plan): readonly (readonly string[])[] {
  const { network, ways } = problem.scenario;
  return loops.map((loop) => loop.map((node) => network.items[ways.nodeItem[problem.nodeOrigin[node]!]!]!));
}

/** Least time of every node by rounds of relaxation; Infinity where every plan has a loop. */
function shortestTimes(scenario: Scenario): readonly number[] {
  const { ways } = scenario;
  const times = new Array<number>(ways.nodes).fill(Number.POSITIVE_INFINITY);
  for (let round = 0; round <= ways.nodes; round += 1) {
    for (const [way, node] of ways.wayNode.entries()) {
      let longest = 0;
      for (let slot = ways.waySlots[way]!; slot < ways.waySlots[way + 1]!; slot += 1) {
        const inputs = ways.alternatives.subarray(ways.slotAlternatives[slot]!, ways.slotAlternatives[slot + 1]!);
        longest = Math.max(longest, Math.min(...Array.from(inputs, (input) => times[input]!)));
      }
      times[node] = Math.min(times[node]!, longest + wayLeadTime(scenario, way));
    }
  }
  return times;
}

function criticalPath({ problem, choice }: Plan): number {
  const stepOf = new Map(choice.map((step) => [step.node, step]));
  const timeOf = (node: number): number => {
    const step = stepOf.get(node)!;
    const inputs = step.alternatives.map((entry) => timeOf(problem.alternatives[entry]!));
    return Math.max(0, ...inputs) + wayLeadTime(problem.scenario, problem.wayOrigin[step.way]!);
  };
  return Math.max(...problem.targets.map(timeOf));
}

describe("the cheapest plan", () => {
  test.each(goldenCases("plan"))("$title", ({ network, query, policy, expected }) => {
    const plan = bestPlan(buildScenario(network, query.targets ?? [], policy))!;
    expect({
      cost: plan.cost,
      chosen: chosenTags(plan),
      lowerBound: plan.forcedCost,
      treeCost: plan.treeCost,
      treePlanDistinctCost: plan.treePlanCost,
      loops: loopItems(plan),
    }).toStrictEqual(expected);
    expect(plan.optimality).toBe("EXACT");
    expect(plan.founded).toBe(plan.loops.length === 0);
  });

  const question = fc.tuple(randomQuestion(), fc.constantFrom(null, null, 1, 2));

  test("costs what trying every closed set of nodes finds, and exists iff all targets are available", () => {
    fc.assert(
      fc.property(question, ([{ rows, targets, policy }, maxTier]) => {
        fc.pre(targets.length > 0);
        const scenario = buildScenario(buildNetwork(rows, 1), targets, { ...policy, maxTier });
        const plan = bestPlan(scenario);
        const reached = availability(scenario);
        expect(plan !== null).toBe(scenario.targets.every(({ node }) => isAvailable(reached, node, maxTier)));
        expect(plan?.cost ?? null).toBe(leastCostByEnumeration(scenario));
        if (plan === null) return;
        expect(plan.optimality).toBe("EXACT");
        expect(plan.forcedCost).toBeLessThanOrEqual(plan.cost);
      }),
      RUNS,
    );
  });

  test("is found where the plan of least tree cost is dearer, with and without a limit of tiers", () => {
    let searched = 0;
    const dense = fc.tuple(denseNetwork(8), fc.constantFrom(null, null, 2));
    fc.assert(
      fc.property(dense, ([rows, maxTier]) => {
        fc.pre(maxTier === null || rows.offers.length < 16);
        const policy = { ...DEFAULT_POLICY, restricted: [], maxTier };
        const scenario = buildScenario(buildNetwork(rows, 1), ["i0"], policy);
        const plan = bestPlan(scenario)!;
        expect([plan.cost, plan.optimality]).toStrictEqual([leastCostByEnumeration(scenario), "EXACT"]);
        const quick = bestPlan(scenario, { effort: 0 })!;
        expect(quick.cost).toBeGreaterThanOrEqual(plan.cost);
        expect(quick.lowerBound).toBeLessThanOrEqual(plan.cost);
        if (quick.cost > plan.cost) searched += 1;
      }),
      RUNS,
    );
    expect(searched).toBeGreaterThan(ENOUGH_CASES);
  });

  test("gives an upper bound and a lower bound that hold when the search may not look at anything", () => {
    fc.assert(
      fc.property(randomQuestion({ items: 8 }), ({ rows, targets, policy }) => {
        fc.pre(targets.length > 0);
        const scenario = buildScenario(buildNetwork(rows, 1), targets, policy);
        const plan = bestPlan(scenario, { effort: 0 });
        const least = leastCostByEnumeration(scenario);
        if (plan === null || least === null) {
          expect([plan, least]).toStrictEqual([null, null]);
          return;
        }
        expect(plan.cost).toBeGreaterThanOrEqual(least);
        expect(plan.lowerBound).toBeLessThanOrEqual(least);
        if (plan.optimality === "EXACT") expect(plan.cost).toBe(least);
      }),
      RUNS,
    );
  });

  test("is the same for any order of rows", () => {
    const shuffled = randomQuestion().chain((asked) =>
      fc.record({ asked: fc.constant(asked), other: shuffledRows(asked.rows) }),
    );
    fc.assert(
      fc.property(shuffled, ({ asked, other }) => {
        const [plan, same] = [asked.rows, other].map((rows) =>
          bestPlan(buildScenario(buildNetwork(rows, 1), asked.targets, asked.policy)),
        );
        expect(same?.choice).toStrictEqual(plan?.choice);
      }),
      RUNS,
    );
  });
});

describe("the quickest plan", () => {
  test("has the shortest critical path where it says so: fewest unknown lead times, then fewest days", () => {
    let compared = 0;
    fc.assert(
      fc.property(denseNetwork(7), (rows) => {
        const scenario = buildScenario(buildNetwork(rows, 1), ["i0"], { ...DEFAULT_POLICY, restricted: [] });
        const plan = bestPlan(scenario, { objective: "LEAD_TIME" })!;
        const least = shortestTimes(scenario)[scenario.targets[0]!.node]!;
        expect(plan.optimality).toBe(Number.isFinite(least) ? "EXACT" : "UPPER_BOUND");
        if (!Number.isFinite(least)) return;
        compared += 1;
        expect(plan.founded).toBe(true);
        expect(criticalPath(plan)).toBe(least);
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(ENOUGH_CASES);
  });
});

describe("the most mature plan", () => {
  test("has the least mature source as mature as can be, then the least cost", () => {
    fc.assert(
      fc.property(randomQuestion(), ({ rows, targets, policy }) => {
        fc.pre(targets.length > 0);
        const scenario = buildScenario(buildNetwork(rows, 1), targets, policy);
        const plan = bestPlan(scenario, { objective: "READINESS" });
        const costs = [0, 1, 2, 3, 4].map((worst) =>
          leastCostByEnumeration(scenario, (way) => wayImmaturity(scenario, way) <= worst),
        );
        expect(plan?.cost ?? null).toBe(costs.find((cost) => cost !== null) ?? null);
      }),
      RUNS,
    );
  });
});
