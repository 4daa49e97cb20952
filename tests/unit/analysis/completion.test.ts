import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability } from "../../../graph/analysis/availability.ts";
import { blockingItems } from "../../../graph/analysis/blocking-items.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { completion } from "../../../graph/analysis/completion.ts";
import { developable } from "../../../graph/analysis/development.ts";
import type { Policy } from "../../../graph/analysis/policy.ts";
import type { Scenario } from "../../../graph/analysis/scenario.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { goldenCases } from "../../support/golden.ts";
import { subsetsBySize } from "../../support/plan-oracle.ts";
import { ENOUGH_CASES, RUNS, randomQuestion } from "../../support/random-network.ts";

describe("completion", () => {
  test.each(goldenCases("completion"))("$title", ({ network, query, policy, expected }) => {
    const { exact, ...found } = completion(buildScenario(network, query.targets ?? [], policy))!;
    expect(found).toStrictEqual(expected);
    expect(exact).toBe(true);
  });
});

describe("blocking items", () => {
  test.each(goldenCases("blockingItems"))("$title", ({ network, query, policy, expected }) => {
    const found = blockingItems(buildScenario(network, query.targets ?? [], policy));
    expect(found).toStrictEqual({ sets: expected, stoppedBy: null });
  });
});

/** Whether all targets are available once these items have one new offer each, read off a scenario that offers them. */
function isEnough(scenario: Scenario, targets: readonly string[], items: readonly number[]): boolean {
  const { network, policy } = scenario;
  const offers = items.map((item) => ({ item: network.items[item]!, firm: null, cost: 1 }));
  const supplied = buildScenario(network, targets, { ...policy, extraOffers: [...policy.extraOffers, ...offers] });
  const { tier } = availability(supplied);
  return supplied.targets.every(({ node }) => tier[node] === 0);
}

/** Policies under which more is blocked. */
const blocked = randomQuestion().map((asked) => ({
  ...asked,
  policy: { ...asked.policy, unknownSupply: "DENY", removed: [] } satisfies Policy,
}));

describe("completion and blocking items on random networks", () => {
  test("are what trying every set of developable items finds, and each other's dual", () => {
    let compared = 0;
    fc.assert(
      fc.property(blocked, ({ rows, targets, policy }) => {
        fc.pre(targets.length > 0);
        const scenario = buildScenario(buildNetwork(rows, 1), targets, policy);
        const found = completion(scenario);
        const blocking = blockingItems(scenario, { maxSize: 9, maxCalls: 5000 });
        if (isEnough(scenario, targets, [])) {
          expect([found, blocking]).toStrictEqual([null, null]);
          return;
        }
        const costs = developable(scenario);
        const ids = (items: readonly number[]) => items.map((item) => scenario.network.items[item]!);
        const cost = (items: readonly number[]) => items.reduce((sum, item) => sum + costs.get(item)!, 0);
        const subsets = subsetsBySize([...costs.keys()].sort((a, b) => a - b));

        const enough = subsets.filter((items) => isEnough(scenario, targets, items));
        const best = enough
          .filter((items) => items.length === enough[0]!.length)
          .reduce<readonly number[] | null>(
            (least, items) => (least === null || cost(items) < cost(least) ? items : least),
            null,
          );
        expect(found).toStrictEqual(
          best === null ? null : { items: ids(best), count: best.length, cost: cost(best), exact: true },
        );

        const blocks = subsets.filter(
          (items) =>
            !isEnough(
              scenario,
              targets,
              [...costs.keys()].filter((item) => !items.includes(item)),
            ),
        );
        const minimal = blocks.filter(
          (items) =>
            !blocks.some((other) => other.length < items.length && other.every((item) => items.includes(item))),
        );
        expect(blocking).toStrictEqual({ sets: minimal.map(ids), stoppedBy: null });
        for (const items of enough) {
          for (const set of minimal) expect(set.some((item) => items.includes(item))).toBe(true);
        }
        if (best !== null) compared += 1;
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(ENOUGH_CASES);
  });

  test("say when a limit stopped them", () => {
    const [golden] = goldenCases("blockingItems");
    const scenario = buildScenario(golden!.network, golden!.query.targets ?? [], golden!.policy);
    expect(blockingItems(scenario, { maxSize: 1, maxCalls: 100 })).toStrictEqual({ sets: [], stoppedBy: "SIZE" });
    expect(blockingItems(scenario, { maxSize: 3, maxCalls: 2 })).toStrictEqual({ sets: [], stoppedBy: "CALLS" });
  });
});
