import { expect, test } from "vitest";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { closure } from "../../../graph/analysis/closure.ts";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { verdict } from "../../../graph/analysis/verdict.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { offerId } from "../../../graph/projection/edge-ids.ts";
import type { NetworkRows } from "../../../graph/projection/rows.ts";
import { plainWays } from "../../support/oracle.ts";
import { emptyRows, facts } from "../../support/rows.ts";

type Slot = readonly [maker: string | null, slot: string | null, input: string, essential?: boolean];

/** Firms F and G offer `x`, whose recipe is made of these edges. */
function rowsOf(edges: readonly Slot[]): NetworkRows {
  return {
    ...emptyRows(),
    items: ["a", "b", "c", "x"].map((id) => ({
      id,
      category: null,
      variantMode: null,
      elementary: true,
      developCost: null,
    })),
    firms: ["F", "G"].map((id) => ({ id, country: "CN", region: null })),
    offers: ["F", "G"].map((provider) => ({
      ...facts(`${provider}:x`),
      provider,
      item: "x",
      outputWeight: null,
      share: null,
      level: null,
      readiness: null,
      originCountry: null,
      cost: null,
      leadTimeDays: null,
    })),
    requirements: edges.map(([maker, slot, input, essential = true], position) => ({
      ...facts(`r${position}`),
      item: "x",
      maker,
      input,
      slot,
      essential,
    })),
  };
}

/** Slots of the ways of `x` by F and by G. */
function slotsOf(edges: readonly Slot[]): readonly string[] {
  const network = buildNetwork(rowsOf(edges), 1);
  const scenario = buildScenario(network, [], DEFAULT_POLICY);
  return plainWays(scenario)
    .filter((way) => network.items[way.node] === "x")
    .map((way) => way.slots.map((slot) => slot.map((node) => network.items[node]).join("|")).join(" "));
}

test("a maker's slot replaces the whole general slot of its name, and a new name adds one", () => {
  const general: readonly Slot[] = [
    [null, "s", "a"],
    [null, "s", "b"],
    [null, "u", "c"],
  ];
  expect(slotsOf(general)).toStrictEqual(["a|b c", "a|b c"]);
  expect(slotsOf([...general, ["F", "s", "c"], ["F", "t", "b"]])).toStrictEqual(["c b c", "a|b c"]);
});

test("edges without slot are slots of their own and replace nothing", () => {
  expect(
    slotsOf([
      [null, null, "a"],
      ["F", null, "b"],
      ["F", null, "c"],
    ]),
  ).toStrictEqual(["a b c", "a"]);
});

test("a slot with no essential edge gates nothing, even where it replaces one that does", () => {
  expect(
    slotsOf([
      [null, "s", "a"],
      [null, "t", "b", false],
      [null, "t", "c"],
      ["F", "s", "b", false],
    ]),
  ).toStrictEqual(["b|c", "a b|c"]);
});

test("an item is needed by all ways only if each of them has a slot for it alone", () => {
  const role = (edges: readonly Slot[]) => {
    const network = buildNetwork(rowsOf(edges), 1);
    return closure(buildScenario(network, ["x"], DEFAULT_POLICY)).isAnd[network.itemIndex.get("a")!];
  };
  expect(role([[null, "s", "a"]])).toBe(1);
  expect(
    role([
      ["F", "s", "a"],
      ["F", "t", "a"],
    ]),
  ).toBe(0);
});

test("an unknown share decides a verdict only where the policy asks for a share", () => {
  const network = buildNetwork(rowsOf([[null, "s", "x"]]), 1);
  const of = (minShare: number) => {
    const { value, unknowns } = verdict(network, ["x"], { ...DEFAULT_POLICY, minShare });
    return [value, unknowns.map(({ kind, offer }) => `${kind} ${offerId(network, offer)}`)];
  };
  expect(of(0)).toStrictEqual(["YES", []]);
  expect(of(0.1)).toStrictEqual(["YES", []]);
  const buyer = buildNetwork(
    {
      ...rowsOf([[null, "s", "a"]]),
      requirements: [{ ...facts("r"), item: "a", maker: null, input: "x", slot: null, essential: true }],
    },
    1,
  );
  const bought = (minShare: number) => {
    const { value, unknowns } = verdict(buyer, ["a"], { ...DEFAULT_POLICY, minShare });
    return [value, unknowns.map(({ kind, offer }) => `${kind} ${offerId(buyer, offer)}`)];
  };
  expect(bought(0)).toStrictEqual(["YES", []]);
  expect(bought(0.1)).toStrictEqual(["UNKNOWN", ["SHARE F:x", "SHARE G:x"]]);
});
