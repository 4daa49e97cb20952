import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { concentrationReport } from "../../../graph/analysis/concentration-report.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { goldenCases } from "../../support/golden.ts";
import { RUNS, randomQuestion, shuffledRows } from "../../support/random-network.ts";
import { emptyRows, facts } from "../../support/rows.ts";
import { rowsOf } from "../../support/rows-of.ts";

describe("the concentration of a supply", () => {
  test.each(goldenCases("hhi"))("$title", ({ network, query, policy, expected }) => {
    const { items } = concentrationReport(buildScenario(network, [], policy), { items: [query.item!] });
    const { low, high } = items[0]!.byJurisdiction!.hhi;
    expect([low, high].map((bound) => Number(bound.toFixed(0)))).toStrictEqual(expected);
  });

  test("gives a firm that a row names without a share all of the row's rest, beside an open offer of its own", () => {
    const offer = { ...facts("o"), item: "i", outputWeight: null, share: null, level: null, readiness: null };
    const unpriced = { ...offer, originCountry: null, cost: null, leadTimeDays: null };
    const rows = {
      ...emptyRows(),
      items: [{ id: "i", category: null, variantMode: null, elementary: null, developCost: null }],
      firms: [{ id: "f", country: "US", region: null }],
      jurisdictions: [{ id: "j-US", code: "US" }],
      offers: [
        { ...unpriced, id: "in the row", provider: "f", originCountry: "US" },
        { ...unpriced, id: "elsewhere", provider: "f" },
        { ...unpriced, id: "row", provider: "j-US", share: 0.01 },
      ],
    };
    const scenario = buildScenario(buildNetwork(rows, 1), ["i"], { ...DEFAULT_POLICY, basis: "SITE" });
    const [one] = concentrationReport(scenario, { items: ["i"] }).items;
    expect(one!.firms.find(({ firm }) => firm === "f")!.share.low).toBe(1);
    expect(one!.byFirm!.cr1.high).toBe(1);
    expect(one!.byFirm!.hhi.high).toBeCloseTo(10_000);
  });

  test("comes with who has it: each largest part within the share of the largest, and all of it told", () => {
    fc.assert(
      fc.property(randomQuestion(), ({ rows, targets, policy }) => {
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, targets, policy);
        const { items } = concentrationReport(scenario, { items: network.items });
        expect(items.map(({ item }) => item).sort()).toStrictEqual([...network.items]);
        for (const one of items) {
          expect(one.byFirm === null).toBe(one.offers === 0);
          expect(one.concentrated && !one.possiblyConcentrated).toBe(false);
          if (one.byFirm === null || one.byJurisdiction === null) continue;
          for (const { share } of [...one.firms, ...one.jurisdictions]) {
            expect(share.low).toBeLessThanOrEqual(share.high + 1e-12);
          }
          // What surely is somebody's is at most what the largest may have.
          for (const { share } of one.firms.filter(({ firm }) => firm !== null))
            expect(share.low).toBeLessThanOrEqual(one.byFirm.cr1.high + 1e-9);
          for (const { share, jurisdiction } of one.jurisdictions.filter((part) => part.jurisdiction !== null))
            expect([jurisdiction, share.low <= one.byJurisdiction.cr1.high + 1e-9]).toStrictEqual([jurisdiction, true]);
          for (const parts of [one.firms]) {
            const low = parts.reduce((sum, { share }) => sum + share.low, one.unlisted.low);
            const high = parts.reduce((sum, { share }) => sum + share.high, one.unlisted.high);
            expect(low).toBeLessThanOrEqual(1 + 1e-9);
            expect(high).toBeGreaterThanOrEqual(1 - 1e-9);
          }
        }
      }),
      RUNS,
    );
  });

  test("of what a target needs leaves out steps made in house, and names what nobody sells", () => {
    const rows = rowsOf({
      items: { etch: { category: "PROCESS" } },
      firms: { leader: "CN 泉州", us: "US", jp: "JP" },
      offers: [
        ["leader", "dram"],
        ["us", "etcher", { share: 0.9 }],
        ["jp", "etcher", { share: 0.1 }],
      ],
      requires: [
        ["dram", "etch"],
        ["etch", "etcher"],
        ["etch", "gas"],
      ],
    });
    const scenario = buildScenario(buildNetwork(rows, 1), ["leader"], { ...DEFAULT_POLICY, restricted: [] });
    const { items, totalCount } = concentrationReport(scenario);
    expect(totalCount).toBe(2);
    expect(
      items.map(({ item, depth, byFirm, concentrated }) => [item, depth, byFirm?.hhi.low ?? null, concentrated]),
    ).toStrictEqual([
      ["etcher", 2, expect.closeTo(8_200, 9), true],
      ["gas", 2, null, false],
    ]);
    expect(items[0]!.firms).toStrictEqual([
      { firm: "us", jurisdiction: "US", offers: ["us:etcher"], share: { low: 0.9, high: 0.9 } },
      { firm: "jp", jurisdiction: "JP", offers: ["jp:etcher"], share: { low: 0.1, high: 0.1 } },
    ]);
    expect(items[1]).toMatchObject({ possiblyConcentrated: true, unlisted: { low: 0, high: 1 } });
    expect(concentrationReport(scenario, { first: 1 }).items).toStrictEqual(items.slice(0, 1));
    expect(() => concentrationReport(scenario, { items: ["nothing"] })).toThrow('"nothing", of `items`, is no item');
  });

  test("does not depend on the order of rows, and can be handed to another thread", () => {
    fc.assert(
      fc.property(
        randomQuestion().chain((asked) => fc.tuple(fc.constant(asked), shuffledRows(asked.rows))),
        ([{ rows, targets, policy }, shuffled]) => {
          const [one, other] = [rows, shuffled].map((order) =>
            concentrationReport(buildScenario(buildNetwork(order, 1), targets, policy)),
          );
          expect(other).toStrictEqual(one);
          expect(structuredClone(one)).toStrictEqual(one);
        },
      ),
      RUNS,
    );
  });
});
