import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability, isAvailable } from "../../../graph/analysis/availability.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { gaps } from "../../../graph/analysis/gaps.ts";
import { necessity } from "../../../graph/analysis/necessity.ts";
import { DEFAULT_POLICY, type ExtraOffer, type Policy } from "../../../graph/analysis/policy.ts";
import { type Recruitment, recruitment } from "../../../graph/analysis/recruitment.ts";
import type { CandidateKind, Supplier } from "../../../graph/analysis/recruitment-candidates.ts";
import type { Scenario } from "../../../graph/analysis/scenario.ts";
import { gradeOf } from "../../../graph/analysis/shortfall.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import type { Network } from "../../../graph/projection/network.ts";
import { goldenCases } from "../../support/golden.ts";
import { ENOUGH_CASES, type RandomQuestion, RUNS, randomQuestion, shuffledRows } from "../../support/random-network.ts";
import { rowsOf } from "../../support/rows-of.ts";
import { holds } from "../../support/supply-oracle.ts";

const NOBODY = { suggest: [], named: [], landed: [] } as const;

function supplier(id: string, items: readonly string[], more: Partial<Supplier> = {}): Supplier {
  return { id, kind: "SUPPLIER", firm: null, items, cost: 1, ...more };
}

function ids(picks: Recruitment["picks"]): readonly string[] {
  return picks.map(({ candidate }) => candidate.id);
}

/** The last cumulative gain: restored weight and what Phi surely gains. */
function value({ picks, landed }: Recruitment): readonly [number, number] {
  const last = [...landed, ...picks].at(-1)?.cumulative;
  return last === undefined ? [0, 0] : [last.restored, last.potential.low];
}

describe("recruitment", () => {
  test.each(goldenCases("recruitment"))("$title", ({ network, query, policy, expected }) => {
    const scenario = buildScenario(network, query.targets!, policy);
    const targets = scenario.targets.map((target) => ({
      ...target,
      weight: query.weights![network.items[target.item]!]!,
    }));
    const named = Object.entries(query.candidates!).map(([id, { items, cost }]) => supplier(id, items, { cost }));
    const found = recruitment({ ...scenario, targets }, { ...NOBODY, named, budget: query.budget! });
    const of = (name: string) => {
      const { picks, gain } = found.strategies.find(({ strategy }) => strategy === name)!;
      return [picks, [gain.restored, gain.potential.low]];
    };
    expect({
      byRestored: of("RESTORED_PER_COST"),
      byPotential: of("POTENTIAL_PER_COST"),
      exact: [ids(found.picks), value(found)],
    }).toStrictEqual(expected);
    expect([found.strategy, found.exact]).toStrictEqual(["ENUMERATION", true]);
  });
});

interface RecruitmentQuestion extends RandomQuestion {
  readonly named: readonly Supplier[];
  readonly budget: number;
  readonly suggest: readonly CandidateKind[];
}

/** Questions of which much is blocked, with candidates of their own. */
function question(): fc.Arbitrary<RecruitmentQuestion> {
  return randomQuestion()
    .filter(({ targets }) => targets.length > 0)
    .chain(({ rows, targets, policy }) => {
      const items = rows.items.map((row) => row.id);
      const named = fc
        .array(
          fc.record({
            items: fc.subarray(items, { minLength: 1, maxLength: Math.min(3, items.length) }),
            cost: fc.constantFrom(null, 0, 1, 2, 3),
            firm: fc.constantFrom(null, ...rows.firms.map((row) => row.id)),
          }),
          { maxLength: 5 },
        )
        .map((list) => list.map((one, position) => supplier(`s${position}`, one.items, one)));
      return fc.record({
        rows: fc.constant(rows),
        targets: fc.constant(targets),
        policy: fc
          .constantFrom(null, null, 1, 2)
          .map((maxTier): Policy => ({ ...policy, maxTier, unknownSupply: "DENY", removed: [] })),
        named,
        budget: fc.constantFrom(0, 1, 2, 3, 5),
        suggest: fc.subarray<CandidateKind>(["FIRM", "ITEM"]),
      });
    });
}

function ask(asked: RecruitmentQuestion, change: Partial<RecruitmentQuestion> = {}): Recruitment {
  const { rows, targets, policy, named, budget, suggest } = { ...asked, ...change };
  const scenario = buildScenario(buildNetwork(rows, 1), targets, policy);
  return recruitment(scenario, { named, budget, suggest, landed: [] });
}

/** Who is asked about in an answer, as suppliers. */
function suppliersOf({ candidates }: Recruitment, named: readonly Supplier[]): readonly Supplier[] {
  return candidates.map(({ id, kind, items, cost, costKnown }) => ({
    id,
    kind,
    firm: kind === "FIRM" ? id : (named.find((one) => one.id === id)?.firm ?? null),
    items: items.map(({ item }) => item),
    cost: costKnown ? cost : null,
  }));
}

/** Restored weight and Phi of a set, by building the network with their offers and counting literally. */
function literalValue(asked: RecruitmentQuestion, network: Network, base: Scenario, picks: readonly Supplier[]) {
  const extra = picks.flatMap(({ items, firm }): ExtraOffer[] => items.map((item) => ({ item, firm, cost: null })));
  const policy = { ...asked.policy, extraOffers: [...asked.policy.extraOffers, ...extra] };
  const supplied = buildScenario(network, asked.targets, policy);
  const open = (scenario: Scenario) => {
    const result = availability(scenario);
    return scenario.targets.reduce(
      (sum, { node, weight }) => sum + (isAvailable(result, node, policy.maxTier) ? weight : 0),
      0,
    );
  };
  const home = new Set(picks.flatMap(({ items }) => items));
  const phi = (at: ReadonlySet<string>) =>
    asked.rows.items.reduce((sum, { id }, _, all) => {
      const item = network.itemIndex.get(id)!;
      return all.length === 0 ? sum : sum + necessity(base, item).value * literalGrade(asked, network, base, id, at);
    }, 0);
  return { restored: open(supplied) - open(base), potential: phi(home) - phi(new Set()) };
}

/** Best grade of an item when some are had at home, the most it can be. */
function literalGrade(
  asked: RecruitmentQuestion,
  network: Network,
  base: Scenario,
  id: string,
  home: ReadonlySet<string>,
): number {
  const row = asked.rows.items.find((one) => one.id === id)!;
  const variants = asked.rows.variants.filter((edge) => edge.itemClass === id && holds(edge, asked.policy));
  if (variants.length > 0 && row.variantMode === "ALL") return 0;
  if (row.category === "PROCESS" || home.has(id)) return 1;
  const { units } = base;
  const grades = variants.map((edge) => variantGrade(asked, network, base, edge.variant, home));
  const item = network.itemIndex.get(id)!;
  for (let unit = units.itemUnits[item]!; unit < units.itemUnits[item + 1]!; unit += 1)
    grades.push(gradeOf(base, unit).high);
  return grades.length === 0 ? 1 : Math.max(...grades);
}

/** The grade that a variant lends its class: one that is itself a class ALL is as good as its worst, whoever comes. */
function variantGrade(
  asked: RecruitmentQuestion,
  network: Network,
  base: Scenario,
  id: string,
  home: ReadonlySet<string>,
): number {
  const row = asked.rows.items.find((one) => one.id === id)!;
  const variants = asked.rows.variants.filter((edge) => edge.itemClass === id && holds(edge, asked.policy));
  if (variants.length === 0 || row.variantMode !== "ALL") return literalGrade(asked, network, base, id, home);
  if (row.category === "PROCESS") return 1;
  return Math.min(...variants.map((edge) => variantGrade(asked, network, base, edge.variant, new Set())));
}

function subsets<Value>(list: readonly Value[]): readonly (readonly Value[])[] {
  return Array.from({ length: 2 ** list.length }, (_, mask) => list.filter((__, bit) => ((mask >>> bit) & 1) === 1));
}

function costOf(suppliers: readonly Supplier[]): number {
  return suppliers.reduce((sum, { cost }) => sum + (cost ?? 1), 0);
}

const round = (figure: number): number => Math.round(figure * 1e6) / 1e6;

describe("recruitment on random networks", () => {
  test("is worth what the best of all affordable sets is, counted literally, for no more than the cheapest of them", () => {
    let compared = 0;
    fc.assert(
      fc.property(question(), (asked) => {
        const found = ask(asked);
        const suppliers = suppliersOf(found, asked.named);
        fc.pre(suppliers.length <= 8);
        const network = buildNetwork(asked.rows, 1);
        const base = buildScenario(network, asked.targets, asked.policy);
        const affordable = subsets(suppliers).filter((set) => costOf(set) <= asked.budget);
        const judged = affordable.map((set) => {
          const { restored, potential } = literalValue(asked, network, base, set);
          return { restored: round(restored), potential: round(potential), cost: costOf(set) };
        });
        const best = judged.reduce((a, b) =>
          (b.restored - a.restored || b.potential - a.potential || a.cost - b.cost) > 0 ? b : a,
        );
        const [restored, potential] = value(found).map(round);
        expect([found.exact, { restored, potential, cost: found.cost }]).toStrictEqual([true, best]);
        if (best.restored > 0) compared += 1;
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(ENOUGH_CASES);
  });

  test("never spends more than the budget, is worth no less than any strategy, nor than a smaller budget buys", () => {
    fc.assert(
      fc.property(question(), (asked) => {
        const [less, more] = [ask(asked), ask(asked, { budget: asked.budget + 1 })];
        const below = (a: readonly number[], b: readonly number[]) =>
          round(a[0]!) < round(b[0]!) || (round(a[0]!) === round(b[0]!) && round(a[1]!) <= round(b[1]!));
        for (const found of [less, more]) {
          expect(found.cost).toBeLessThanOrEqual(found.budget);
          expect(found.exact).toBe(true);
          for (const { cost, gain } of found.strategies) {
            expect(cost).toBeLessThanOrEqual(found.budget);
            expect(below([gain.restored, gain.potential.low], value(found))).toBe(true);
          }
        }
        expect(below(value(less), value(more))).toBe(true);
      }),
      RUNS,
    );
  });

  test("adds up, and does not depend on the order of rows", () => {
    fc.assert(
      fc.property(
        question().chain((asked) => fc.tuple(fc.constant(asked), shuffledRows(asked.rows))),
        ([asked, shuffled]) => {
          const found = ask(asked);
          expect(ask(asked, { rows: shuffled, named: [...asked.named].reverse() })).toStrictEqual(found);
          const total = { restored: 0, potential: 0, cost: 0 };
          for (const { candidate, gain, cumulative, cumulativeCost } of found.picks) {
            total.restored += gain.restored;
            total.potential += gain.potential.low;
            total.cost += candidate.cost;
            expect([cumulative.restored, cumulative.potential.low, cumulativeCost].map(round)).toStrictEqual(
              [total.restored, total.potential, total.cost].map(round),
            );
          }
          expect(round(found.available.after - found.available.before)).toBe(round(total.restored));
          expect(structuredClone(found)).toStrictEqual(found);
        },
      ),
      RUNS,
    );
  });

  test("what has landed and its picks together are what asking with all of them landed gives", () => {
    fc.assert(
      fc.property(question(), (asked) => {
        const found = ask(asked);
        const picked = suppliersOf(found, asked.named).filter(({ id, kind }) =>
          found.picks.some(({ candidate }) => candidate.id === id && candidate.kind === kind),
        );
        const scenario = buildScenario(buildNetwork(asked.rows, 1), asked.targets, asked.policy);
        const landed = recruitment(scenario, { budget: 0, suggest: [], named: [], landed: picked });
        expect(round(landed.available.landed)).toBe(round(found.available.after));
        expect(landed.remaining).toStrictEqual(found.remaining);
        expect(value(landed).map(round)).toStrictEqual(value(found).map(round));
      }),
      RUNS,
    );
  });

  test("what it closes was a gap and is none, or less of one, with the picks", () => {
    let closed = 0;
    fc.assert(
      fc.property(question(), (asked) => {
        const found = ask(asked);
        const before = new Map(
          gaps(buildScenario(buildNetwork(asked.rows, 1), asked.targets, asked.policy)).gaps.map((gap) => [
            gap.item,
            gap.types,
          ]),
        );
        const after = new Map(found.remaining.map((gap) => [gap.item, gap.types]));
        for (const { item, types, whole } of found.picks.flatMap((pick) => pick.closes)) {
          closed += 1;
          for (const type of types) {
            expect(before.get(item)).toContain(type);
            expect(after.get(item) ?? []).not.toContain(type);
          }
          expect(whole).toBe(!after.has(item));
        }
      }),
      RUNS,
    );
    expect(closed).toBeGreaterThan(ENOUGH_CASES);
  });
});

describe("recruitment in particular", () => {
  /** Two leading products of which each needs two blocked inputs, and one that is only bought from abroad. */
  const rows = rowsOf({
    firms: { leader: "CN", us: "US", jp: "JP", sample: "CN", local: "CN 泉州" },
    offers: [
      ["leader", "dram", { outputWeight: 3 }],
      ["leader", "nor", { outputWeight: 1 }],
      ["us", "litho"],
      ["us", "etch"],
      ["sample", "etch", { readiness: "SAMPLE" }],
      ["jp", "resist"],
      ["local", "gas"],
    ],
    requires: [
      ["dram", "litho"],
      ["dram", "etch"],
      ["nor", "etch"],
      ["nor", "resist"],
      ["dram", "gas"],
      ["litho", "lens"],
    ],
    items: { lens: { category: "PART" }, litho: { developCost: 5 } },
  });
  const scenario = buildScenario(buildNetwork(rows, 1), ["leader"], DEFAULT_POLICY);
  const askFor = (budget: number, more: Partial<Parameters<typeof recruitment>[1]> = {}) =>
    recruitment(scenario, { suggest: ["FIRM", "ITEM"], named: [], landed: [], budget, ...more });

  test("suggests firms from elsewhere or not yet ready, and items, but nobody forbidden, local or of what is local", () => {
    expect(
      askFor(0).candidates.map(({ id, kind, cost, costKnown, items }) => [
        `${kind} ${id}`,
        cost,
        costKnown,
        items.map(({ item, blocked, grade, readiness }) => [item, blocked, grade.low, grade.high, readiness]),
      ]),
    ).toStrictEqual([
      ["FIRM sample", 1, false, [["etch", true, 0.25, 0.25, "SAMPLE"]]],
      ["ITEM etch", 1, false, [["etch", true, 0.25, 0.25, null]]],
      ["ITEM litho", 5, true, [["litho", true, 0, 0, null]]],
      ["FIRM jp", 1, false, [["resist", false, 0.5, 0.5, null]]],
      ["ITEM resist", 1, false, [["resist", false, 0.5, 0.5, null]]],
      ["ITEM lens", 1, false, [["lens", false, 0, 1, null]]],
    ]);
  });

  test("says of each pick what it adds, unblocks and closes, and what remains", () => {
    const { picks, remaining, available, cost } = askFor(6);
    expect(
      picks.map(({ candidate, gain, cumulativeCost, unblocks, closes }) => [
        candidate.id,
        gain,
        cumulativeCost,
        unblocks,
        closes.map(({ item, types, whole }) => [item, types, whole]),
      ]),
    ).toStrictEqual([
      [
        "sample",
        { restored: 0.25, potential: { low: 0.75, high: 0.75 } },
        1,
        ["etch", "nor"],
        [["etch", ["CHOKEPOINT"], false]],
      ],
      [
        "litho",
        { restored: 0.75, potential: { low: 0.75, high: 0.75 } },
        6,
        ["dram", "litho"],
        [["litho", ["CHOKEPOINT"], false]],
      ],
    ]);
    expect(remaining.map(({ item, types }) => [item, types[0]])).toStrictEqual([
      ["etch", "SINGLE_SOURCE"],
      ["litho", "SINGLE_SOURCE"],
      ["resist", "SINGLE_SOURCE"],
      ["gas", "SINGLE_SOURCE"],
      ["lens", "UNSURVEYED"],
    ]);
    expect([available, cost]).toStrictEqual([{ before: 0, landed: 0, after: 1 }, 6]);
  });

  test("counts what lands before anything is spent, and does not offer it again", () => {
    const project = supplier("project-etch", ["etch"], { kind: "PROJECT", cost: 40 });
    const { landed, picks, available, candidates, cost } = askFor(5, { landed: [project], named: [project] });
    expect(
      landed.map(({ candidate, gain, cumulativeCost }) => [candidate.id, gain.restored, cumulativeCost]),
    ).toStrictEqual([["project-etch", 0.25, 0]]);
    expect([ids(picks), available, cost]).toStrictEqual([["litho"], { before: 0, landed: 0.25, after: 1 }, 5]);
    expect(candidates.map(({ id }) => id)).not.toContain("project-etch");
  });

  test("says of each that lands what it adds to those before it, and no more", () => {
    const landed = [supplier("second-to-none", ["resist"]), supplier("first", ["etch"]), supplier("last", ["litho"])];
    const { landed: steps } = askFor(0, { landed });
    expect(steps.map(({ gain, cumulative, unblocks }) => [gain.restored, cumulative.restored, unblocks])).toStrictEqual(
      [
        [0, 0, []],
        [0.25, 0.25, ["etch", "nor"]],
        [0.75, 1, ["dram", "litho"]],
      ],
    );
  });

  test("draws the firm that is recruited and a ghost for who is not recorded", () => {
    const { subgraph } = askFor(6);
    const marked = subgraph.nodes.filter(({ marks }) => marks.includes("CHOSEN"));
    expect(marked.map(({ id, marks }) => [id, marks.includes("GHOST")])).toStrictEqual([
      ["ghost:litho", true],
      ["sample", false],
    ]);
  });

  test("an item or firm that nobody recorded is a fault that names it", () => {
    expect(() => askFor(1, { named: [supplier("x", ["nothing"])] })).toThrow(/^"nothing", of an extra offer/);
    expect(() => askFor(1, { named: [supplier("x", ["etch"], { firm: "nobody" })] })).toThrow(/^"nobody", of an extra/);
  });

  test("with more candidates than are enumerated it keeps to the budget, is worth each strategy, and fills the budget", () => {
    const named = Array.from({ length: 25 }, (_, at) =>
      supplier(`s${at}`, [["litho"], ["etch"], ["resist"], ["etch", "resist"]][at % 4]!, { cost: 1 + (at % 3) }),
    );
    for (let budget = 3; budget <= 8; budget += 1) {
      const found = askFor(budget, { named, suggest: [] });
      expect(found.exact).toBe(false);
      expect(found.cost).toBeLessThanOrEqual(budget);
      for (const { gain } of found.strategies) {
        const [restored, potential] = value(found);
        expect(restored - gain.restored || potential - gain.potential.low).toBeGreaterThanOrEqual(0);
      }
    }
    const enough = askFor(8, { named, suggest: [] });
    expect(value(enough)).toStrictEqual([1, 1.625]);
  });
});
