import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability } from "../../../graph/analysis/availability.ts";
import { brokenWays, refusedOffers } from "../../../graph/analysis/broken-ways.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { gaps } from "../../../graph/analysis/gaps.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { ENOUGH_CASES, RUNS, randomQuestion } from "../../support/random-network.ts";
import { rowsOf } from "../../support/rows-of.ts";

describe("broken ways", () => {
  test("name each offer of a dependent item, the slot that broke and the recorded needs behind it", () => {
    const rows = rowsOf({
      firms: { maker: "JP", own: "CN", us: "US", lab: "CN" },
      offers: [
        ["maker", "tool"],
        ["own", "tool"],
        ["us", "laser"],
        ["lab", "lamp", { readiness: "SAMPLE" }],
      ],
      requires: [
        ["chip", "tool"],
        ["tool", "laser", { slot: "light" }],
        ["tool", "lamp", { slot: "light", maker: "own", id: "own-light" }],
      ],
    });
    const network = buildNetwork(rows, 1);
    const scenario = buildScenario(network, ["chip"], DEFAULT_POLICY);
    const reached = availability(scenario);
    const [tool, lamp] = ["tool", "lamp"].map((id) => network.itemIndex.get(id)!);
    expect(brokenWays(scenario, reached, tool!)).toStrictEqual([
      {
        way: "OFFER",
        offer: "maker:tool",
        slot: "light",
        alternatives: ["laser"],
        needs: [{ id: "tool>laser", from: "tool" }],
      },
      {
        way: "OFFER",
        offer: "own:tool",
        slot: "light",
        alternatives: ["lamp"],
        needs: [{ id: "own-light", from: "own" }],
      },
    ]);
    expect(refusedOffers(scenario, lamp!)).toStrictEqual([{ offer: "lab:lamp", why: "NOT_READY", restriction: null }]);
  });

  test("are there for every dependent gap, none of whose broken slots has an alternative that can be had", () => {
    let broken = 0;
    fc.assert(
      fc.property(randomQuestion(), ({ rows, targets, policy }) => {
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, targets, policy);
        const reached = availability(scenario);
        for (const gap of gaps(scenario).gaps) {
          const item = network.itemIndex.get(gap.item)!;
          const found = brokenWays(scenario, reached, item);
          expect(found.length > 0).toBe(gap.types.includes("DEPENDENT"));
          broken += found.length;
          for (const { alternatives } of found)
            for (const id of alternatives) expect(reached.tier[network.itemIndex.get(id)!]).toBeGreaterThan(0);
          const refused = refusedOffers(scenario, item).map(({ offer }) => offer);
          expect(refused.filter((offer) => gap.admissibleOffers.includes(offer))).toStrictEqual([]);
          expect(refused).toStrictEqual(expect.arrayContaining([...gap.restrictedOffers, ...gap.unusableOffers]));
        }
      }),
      RUNS,
    );
    expect(broken).toBeGreaterThan(ENOUGH_CASES);
  });
});
