import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability, isAvailable } from "../../../graph/analysis/availability.ts";
import { blockingReport } from "../../../graph/analysis/blocking-report.ts";
import { type BlockingGround, blockingSets } from "../../../graph/analysis/blocking-sets.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import type { Policy } from "../../../graph/analysis/policy.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { ENOUGH_CASES, RUNS, randomQuestion, shuffledRows, withFirms } from "../../support/random-network.ts";

const questions = randomQuestion({ items: 6, firms: 4 }).chain(({ rows, targets, policy }) =>
  fc.record({
    rows: fc.constant(rows),
    targets: withFirms(rows, targets),
    policy: fc.constantFrom(null, null, 1, 2).map((maxTier): Policy => ({ ...policy, maxTier })),
    ground: fc.constantFrom<BlockingGround>("JURISDICTION", "FIRM", "ITEM"),
    maxSize: fc.constantFrom(1, 2, 3),
  }),
);

describe("the report of blocking sets", () => {
  test("follows each set to a target that stops, by what availability says without it", () => {
    let followed = 0;
    fc.assert(
      fc.property(questions, ({ rows, targets, policy, ground, maxSize }) => {
        fc.pre(targets.length > 0);
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, targets, policy);
        const report = blockingReport(scenario, { ground, maxSize });
        const all = blockingSets(scenario, ground).sets;
        expect(report.sets.map(({ members }) => members)).toStrictEqual(all.filter(({ length }) => length <= maxSize));
        expect(report.complete).toBe(true);
        if (report.sets.length < all.length) expect(report.stoppedBy).toBe("SIZE");
        for (const { members, stoppedWeight, path } of report.sets) {
          const after = buildScenario(network, targets, { ...policy, removed: [...policy.removed, ...members] });
          const result = availability(after);
          const stopped = after.targets.filter(({ node }) => !isAvailable(result, node, policy.maxTier));
          expect(stoppedWeight).toBe(
            Math.min(
              1,
              stopped.reduce((sum, { weight }) => sum + weight, 0),
            ),
          );
          expect(stoppedWeight).toBeGreaterThan(0);
          expect(stopped.map(({ item }) => network.items[item])).toContain(path[0]);
          for (const item of path.slice(1))
            expect(isAvailable(result, network.itemIndex.get(item)!, policy.maxTier)).toBe(false);
          if (members.length > 0) followed += 1;
        }
      }),
      RUNS,
    );
    expect(followed).toBeGreaterThan(ENOUGH_CASES);
  });

  test("does not depend on the order of rows, and can be handed to another thread", () => {
    fc.assert(
      fc.property(
        questions.chain((asked) => fc.tuple(fc.constant(asked), shuffledRows(asked.rows))),
        ([{ rows, targets, policy, ground }, shuffled]) => {
          const [one, other] = [rows, shuffled].map((order) =>
            blockingReport(buildScenario(buildNetwork(order, 1), targets, policy), { ground }),
          );
          expect(other).toStrictEqual(one);
          expect(structuredClone(one)).toStrictEqual(one);
        },
      ),
      RUNS,
    );
  });
});
