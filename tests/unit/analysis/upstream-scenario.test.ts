import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability } from "../../../graph/analysis/availability.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { closureReport } from "../../../graph/analysis/closure-report.ts";
import { exposure } from "../../../graph/analysis/exposure.ts";
import { gaps } from "../../../graph/analysis/gaps.ts";
import { localization } from "../../../graph/analysis/localization.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { substitution } from "../../../graph/analysis/substitution.ts";
import { upstreamScenario } from "../../../graph/analysis/upstream-scenario.ts";
import { verdictOf } from "../../../graph/analysis/verdict.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { regionMembers, regionOf } from "../../../graph/projection/region.ts";
import { RUNS, randomNetwork, randomQuestion } from "../../support/random-network.ts";
import { rowsOf } from "../../support/rows-of.ts";

const chain = rowsOf({
  offers: [
    ["f", "chip"],
    ["g", "wafer"],
    ["g", "elsewhere"],
  ],
  firms: { f: "CN", g: "US", idle: "JP" },
  requires: [["chip", "wafer"]],
});

describe("The scenario of what the targets need", () => {
  test("answers every question as that of the whole network does", () => {
    fc.assert(
      fc.property(randomQuestion({ items: 8, firms: 5 }), ({ rows, targets, policy }) => {
        const network = buildNetwork(rows, 1);
        const whole = buildScenario(network, targets, policy);
        const part = upstreamScenario(network, targets, policy);
        expect(gaps(part)).toStrictEqual(gaps(whole));
        expect(exposure(part)).toStrictEqual(exposure(whole));
        if (targets.length > 0) expect(closureReport(part)).toStrictEqual(closureReport(whole));
        expect(verdictOf(part, availability(part))).toStrictEqual(verdictOf(whole, availability(whole)));
        expect(localization(part)).toStrictEqual(localization(whole));
        expect(substitution(part)).toStrictEqual(substitution(whole));
      }),
      RUNS,
    );
  });

  test("answers as that of the whole network does for firms and chains", () => {
    fc.assert(
      fc.property(randomNetwork({ items: 8, firms: 5 }), (rows) => {
        const network = buildNetwork(rows, 1);
        for (const target of [...rows.firms, ...rows.chains]) {
          const answers = [upstreamScenario, buildScenario].map((build) => {
            try {
              return gaps(build(network, [target.id], DEFAULT_POLICY));
            } catch (error) {
              return error;
            }
          });
          expect(answers[0]).toStrictEqual(answers[1]);
        }
      }),
      RUNS,
    );
  });

  test("is of one part of the network for items that need each other, as long as there is room, with the same units", () => {
    const ring = rowsOf({
      ...{ offers: [["f", "ore"]], firms: { f: "CN" } },
      requires: [
        ["acid", "base"],
        ["base", "acid"],
        ["ore", "sand"],
      ],
    });
    const network = buildNetwork(ring, 1);
    const of = (...targets: string[]) => upstreamScenario(network, targets, DEFAULT_POLICY);
    const [acid, ore, base] = [of("acid"), of("ore"), of("base")];
    expect(base.network).toBe(acid.network);
    expect(base.units).toBe(acid.units);
    expect(ore.network).not.toBe(acid.network);
    expect(of("acid", "ore").network.items).toStrictEqual(network.items);
    expect(of("base").network).not.toBe(acid.network);
  });

  test("leaves out what no target needs, and what a policy says of it", () => {
    const policy = { ...DEFAULT_POLICY, removed: ["elsewhere", "g:elsewhere", "idle", "g:wafer"] };
    const scenario = upstreamScenario(buildNetwork(chain, 1), ["chip"], policy);
    expect(scenario.network.items).toStrictEqual(["chip", "wafer"]);
    expect(scenario.policy.removed).toStrictEqual(["idle", "g:wafer"]);
  });

  test("refuses the same as that of the whole network", () => {
    const network = buildNetwork(chain, 1);
    expect(() => upstreamScenario(network, ["nothing"], DEFAULT_POLICY)).toThrow('"nothing" is not the id of an item');
    expect(() => upstreamScenario(network, ["chip"], { ...DEFAULT_POLICY, removed: ["nobody"] })).toThrow(
      '"nobody", to be removed',
    );
  });
});

test("The region of everything is the network", () => {
  fc.assert(
    fc.property(randomNetwork(), (rows) => {
      const network = buildNetwork(rows, 1);
      const whole = regionMembers(network, network.items.keys(), network.firms.keys());
      expect(regionOf(network, whole)).toStrictEqual(network);
    }),
    RUNS,
  );
});
