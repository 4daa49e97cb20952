import { describe, expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { concentration } from "../../../graph/analysis/concentration.ts";
import { exposure } from "../../../graph/analysis/exposure.ts";
import { gaps } from "../../../graph/analysis/gaps.ts";
import type { Interval } from "../../../graph/analysis/interval.ts";
import { shareOf, supplyOf } from "../../../graph/analysis/shares.ts";
import { goldenCases } from "../../support/golden.ts";

/** Bounds to the digits that the golden file gives. */
function rounded({ low, high }: Interval, digits: number): readonly number[] {
  return [low, high].map((bound) => Number(bound.toFixed(digits)));
}

describe("share", () => {
  test.each(goldenCases("share"))("$title", ({ network, query, policy, expected }) => {
    const supply = supplyOf(buildScenario(network, [], policy), network.itemIndex.get(query.item!)!);
    const codes = new Set(query.jurisdictions!.map((code) => network.jurisdictionIndex.get(code)!));
    expect(rounded(shareOf(supply!, codes), 4)).toStrictEqual(expected);
  });
});

describe("hhi", () => {
  test.each(goldenCases("hhi"))("$title", ({ network, query, policy, expected }) => {
    const { byJurisdiction } = concentration(buildScenario(network, [], policy), network.itemIndex.get(query.item!)!);
    expect(rounded(byJurisdiction!.hhi, 0)).toStrictEqual(expected);
  });
});

describe("exposure", () => {
  test.each(goldenCases("exposure"))("$title", ({ network, query, policy, expected }) => {
    const { gradedLoss } = exposure(buildScenario(network, query.targets!, policy), query.jurisdictions);
    expect(rounded(gradedLoss, 4)).toStrictEqual(expected);
  });
});

describe("gaps", () => {
  test.each(goldenCases("gaps"))("$title", ({ network, query, policy, expected }) => {
    const report = gaps(buildScenario(network, query.targets!, policy));
    const found = report.gaps.map((gap) => [
      gap.item,
      { types: gap.types, impact: gap.necessity, score: gap.score === null ? null : rounded(gap.score, 4) },
    ]);
    expect(Object.fromEntries(found)).toStrictEqual(expected);
  });
});
