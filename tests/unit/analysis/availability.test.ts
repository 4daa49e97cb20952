import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability, freeToTier, isAvailable } from "../../../graph/analysis/availability.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { closure, pathTo } from "../../../graph/analysis/closure.ts";
import { dependants, roots, rootsOf } from "../../../graph/analysis/roots.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { availableByEnumeration, plainWays, range, tiersByDefinition } from "../../support/oracle.ts";
import { RUNS, randomQuestion, shuffledRows } from "../../support/random-network.ts";

const scenarios = randomQuestion().map((question) => ({
  question,
  scenario: buildScenario(buildNetwork(question.rows, 1), question.targets, question.policy),
}));

describe("availability", () => {
  test("is the union of all closed sets", () => {
    fc.assert(
      fc.property(scenarios, ({ scenario }) => {
        const { tier } = availability(scenario);
        const available = range(0, tier.length).filter((node) => tier[node] === 0);
        const expected = availableByEnumeration(scenario.ways.nodes, plainWays(scenario));
        expect(available).toStrictEqual([...expected].sort((left, right) => left - right));
      }),
      RUNS,
    );
  });

  test("gives each failure the tier of its definition", () => {
    fc.assert(
      fc.property(scenarios, ({ scenario }) => {
        const result = availability(scenario);
        const expected = tiersByDefinition(scenario.ways.nodes, plainWays(scenario));
        expect([...result.tier]).toStrictEqual(expected);
        for (const node of range(0, expected.length)) {
          expect(freeToTier(result, node)).toBe(expected[node] === 0 ? null : expected[node]! - 1);
          expect(isAvailable(result, node, 1)).toBe(expected[node] !== 1);
          expect(isAvailable(result, node, null)).toBe(expected[node] === 0);
        }
      }),
      RUNS,
    );
  });

  test("names the slot that ended each way: one without an available alternative", () => {
    fc.assert(
      fc.property(scenarios, ({ scenario }) => {
        const { tier, brokenSlot } = availability(scenario);
        plainWays(scenario).forEach((way, position) => {
          const slot = brokenSlot[position]! - scenario.ways.waySlots[position]!;
          const works = way.slots.every((slots) => slots.some((node) => tier[node] === 0));
          if (works) expect(brokenSlot[position]).toBe(-1);
          else expect(way.slots[slot]!.every((node) => tier[node] !== 0)).toBe(true);
        });
      }),
      RUNS,
    );
  });

  test("does not depend on the order of the rows", () => {
    const shuffled = randomQuestion().chain((question) =>
      fc.record({ question: fc.constant(question), rows: shuffledRows(question.rows) }),
    );
    fc.assert(
      fc.property(shuffled, ({ question, rows }) => {
        const first = buildScenario(buildNetwork(question.rows, 1), question.targets, question.policy);
        const second = buildScenario(buildNetwork(rows, 1), question.targets.toReversed(), question.policy);
        expect(second).toStrictEqual(first);
        expect(availability(second)).toStrictEqual(availability(first));
      }),
      RUNS,
    );
  });
});

describe("roots", () => {
  test("are needed and have no way, and every failure that is needed traces back to them", () => {
    fc.assert(
      fc.property(scenarios, ({ scenario }) => {
        const result = availability(scenario);
        const needed = closure(scenario);
        const ways = plainWays(scenario);
        const found = roots(scenario, needed);
        for (const node of found) expect(ways.some((way) => way.node === node)).toBe(false);
        for (const node of dependants(scenario, result, needed)) {
          const its = rootsOf(scenario, result, node);
          expect(found).toEqual(expect.arrayContaining([...its]));
          // Its roots, and nothing else, being supplied makes it available again.
          const cured = [...ways, ...its.map((root) => ({ node: root, bought: false, slots: [] }))];
          expect(availableByEnumeration(scenario.ways.nodes, cured).has(node)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

describe("closure", () => {
  test("reaches what the targets need by fewest steps, each path leading from a target", () => {
    fc.assert(
      fc.property(scenarios, ({ scenario }) => {
        const result = closure(scenario);
        const ways = plainWays(scenario);
        const starts =
          scenario.targets.length > 0 ? scenario.targets.map((target) => target.node) : range(0, scenario.ways.nodes);
        const steps = cheapest(scenario.ways.nodes, starts, ways, () => 1);
        const purchases = cheapest(scenario.ways.nodes, starts, ways, (bought) => (bought ? 1 : 0));
        expect([...result.depth]).toStrictEqual(steps);
        expect([...result.tier]).toStrictEqual(
          purchases.map((count, node) => (count === -1 ? -1 : starts.includes(node) ? 0 : count + 1)),
        );
        for (const node of range(0, scenario.ways.nodes)) {
          const path = pathTo(scenario, result, node);
          expect(path.length - 1).toBe(steps[node]);
          if (path.length > 0) expect(starts).toContain(path[0]);
          const consumers = ways.filter(
            (way) => steps[way.node] !== -1 && way.slots.some((slot) => slot.includes(node)),
          );
          const isAnd = consumers.some(({ node: consumer }) =>
            ways
              .filter((way) => way.node === consumer)
              .every((way) => way.slots.some((slot) => slot.length === 1 && slot[0] === node)),
          );
          expect(result.isAnd[node]).toBe(isAnd ? 1 : 0);
        }
      }),
      RUNS,
    );
  });
});

/** Fewest of something to each node, by relaxing every edge until nothing changes; -1 = never reached. */
function cheapest(
  nodes: number,
  starts: readonly number[],
  ways: ReturnType<typeof plainWays>,
  cost: (bought: boolean) => number,
): readonly number[] {
  const least = range(0, nodes).map((node) => (starts.includes(node) ? 0 : Number.POSITIVE_INFINITY));
  for (const _ of range(0, nodes))
    for (const way of ways)
      for (const input of way.slots.flat()) least[input] = Math.min(least[input]!, least[way.node]! + cost(way.bought));
  return least.map((value) => (value === Number.POSITIVE_INFINITY ? -1 : value));
}
