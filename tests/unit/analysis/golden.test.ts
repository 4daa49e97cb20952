import { describe, expect, test } from "vitest";
import { activeUnder } from "../../../graph/analysis/active.ts";
import { availability } from "../../../graph/analysis/availability.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { closure } from "../../../graph/analysis/closure.ts";
import { jurisdictionsOf } from "../../../graph/analysis/ownership.ts";
import { roots } from "../../../graph/analysis/roots.ts";
import { goldenCases } from "../../support/golden.ts";

describe("availability", () => {
  test.each(goldenCases("availability"))("$title", ({ network, query, policy, expected }) => {
    const { tier } = availability(buildScenario(network, query.targets ?? [], policy));
    const failing = network.items.flatMap((id, item) => (tier[item] === 0 ? [] : [[id, tier[item]!] as const]));
    expect({ blockedTier: Object.fromEntries(failing) }).toStrictEqual(expected);
  });
});

describe("roots", () => {
  test.each(goldenCases("roots"))("$title", ({ network, query, policy, expected }) => {
    const scenario = buildScenario(network, query.targets ?? [], policy);
    const ids = roots(scenario, closure(scenario)).map((node) => network.items[scenario.ways.nodeItem[node]!]);
    expect(ids).toStrictEqual(expected);
  });
});

describe("jurisdictions", () => {
  test.each(goldenCases("jurisdictions"))("$title", ({ network, query, policy, expected }) => {
    const firm = network.firmIndex.get(query.firm!)!;
    expect(jurisdictionsOf(network, firm, policy, activeUnder(policy))).toStrictEqual(expected);
  });
});
