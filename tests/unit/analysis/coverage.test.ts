import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { exposure } from "../../../graph/analysis/exposure.ts";
import { gaps } from "../../../graph/analysis/gaps.ts";
import { localization } from "../../../graph/analysis/localization.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { substitution } from "../../../graph/analysis/substitution.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { RUNS, randomQuestion } from "../../support/random-network.ts";
import { rowsOf } from "../../support/rows-of.ts";

describe("coverage", () => {
  test("counts the same items, offers and facts in every analysis of a question", () => {
    fc.assert(
      fc.property(randomQuestion(), ({ rows, targets, policy }) => {
        const scenario = buildScenario(buildNetwork(rows, 1), targets, policy);
        const { coverage } = gaps(scenario);
        expect(substitution(scenario).coverage).toStrictEqual(coverage);
        expect(exposure(scenario).coverage).toStrictEqual(coverage);
        expect(localization(scenario).coverage).toStrictEqual(coverage);
      }),
      RUNS,
    );
  });

  test("is of what the targets need, themselves included, also by the recipe of an item that nobody may supply", () => {
    const rows = rowsOf({
      firms: { us: "US", cn: "CN" },
      offers: [
        ["cn", "chip"],
        ["us", "tool", { share: 0.9 }],
        ["cn", "lens", { assertion: "ASSUMED" }],
        ["cn", "lamp"],
      ],
      requires: [
        ["chip", "tool"],
        ["tool", "lens"],
        ["lens", "glass"],
      ],
    });
    expect(gaps(buildScenario(buildNetwork(rows, 1), ["chip"], DEFAULT_POLICY)).coverage).toStrictEqual({
      items: 4,
      surveyed: 3,
      offers: 3,
      offersWithShare: 1,
      assumed: 1,
    });
  });
});
