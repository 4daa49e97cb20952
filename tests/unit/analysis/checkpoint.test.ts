import fc from "fast-check";
import { expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { Interrupted, interruptible } from "../../../graph/analysis/checkpoint.ts";
import { gaps } from "../../../graph/analysis/gaps.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import type { Scenario } from "../../../graph/analysis/scenario.ts";
import { substitution } from "../../../graph/analysis/substitution.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { denseNetwork } from "../../support/dense-network.ts";

const [rows] = fc.sample(denseNetwork(30), { seed: 20251123, numRuns: 1 });
const scenario = buildScenario(buildNetwork(rows!, 1), ["i0"], { ...DEFAULT_POLICY, restricted: [] });

/** With how many checkpoints at least it passes: gaps have one for each pass over the network. */
const LONG_WORK: readonly (readonly [string, number, (scenario: Scenario) => unknown])[] = [
  ["plans", 20, (asked) => substitution(asked, { k: 10 })],
  ["gaps", 4, gaps],
];

test.each(LONG_WORK)("work on %s can be ended at any of its checkpoints", (_, least, work) => {
  let passed = 0;
  const whole = interruptible(
    () => {
      passed += 1;
      return false;
    },
    () => work(scenario),
  );
  expect(passed).toBeGreaterThanOrEqual(least);
  for (const stopAt of [1, Math.ceil(passed / 2), passed]) {
    let left = stopAt;
    const run = () =>
      interruptible(
        () => --left === 0,
        () => work(scenario),
      );
    expect(run).toThrow(Interrupted);
    expect(left).toBe(0);
  }
  expect(work(scenario)).toStrictEqual(whole);
});
