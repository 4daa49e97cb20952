import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { localization } from "../../../graph/analysis/localization.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { RUNS, randomQuestion, shuffledRows } from "../../support/random-network.ts";
import { rowsOf } from "../../support/rows-of.ts";

describe("the localisation rate", () => {
  const rows = rowsOf({
    items: { etch: { category: "PROCESS" } },
    firms: { leader: "CN 泉州", naura: "CN", lam: "US" },
    offers: [
      ["leader", "dram", { outputWeight: 3 }],
      ["leader", "nor", { outputWeight: 1 }],
      ["naura", "etcher", { share: 0.2 }],
      ["lam", "etcher", { share: 0.8 }],
      ["JP", "resist", { share: 0.9 }],
      ["CN", "resist"],
    ],
    requires: [
      ["dram", "etch"],
      ["etch", "etcher"],
      ["dram", "wafer"],
      ["nor", "resist"],
    ],
    variants: [["wafer", "substrate"]],
  });

  test("is the mean of the required items by the output that needs them, worst item first", () => {
    const answer = localization(buildScenario(buildNetwork(rows, 1), ["leader"], DEFAULT_POLICY));
    const close = (low: number, high: number) => ({ low: expect.closeTo(low, 12), high: expect.closeTo(high, 12) });
    const item = (
      id: string,
      low: number,
      high: number,
      weight: number,
      knownShare: number | null,
      domestic: boolean,
    ) => ({
      item: id,
      rate: close(low, high),
      weight,
      knownShare: knownShare === null ? null : expect.closeTo(knownShare, 12),
      hasDomesticOffer: domestic,
    });
    expect(answer).toStrictEqual({
      rate: close((0.75 * 0.2 + 0.25 * 0.1) / 1.75, (0.75 * 0.2 + 0.75 + 0.25 * 0.1) / 1.75),
      basis: "HQ",
      home: "CN",
      categoryCoverage: { withDomestic: 2, total: 3, ratio: 2 / 3 },
      targets: [item("dram", 1, 1, 0.75, null, true), item("nor", 1, 1, 0.25, null, true)],
      items: [
        item("resist", 0.1, 0.1, 0.25, 0.9, true),
        item("etcher", 0.2, 0.2, 0.75, 1, true),
        item("wafer", 0, 1, 0.75, null, false),
      ],
      unknown: ["wafer"],
      coverage: { items: 6, surveyed: 5, offers: 6, offersWithShare: 3, assumed: 0 },
    });
  });

  test("of an item that needs nothing bought is the home share of its own supply", () => {
    const answer = localization(buildScenario(buildNetwork(rows, 1), ["etcher"], DEFAULT_POLICY));
    expect([answer.rate, answer.categoryCoverage]).toStrictEqual([
      { low: expect.closeTo(0.2, 12), high: expect.closeTo(0.2, 12) },
      { withDomestic: 0, total: 0, ratio: null },
    ]);
  });

  test("lists a class without offers by its variants alone", () => {
    const classy = rowsOf({ requires: [["chip", "substrate"]], variants: [["wafer", "substrate"]] });
    const answer = localization(buildScenario(buildNetwork(classy, 1), ["chip"], DEFAULT_POLICY));
    expect(answer.items.map((item) => item.item)).toStrictEqual(["wafer"]);
  });

  test("stays within its items' bounds and does not depend on the order of rows", () => {
    fc.assert(
      fc.property(
        randomQuestion().chain((asked) => fc.tuple(fc.constant(asked), shuffledRows(asked.rows))),
        ([{ rows: drawn, targets, policy }, shuffled]) => {
          const [one, other] = [drawn, shuffled].map((order) =>
            localization(buildScenario(buildNetwork(order, 1), targets, policy)),
          );
          expect(other).toStrictEqual(one);
          const rates = one!.items.length > 0 ? one!.items : one!.targets;
          if (rates.length === 0) return;
          expect(one!.rate.low).toBeGreaterThanOrEqual(Math.min(...rates.map(({ rate }) => rate.low)) - 1e-9);
          expect(one!.rate.high).toBeLessThanOrEqual(Math.max(...rates.map(({ rate }) => rate.high)) + 1e-9);
          for (const { rate, hasDomesticOffer } of rates)
            expect([0 <= rate.low, rate.low <= rate.high, rate.high <= 1, typeof hasDomesticOffer]).toStrictEqual([
              true,
              true,
              true,
              "boolean",
            ]);
        },
      ),
      RUNS,
    );
  });
});
