import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { concentration } from "../../../graph/analysis/concentration.ts";
import { measure } from "../../../graph/analysis/holders.ts";
import { shareOf, supplyOf } from "../../../graph/analysis/shares.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { type RandomQuestion, RUNS, randomQuestion, shuffledRows } from "../../support/random-network.ts";
import { allocations, divisions, literalSupply } from "../../support/supply-oracle.ts";

const CODES = ["CN", "JP", "US"];
const SMALL = { items: 3, firms: 4 };

/** Random questions whose basis the oracle can read off a row. */
function question(): fc.Arbitrary<RandomQuestion> {
  return randomQuestion(SMALL).map((asked) => ({
    ...asked,
    policy: { ...asked.policy, basis: asked.policy.basis === "SITE" ? "SITE" : "HQ" },
  }));
}

describe("the share of a set of jurisdictions", () => {
  test("spans exactly what a grid of allocations can give it", () => {
    fc.assert(
      fc.property(question(), fc.subarray(CODES), ({ rows, policy }, codes) => {
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, [], policy);
        for (const [item, id] of network.items.entries()) {
          const literal = literalSupply(rows, policy, id);
          const supply = supplyOf(scenario, item);
          expect(supply === null).toBe(literal === null);
          if (supply === null || literal === null) continue;
          const shares: number[] = [];
          for (const { masses, unlisted } of allocations(literal, 2))
            for (const strayInside of [false, true])
              for (const unlistedInside of [false, true]) {
                const held = literal.groups.reduce((sum, group, position) => {
                  const inside = group.place === null ? strayInside : codes.includes(group.place);
                  return sum + (inside ? masses[position]! : 0);
                }, 0);
                shares.push((held + (unlistedInside ? unlisted : 0)) / literal.total);
              }
          const indices = new Set(codes.map((code) => network.jurisdictionIndex.get(code)!));
          const share = shareOf(supply, indices);
          expect(share.low).toBeCloseTo(Math.min(...shares), 9);
          expect(share.high).toBeCloseTo(Math.max(...shares), 9);
        }
      }),
      RUNS,
    );
  });
});

/** HHI, largest share and n75 of masses that are all known. */
function exact(masses: readonly number[], total: number) {
  const shares = masses.map((mass) => mass / total).sort((a, b) => b - a);
  let sum = 0;
  const enough = shares.findIndex((share) => {
    sum += share;
    return sum >= 0.75 - 1e-9;
  });
  return {
    hhi: 10_000 * shares.reduce((squares, share) => squares + share * share, 0),
    cr1: shares[0] ?? 0,
    n75: enough === -1 ? null : enough + 1,
  };
}

describe("measures of concentration", () => {
  const PARTS = 12;

  test("span what a grid of allocations can give, and reach its extremes", () => {
    const holder = fc.record({
      base: fc.constantFrom(0, 0.05, 0.1, 0.2, 0.3),
      open: fc.boolean(),
      divisible: fc.constant(false),
    });
    fc.assert(
      fc.property(fc.array(holder, { minLength: 1, maxLength: 4 }), (drawn) => {
        const known = drawn.reduce((sum, one) => sum + one.base, 0);
        const free = Math.max(0, 1 - known);
        const holders =
          free > 0 && drawn.every((one) => !one.open) ? [{ ...drawn[0]!, open: true }, ...drawn.slice(1)] : drawn;
        const total = known + free;
        const open = holders.flatMap((one, position) => (one.open ? [position] : []));
        const grid = (free > 0 ? divisions(PARTS, open.length) : [[]]).map((division) => {
          const masses = holders.map((one) => one.base);
          division.forEach((pieces, at) => {
            masses[open[at]!]! += (free * pieces) / PARTS;
          });
          return exact(masses, total);
        });
        const measures = measure(holders, free, total);
        const step = free / PARTS / total;
        for (const name of ["hhi", "cr1"] as const) {
          const values = grid.map((one) => one[name]);
          expect(measures[name].high).toBeCloseTo(Math.max(...values), 6);
          expect(measures[name].low).toBeLessThanOrEqual(Math.min(...values) + 1e-6);
          const coarseness = name === "hhi" ? 10_000 * open.length * step * step : step;
          expect(measures[name].low).toBeGreaterThanOrEqual(Math.min(...values) - coarseness - 1e-6);
        }
        const counts = grid.map((one) => one.n75 ?? Number.NaN);
        expect(measures.n75.low).toBe(Math.min(...counts));
        expect(measures.n75.high).toBeGreaterThanOrEqual(Math.max(...counts));
      }),
      RUNS,
    );
  });

  test("leave what may be many small ones out of the lower bounds and unbounded above", () => {
    const rest = { base: 0.6, open: false, divisible: true };
    const firm = { base: 0.4, open: false, divisible: false };
    expect(measure([firm, rest], 0, 1)).toStrictEqual({
      hhi: { low: expect.closeTo(1600, 9), high: expect.closeTo(5200, 9) },
      cr1: { low: 0.4, high: 0.6 },
      n75: { low: 2, high: null },
    });
  });

  test("hold by jurisdiction for every allocation and every place a stray offer may be", () => {
    fc.assert(
      fc.property(question(), ({ rows, policy }) => {
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, [], policy);
        for (const [item, id] of network.items.entries()) {
          const literal = literalSupply(rows, policy, id);
          const { byJurisdiction } = concentration(scenario, item);
          expect(byJurisdiction === null).toBe(literal === null);
          if (literal === null || byJurisdiction === null) continue;
          const highs: number[] = [];
          for (const { masses, unlisted } of allocations(literal, 2, false))
            for (const stray of [...CODES, null]) {
              const byPlace = new Map<string, number>();
              literal.groups.forEach((group, position) => {
                const place = group.place ?? stray ?? `stray ${position}`;
                byPlace.set(place, (byPlace.get(place) ?? 0) + masses[position]!);
              });
              const held = [...byPlace.values()].sort((a, b) => b - a);
              if (unlisted > 0) held[0] = (held[0] ?? 0) + unlisted;
              highs.push(exact(held, literal.total).hhi);
            }
          expect(byJurisdiction.hhi.high).toBeGreaterThanOrEqual(Math.max(...highs) - 1e-6);
          const isOpen = literal.groups.some((group) => group.takes === "ANY");
          if (isOpen || literal.unknown === 0)
            expect(byJurisdiction.hhi.low).toBeLessThanOrEqual(Math.min(...highs) + 1e-6);
          if (literal.groups.every((group) => group.place !== null))
            expect(byJurisdiction.hhi.high).toBeCloseTo(Math.max(...highs), 6);
        }
      }),
      RUNS,
    );
  });

  test("by firm, from jurisdiction rows alone, go from 0 to the index by jurisdiction", () => {
    fc.assert(
      fc.property(question(), ({ rows, policy }) => {
        const onlyRows = { ...rows, offers: rows.offers.filter((offer) => offer.provider.startsWith("j-")) };
        const network = buildNetwork(onlyRows, 1);
        const scenario = buildScenario(network, [], { ...policy, removed: [] });
        for (const item of network.items.keys()) {
          const { byFirm, byJurisdiction } = concentration(scenario, item);
          if (byFirm === null || byJurisdiction === null) continue;
          expect(byFirm.hhi.low).toBe(0);
          expect(byFirm.hhi.high).toBeCloseTo(byJurisdiction.hhi.high, 6);
        }
      }),
      RUNS,
    );
  });

  test("do not depend on the order of rows", () => {
    fc.assert(
      fc.property(
        question().chain((asked) => fc.tuple(fc.constant(asked), shuffledRows(asked.rows))),
        ([{ rows, policy }, shuffled]) => {
          const all = [rows, shuffled].map((order) => {
            const network = buildNetwork(order, 1);
            const scenario = buildScenario(network, [], policy);
            return network.items.map((_, item) => concentration(scenario, item));
          });
          expect(all[1]).toStrictEqual(all[0]);
        },
      ),
      RUNS,
    );
  });
});
