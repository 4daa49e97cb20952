import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activeUnder } from "../../../graph/analysis/active.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { closureReport, type NeededItem } from "../../../graph/analysis/closure-report.ts";
import { gaps } from "../../../graph/analysis/gaps.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import type { Scenario } from "../../../graph/analysis/scenario.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { type PlainWay, plainWays, range } from "../../support/oracle.ts";
import { RUNS, randomQuestion } from "../../support/random-network.ts";
import { rowsOf } from "../../support/rows-of.ts";

/** The ways of every node, and the general recipe of each that has none, as if somebody sold it. */
function waysToMake(scenario: Scenario): readonly PlainWay[] {
  const { network, policy, ways } = scenario;
  const recorded = plainWays(scenario);
  const isActive = activeUnder(policy);
  const supposed = range(0, ways.nodes)
    .filter((node) => recorded.every((way) => way.node !== node))
    .map((node): PlainWay => {
      const item = ways.nodeItem[node]!;
      const slots = new Map<string, { inputs: Set<number>; gates: boolean }>();
      for (const edge of range(network.itemRequirements[item]!, network.itemRequirements[item + 1]!)) {
        if (network.requirementMaker[edge] !== -1 || !isActive(network.requirementFact, edge)) continue;
        const named = network.requirementSlot[edge]!;
        const key = named === -1 ? `edge ${edge}` : `slot ${named}`;
        const slot = slots.get(key) ?? { inputs: new Set(), gates: false };
        slot.inputs.add(network.requirementInput[edge]!);
        slot.gates ||= network.requirementEssential[edge] === 1;
        slots.set(key, slot);
      }
      const gating = [...slots.values()].filter(({ gates }) => gates);
      return { node, bought: true, slots: gating.map(({ inputs }) => [...inputs]) };
    });
  return [...recorded, ...supposed];
}

/** The least values that `step` gives each node a way leads to, from 0 at the targets. */
function leastBySteps(scenario: Scenario, ways: readonly PlainWay[], step: (way: PlainWay) => number) {
  const least = new Array<number>(scenario.ways.nodes).fill(Number.POSITIVE_INFINITY);
  for (const { node } of scenario.targets) least[node] = 0;
  for (let round = 0; round <= scenario.ways.nodes; round += 1)
    for (const way of ways)
      for (const input of way.slots.flat()) least[input] = Math.min(least[input]!, least[way.node]! + step(way));
  return least;
}

function closureByDefinition(scenario: Scenario) {
  const ways = waysToMake(scenario);
  const depth = leastBySteps(scenario, ways, () => 1);
  const purchases = leastBySteps(scenario, ways, ({ bought }) => Number(bought));
  const isSole = (node: number, input: number): boolean => {
    const options = ways.filter((way) => way.node === node);
    return options.every(({ slots }) => slots.some((slot) => slot.length === 1 && slot[0] === input));
  };
  const nodes = range(0, scenario.ways.nodes).filter((node) => Number.isFinite(depth[node]));
  const items = new Map<string, Pick<NeededItem, "depth" | "tier" | "role">>();
  for (const node of nodes.sort((a, b) => depth[b]! - depth[a]! || b - a)) {
    const isTarget = depth[node] === 0;
    const role = nodes.some((user) => isSole(user, node)) ? "AND" : "OR";
    items.set(scenario.network.items[scenario.ways.nodeItem[node]!]!, {
      depth: depth[node]!,
      tier: isTarget ? 0 : purchases[node]! + 1,
      role: isTarget ? null : role,
    });
  }
  return items;
}

describe("what a target needs", () => {
  test("is everything that ways and recipes lead to, with steps, tiers and roles by definition", () => {
    fc.assert(
      fc.property(randomQuestion(), ({ rows, targets, policy }) => {
        const scenario = buildScenario(buildNetwork(rows, 1), targets, policy);
        fc.pre(scenario.targets.length > 0);
        const { items, totalCount } = closureReport(scenario);
        const expected = closureByDefinition(scenario);
        expect(totalCount).toBe(expected.size);
        expect(new Map(items.map(({ item, depth, tier, role }) => [item, { depth, tier, role }]))).toStrictEqual(
          new Map(items.map(({ item }) => [item, expected.get(item)])),
        );
        for (const { neededFor, depth } of items)
          if (neededFor !== null) expect(expected.get(neededFor)!.depth).toBe(depth - 1);
      }),
      RUNS,
    );
  });

  test("comes nearest first, then by id, is cut at `first`, and is covered as in any analysis", () => {
    fc.assert(
      fc.property(randomQuestion(), ({ rows, targets, policy }) => {
        const scenario = buildScenario(buildNetwork(rows, 1), targets, policy);
        fc.pre(scenario.targets.length > 0);
        const { items, totalCount, coverage } = closureReport(scenario);
        expect(coverage).toStrictEqual(gaps(scenario).coverage);
        expect(items).toStrictEqual(
          [...items].sort((a, b) => a.depth - b.depth || (a.item < b.item ? -1 : a.item > b.item ? 1 : 0)),
        );
        const cut = closureReport(scenario, { first: 2 });
        expect([cut.items, cut.totalCount]).toStrictEqual([items.slice(0, 2), totalCount]);
        expect(closureReport(scenario, { withRoles: false, withCoverage: false })).toStrictEqual({
          items: items.map((item) => ({ ...item, tier: null, role: null })),
          ...{ totalCount, coverage: null, subgraph: null },
        });
      }),
      RUNS,
    );
  });

  test("is the same where nobody looked for holes in the data", () => {
    fc.assert(
      fc.property(randomQuestion(), ({ rows, targets, policy }) => {
        const network = buildNetwork(rows, 1);
        const of = (needsOnly: boolean) =>
          closureReport(buildScenario(network, targets, policy, { needsOnly }), { withSubgraph: true });
        expect(of(true)).toStrictEqual(of(false));
      }),
      RUNS,
    );
  });

  test("says where its recorded suppliers are, restricted or not, and what it is needed for", () => {
    const rows = rowsOf({
      firms: { us: "US", jp: "JP", cn: "CN" },
      offers: [
        ["cn", "chip"],
        ["us", "tool"],
        ["jp", "lens"],
        ["us", "lens"],
      ],
      requires: [
        ["chip", "tool"],
        ["tool", "lens"],
      ],
    });
    const { items, subgraph } = closureReport(buildScenario(buildNetwork(rows, 1), ["cn"], DEFAULT_POLICY), {
      withSubgraph: true,
    });
    expect(items).toStrictEqual([
      { item: "chip", depth: 0, tier: 0, role: null, neededFor: null, jurisdictions: ["CN"], offers: 1 },
      { item: "tool", depth: 1, tier: 1, role: "AND", neededFor: "chip", jurisdictions: ["US"], offers: 1 },
      { item: "lens", depth: 2, tier: 2, role: "AND", neededFor: "tool", jurisdictions: ["JP", "US"], offers: 2 },
    ]);
    expect(subgraph?.nodes.map(({ id, depth }) => [id, depth])).toStrictEqual([
      ["chip", 0],
      ["cn", 1],
      ["tool", 1],
      ["lens", 2],
    ]);
  });
});
