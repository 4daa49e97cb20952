import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability } from "../../../graph/analysis/availability.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { concentration } from "../../../graph/analysis/concentration.ts";
import { CONCENTRATED_ABOVE, GAP_TYPES, gapTypesOf } from "../../../graph/analysis/gap-types.ts";
import { gaps } from "../../../graph/analysis/gaps.ts";
import { necessity } from "../../../graph/analysis/necessity.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { shareOf, supplyOf } from "../../../graph/analysis/shares.ts";
import { shortfallOf } from "../../../graph/analysis/shortfall.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { LiteralScenario } from "../../support/literal-scenario.ts";
import { type RandomQuestion, RUNS, randomQuestion, shuffledRows } from "../../support/random-network.ts";
import { rowsOf } from "../../support/rows-of.ts";
import { allocations, generalSlots, holds, literalSupply } from "../../support/supply-oracle.ts";

/** Random questions whose basis the oracles can read off a row. */
function question(): fc.Arbitrary<RandomQuestion> {
  return fc.tuple(randomQuestion(), fc.constantFrom(null, 1, 2)).map(([asked, maxTier]) => ({
    ...asked,
    policy: { ...asked.policy, maxTier, basis: asked.policy.basis === "SITE" ? "SITE" : "HQ" },
  }));
}

describe("necessity", () => {
  test("is the share of targets in no closed set without the item, all others supposed suppliable", () => {
    fc.assert(
      fc.property(question(), ({ rows, targets, policy }) => {
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, targets, policy);
        const literal = new LiteralScenario(rows, policy);
        const index = (id: string) => network.itemIndex.get(id)!;
        const options = network.items.map((id, item) => {
          const ways = literal.ways(id, targets.includes(id), scenario.unrecordedSources.includes(item));
          const slots = ways.length > 0 ? ways.map((way) => way.slots) : [generalSlots(rows, policy, id)];
          return slots.map((option) => option.map((slot) => slot.map(index)));
        });
        const closed = Array.from({ length: 2 ** network.items.length }, (_, mask) => mask).filter((mask) => {
          const has = (item: number) => ((mask >>> item) & 1) === 1;
          return options.every((of, item) => !has(item) || of.some((option) => option.every((slot) => slot.some(has))));
        });
        for (const [item] of network.items.entries()) {
          const without = targets.filter(
            (target) => !closed.some((mask) => ((mask >>> index(target)) & 1) === 1 && ((mask >>> item) & 1) === 0),
          );
          const { value, path } = necessity(scenario, item);
          expect(value).toBeCloseTo(targets.length === 0 ? 0 : without.length / targets.length, 9);
          if (value > 0) expect([targets.includes(path[0]!), path.at(-1)]).toStrictEqual([true, network.items[item]]);
        }
      }),
      RUNS,
    );
  });

  test("weighs a firm's products and follows its own recipe", () => {
    const rows = rowsOf({
      firms: { leader: "CN", other: "JP" },
      offers: [
        ["leader", "dram", { outputWeight: 3 }],
        ["leader", "nor", { outputWeight: 1 }],
        ["other", "resist"],
        ["other", "mask"],
      ],
      requires: [
        ["dram", "resist", { slot: "litho" }],
        ["nor", "resist", { slot: "litho" }],
        ["nor", "mask", { slot: "litho", maker: "leader", id: "own" }],
      ],
    });
    const network = buildNetwork(rows, 1);
    const scenario = buildScenario(network, ["leader"], DEFAULT_POLICY);
    const of = (id: string) => necessity(scenario, network.itemIndex.get(id)!);
    expect([of("resist"), of("mask")]).toStrictEqual([
      { item: "resist", value: 0.75, path: ["dram", "resist"] },
      { item: "mask", value: 0.25, path: ["nor", "mask"] },
    ]);
  });
});

describe("gap types", () => {
  test("are the rules recounted on the rows", () => {
    fc.assert(
      fc.property(question(), ({ rows, targets, policy }) => {
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, targets, policy);
        const literal = new LiteralScenario(rows, policy);
        const result = availability(scenario);
        for (const [item, id] of network.items.entries()) {
          const expected = new Set<string>();
          const possible = new Set<string>();
          const ways = literal.ways(id, targets.includes(id), scenario.unrecordedSources.includes(item));
          const tier = result.tier[item]!;
          const fails = tier > 0 && (policy.maxTier === null || tier <= policy.maxTier);
          const units = literal.units(id).map((unit) => {
            const offer = rows.offers.find((row) => row.id === unit.offer)!;
            const firm = rows.firms.find((row) => row.id === offer.provider);
            const code = rows.jurisdictions.find((row) => row.id === offer.provider)?.code;
            const place = code ?? (policy.basis === "SITE" ? offer.originCountry : firm!.country);
            return { ...unit, place, firm: firm?.id ?? null };
          });
          const extras = policy.extraOffers
            .filter((extra) => extra.item === id)
            .map((extra) => {
              const firm = rows.firms.find((row) => row.id === extra.firm);
              const gone = [firm?.id, id].some((name) => name !== undefined && policy.removed.includes(name));
              const goneWith = rows.jurisdictions.some(
                (row) =>
                  policy.removed.includes(row.id) && firm !== undefined && literal.firmsIn(row.code).has(firm.id),
              );
              const admissible = !gone && !goneWith;
              return { usable: true, admissible, place: firm?.country ?? null, firm: firm?.id ?? "nobody yet" };
            });
          const all = [...units, ...extras];
          const admissible = all.filter((unit) => unit.admissible);
          const isClass = rows.variants.some((row) => row.itemClass === id && holds(row, policy));
          if (isClass || network.itemCategory[item] === 4) {
            if (fails) expected.add(ways.length > 0 ? "DEPENDENT" : "MISSING");
          } else {
            if (fails && ways.length > 0) expected.add("DEPENDENT");
            const recorded = rows.offers.some((row) => row.item === id && holds(row, policy));
            if (!all.some((unit) => unit.usable)) expected.add(recorded ? "MISSING" : "UNSURVEYED");
            else if (admissible.length === 0) expected.add("CHOKEPOINT");
            else {
              const supply = supplyOf(scenario, item);
              if (
                admissible.every((unit) => unit.firm !== null) &&
                new Set(admissible.map((unit) => unit.firm)).size === 1
              ) {
                expected.add("SINGLE_SOURCE");
                if ((supply?.known ?? 0) < 0.9 - 1e-9) possible.add("SINGLE_SOURCE");
              }
              const places = new Set(admissible.map((unit) => unit.place));
              if (!places.has("CN")) {
                const into = places.has(null) ? possible : expected;
                into.add("NOT_LOCAL");
                if ([...places].filter((place) => place !== null).length <= 1) into.add("SINGLE_JURISDICTION");
              }
              if (supply !== null) {
                const { byFirm, byJurisdiction } = concentration(scenario, item);
                const home = shareOf(supply, new Set([network.jurisdictionIndex.get("CN")!]));
                const above = (side: "low" | "high", other: "low" | "high") =>
                  byFirm!.hhi[side] > CONCENTRATED_ABOVE + 1e-9 ||
                  (byJurisdiction!.hhi[side] > CONCENTRATED_ABOVE + 1e-9 && home[other] < 0.5);
                if (above("low", "high")) expected.add("CONCENTRATED");
                else if (above("high", "low")) possible.add("CONCENTRATED");
              }
            }
          }
          const found = gapTypesOf(scenario, result, item);
          expect(found.types).toStrictEqual(GAP_TYPES.filter((type) => expected.has(type)));
          expect(found.possible).toStrictEqual(GAP_TYPES.filter((type) => possible.has(type)));
        }
      }),
      RUNS,
    );
  });
});

describe("the shortfall", () => {
  test("holds for every allocation of unknown shares, and is reached where every place is known", () => {
    fc.assert(
      fc.property(question(), ({ rows, policy: drawn }) => {
        const policy = { ...drawn, extraOffers: [], removed: [] };
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, [], policy);
        const literal = new LiteralScenario(rows, policy);
        for (const [item, id] of network.items.entries()) {
          const supply = literalSupply(rows, policy, id);
          const isClass = rows.variants.some((row) => row.itemClass === id && holds(row, policy));
          if (supply === null || isClass || network.itemCategory[item] === 4) continue;
          const units = new Map(literal.units(id).map((unit) => [unit.offer, unit]));
          const grade = (offer: string): number => {
            const unit = units.get(offer);
            const row = rows.offers.find((one) => one.id === offer)!;
            const firm = rows.firms.find((one) => one.id === row.provider);
            if (unit === undefined) return 0;
            if (!unit.admissible) {
              const asSample = new LiteralScenario(rows, { ...policy, minReadiness: "SAMPLE" }).units(id);
              const ready = asSample.find((one) => one.offer === offer)?.admissible === true;
              return ready && row.readiness === "SAMPLE" ? 0.25 : 0;
            }
            if (row.readiness === "SAMPLE") return 0.25;
            if (firm?.region === "泉州") return 1;
            const code = rows.jurisdictions.find((one) => one.id === row.provider)?.code;
            const place = code ?? (policy.basis === "SITE" ? row.originCountry : firm!.country);
            return place === "CN" ? 0.75 : 0.5;
          };
          const sums: number[] = [];
          for (const { masses, unlisted } of allocations(supply, 2))
            for (const pick of [0, 1, 2, 3, 4]) {
              let sum = 0;
              supply.groups.forEach((group, position) => {
                const known = group.named.reduce((total, row) => total + (row.share ?? 0), 0);
                const scale = known > masses[position]! ? masses[position]! / known : 1;
                for (const row of group.named) sum += grade(row.id) * (row.share ?? 0) * scale;
                const rest = masses[position]! - known * scale;
                const open = group.named.filter((row) => row.share === null && row.level !== "NEGLIGIBLE");
                // What a row leaves is one of its firms' of unknown share, or nobody's who is named.
                const taker = pick === 0 || open.length === 0 ? group.offer.id : open[(pick - 1) % open.length]!.id;
                sum += grade(taker) * rest;
              });
              for (const other of [0, 1]) sums.push((sum + other * unlisted) / supply.total);
            }
          const known = supply.groups.every((group) => group.place !== null);
          const { low, high } = shortfallOf(scenario, item);
          expect(low).toBeLessThanOrEqual(1 - Math.max(...sums) + 1e-9);
          expect(high).toBeGreaterThanOrEqual(1 - Math.min(...sums) - 1e-9);
          const littleInRows = supply.groups.some((group) => group.named.some((row) => row.level === "NEGLIGIBLE"));
          if (!known || littleInRows) continue;
          expect(low).toBeCloseTo(1 - Math.max(...sums), 9);
          expect(high).toBeCloseTo(1 - Math.min(...sums), 9);
        }
      }),
      RUNS,
    );
  });
});

test("the shortfall counts the little that a firm of a NEGLIGIBLE row may have", () => {
  const rows = rowsOf({
    firms: { maker: "CN", other: "CN", jp: "JP" },
    offers: [
      ["maker", "gas", { share: 0.9 }],
      ["other", "gas"],
      ["JP", "gas", { level: "NEGLIGIBLE" }],
      ["jp", "gas"],
    ],
  });
  const scenario = buildScenario(buildNetwork(rows, 1), [], { ...DEFAULT_POLICY, restricted: ["CN"] });
  expect(shortfallOf(scenario, 0)).toStrictEqual({ low: 0.99, high: 1 });
});

describe("the gap report", () => {
  test("does not depend on the order of rows, and draws no edge without its ends", () => {
    fc.assert(
      fc.property(
        question().chain((asked) => fc.tuple(fc.constant(asked), shuffledRows(asked.rows))),
        ([{ rows, targets, policy }, shuffled]) => {
          const [one, other] = [rows, shuffled].map((order) =>
            gaps(buildScenario(buildNetwork(order, 1), targets, policy)),
          );
          expect(other).toStrictEqual(one);
          const drawn = new Set(one!.subgraph.nodes.map((node) => node.id));
          expect(one!.subgraph.edges.filter((edge) => !drawn.has(edge.from) || !drawn.has(edge.to))).toStrictEqual([]);
          expect(one!.gaps.filter((gap) => targets.includes(gap.item))).toStrictEqual([]);
          const scored = one!.gaps.map((gap) => gap.score !== null);
          expect(scored).toStrictEqual([...scored].sort((a, b) => Number(b) - Number(a)));
        },
      ),
      RUNS,
    );
  });

  test("leaves failures beyond the tier asked for out, and still says where they are", () => {
    const network = buildNetwork(TWO_TIERS, 1);
    const deep = gaps(buildScenario(network, ["chip"], DEFAULT_POLICY));
    const near = gaps(buildScenario(network, ["chip"], { ...DEFAULT_POLICY, maxTier: 1 }));
    const short = (report: ReturnType<typeof gaps>) =>
      report.gaps.map(({ item, types, tier, roots, depth }) => [item, types[0], tier, roots, depth]);
    expect([deep.verdict, deep.freeToTier, near.verdict, near.freeToTier]).toStrictEqual(["NO", 1, "YES", 1]);
    expect(short(deep)).toStrictEqual([
      ["laser", "CHOKEPOINT", 1, [], 2],
      ["tool", "DEPENDENT", 2, ["laser"], 1],
    ]);
    expect(short(near)).toStrictEqual([
      ["laser", "CHOKEPOINT", 1, [], 2],
      ["tool", "SINGLE_SOURCE", 2, [], 1],
    ]);
    expect(deep.subgraph).toStrictEqual({
      nodes: [
        { id: "chip", kind: "Product", marks: ["TARGET"], depth: 0 },
        { id: "tool", kind: "Product", marks: ["RESTRICTED_UPSTREAM", "DEPENDENT", "SINGLE_SOURCE"], depth: 1 },
        { id: "laser", kind: "Product", marks: ["CHOKEPOINT"], depth: 2 },
        { id: "maker", kind: "Firm", marks: [], depth: 2 },
        { id: "us", kind: "Firm", marks: ["RESTRICTED"], depth: 3 },
      ],
      edges: [
        { id: "chip>tool", type: "REQUIRES", from: "chip", to: "tool", marks: [] },
        { id: "maker:tool", type: "SUPPLIES", from: "maker", to: "tool", marks: [] },
        { id: "tool>laser", type: "REQUIRES", from: "tool", to: "laser", marks: [] },
        { id: "us:laser", type: "SUPPLIES", from: "us", to: "laser", marks: ["RESTRICTED"] },
      ],
    });
  });

  test("sets what fails with nothing restricted apart, and gives what nobody supplies no score", () => {
    const rows = rowsOf({
      firms: { leader: "CN 泉州", lab: "CN" },
      offers: [
        ["leader", "chip"],
        ["lab", "resist", { readiness: "RESEARCH" }],
      ],
      requires: [
        ["chip", "resist"],
        ["chip", "wafer"],
      ],
    });
    const report = gaps(buildScenario(buildNetwork(rows, 1), ["leader"], DEFAULT_POLICY));
    expect(
      report.unrecorded.map(({ item, types, score, unusableOffers }) => [item, types, score, unusableOffers]),
    ).toStrictEqual([["resist", ["UNRECORDED_SOURCE"], null, ["lab:resist"]]]);
    expect(report.gaps.map(({ item, types, score, shortfall }) => [item, types, score, shortfall])).toStrictEqual([
      ["wafer", ["UNSURVEYED"], null, { low: 0, high: 1 }],
    ]);
    expect([report.verdict, report.coverage]).toStrictEqual([
      "UNKNOWN",
      { items: 3, surveyed: 2, offers: 2, offersWithShare: 0, assumed: 0 },
    ]);
  });

  test("names what developing a chokepoint would need", () => {
    const rows = rowsOf({
      firms: { leader: "CN", us: "US" },
      offers: [
        ["leader", "chip"],
        ["us", "tool"],
        ["us", "optics"],
      ],
      requires: [
        ["chip", "tool"],
        ["tool", "optics"],
      ],
    });
    const report = gaps(buildScenario(buildNetwork(rows, 1), ["leader"], DEFAULT_POLICY));
    expect(report.gaps.map(({ item, types, path, necessity: value }) => [item, types, path, value])).toStrictEqual([
      ["optics", ["CHOKEPOINT"], ["chip", "tool", "optics"], 1],
      ["tool", ["CHOKEPOINT"], ["chip", "tool"], 1],
    ]);
  });
});

/** A chip whose tool is Japanese and has a laser that only the US make. */
const TWO_TIERS = rowsOf({
  firms: { maker: "JP", us: "US" },
  offers: [
    ["maker", "tool"],
    ["us", "laser"],
  ],
  requires: [
    ["chip", "tool"],
    ["tool", "laser"],
  ],
});
