import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { DEFAULT_POLICY, type Policy } from "../../../graph/analysis/policy.ts";
import { restrictions } from "../../../graph/analysis/restriction.ts";
import { UNIT_STATES } from "../../../graph/analysis/scenario.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { offerId } from "../../../graph/projection/edge-ids.ts";
import type { NetworkRows } from "../../../graph/projection/rows.ts";
import { ENOUGH_CASES, type RandomQuestion, RUNS, randomQuestion } from "../../support/random-network.ts";
import { facts } from "../../support/rows.ts";
import { rowsOf } from "../../support/rows-of.ts";

const DRAWN: fc.Arbitrary<{
  readonly question: RandomQuestion;
  readonly basis: Policy["basis"];
  readonly unknownOrigin: Policy["unknownOrigin"];
  readonly restricted: readonly string[];
}> = fc.record({
  question: randomQuestion({ items: 3, firms: 6 }),
  basis: fc.constantFrom("HQ" as const, "SITE" as const, "CONTROL" as const),
  unknownOrigin: fc.constantFrom("ALLOW" as const, "DENY" as const),
  restricted: fc.constantFrom(["US"], ["JP", "US"], ["KR"]),
});

/** Offers that a policy restricts, by id, with why. */
function restrictedOf(rows: NetworkRows, policy: Policy) {
  const scenario = buildScenario(buildNetwork(rows, 1), [], policy);
  const { network, units } = scenario;
  const why = restrictions(scenario);
  const found = new Map<string, ReturnType<typeof why>>();
  for (let unit = 0; unit < units.unitItem.length; unit += 1) {
    const offer = units.unitOffer[unit]!;
    if (offer < 0) continue;
    const isRestricted = units.unitState[unit] === UNIT_STATES.indexOf("RESTRICTED");
    const given = why(offer);
    expect(given !== null).toBe(isRestricted);
    if (given !== null) found.set(offerId(network, offer), given);
  }
  return found;
}

function firms(
  countries: Readonly<Record<string, string | null>>,
  stakes: readonly (readonly [string, string, number | null])[],
): NetworkRows {
  return {
    ...rowsOf({ firms: countries, offers: [["seller", "tool"]] }),
    stakes: stakes.map(([owner, owned, stake]) => ({ ...facts(`${owner}>${owned}`), owner, owned, stake })),
  };
}

describe("why an offer is restricted", () => {
  test("names the stakes of owners who together hold enough, and those behind them", () => {
    const rows = firms({ seller: "CN", trust: "US", holding: "CN", fund: "US", other: "JP" }, [
      ["trust", "holding", 0.8],
      ["holding", "seller", 0.3],
      ["fund", "seller", 0.25],
      ["other", "seller", 0.4],
      ["seller", "trust", 0.9],
    ]);
    expect(restrictedOf(rows, DEFAULT_POLICY)).toStrictEqual(
      new Map([
        [
          "seller:tool",
          {
            jurisdiction: "US",
            ground: "OWNERS",
            stakes: [
              { id: "fund>seller", from: "fund" },
              { id: "holding>seller", from: "holding" },
              { id: "trust>holding", from: "trust" },
            ],
          },
        ],
      ]),
    );
  });

  test("says that nobody knows where the firm is, under a policy that denies that", () => {
    const denied = restrictedOf(firms({ seller: null }, []), { ...DEFAULT_POLICY, unknownOrigin: "DENY" });
    expect([...denied.values()]).toStrictEqual([{ jurisdiction: "US", ground: "UNKNOWN_ORIGIN", stakes: [] }]);
  });

  test("is given of every restricted offer and of no other, and holds by its stakes alone", () => {
    let owned = 0;
    fc.assert(
      fc.property(DRAWN, ({ question, basis, unknownOrigin, restricted }) => {
        const policy = { ...question.policy, ownership: true, basis, unknownOrigin, restricted };
        for (const [id, why] of restrictedOf(question.rows, policy)) {
          const { jurisdiction, ground, stakes } = why!;
          expect([restricted.includes(jurisdiction), stakes.length > 0]).toStrictEqual([true, ground === "OWNERS"]);
          if (ground !== "OWNERS") continue;
          owned += 1;
          const named = new Set(stakes.map((stake) => stake.id));
          // A stake of unknown size stands for all that the known ones leave: without the others it would leave more.
          if (unknownOrigin === "DENY") continue;
          const alone = { ...question.rows, stakes: question.rows.stakes.filter((row) => named.has(row.id)) };
          expect(alone.stakes.length).toBe(stakes.length);
          expect(restrictedOf(alone, policy).get(id)).toStrictEqual(why);
        }
      }),
      RUNS,
    );
    expect(owned).toBeGreaterThan(ENOUGH_CASES);
  });
});
