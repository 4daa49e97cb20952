import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { bestPlans } from "../../../graph/analysis/k-best.ts";
import { bestPlan, type Plan } from "../../../graph/analysis/plan.ts";
import { planProblem } from "../../../graph/analysis/plan-problem.ts";
import { choiceSignature, treePlans } from "../../../graph/analysis/tree-plans.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { goldenCases } from "../../support/golden.ts";
import { foundedPlansByEnumeration } from "../../support/plan-oracle.ts";
import { ENOUGH_CASES, RUNS, randomQuestion } from "../../support/random-network.ts";

function firmsOf({ problem, choice }: Plan): string {
  const { units, ways } = problem.scenario;
  const firms = choice.flatMap((step) => {
    const unit = ways.wayUnit[problem.wayOrigin[step.way]!] ?? -1;
    return unit === -1 ? [] : [units.unitFirm[unit]!];
  });
  return [...new Set(firms)].sort().join();
}

describe("plans by tree cost", () => {
  test.each(goldenCases("kbest"))("$title", ({ network, query, policy, expected }) => {
    const problem = planProblem(buildScenario(network, query.targets ?? [], policy));
    const drawn = [...treePlans(problem)];
    const first = drawn.slice(0, query.k);
    const tags = problem.scenario.ways.wayTags;
    expect({
      costs: first.map((plan) => plan.value),
      plans: first.map(({ choice }) => choice.map((step) => tags[problem.wayOrigin[step.way]!]!).sort()),
      total: drawn.length,
    }).toStrictEqual(expected);
  });

  test("are all plans without loops, in order of tree cost, each once", () => {
    let compared = 0;
    fc.assert(
      fc.property(randomQuestion({ items: 6 }), ({ rows, targets, policy }) => {
        fc.pre(targets.length > 0);
        const scenario = buildScenario(buildNetwork(rows, 1), targets, policy);
        const expected = foundedPlansByEnumeration(scenario, 400);
        fc.pre(expected !== null);
        const problem = planProblem(scenario);
        const drawn: { treeCost: number; signature: string }[] = [];
        for (const { choice, value, founded } of treePlans(problem)) {
          if (!founded) break;
          drawn.push({ treeCost: value, signature: choiceSignature(problem, choice) });
        }
        expect(drawn.map((plan) => plan.treeCost)).toStrictEqual(
          expected.map((plan) => plan.treeCost).sort((a, b) => a - b),
        );
        expect(drawn.map((plan) => plan.signature).sort()).toStrictEqual(expected.map((plan) => plan.signature).sort());
        if (drawn.length > 1) compared += 1;
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(ENOUGH_CASES);
  });
});

describe("k best plans", () => {
  test("rank what was drawn by distinct cost: the dearest tree of golden case 09 is the cheapest plan", () => {
    const [golden] = goldenCases("kbest");
    const scenario = buildScenario(golden!.network, golden!.query.targets ?? [], golden!.policy);
    expect(bestPlans(scenario, { k: 4 }).map((plan) => plan.cost)).toStrictEqual([5, 8, 9, 9]);
    expect(bestPlans(scenario, { k: 4, distinctBy: "FIRM" }).map((plan) => plan.cost)).toStrictEqual([5, 8]);
  });

  test("begin with the best one, differ as asked, and never get cheaper", () => {
    const question = fc.tuple(randomQuestion({ items: 6 }), fc.constantFrom("OFFER" as const, "FIRM" as const));
    fc.assert(
      fc.property(question, ([{ rows, targets, policy }, distinctBy]) => {
        fc.pre(targets.length > 0);
        const scenario = buildScenario(buildNetwork(rows, 1), targets, policy);
        const plans = bestPlans(scenario, { k: 4, distinctBy });
        const costs = plans.map((plan) => plan.cost);
        expect(costs).toStrictEqual([...costs].sort((a, b) => a - b));
        expect(plans[0]?.choice).toStrictEqual(bestPlan(scenario)?.choice);
        const keys = plans.map((plan) =>
          distinctBy === "FIRM" ? firmsOf(plan) : choiceSignature(plan.problem, plan.choice),
        );
        expect(new Set(keys).size).toBe(keys.length);
      }),
      RUNS,
    );
  });
});
