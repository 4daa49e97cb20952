import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availability } from "../../../graph/analysis/availability.ts";
import { type BlockingGround, blockingSets } from "../../../graph/analysis/blocking-sets.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { concentration } from "../../../graph/analysis/concentration.ts";
import { exposure } from "../../../graph/analysis/exposure.ts";
import { gaps } from "../../../graph/analysis/gaps.ts";
import { localization } from "../../../graph/analysis/localization.ts";
import { needsAlong } from "../../../graph/analysis/path-needs.ts";
import { bestPlan } from "../../../graph/analysis/plan.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { rootsOf } from "../../../graph/analysis/roots.ts";
import { UNIT_STATES } from "../../../graph/analysis/scenario.ts";
import { type Substitution, substitution } from "../../../graph/analysis/substitution.ts";
import { type VerdictValue, verdict } from "../../../graph/analysis/verdict.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { offerId } from "../../../graph/projection/edge-ids.ts";
import type { NetworkRows } from "../../../graph/projection/rows.ts";
import { leastCostByEnumeration } from "../../support/plan-oracle.ts";
import { ENOUGH_CASES, RUNS, randomQuestion, shuffledRows } from "../../support/random-network.ts";
import { emptyRows, facts } from "../../support/rows.ts";
import { rowsOf } from "../../support/rows-of.ts";
import { holds } from "../../support/supply-oracle.ts";

const GROUNDS: readonly BlockingGround[] = ["JURISDICTION", "FIRM", "ITEM"];
const GOODNESS: readonly VerdictValue[] = ["NO", "UNKNOWN", "YES"];

describe("a wider restriction", () => {
  test("makes nothing available, no failure later, no verdict better and no plan cheaper", () => {
    const asked = fc.tuple(randomQuestion(), fc.subarray(["CN", "JP", "US"], { minLength: 1 }));
    let lost = 0;
    fc.assert(
      fc.property(asked, ([{ rows, targets, policy }, more]) => {
        const network = buildNetwork(rows, 1);
        const wide = { ...policy, restricted: [...new Set([...policy.restricted, ...more])] };
        const [before, after] = [policy, wide].map((rules) => buildScenario(network, targets, rules));
        const [was, is] = [before!, after!].map((scenario) => availability(scenario).tier);
        was!.forEach((tier, node) => {
          if (tier > 0) expect([0 < is![node]!, is![node]! <= tier]).toStrictEqual([true, true]);
          else if (is![node]! > 0) lost += 1;
        });
        const [judged, worse] = [policy, wide].map((rules) => verdict(network, targets, rules).targets);
        judged!.forEach((value, position) => {
          expect(GOODNESS.indexOf(worse![position]!)).toBeLessThanOrEqual(GOODNESS.indexOf(value));
        });
        if (targets.length === 0) return;
        const [cheap, dear] = [before!, after!].map((scenario) => bestPlan(scenario)?.cost ?? Number.POSITIVE_INFINITY);
        expect(dear).toBeGreaterThanOrEqual(cheap!);
      }),
      RUNS,
    );
    expect(lost).toBeGreaterThan(ENOUGH_CASES);
  });
});

describe("one more usable, admissible offer", () => {
  test("of a firm whose jurisdiction has no row lowers no availability and raises no cost of an EXACT plan", () => {
    const asked = randomQuestion()
      .filter(({ rows, targets }) => rows.items.length > 0 && targets.length > 0)
      .chain((question) =>
        fc.record({
          question: fc.constant(question),
          item: fc.constantFrom(...question.rows.items.map((row) => row.id)),
          cost: fc.constantFrom(null, 0, 1),
        }),
      );
    let bettered = 0;
    fc.assert(
      fc.property(asked, ({ question: { rows, targets, policy }, item, cost }) => {
        // Made in house costs nothing, and an unrecorded source 1: a recorded offer in their place may cost more.
        fc.pre(cost === 0 || rows.offers.some((row) => row.item === item && holds(row, policy)));
        const before = buildScenario(buildNetwork(rows, 1), targets, policy);
        const after = buildScenario(buildNetwork(withOffer(rows, item, cost), 2), targets, policy);
        const { units, network } = after;
        const unit = [...units.unitOffer].findIndex((offer) => offer >= 0 && offerId(network, offer) === "new");
        fc.pre(UNIT_STATES[units.unitState[unit]!] === "ADMISSIBLE");
        // What was taken as a hole in the data, and is none any more, is no offer that was lost.
        const holes = before.unrecordedSources.filter((hole) => before.network.items[hole] !== item);
        fc.pre(holes.every((hole) => after.unrecordedSources.includes(hole)));
        const [was, is] = [availability(before).tier, availability(after).tier];
        before.targets.forEach(({ node }, position) => {
          const now = is[after.targets[position]!.node]!;
          if (was[node] === 0) expect(now).toBe(0);
          else if (now === 0) bettered += 1;
          else expect(now).toBeGreaterThanOrEqual(was[node]!);
        });
        const [plan, cheaper] = [bestPlan(before), bestPlan(after)];
        if (plan?.optimality !== "EXACT") return;
        expect(cheaper!.optimality).toBe("EXACT");
        expect(cheaper!.cost).toBeLessThanOrEqual(plan.cost);
        if (cheaper!.cost < plan.cost) bettered += 1;
      }),
      RUNS,
    );
    expect(bettered).toBeGreaterThan(ENOUGH_CASES / 2);
  });
});

/** With an offer of unknown share by a Korean firm; no random network speaks of Korea. */
function withOffer(rows: NetworkRows, item: string, cost: number | null): NetworkRows {
  const offer = {
    ...facts("new"),
    provider: "newcomer",
    item,
    outputWeight: null,
    share: null,
    level: null,
    readiness: "MASS_PRODUCTION",
    originCountry: "KR",
    cost,
    leadTimeDays: null,
  } as const;
  return {
    ...rows,
    firms: [...rows.firms, { id: "newcomer", country: "KR", region: null }],
    offers: [...rows.offers, offer],
  };
}

describe("witnesses", () => {
  const asked = fc.tuple(randomQuestion(), fc.constantFrom(null, 1, 2));

  test("of gaps are recorded needs from a target to the gap, and roots that the gap cannot do without", () => {
    let followed = 0;
    fc.assert(
      fc.property(asked, ([{ rows, targets, policy }, maxTier]) => {
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, targets, { ...policy, maxTier });
        const report = gaps(scenario);
        const offers = new Map(rows.offers.map((row) => [row.id, row]));
        for (const gap of [...report.gaps, ...report.unrecorded]) {
          expect([targets.includes(gap.path[0]!), gap.path.at(-1)]).toStrictEqual([true, gap.item]);
          expect(gap.depth).toBe(gap.path.length - 1);
          expectNeeds(rows, policy, gap.path);
          const needs = needsAlong(scenario, gap.path);
          expect(needs.length).toBe(gap.depth);
          needs.forEach(({ id, from }, step) => {
            const need = rows.requirements.find((row) => row.id === id);
            const variant = rows.variants.find((row) => row.id === id);
            expect([need?.maker ?? need?.item ?? variant?.variant, need?.input ?? variant?.variant]).toStrictEqual([
              from,
              gap.path[step + 1],
            ]);
          });
          for (const offer of [...gap.admissibleOffers, ...gap.restrictedOffers, ...gap.unusableOffers])
            expect([offers.get(offer)!.item, holds(offers.get(offer)!, policy)]).toStrictEqual([gap.item, true]);
          if (gap.roots.length > 0) {
            followed += 1;
            // Were the roots supplied, it would fail at none of them: at most at what they need themselves.
            const extraOffers = gap.roots.map((item) => ({ item, firm: null, cost: null }));
            const cured = buildScenario(network, targets, {
              ...policy,
              removed: policy.removed.filter((id) => !gap.roots.includes(id)),
              extraOffers: [...policy.extraOffers, ...extraOffers],
            });
            const left = rootsOf(cured, availability(cured), network.itemIndex.get(gap.item)!);
            const items = left.map((node) => network.items[cured.ways.nodeItem[node]!]!);
            expect(items.filter((item) => gap.roots.includes(item))).toStrictEqual([]);
          }
        }
      }),
      RUNS,
    );
    expect(followed).toBeGreaterThan(ENOUGH_CASES);
  });

  test("of a blocked target lead from it to each root through needs that have no alternative", () => {
    let followed = 0;
    fc.assert(
      fc.property(asked, ([{ rows, targets, policy }, maxTier]) => {
        const network = buildNetwork(rows, 1);
        const scenario = buildScenario(network, targets, { ...policy, maxTier });
        const reached = availability(scenario);
        const { roots, rootPaths } = substitution(scenario);
        expect(rootPaths.map(({ root }) => root)).toStrictEqual(roots);
        for (const { root, path, needs } of rootPaths) {
          expect([
            scenario.targets.some((target) => network.items[target.item] === path[0]),
            path.at(-1),
          ]).toStrictEqual([true, root]);
          expect(needs.length).toBe(path.length - 1);
          expectNeeds(rows, policy, path);
          for (const item of path.slice(1)) expect(reached.tier[network.itemIndex.get(item)!]).not.toBe(0);
          if (path.length > 1) followed += 1;
        }
      }),
      RUNS,
    );
    expect(followed).toBeGreaterThan(ENOUGH_CASES);
  });

  test("of exposure are recorded needs from a target to offers that are, or may be, of the jurisdictions", () => {
    let followed = 0;
    fc.assert(
      fc.property(randomQuestion(), ({ rows, targets, policy: drawn }) => {
        const policy = { ...drawn, basis: "HQ" as const, restricted: ["JP", "US"] };
        const { witness, gradedLoss, items } = exposure(buildScenario(buildNetwork(rows, 1), targets, policy));
        const places = new Map<string, string | null>([
          ...rows.firms.map((row) => [row.id, row.country] as const),
          ...rows.jurisdictions.map((row) => [row.id, row.code] as const),
        ]);
        for (const { item, offers, directShare } of items) {
          if (directShare.low > 0) expect(offers).not.toStrictEqual([]);
          for (const id of offers) {
            const offer = rows.offers.find((row) => row.id === id)!;
            expect([offer.item, holds(offer, policy)]).toStrictEqual([item, true]);
            expect([...policy.restricted, null]).toContain(places.get(offer.provider)!);
          }
        }
        expect(witness.items.length > 0).toBe(gradedLoss.high > 0);
        if (witness.items.length === 0) return;
        expect(targets).toContain(witness.items[0]);
        expectNeeds(rows, policy, witness.items);
        for (const id of witness.offers) {
          const offer = rows.offers.find((row) => row.id === id)!;
          expect([offer.item, holds(offer, policy)]).toStrictEqual([witness.items.at(-1), true]);
          const place = places.get(offer.provider)!;
          expect(place === null ? !witness.certain : policy.restricted.includes(place)).toBe(true);
          followed += 1;
        }
        if (witness.certain) expect(witness.offers).not.toStrictEqual([]);
      }),
      RUNS,
    );
    expect(followed).toBeGreaterThan(ENOUGH_CASES);
  });
});

/** Each item of a path needs the next by a recorded recipe, or has it as a variant. */
function expectNeeds(rows: NetworkRows, policy: Parameters<typeof holds>[1], path: readonly string[]): void {
  const needs = new Set([
    ...rows.requirements.filter((row) => holds(row, policy)).map((row) => `${row.item} ${row.input}`),
    ...rows.variants.filter((row) => holds(row, policy)).map((row) => `${row.itemClass} ${row.variant}`),
  ]);
  path.slice(1).forEach((input, position) => {
    expect(needs).toContain(`${path[position]!} ${input}`);
  });
}

describe("the plans of an answer", () => {
  test("are distinct as asked and in order, and what no plan costs less than is no more than the least cost", () => {
    const asked = fc.record({
      question: randomQuestion({ items: 6 }).filter(({ targets }) => targets.length > 0),
      maxTier: fc.constantFrom(null, null, 2),
      objective: fc.constantFrom("COST" as const, "LEAD_TIME" as const, "READINESS" as const),
      distinctBy: fc.constantFrom("OFFER" as const, "FIRM" as const, "JURISDICTION" as const),
    });
    let several = 0;
    fc.assert(
      fc.property(asked, ({ question: { rows, targets, policy }, maxTier, objective, distinctBy }) => {
        const scenario = buildScenario(buildNetwork(rows, 1), targets, { ...policy, maxTier });
        const { plans } = substitution(scenario, { k: 3, objective, distinctBy });
        const least = leastCostByEnumeration(scenario);
        expect(plans.length === 0).toBe(least === null);
        const keys = plans.map(({ steps }) => {
          const members = steps.map((step) =>
            distinctBy === "OFFER"
              ? JSON.stringify([step.key, step.tag, step.needs])
              : step[distinctBy === "FIRM" ? "firm" : "jurisdiction"],
          );
          return [...new Set(members.filter((member) => member !== null))].sort().join();
        });
        expect(new Set(keys).size).toBe(keys.length);
        const costs = plans.map((plan) => plan.cost);
        if (objective === "COST") expect(costs).toStrictEqual([...costs].sort((a, b) => a - b));
        if (plans.length > 1) several += 1;
        plans.forEach(({ cost, lowerBound, optimality }, rank) => {
          expect(cost).toBeGreaterThanOrEqual(lowerBound);
          // By READINESS the bound is of plans as mature as this one.
          if (objective !== "READINESS") expect(lowerBound).toBeLessThanOrEqual(least!);
          if (objective === "COST" && optimality === "EXACT") expect(cost).toBe(least);
          if (rank > 0) expect(optimality).toBe("UPPER_BOUND");
        });
      }),
      RUNS,
    );
    expect(several).toBeGreaterThan(ENOUGH_CASES);
  });
});

describe("answers", () => {
  /** Every analysis of a question. */
  function answers(rows: NetworkRows, targets: readonly string[], policy = DEFAULT_POLICY) {
    const network = buildNetwork(rows, 1);
    const scenario = buildScenario(network, targets, policy);
    return {
      substitution: substitution(scenario, { k: 3 }) as Substitution,
      gaps: gaps(scenario),
      exposure: exposure(scenario),
      localization: localization(scenario),
      blocking: GROUNDS.map((ground) => blockingSets(scenario, ground)),
      concentration: network.items.map((_, item) => concentration(scenario, item)),
    };
  }

  test("do not depend on the order of rows or of targets", () => {
    const shuffled = randomQuestion({ items: 6 }).chain((asked) =>
      fc.record({ asked: fc.constant(asked), other: shuffledRows(asked.rows) }),
    );
    fc.assert(
      fc.property(shuffled, ({ asked: { rows, targets, policy }, other }) => {
        expect(answers(other, targets.toReversed(), policy)).toStrictEqual(answers(rows, targets, policy));
      }),
      RUNS,
    );
  });

  test("about an empty network are empty", () => {
    const { substitution: found, gaps: report, ...rest } = answers(emptyRows(), []);
    expect([found.verdict, found.plans.map(({ cost, steps }) => [cost, steps]), found.completion]).toStrictEqual([
      "YES",
      [[0, []]],
      null,
    ]);
    expect([report.gaps, report.unrecorded, report.coverage.items]).toStrictEqual([[], [], 0]);
    expect(rest.concentration).toStrictEqual([]);
    expect(rest.blocking.map(({ sets }) => sets)).toStrictEqual([[], [], []]);
    expect(rest.localization.rate).toStrictEqual({ low: 0, high: 1 });
  });

  test("about one item, of any kind, needing itself or not, say how it is had", () => {
    for (const category of [null, "EQUIPMENT", "PROCESS"] as const)
      for (const variantMode of [null, "ANY", "ALL"] as const)
        for (const loop of [false, true]) {
          const rows = rowsOf({ items: { one: { category, variantMode } }, requires: loop ? [["one", "one"]] : [] });
          const { substitution: found, gaps: report, blocking } = answers(rows, ["one"]);
          expect(
            found.plans.map(({ cost, founded, loops, steps }) => [cost, founded, loops, steps.length]),
          ).toStrictEqual([[0, !loop, loop ? [["one"]] : [], 1]]);
          expect([found.plans[0]!.steps[0]!.way, report.gaps, report.coverage.items]).toStrictEqual([
            "IN_HOUSE",
            [],
            1,
          ]);
          expect(blocking.map(({ sets }) => sets)).toStrictEqual([[], [], []]);
        }
  });
});
