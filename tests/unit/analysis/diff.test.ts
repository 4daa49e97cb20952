import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activeUnder } from "../../../graph/analysis/active.ts";
import { availability } from "../../../graph/analysis/availability.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { type Diff, diff } from "../../../graph/analysis/diff.ts";
import type { DiffCause } from "../../../graph/analysis/diff-causes.ts";
import { exposure } from "../../../graph/analysis/exposure.ts";
import { factStateUnder } from "../../../graph/analysis/fact-state.ts";
import { gaps } from "../../../graph/analysis/gaps.ts";
import { localization } from "../../../graph/analysis/localization.ts";
import { DEFAULT_POLICY, type Policy } from "../../../graph/analysis/policy.ts";
import { substitution } from "../../../graph/analysis/substitution.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { UNSTATED_END, UNSTATED_START } from "../../../graph/projection/network.ts";
import type { NetworkRows } from "../../../graph/projection/rows.ts";
import { ENOUGH_CASES, RUNS, randomPolicy, randomQuestion, shuffledRows } from "../../support/random-network.ts";
import { rowsOf } from "../../support/rows-of.ts";

interface DiffQuestion {
  readonly rows: NetworkRows;
  readonly targets: readonly string[];
  readonly policy: Policy;
  readonly other: Policy;
}

/** Two policies on one network. */
function question(): fc.Arbitrary<DiffQuestion> {
  return randomQuestion().chain(({ rows, targets, policy }) =>
    fc.record({
      rows: fc.constant(rows),
      targets: fc.constant(targets),
      policy: fc.constant(policy),
      other: randomPolicy(rows),
    }),
  );
}

function ask({ rows, targets, policy, other }: DiffQuestion): Diff {
  const network = buildNetwork(rows, 1);
  return diff(buildScenario(network, targets, policy), buildScenario(network, targets, other));
}

const OPPOSITE = {
  APPEARED: "CLOSED",
  CLOSED: "APPEARED",
  CHANGED: "CHANGED",
  ADDED: "REMOVED",
  REMOVED: "ADDED",
  REPLACED: "REPLACED",
} as const;

/** The same comparison with its sides swapped, wherever they stand in it; a side holds no sides of its own. */
function mirrored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mirrored);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([field, own]): [string, unknown] => {
    if (field === "change") return [field, OPPOSITE[own as keyof typeof OPPOSITE] ?? own];
    if (field === "costChange") return [field, own === null || own === 0 ? own : -(own as number)];
    return [field, own];
  });
  const known = Object.fromEntries(entries);
  const swap = (one: string, two: string): void => {
    if (one in known && two in known) [known[one], known[two]] = [known[two], known[one]];
  };
  swap("before", "after");
  swap("completionBefore", "completionAfter");
  const isSide = (field: string): boolean => field === "before" || field === "after";
  return Object.fromEntries(Object.entries(known).map(([field, own]) => [field, isSide(field) ? own : mirrored(own)]));
}

function isEmpty({
  policyFields,
  targets,
  availability: items,
  gaps: changes,
  plan,
  exposure: loss,
  localization: rate,
}: Diff): boolean {
  return [policyFields, targets, items, changes, plan.steps, loss.items, rate.items].every((list) => list.length === 0);
}

describe("diff on random networks", () => {
  test("of a policy with itself is empty", () => {
    fc.assert(
      fc.property(question(), (asked) => {
        const found = ask({ ...asked, other: asked.policy });
        expect(isEmpty(found)).toBe(true);
        for (const { before, after } of [
          found.verdict,
          found.freeToTier,
          found.coverage,
          found.exposure,
          found.localization,
        ])
          expect(after).toStrictEqual(before);
        expect(found.plan.after).toStrictEqual(found.plan.before);
        expect(found.plan.completionAfter).toStrictEqual(found.plan.completionBefore);
      }),
      RUNS,
    );
  });

  test("mirrors the one the other way round, and does not depend on the order of rows", () => {
    let changed = 0;
    fc.assert(
      fc.property(
        question().chain((asked) => fc.tuple(fc.constant(asked), shuffledRows(asked.rows))),
        ([asked, shuffled]) => {
          const found = ask(asked);
          expect(ask({ ...asked, rows: shuffled })).toStrictEqual(found);
          expect(structuredClone(found)).toStrictEqual(found);
          const { subgraph: _, ...there } = found;
          const { subgraph: __, ...back } = ask({ ...asked, policy: asked.other, other: asked.policy });
          expect(back).toStrictEqual(mirrored(there));
          if (found.gaps.length > 0) changed += 1;
        },
      ),
      RUNS,
    );
    expect(changed).toBeGreaterThan(ENOUGH_CASES);
  });

  test("is what each analysis says on either side, taken apart by hand", () => {
    fc.assert(
      fc.property(question(), (asked) => {
        const network = buildNetwork(asked.rows, 1);
        const [before, after] = [asked.policy, asked.other].map((policy) =>
          buildScenario(network, asked.targets, policy),
        );
        const found = diff(before!, after!);
        const [was, is] = [gaps(before!), gaps(after!)];
        const text = (report: typeof was) =>
          new Map(
            [...report.gaps, ...report.unrecorded].map((gap) => [
              gap.item,
              JSON.stringify([
                gap.types,
                gap.possible,
                gap.tier,
                gap.score && [gap.score.low, gap.score.high].map((bound) => bound.toFixed(6)),
              ]),
            ]),
          );
        const [old, now] = [text(was), text(is)];
        const changed = [...new Set([...old.keys(), ...now.keys()])].filter((item) => old.get(item) !== now.get(item));
        expect(found.gaps.map((change) => change.item).sort()).toStrictEqual(changed.sort());
        expect([found.verdict.before, found.verdict.after]).toStrictEqual([was.verdict, is.verdict]);
        for (const [side, scenario] of [
          ["before", before!],
          ["after", after!],
        ] as const) {
          expect(found.exposure[side].gradedLoss).toStrictEqual(exposure(scenario).gradedLoss);
          expect(found.localization[side].rate).toStrictEqual(localization(scenario).rate);
          const { plans, completion } = substitution(scenario);
          expect(found.plan[side]?.cost ?? null).toBe(plans[0]?.cost ?? null);
          expect(found.plan[side === "before" ? "completionBefore" : "completionAfter"]).toStrictEqual(completion);
        }
        const tiers = [before!, after!].map((scenario) => availability(scenario).tier);
        for (const { item, before: from, after: to } of found.availability) {
          const at = network.itemIndex.get(item)!;
          expect([from ?? 0, to ?? 0]).toStrictEqual([tiers[0]![at], tiers[1]![at]]);
          expect(from).not.toBe(to);
        }
      }),
      RUNS,
    );
  });

  test("names causes that differ in truth, and one wherever an item's availability changes between equal unknowns", () => {
    let explained = 0;
    fc.assert(
      fc.property(question(), (asked) => {
        const { unknownSupply, extraOffers } = asked.policy;
        const other = { ...asked.other, unknownSupply, extraOffers, removed: [] };
        const found = ask({ ...asked, policy: { ...asked.policy, removed: [] }, other });
        const all = [...found.targets, ...found.availability, ...found.gaps, ...found.plan.steps];
        for (const { kind, relationship, before, after } of all.flatMap(
          (change): readonly DiffCause[] => change.causes,
        )) {
          expect(before).not.toBe(after);
          const ids = { OFFER: asked.rows.offers, REQUIREMENT: asked.rows.requirements, VARIANT: asked.rows.variants };
          if (kind !== "SUPPOSED_OFFER" && kind !== "UNRECORDED_SOURCE")
            expect(ids[kind].map(({ id }) => id)).toContain(relationship);
        }
        for (const change of found.availability) {
          expect(change.causes.length).toBeGreaterThan(0);
          explained += 1;
        }
      }),
      RUNS,
    );
    expect(explained).toBeGreaterThan(ENOUGH_CASES);
  });
});

describe("the state of a fact", () => {
  test("is USED exactly where the policy uses it", () => {
    const facts = {
      assumed: Uint8Array.of(0, 1, 0, 0),
      from: Int32Array.of(UNSTATED_START, UNSTATED_START, 18_500, UNSTATED_START),
      to: Int32Array.of(UNSTATED_END, UNSTATED_END, UNSTATED_END, 18_000),
    };
    for (const asOf of [null, "2020-06-01"])
      for (const assumed of [true, false]) {
        const policy = { ...DEFAULT_POLICY, asOf, assumed };
        const [stateOf, isActive] = [factStateUnder(policy), activeUnder(policy)];
        for (let at = 0; at < 4; at += 1) expect(stateOf(facts, at) === "USED").toBe(isActive(facts, at));
        expect([1, 2, 3].map((at) => stateOf(facts, at))).toStrictEqual([
          assumed ? "USED" : "ASSUMED",
          asOf === null ? "USED" : "NOT_YET_VALID",
          "ENDED",
        ]);
      }
  });
});

describe("diff in particular", () => {
  const rows = rowsOf({
    firms: { leader: "CN", us: "US", jp: "JP", cn: "CN" },
    offers: [
      ["leader", "dram"],
      ["us", "litho"],
      ["jp", "litho"],
      ["jp", "resist", { cost: 2 }],
      ["cn", "resist", { cost: 5, validFrom: "2022" }],
      ["cn", "resin"],
    ],
    requires: [
      ["dram", "litho"],
      ["dram", "resist"],
      ["resist", "resin", { validFrom: "2023-01-01" }],
    ],
  });
  const network = buildNetwork(rows, 1);
  const between = (policy: Partial<Policy>, other: Partial<Policy>) =>
    diff(
      ...([policy, other].map((change) => buildScenario(network, ["leader"], { ...DEFAULT_POLICY, ...change })) as [
        never,
        never,
      ]),
    );
  const offer = (firm: string, item: string, before: string, after: string) => ({
    kind: "OFFER",
    item,
    relationship: `${firm}:${item}`,
    from: firm,
    before,
    after,
  });

  test("tells what a wider restriction blocks, and which offers do it", () => {
    const found = between({}, { restricted: ["US", "JP"] });
    expect(found.policyFields).toStrictEqual(["restricted"]);
    expect([found.verdict, found.freeToTier]).toStrictEqual([
      { before: "UNKNOWN", after: "NO" },
      { before: null, after: 0 },
    ]);
    const jp = offer("jp", "litho", "ADMISSIBLE", "RESTRICTED");
    expect(found.targets).toStrictEqual([
      {
        item: "dram",
        firm: "leader",
        before: { available: true, tier: null },
        after: { available: false, tier: 1 },
        causes: [jp],
      },
    ]);
    expect(found.availability).toStrictEqual([{ item: "litho", before: null, after: 1, causes: [jp] }]);
    expect(
      found.gaps.map(({ item, change, before, after, causes }) => [
        item,
        change,
        before?.types[0],
        after?.types[0],
        causes,
      ]),
    ).toStrictEqual([
      ["litho", "CHANGED", "SINGLE_SOURCE", "CHOKEPOINT", [jp]],
      ["resist", "CHANGED", "CONCENTRATED", "SINGLE_SOURCE", [offer("jp", "resist", "ADMISSIBLE", "RESTRICTED")]],
    ]);
    expect([
      found.plan.before?.cost,
      found.plan.after,
      found.plan.costChange,
      found.plan.completionAfter?.items,
    ]).toStrictEqual([5, null, null, ["litho"]]);
  });

  test("tells two dates apart by the facts that hold", () => {
    const found = between({ asOf: "2021-06-01" }, { asOf: "2024-06-01" });
    expect(found.policyFields).toStrictEqual(["asOf"]);
    expect(found.gaps.find(({ item }) => item === "resin")).toMatchObject({ change: "APPEARED" });
    expect(found.gaps.find(({ item }) => item === "resist")?.causes).toStrictEqual([
      offer("cn", "resist", "NOT_YET_VALID", "ADMISSIBLE"),
      {
        kind: "REQUIREMENT",
        item: "resist",
        relationship: "resist>resin",
        from: "resist",
        before: "NOT_YET_VALID",
        after: "USED",
      },
    ]);
    expect(found.plan.steps.map(({ item, change }) => [item, change])).toStrictEqual([["resin", "ADDED"]]);
    expect(found.plan.costChange).toBe(1);
  });

  test("compares one network only", () => {
    const other = buildScenario(buildNetwork(rows, 1), ["leader"], DEFAULT_POLICY);
    expect(() => diff(buildScenario(network, ["leader"], DEFAULT_POLICY), other)).toThrow(/different networks/);
  });
});
