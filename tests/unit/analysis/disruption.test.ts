import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability, isAvailable } from "../../../graph/analysis/availability.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { closure } from "../../../graph/analysis/closure.ts";
import { type Disruption, disruption } from "../../../graph/analysis/disruption.ts";
import { exposure } from "../../../graph/analysis/exposure.ts";
import { DEFAULT_POLICY, type Policy } from "../../../graph/analysis/policy.ts";
import type { Scenario } from "../../../graph/analysis/scenario.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { offerId } from "../../../graph/projection/edge-ids.ts";
import type { NetworkRows } from "../../../graph/projection/rows.ts";
import { goldenCases } from "../../support/golden.ts";
import { ENOUGH_CASES, RUNS, randomQuestion, shuffledRows, withFirms } from "../../support/random-network.ts";
import { rowsOf } from "../../support/rows-of.ts";

/** A question with what fails beyond the policy's own removals, and how deep it is looked at. */
const shocks = randomQuestion().chain(({ rows, targets, policy }) =>
  fc.record({
    rows: fc.constant(rows),
    targets: withFirms(rows, targets),
    policy: fc.constantFrom(null, null, 1, 2).map((maxTier): Policy => ({ ...policy, maxTier })),
    removed: fc.subarray(removable(rows), { maxLength: 3 }),
  }),
);

function removable(rows: NetworkRows): string[] {
  return [...rows.items, ...rows.firms, ...rows.offers, ...rows.jurisdictions].map((row) => row.id);
}

const keyOf = ({ item, firm }: { item: string; firm: string | null }): string => `${item} of ${firm ?? "anyone"}`;

/** A firm may have two offers of one item: each is a target of its own, and stops by itself. */
function ownKeyOf(stop: Disruption["stops"][number]): string {
  const offer = stop.firm === null ? null : stop.ways.find(({ kind }) => kind === "OWN_OFFER")?.offer;
  return offer == null ? keyOf(stop) : `${keyOf(stop)} by ${offer}`;
}

function targetKey({ network, targets }: Scenario, position: number): string {
  const { item, firm, offer } = targets[position]!;
  const key = keyOf({ item: network.items[item]!, firm: network.firms[firm] ?? null });
  return offer < 0 ? key : `${key} by ${offerId(network, offer)}`;
}

describe("disruption", () => {
  test("stops what is available before and not after, at the tier at which it then fails", () => {
    let stopped = 0;
    fc.assert(
      fc.property(shocks, ({ rows, targets, policy, removed }) => {
        const network = buildNetwork(rows, 1);
        const before = buildScenario(network, targets, policy);
        const after = buildScenario(network, targets, { ...policy, removed: [...policy.removed, ...removed] });
        const [ran, runs] = [availability(before), availability(after)];
        const { depth } = closure(before);
        const failing = Array.from(depth.keys()).filter(
          (node) =>
            depth[node] !== -1 && isAvailable(ran, node, policy.maxTier) && !isAvailable(runs, node, policy.maxTier),
        );
        const expected = failing.map((node) => {
          const firm = before.targets.find((target) => target.node === node)?.firm ?? -1;
          const item = network.items[before.ways.nodeItem[node]!]!;
          return `${keyOf({ item, firm: network.firms[firm] ?? null })} at ${runs.tier[node]} down ${depth[node]}`;
        });
        const answer = disruption(before, removed);
        const found = answer.stops.map((stop) => `${keyOf(stop)} at ${stop.tier} down ${stop.depth}`);
        expect([...found].sort()).toStrictEqual(expected.sort());
        const tiers = answer.stops.map(({ tier }) => tier);
        expect(tiers).toStrictEqual([...tiers].sort((a, b) => a - b));
        for (const [position, { node }] of before.targets.entries()) {
          const target = answer.targets[position]!;
          expect(target.availableBefore).toBe(isAvailable(ran, node, policy.maxTier));
          expect(target.available).toBe(isAvailable(runs, node, policy.maxTier) && target.availableBefore);
        }
        if (expected.length > 0) stopped += 1;
      }),
      RUNS,
    );
    expect(stopped).toBeGreaterThan(ENOUGH_CASES);
  });

  test("shows for each stop how every way it had ended, by inputs that stop before it or did not run", () => {
    fc.assert(
      fc.property(shocks, ({ rows, targets, policy, removed }) => {
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, targets, policy);
        const ran = availability(scenario);
        const answer = disruption(scenario, removed);
        const rank = new Map(answer.stops.map((stop, position) => [ownKeyOf(stop), position]));
        for (const [position, stop] of answer.stops.entries())
          for (const way of stop.ways) {
            expect(way.removedBy.length > 0).toBe(way.slot === null);
            for (const item of way.slot?.alternatives ?? []) {
              const at = rank.get(keyOf({ item, firm: null }));
              const stopsBefore = at !== undefined && at < position;
              expect(stopsBefore || !isAvailable(ran, network.itemIndex.get(item)!, policy.maxTier)).toBe(true);
            }
          }
        const { stopPath } = answer;
        expect(stopPath.length > 0).toBe(answer.stoppedWeight > 0);
        const [heaviest] = [...answer.targets.entries()]
          .filter(([, { availableBefore, available }]) => availableBefore && !available)
          .sort(([, a], [, b]) => b.weight - a.weight)
          .map(([position]) => targetKey(scenario, position));
        for (const [step, item] of stopPath.entries()) {
          const key = step === 0 ? heaviest! : keyOf({ item, firm: null });
          const { ways } = answer.stops[rank.get(key)!]!;
          const next = stopPath[step + 1];
          if (next === undefined) expect(ways.some(({ removedBy }) => removedBy.length > 0)).toBe(true);
          else expect(ways.some(({ slot }) => slot?.alternatives.includes(next))).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test("loses what the exposure to the same jurisdictions says, owners apart", () => {
    let lost = 0;
    fc.assert(
      fc.property(randomQuestion(), fc.subarray(["CN", "JP", "US"]), ({ rows, targets, policy }, codes) => {
        const scenario = buildScenario(buildNetwork(rows, 1), targets, {
          ...policy,
          removed: [],
          ownership: false,
          basis: "HQ",
        });
        const answer = disruption(scenario, codes);
        const { gradedLoss, targets: exposed } = exposure(scenario, codes);
        expect(answer.gradedLoss.low).toBeCloseTo(gradedLoss.low, 12);
        expect(answer.gradedLoss.high).toBeCloseTo(gradedLoss.high, 12);
        for (const [position, target] of answer.targets.entries()) {
          expect(target.gradedLoss.low).toBeCloseTo(exposed[position]!.gradedLoss.low, 12);
          expect(target.gradedLoss.high).toBeCloseTo(exposed[position]!.gradedLoss.high, 12);
        }
        if (gradedLoss.low > 0) lost += 1;
      }),
      RUNS,
    );
    expect(lost).toBeGreaterThan(ENOUGH_CASES);
  });

  test("never does less when more is removed", () => {
    fc.assert(
      fc.property(
        shocks.chain((asked) => fc.tuple(fc.constant(asked), fc.constantFrom(...removable(asked.rows), "US"))),
        ([{ rows, targets, policy, removed }, more]) => {
          const scenario = buildScenario(buildNetwork(rows, 1), targets, policy);
          const less = disruption(scenario, removed);
          const both = disruption(scenario, [...removed, more]);
          const stops = new Map(both.stops.map((stop) => [ownKeyOf(stop), stop.tier]));
          for (const stop of less.stops) expect(stops.get(ownKeyOf(stop))).toBeLessThanOrEqual(stop.tier);
          for (const [position, target] of less.targets.entries()) {
            const { gradedLoss } = both.targets[position]!;
            expect(gradedLoss.low).toBeGreaterThanOrEqual(target.gradedLoss.low - 1e-12);
            expect(gradedLoss.high).toBeGreaterThanOrEqual(target.gradedLoss.high - 1e-12);
          }
          expect(both.stoppedWeight).toBeGreaterThanOrEqual(less.stoppedWeight - 1e-12);
        },
      ),
      RUNS,
    );
  });

  test("does not depend on the order of rows, and can be handed to another thread", () => {
    fc.assert(
      fc.property(
        shocks.chain((asked) => fc.tuple(fc.constant(asked), shuffledRows(asked.rows))),
        ([{ rows, targets, policy, removed }, shuffled]) => {
          const [one, other] = [rows, shuffled].map((order) =>
            disruption(buildScenario(buildNetwork(order, 1), targets, policy), removed),
          );
          expect(other).toStrictEqual(one);
          expect(structuredClone(one)).toStrictEqual(one);
        },
      ),
      RUNS,
    );
  });

  const removing = goldenCases("availability").filter(({ policy }) => policy.removed.length > 0);
  test.each(removing)("$title", ({ network, query, policy, expected }) => {
    const before = buildScenario(network, query.targets ?? [], { ...policy, removed: [] });
    const stops = disruption(before, policy.removed).stops.map(({ item, tier }) => [item, tier]);
    expect({ blockedTier: Object.fromEntries(stops) }).toStrictEqual(expected);
  });

  test("of a firm's gas leaves it running and costs it what the gas was, with the way there", () => {
    const network = buildNetwork(
      rowsOf({
        items: { etch: { category: "PROCESS" } },
        firms: { leader: "CN 泉州", us: "US", jp: "JP" },
        offers: [
          ["leader", "dram", { outputWeight: 3 }],
          ["leader", "nor", { outputWeight: 1 }],
          ["us", "etcher"],
          ["us", "gas", { share: 0.05 }],
          ["jp", "gas", { share: 0.95 }],
          ["us", "mask"],
        ],
        requires: [
          ["dram", "etch"],
          ["etch", "etcher", { slot: "tool" }],
          ["etch", "gas"],
          ["nor", "mask"],
        ],
      }),
      1,
    );
    const scenario = buildScenario(network, ["leader"], { ...DEFAULT_POLICY, restricted: [] });
    const withoutGas = disruption(scenario, ["jp"]);
    expect(withoutGas).toMatchObject({ stoppedWeight: 0, stops: [], stopPath: [] });
    expect(withoutGas.targets.map(({ item, available, outputLeft }) => [item, available, outputLeft])).toStrictEqual([
      ["dram", true, { low: expect.closeTo(0.05, 12), high: expect.closeTo(0.05, 12) }],
      ["nor", true, { low: 1, high: 1 }],
    ]);
    expect(withoutGas.lossWitness).toStrictEqual({ items: ["dram", "etch", "gas"], offers: ["jp:gas"], certain: true });

    const withoutUs = disruption(scenario, ["US"]);
    expect(withoutUs.stoppedWeight).toBe(1);
    expect(withoutUs.stops.map(({ item, firm, tier, step }) => [item, firm, tier, step])).toStrictEqual([
      ["etcher", null, 1, 0],
      ["mask", null, 1, 0],
      ["etch", null, 1, 1],
      ["nor", "leader", 1, 1],
      ["dram", "leader", 1, 2],
    ]);
    expect(withoutUs.stops[2]!.ways).toStrictEqual([
      { kind: "IN_HOUSE", offer: null, removedBy: [], slot: { name: "tool", alternatives: ["etcher"] } },
    ]);
    expect(withoutUs.stopPath).toStrictEqual(["dram", "etch", "etcher"]);
    expect(withoutUs.subgraph.nodes.map(({ id, marks }) => [id, marks])).toStrictEqual([
      ["dram", ["TARGET", "STOPPED"]],
      ["nor", ["TARGET", "STOPPED"]],
      ["etch", ["STOPPED", "WITNESS"]],
      ["leader", ["TARGET", "LOCAL"]],
      ["mask", ["STOPPED"]],
      ["etcher", ["STOPPED", "WITNESS"]],
      ["gas", ["REDUCED"]],
      ["us", ["REMOVED", "WITNESS"]],
    ]);
    expect(() => disruption(scenario, ["nobody"])).toThrow('"nobody", to be removed, is no item');
  });
});
