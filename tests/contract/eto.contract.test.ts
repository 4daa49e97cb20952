import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { availability } from "../../graph/analysis/availability.ts";
import { blockingSets } from "../../graph/analysis/blocking-sets.ts";
import { buildScenario } from "../../graph/analysis/build-scenario.ts";
import { concentration } from "../../graph/analysis/concentration.ts";
import { gapTypesOf } from "../../graph/analysis/gap-types.ts";
import { DEFAULT_POLICY } from "../../graph/analysis/policy.ts";
import { shareOf, supplyOf } from "../../graph/analysis/shares.ts";
import { openEtoInput } from "../../graph/formats/eto-input.ts";
import { importRecords } from "../../graph/import/import-records.ts";
import { loadNetwork } from "../../graph/projection/load.ts";
import { type Api, openApi } from "../support/api.ts";
import { describeEachEngine } from "../support/engines.ts";
import { type Bounds, EtoOracle } from "../support/eto-oracle.ts";

const CHIP = "N99";
const folder = process.env["LIANTU_ETO_DIR"];
if (folder === undefined)
  process.stdout.write("Skipped: no answer on the real ETO data set is checked. Set LIANTU_ETO_DIR to its folder.\n");

/** What the service answers on the real data set, against `EtoOracle`, which works out the same from the files alone. */
describe.skipIf(folder === undefined)("the ETO data set", () => {
  describeEachEngine("answers", (engine) => {
    describe.each(["ANY", "ALL"] as const)("where a class needs %s of its variants", (variants) => {
      let api: Api;
      let oracle: EtoOracle;
      beforeAll(async () => {
        oracle = new EtoOracle(folder!);
        const store = await engine.open();
        const input = await openEtoInput(folder!, { variantMode: variants });
        const report = await importRecords(store, input, { key: `eto ${variants}`, title: "ETO" });
        expect(report).toMatchObject({ stored: true, faults: { count: 0 } });
        api = openApi(store);
      });
      afterAll(() => api[Symbol.asyncDispose]());

      /** Inputs that are bought as such: no step made in house, no class that stands for its variants. */
      const bought = () =>
        [...oracle.inputs.values()].filter((one) => one.type !== "process" && one.variants.length === 0);

      test("how large the share of the US is, and of which inputs it is 75 % or more for sure", async () => {
        const found = new Map<string, Bounds>();
        const ids = bought()
          .filter(({ provisions }) => provisions.length > 0)
          .map(({ id }) => id);
        for (let from = 0; from < ids.length; from += 20) {
          const fields = ids
            .slice(from, from + 20)
            .map((id) => `${id}: exposure(target: "eto-${id}", jurisdictions: ["US"]) { directShare { low high } }`);
          const { data, errors } = await api.ask(`{ ${fields.join("\n")} }`);
          expect(errors).toBeUndefined();
          for (const [id, { directShare }] of Object.entries(data as Record<string, { directShare: Bounds }>))
            found.set(id, directShare);
        }
        for (const id of ids) expectClose(found.get(id)!, oracle.share(id, "US")!, 1e-9, id);
        const most = (share: (id: string) => Bounds) => ids.filter((id) => share(id).low >= 0.75 - 1e-9);
        expect(most((id) => found.get(id)!)).toStrictEqual(most((id) => oracle.share(id, "US")!));
        expect(most((id) => found.get(id)!)).not.toStrictEqual([]);
      });

      test("how concentrated each input is by country, as intervals", async () => {
        const network = await loadNetwork(api.store);
        const scenario = buildScenario(network, [], DEFAULT_POLICY);
        for (const id of oracle.inputs.keys()) {
          const item = network.itemIndex.get(`eto-${id}`)!;
          const { byJurisdiction, offers } = concentration(scenario, item);
          const expected = oracle.concentration(id);
          expect([id, byJurisdiction === null, offers]).toStrictEqual([
            id,
            expected === null,
            oracle.inputs.get(id)!.provisions.length,
          ]);
          const supply = supplyOf(scenario, item);
          if (byJurisdiction === null || expected === null || supply === null) continue;
          expectClose(byJurisdiction.hhi, expected.hhi, 2, `HHI of ${id}`);
          expectClose(byJurisdiction.cr1, expected.cr1, 1e-3, `CR1 of ${id}`);
          for (const code of oracle.countries)
            expectClose(
              shareOf(supply, new Set([network.jurisdictionIndex.get(code)!])),
              oracle.share(id, code)!,
              1e-9,
              `${code} in ${id}`,
            );
        }
      });

      test("for which inputs nothing is left without the US where an offer needs a share of 5 %", async () => {
        const policy = { ...DEFAULT_POLICY, restricted: ["US"], minShare: 0.05 };
        const network = await loadNetwork(api.store);
        const scenario = buildScenario(network, [], policy);
        const reached = availability(scenario);
        const chokepoints = bought()
          .map(({ id }) => id)
          .filter((id) =>
            gapTypesOf(scenario, reached, network.itemIndex.get(`eto-${id}`)!).types.includes("CHOKEPOINT"),
          );
        const expected = oracle.nothingWithout(["US"], 0.05);
        expect(chokepoints).toStrictEqual(expected);
        expect(expected).not.toStrictEqual([]);

        const { data, errors } = await api.ask(
          `{ gaps(target: "eto-${CHIP}", policy: { restricted: ["US"], minShare: 0.05 }, types: [CHOKEPOINT]) {
            verdict
            gaps {
              item { id } path { id } admissibleOffers { id }
              restrictedOffers { provider { id } relationship { locator sources { title licence } } }
            }
            coverage { items surveyed offers offersWithShare assumed }
          } }`,
        );
        expect(errors).toBeUndefined();
        const { gaps } = data as { gaps: GapAnswer };
        const upstream = oracle.upstream(CHIP);
        expect(gaps.gaps.map(({ item }) => item.id).sort()).toStrictEqual(
          expected
            .filter((id) => upstream.has(id))
            .map((id) => `eto-${id}`)
            .sort(),
        );
        const can = oracle.available({ without: ["US"], minShare: 0.05, variants }).has(CHIP);
        expect(gaps.verdict === "NO").toBe(!can);
        for (const { item, path, admissibleOffers, restrictedOffers } of gaps.gaps) {
          expect([path[0]!.id, path.at(-1)!.id, admissibleOffers]).toStrictEqual([`eto-${CHIP}`, item.id, []]);
          for (const { relationship } of restrictedOffers) {
            expect(relationship.locator).toMatch(/^provision\.csv:\d+$/);
            expect(relationship.sources[0]!.licence).toBe("CC BY-NC 4.0");
          }
        }
        const needed = [...upstream].map((id) => oracle.inputs.get(id)!);
        const offers = needed.flatMap(({ provisions }) => provisions);
        expect(gaps.coverage).toStrictEqual({
          items: needed.length,
          surveyed: needed.filter(
            ({ id, type, variants: kinds, provisions }) =>
              id === CHIP || type === "process" || kinds.length > 0 || provisions.length > 0,
          ).length,
          offers: offers.length,
          offersWithShare: offers.filter(({ share }) => share !== null).length,
          assumed: 0,
        });
      });

      test("which single countries and firms block the finished chip", async () => {
        const network = await loadNetwork(api.store);
        const scenario = buildScenario(network, [`eto-${CHIP}`], { ...DEFAULT_POLICY, restricted: [] });
        const single = (ground: "JURISDICTION" | "FIRM") =>
          blockingSets(scenario, ground, { maxSize: 1, maxCalls: 20_000 })
            .sets.map((set) => set[0]!)
            .sort();
        expect(oracle.available({ variants }).has(CHIP)).toBe(true);
        expect(single("JURISDICTION")).toStrictEqual(
          oracle.countries.filter((code) => !oracle.available({ variants, without: [code] }).has(CHIP)),
        );
        expect(single("FIRM")).toStrictEqual(
          oracle.firms
            .filter((firm) => !oracle.available({ variants, removedFirm: firm }).has(CHIP))
            .map((firm) => `eto-${firm}`)
            .sort(),
        );
        expect(single("FIRM")).not.toStrictEqual([]);
      });

      test.each([0, 0.05])(
        "what completes a chip free of the US and the Netherlands at a least share of %d",
        async (minShare) => {
          const question = { without: ["US", "NL"], variants, minShare };
          const { data, errors } = await api.ask(
            `query ($policy: PolicyInput) { substitution(target: "eto-${CHIP}", policy: $policy) {
            verdict roots { id } completion { items { id } count exact } plans { cost lowerBound optimality }
            afterCompletion { steps { key way } }
          } }`,
            { policy: { restricted: ["US", "NL"], minShare } },
          );
          expect(errors).toBeUndefined();
          const { substitution } = data as { substitution: PlanAnswer };
          const expected = oracle.completion(CHIP, question).map((id) => `eto-${id}`);
          expect(substitution.completion?.items.map(({ id }) => id).sort() ?? []).toStrictEqual(expected);
          expect(substitution.completion?.exact ?? true).toBe(true);
          expect(substitution.verdict === "NO").toBe(!oracle.available(question).has(CHIP));
          expect(substitution.plans.length > 0).toBe(expected.length === 0);
          for (const { cost, lowerBound } of substitution.plans) expect(lowerBound).toBeLessThanOrEqual(cost);
          const ghosts = substitution.afterCompletion?.steps.filter(({ way }) => way === "GHOST").map(({ key }) => key);
          expect(ghosts?.sort() ?? []).toStrictEqual(expected);
        },
      );

      test("how much of the chip is lost without each of the largest countries, at any depth", async () => {
        for (const code of ["US", "JP", "NL", "DE", "CN"]) {
          const { data, errors } = await api.ask(
            `{ exposure(target: "eto-${CHIP}", jurisdictions: ["${code}"]) { gradedLoss { low high } witness { id } } }`,
          );
          expect(errors).toBeUndefined();
          const { exposure } = data as { exposure: { gradedLoss: Bounds; witness: readonly { id: string }[] } };
          expectClose(exposure.gradedLoss, oracle.loss(CHIP, code, variants), 1e-9, code);
          expect(exposure.witness[0]?.id).toBe(`eto-${CHIP}`);
        }
      });
    });
  });
});

interface GapAnswer {
  readonly verdict: string;
  readonly gaps: readonly {
    readonly item: { readonly id: string };
    readonly path: readonly { readonly id: string }[];
    readonly admissibleOffers: readonly unknown[];
    readonly restrictedOffers: readonly {
      readonly relationship: { readonly locator: string; readonly sources: readonly { readonly licence: string }[] };
    }[];
  }[];
  readonly coverage: object;
}

interface PlanAnswer {
  readonly verdict: string;
  readonly completion: { readonly items: readonly { readonly id: string }[]; readonly exact: boolean } | null;
  readonly plans: readonly { readonly cost: number; readonly lowerBound: number }[];
  readonly afterCompletion: { readonly steps: readonly { readonly key: string; readonly way: string }[] } | null;
}

function expectClose(found: Bounds, expected: Bounds, within: number, what: string): void {
  expect(Math.abs(found.low - expected.low), `${what}: from ${found.low}, not ${expected.low}`).toBeLessThanOrEqual(
    within,
  );
  expect(Math.abs(found.high - expected.high), `${what}: to ${found.high}, not ${expected.high}`).toBeLessThanOrEqual(
    within,
  );
}
