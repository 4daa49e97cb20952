import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activeUnder } from "../../../graph/analysis/active.ts";
import { controllers, firmsIn, holdingsUnder, jurisdictionsOf } from "../../../graph/analysis/ownership.ts";
import { DEFAULT_POLICY, type Policy } from "../../../graph/analysis/policy.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import type { NetworkRows } from "../../../graph/projection/rows.ts";
import { LiteralScenario } from "../../support/literal-scenario.ts";
import { RUNS, randomNetwork, randomPolicy } from "../../support/random-network.ts";
import { emptyRows, facts } from "../../support/rows.ts";

const firmsOnly = randomNetwork({ items: 1, firms: 6 }).chain((rows) =>
  fc.record({ rows: fc.constant(rows), policy: randomPolicy(rows) }),
);

function holdings(rows: NetworkRows, policy: Policy = DEFAULT_POLICY) {
  return holdingsUnder(buildNetwork(rows, 1), policy, activeUnder(policy));
}

function firms(
  countries: Readonly<Record<string, string | null>>,
  stakes: readonly (readonly [string, string, number | null])[],
): NetworkRows {
  return {
    ...emptyRows(),
    firms: Object.entries(countries).map(([id, country]) => ({ id, country, region: null })),
    stakes: stakes.map(([owner, owned, stake], position) => ({ ...facts(`s${position}`), owner, owned, stake })),
  };
}

describe("ownership", () => {
  test("finds the firms of a jurisdiction that adding firms one by one finds", () => {
    fc.assert(
      fc.property(firmsOnly, ({ rows, policy }) => {
        const held = holdings(rows, policy);
        const literal = new LiteralScenario(rows, policy);
        held.network.jurisdictions.forEach((code, jurisdiction) => {
          const members = firmsIn(held, jurisdiction);
          const ids = held.network.firms.filter((_, firm) => members[firm] === 1);
          expect(ids).toStrictEqual([...literal.firmsIn(code)].sort());
        });
      }),
      RUNS,
    );
  });

  test("gives a firm one controller among the jurisdictions it is in", () => {
    fc.assert(
      fc.property(firmsOnly, ({ rows, policy }) => {
        const network = buildNetwork(rows, 1);
        const isActive = activeUnder(policy);
        const controller = controllers(holdingsUnder(network, policy, isActive));
        network.firms.forEach((_, firm) => {
          const codes = jurisdictionsOf(network, firm, { ...policy, ownership: true }, isActive);
          if (codes.length === 0) expect(controller[firm]).toBe(-1);
          else expect(codes).toContain(network.jurisdictions[controller[firm]!]);
        });
      }),
      RUNS,
    );
  });

  test("follows control to the end of the line: a fund's subsidiary's subsidiary is the fund's", () => {
    const rows = firms({ fund: "US", holding: "JP", plant: "CN", free: "CN" }, [
      ["fund", "holding", 0.6],
      ["holding", "plant", 0.5],
      ["fund", "free", 0.49],
    ]);
    const held = holdings(rows);
    const codes = Array.from(controllers(held), (jurisdiction) => held.network.jurisdictions[jurisdiction]);
    expect(Object.fromEntries(held.network.firms.map((id, firm) => [id, codes[firm]]))).toStrictEqual({
      free: "CN",
      fund: "US",
      holding: "US",
      plant: "US",
    });
  });

  test("takes an unknown stake for what the known ones leave where unknowns are denied", () => {
    const rows = firms({ a: "US", b: "JP", small: "CN", open: "CN", nowhere: null }, [
      ["a", "small", null],
      ["b", "small", 0.6],
      ["a", "open", null],
    ]);
    const inside = (unknownOrigin: Policy["unknownOrigin"]) => {
      const held = holdings(rows, { ...DEFAULT_POLICY, unknownOrigin });
      const members = firmsIn(held, held.network.jurisdictionIndex.get("US")!);
      return held.network.firms.filter((_, firm) => members[firm] === 1);
    };
    expect(inside("ALLOW")).toStrictEqual(["a"]);
    expect(inside("DENY")).toStrictEqual(["a", "nowhere", "open"]);
  });
});
