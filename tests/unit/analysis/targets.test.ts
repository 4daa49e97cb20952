import { describe, expect, test } from "vitest";
import { availability } from "../../../graph/analysis/availability.ts";
import { buildScenario } from "../../../graph/analysis/build-scenario.ts";
import { DEFAULT_POLICY, type Policy } from "../../../graph/analysis/policy.ts";
import { WAY_KINDS } from "../../../graph/analysis/scenario.ts";
import { GraphError } from "../../../graph/errors.ts";
import { buildNetwork } from "../../../graph/projection/build.ts";
import type { NetworkRows } from "../../../graph/projection/rows.ts";
import { emptyRows, facts } from "../../support/rows.ts";

type Offer = NetworkRows["offers"][number];

const offer = (provider: string, item: string, more: Partial<Offer> = {}): Offer => ({
  ...facts(`${provider}:${item}`),
  provider,
  item,
  outputWeight: null,
  share: null,
  level: null,
  readiness: null,
  originCountry: null,
  cost: null,
  leadTimeDays: null,
  ...more,
});
const item = (id: string): NetworkRows["items"][number] => ({
  id,
  category: "DEVICE",
  variantMode: null,
  elementary: null,
  developCost: null,
});

/** Leader L (CN) makes dram and, hardly, nand; another, M, makes nothing. D (US) makes dram and everybody's gas. */
const rows: NetworkRows = {
  ...emptyRows(),
  items: [item("dram"), item("gas"), item("nand"), item("wafer")],
  firms: [
    { id: "D", country: "US", region: null },
    { id: "L", country: "CN", region: "泉州" },
    { id: "M", country: "CN", region: null },
  ],
  offers: [
    offer("L", "dram", { outputWeight: 3 }),
    offer("L", "nand", { outputWeight: 1, level: "NEGLIGIBLE", readiness: "RESEARCH" }),
    offer("L", "wafer"),
    offer("D", "dram", { outputWeight: 9 }),
    offer("D", "gas"),
  ],
  requirements: [
    { ...facts("dram-gas"), item: "dram", maker: null, input: "gas", slot: null, essential: true },
    { ...facts("nand-dram"), item: "nand", maker: null, input: "dram", slot: null, essential: true },
  ],
  chains: [
    { id: "memory", leaders: ["L", "M"], items: ["dram", "nand"] },
    { id: "materials", leaders: ["M"], items: ["wafer"] },
  ],
};
const network = buildNetwork(rows, 1);

function targetsOf(ids: readonly string[], policy: Partial<Policy> = {}) {
  const scenario = buildScenario(network, ids, { ...DEFAULT_POLICY, ...policy });
  return scenario.targets.map(({ node, item: index, firm, weight, weightKnown }) => ({
    own: node >= network.items.length,
    offer: `${network.firms[firm] ?? "any"}:${network.items[index]}`,
    weight,
    weightKnown,
    ways: scenario.ways.wayTags.slice(scenario.ways.nodeWays[node], scenario.ways.nodeWays[node + 1]),
  }));
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof GraphError && error.code === "BAD_INPUT") return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("targets", () => {
  test("that are an item are anybody's offers of it", () => {
    expect(targetsOf(["dram"])).toStrictEqual([
      { own: false, offer: "any:dram", weight: 1, weightKnown: true, ways: ["D:dram", "L:dram"] },
    ]);
  });

  test("that are a firm are its own offers, whatever their level and readiness, alike where a weight is unknown", () => {
    const third = 1 / 3;
    expect(targetsOf(["L"])).toStrictEqual([
      { own: true, offer: "L:dram", weight: third, weightKnown: false, ways: ["L:dram"] },
      { own: true, offer: "L:nand", weight: third, weightKnown: false, ways: ["L:nand"] },
      { own: true, offer: "L:wafer", weight: third, weightKnown: false, ways: ["L:wafer"] },
    ]);
  });

  test("that are a chain are its leaders' offers of its items, by weight; an item of another chain is not", () => {
    expect(targetsOf(["memory"])).toStrictEqual([
      { own: true, offer: "L:dram", weight: 0.75, weightKnown: true, ways: ["L:dram"] },
      { own: true, offer: "L:nand", weight: 0.25, weightKnown: true, ways: ["L:nand"] },
    ]);
  });

  test("of a chain include its leaders' items that are in no chain", () => {
    const loose = buildNetwork({ ...rows, chains: [rows.chains[0]!] }, 1);
    const { targets } = buildScenario(loose, ["memory"], DEFAULT_POLICY);
    expect(targets.map((target) => loose.items[target.item])).toStrictEqual(["dram", "nand", "wafer"]);
  });

  test("named twice count once, and each id weighs the same", () => {
    const found = targetsOf(["memory", "gas", "memory", "L"]);
    expect(found.map((target) => target.offer)).toStrictEqual(["L:dram", "any:gas", "L:nand", "L:wafer"]);
    expect(found.map((target) => target.weight)).toStrictEqual([0.75 / 3 + 1 / 9, 1 / 3, 0.25 / 3 + 1 / 9, 1 / 9]);
  });

  test("that are a firm depend on what its makers need, not on who else offers the item", () => {
    const scenario = buildScenario(network, ["L"], DEFAULT_POLICY);
    const { tier } = availability(scenario);
    // L makes dram itself but buys gas, which only D (US) offers; its nand needs dram bought from somebody.
    expect(scenario.targets.map((target) => tier[target.node])).toStrictEqual([1, 2, 0]);
  });

  test("fail when their own firm, offer, item or jurisdiction is removed", () => {
    for (const removed of ["L", "L:wafer", "wafer", "CN"])
      expect(targetsOf(["L"], { removed: [removed] }).at(-1)?.ways).toStrictEqual([]);
  });

  test("that nobody knows, or that offer nothing, are refused by name", () => {
    expect(refusal(() => targetsOf(["drma"]))).toContain('"drma" is not the id of an item, a firm or a chain');
    expect(refusal(() => targetsOf(["M"]))).toContain('"M" is a firm without offers');
    expect(refusal(() => targetsOf(["materials"]))).toContain('No leading firm of the chain "materials"');
    expect(refusal(() => targetsOf(["dram"], { removed: ["nobody"] }))).toContain('"nobody", to be removed,');
    const extra = (of: string, firm: string | null) => () =>
      targetsOf(["dram"], { extraOffers: [{ item: of, firm, cost: null }] });
    expect(refusal(extra("nothing", null))).toContain('"nothing", of an extra offer,');
    expect(refusal(extra("gas", "nobody"))).toContain('"nobody", of an extra offer,');
  });

  test("are cured by an extra offer, which no restriction touches", () => {
    const policy = { ...DEFAULT_POLICY, extraOffers: [{ item: "gas", firm: "D", cost: 4 }] };
    const scenario = buildScenario(network, ["L"], policy);
    const gas = network.itemIndex.get("gas")!;
    const way = scenario.ways.nodeWays[gas]!;
    expect(WAY_KINDS[scenario.ways.wayKind[way]!]).toBe("EXTRA_OFFER");
    expect([scenario.ways.wayCost[way], scenario.ways.wayBought[way]]).toStrictEqual([4, 1]);
    const { tier } = availability(scenario);
    expect(scenario.targets.map((target) => tier[target.node])).toStrictEqual([0, 0, 0]);
  });

  test("of an item without offers are made in house, a class only from its variants", () => {
    const chips: NetworkRows = {
      ...emptyRows(),
      items: [item("chip"), item("class"), item("variant")],
      offers: [],
      variants: [{ ...facts("v"), variant: "variant", itemClass: "class" }],
    };
    const built = buildNetwork(chips, 1);
    const { ways } = buildScenario(built, ["chip", "class"], DEFAULT_POLICY);
    expect(ways.wayTags).toStrictEqual(["IN_HOUSE:chip", "VARIANT:variant", "UNRECORDED:variant"]);
  });
});
