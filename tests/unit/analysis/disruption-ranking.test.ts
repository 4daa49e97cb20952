import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability, isAvailable } from "../../../graph/analysis/availability.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { disruption } from "../../../graph/analysis/disruption.ts";
import { disruptionRanking } from "../../../graph/analysis/disruption-ranking.ts";
import type { Policy } from "../../../graph/analysis/policy.ts";
import type { Scenario } from "../../../graph/analysis/scenario.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import type { NetworkRows } from "../../../graph/projection/rows.ts";
import { ENOUGH_CASES, RUNS, randomQuestion, shuffledRows, withFirms } from "../../support/random-network.ts";

const questions = randomQuestion().chain(({ rows, targets, policy }) =>
  fc.record({
    rows: fc.constant(rows),
    targets: withFirms(rows, targets),
    policy: fc.constantFrom(null, null, 1, 2).map((maxTier): Policy => ({ ...policy, maxTier })),
  }),
);

/** Adds a few of all that may fail: to run the network again for each of them all takes minutes. */
function withSome<Question extends { readonly rows: NetworkRows }>(question: Question) {
  const { items, firms, jurisdictions } = question.rows;
  const ids = [...items.map(({ id }) => id), ...firms.map(({ id }) => id), ...jurisdictions.map(({ code }) => code)];
  return fc.shuffledSubarray(ids, { maxLength: Math.min(5, ids.length) }).map((some) => ({ ...question, some }));
}

/** Weight of the targets that stop, by compiling the network anew without the one. */
function stoppedByRunningAgain(scenario: Scenario, targets: readonly string[], id: string): number {
  const { network, policy } = scenario;
  const after = buildScenario(network, targets, { ...policy, removed: [...policy.removed, id] });
  const [ran, runs] = [availability(scenario), availability(after)];
  const stopped = scenario.targets.filter(
    ({ node }) => isAvailable(ran, node, policy.maxTier) && !isAvailable(runs, node, policy.maxTier),
  );
  return Math.min(
    1,
    stopped.reduce((sum, { weight }) => sum + weight, 0),
  );
}

describe("the ranking of single failures", () => {
  test("says of each what removing it from the network anew does, in order, and leaves out only what does nothing", () => {
    let stopping = 0;
    fc.assert(
      fc.property(questions.chain(withSome), ({ rows, targets, policy, some }) => {
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, targets, policy);
        const { failures, totalCount } = disruptionRanking(scenario);
        expect(failures.length).toBe(totalCount);
        const found = new Map(failures.map((failure) => [failure.id, failure]));
        expect(found.size).toBe(failures.length);
        for (const id of some) {
          const stopped = stoppedByRunningAgain(scenario, targets, id);
          const answer = disruption(scenario, [id]);
          const failure = found.get(id);
          expect(answer.stoppedWeight).toBe(stopped);
          if (failure === undefined) {
            expect(stopped).toBe(0);
            expect(answer.gradedLoss.low).toBeCloseTo(disruption(scenario, []).gradedLoss.low, 12);
            continue;
          }
          expect(failure.stoppedWeight).toBe(stopped);
          expect(failure.stops).toBe(answer.stops.length);
          expect(failure.gradedLoss).toStrictEqual(answer.gradedLoss);
          expect(failure.outputLeft).toStrictEqual(answer.outputLeft);
          expect(failure.path).toStrictEqual(stopped > 0 ? answer.stopPath : answer.lossWitness.items);
          if (stopped > 0) stopping += 1;
        }
        for (const [position, failure] of failures.entries()) {
          const next = failures[position + 1];
          if (next === undefined) continue;
          const middle = ({ gradedLoss }: typeof failure) => Math.round(1e9 * (gradedLoss.low + gradedLoss.high));
          const weights = Math.round(1e9 * failure.stoppedWeight) - Math.round(1e9 * next.stoppedWeight);
          const order = weights || middle(failure) - middle(next) || (failure.id < next.id ? 1 : -1);
          expect(order).toBeGreaterThan(0);
        }
        expect(disruptionRanking(scenario, { first: 2 }).failures).toStrictEqual(failures.slice(0, 2));
        const firms = failures.filter(({ kind }) => kind === "FIRM");
        expect(disruptionRanking(scenario, { kinds: ["FIRM"] }).failures).toStrictEqual(firms);
      }),
      RUNS,
    );
    expect(stopping).toBeGreaterThan(ENOUGH_CASES);
  });

  test("does not depend on the order of rows, and can be handed to another thread", () => {
    fc.assert(
      fc.property(
        questions.chain((asked) => fc.tuple(fc.constant(asked), shuffledRows(asked.rows))),
        ([{ rows, targets, policy }, shuffled]) => {
          const [one, other] = [rows, shuffled].map((order) =>
            disruptionRanking(buildScenario(buildNetwork(order, 1), targets, policy)),
          );
          expect(other).toStrictEqual(one);
          expect(structuredClone(one)).toStrictEqual(one);
        },
      ),
      RUNS,
    );
  });
});
