import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { exposure } from "../../../graph/analysis/exposure.ts";
import { DEFAULT_POLICY, type Policy } from "../../../graph/analysis/policy.ts";
import { shareOf, supplyOf } from "../../../graph/analysis/shares.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import type { NetworkRows } from "../../../graph/projection/rows.ts";
import { RUNS, randomQuestion, shuffledRows } from "../../support/random-network.ts";
import { rowsOf } from "../../support/rows-of.ts";
import { generalSlots, holds } from "../../support/supply-oracle.ts";

/** The equation of ANALYSES.md 6 on rows, iterated from 0 until nothing changes; `own` is the share of the jurisdictions. */
function iterateFromZero(
  rows: NetworkRows,
  policy: Policy,
  own: (item: string) => number | null,
): ReadonlyMap<string, number> {
  let losses = new Map(rows.items.map((row) => [row.id, 0]));
  for (;;) {
    const next = new Map<string, number>();
    for (const { id, category, variantMode } of rows.items) {
      const at = (item: string) => losses.get(item)!;
      const variants = rows.variants
        .filter((row) => row.itemClass === id && holds(row, policy))
        .map((row) => row.variant);
      const slots = generalSlots(rows, policy, id);
      const parts = slots.map((slot) => Math.min(...slot.map(at)));
      const share = own(id);
      if (variants.length > 0)
        parts.push(
          variantMode === "ALL"
            ? Math.max(...variants.map(at))
            : Math.min(...variants.map(at), ...(share === null ? [] : [share])),
        );
      else if (category !== "PROCESS") {
        if (share !== null) parts.push(share);
        else if (slots.length === 0) parts.push(own("unknown")!);
      }
      next.set(id, Math.max(0, ...parts));
    }
    if (rows.items.every(({ id }) => next.get(id) === losses.get(id))) return next;
    losses = next;
  }
}

/** A leader of two products, one of which needs an etcher of which the US make nine tenths. */
const LEADER = rowsOf({
  items: { etch: { category: "PROCESS" } },
  firms: { leader: "CN 泉州", us: "US", jp: "JP" },
  offers: [
    ["leader", "dram", { outputWeight: 3 }],
    ["leader", "nor", { outputWeight: 1 }],
    ["us", "etcher", { share: 0.9 }],
    ["jp", "etcher", { share: 0.1 }],
    ["jp", "gas", { share: 1 }],
  ],
  requires: [
    ["dram", "etch"],
    ["etch", "etcher"],
    ["nor", "gas"],
  ],
});

describe("graded loss", () => {
  test("is the equation iterated from 0, for every target and every item it reaches", () => {
    fc.assert(
      fc.property(randomQuestion(), ({ rows, targets, policy }) => {
        const network = buildNetwork(rows, 1);
        const codes = ["US", "JP"];
        const indices = new Set(codes.map((code) => network.jurisdictionIndex.get(code)!));
        for (const target of targets) {
          const scenario = buildScenario(network, [target], policy);
          const answer = exposure(scenario, codes);
          const bound = (side: "low" | "high") => (item: string) => {
            if (item === "unknown") return side === "low" ? 0 : 1;
            const supply = supplyOf(scenario, network.itemIndex.get(item)!);
            return supply === null ? null : shareOf(supply, indices)[side];
          };
          const low = iterateFromZero(rows, policy, bound("low"));
          const high = iterateFromZero(rows, policy, bound("high"));
          expect(answer.gradedLoss).toStrictEqual({ low: low.get(target), high: high.get(target) });
          expect(answer.outputLeft).toStrictEqual({ low: 1 - high.get(target)!, high: 1 - low.get(target)! });
          for (const one of answer.items)
            expect(one.gradedLoss).toStrictEqual({ low: low.get(one.item), high: high.get(one.item) });
          expect(answer.directShare.high).toBeLessThanOrEqual(1);
          // The witness ends at an item whose own supply is what the target loses.
          const last = answer.witness.items.at(-1);
          if (last === undefined) expect(answer.gradedLoss.high).toBe(0);
          else {
            const side = answer.witness.certain ? "low" : "high";
            expect(answer.witness.items[0]).toBe(target);
            expect(new Set(answer.witness.items).size).toBe(answer.witness.items.length);
            expect(bound(side)(last) ?? bound(side)("unknown")).toBe(answer.gradedLoss[side]);
          }
        }
      }),
      RUNS,
    );
  });

  test("of a firm is the mean of its own products by output weight", () => {
    const network = buildNetwork(LEADER, 1);
    const answer = exposure(buildScenario(network, ["leader"], DEFAULT_POLICY));
    expect(answer.targets.map(({ item, weight, gradedLoss }) => [item, weight, gradedLoss])).toStrictEqual([
      ["dram", 0.75, { low: 0.9, high: 0.9 }],
      ["nor", 0.25, { low: 0, high: 0 }],
    ]);
    expect(answer.gradedLoss).toStrictEqual({ low: expect.closeTo(0.675, 12), high: expect.closeTo(0.675, 12) });
    expect(answer.directShare).toStrictEqual(answer.gradedLoss);
    expect(answer.witness).toMatchObject({ items: ["dram", "etch", "etcher"], offers: ["us:etcher"], certain: true });
    expect(answer.subgraph).toMatchObject({
      nodes: [
        { id: "dram", kind: "Product", marks: ["TARGET"], depth: 0 },
        { id: "nor", kind: "Product", marks: ["TARGET"], depth: 0 },
        { id: "etch", kind: "Product", marks: ["RESTRICTED_UPSTREAM", "WITNESS"], depth: 1 },
        { id: "leader", kind: "Firm", marks: ["TARGET", "LOCAL"], depth: 1 },
        { id: "etcher", kind: "Product", marks: ["WITNESS"], depth: 2 },
        { id: "us", kind: "Firm", marks: ["RESTRICTED", "WITNESS"], depth: 3 },
      ],
    });
  });

  test("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(
        randomQuestion().chain((asked) => fc.tuple(fc.constant(asked), shuffledRows(asked.rows))),
        ([{ rows, targets, policy }, shuffled]) => {
          const [one, other] = [rows, shuffled].map((order) =>
            exposure(buildScenario(buildNetwork(order, 1), targets, policy)),
          );
          expect(other).toStrictEqual(one);
        },
      ),
      RUNS,
    );
  });
});
