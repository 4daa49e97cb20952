import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cardOf,
  filterGraph,
  type GraphEdge,
  type GraphNode,
  markRestricted,
  mergeGraphs,
  neighborsOf,
} from "../../../client/canvas/drawing.ts";
import { foldSources, splitPlan } from "../../../client/canvas/fold.ts";
import { supplyRanks } from "../../../client/canvas/ranks.ts";
import { separate } from "../../../client/canvas/separate.ts";
import { ellipsize, textWidth, wrapText } from "../../../graph/layout/label.ts";

function node(id: string, kind: string, more: Partial<GraphNode> = {}): GraphNode {
  return { id, kind, name: id, nameEn: null, country: null, category: null, marks: [], depth: null, ...more };
}

function edge(from: string, type: string, to: string, marks: readonly string[] = []): GraphEdge {
  return { id: `${from}>${to}`, type, from, to, marks };
}

const WORDS = {
  name: ({ name, nameEn }: { readonly name: string; readonly nameEn: string | null }) => nameEn ?? name,
  mark: (mark: string) => mark.toLowerCase(),
  folded: (count: number) => `+${count}`,
};

/** A maker of a chip, which needs a tool that is bought from the US today and from China in the plan. */
const BOTH = {
  nodes: [
    node("maker", "Firm", { marks: ["TARGET"], country: "CN", depth: 0 }),
    node("chip", "Product", { marks: ["TARGET"], depth: 0 }),
    node("tool", "Product", { depth: 1 }),
    node("laser", "Product", { depth: 2 }),
    node("us", "Firm", { marks: ["RESTRICTED", "TODAY"], country: "US" }),
    node("cn", "Firm", { marks: ["CHOSEN"], country: "CN" }),
    node("ghost:laser", "Firm", { marks: ["GHOST"] }),
  ],
  edges: [
    edge("maker", "SUPPLIES", "chip", ["CHOSEN"]),
    edge("chip", "REQUIRES", "tool"),
    edge("tool", "REQUIRES", "laser"),
    edge("us", "SUPPLIES", "tool", ["TODAY"]),
    edge("cn", "SUPPLIES", "tool", ["CHOSEN"]),
    edge("ghost:laser", "SUPPLIES", "laser", ["GHOST"]),
  ],
};
const STEPS = [
  { change: "IN_HOUSE", today: [] },
  { change: "SWITCH", today: [{ id: "us>tool" }] },
  { change: "NEW", today: [] },
];
const ids = (graph: { readonly nodes: readonly GraphNode[] }): string[] => graph.nodes.map((item) => item.id);

describe("Today's chain and the plan", () => {
  const { today, plan } = splitPlan(BOTH, STEPS);

  test("are told apart by who supplies", () => {
    expect(ids(today)).toStrictEqual(["maker", "chip", "tool", "laser", "us"]);
    expect(ids(plan)).toStrictEqual(["maker", "chip", "tool", "laser", "cn", "ghost:laser"]);
    expect(today.nodes.find(({ id }) => id === "us")?.marks).toStrictEqual(["RESTRICTED", "TODAY"]);
  });

  test("name their sources within the items once folded, and the target stays", () => {
    const folded = foldSources(plan);
    expect(ids(folded)).toStrictEqual(["maker", "chip", "tool", "laser"]);
    expect(folded.nodes.find(({ id }) => id === "tool")?.sources?.map(({ id }) => id)).toStrictEqual(["cn"]);
    expect(folded.nodes.find(({ id }) => id === "laser")?.marks).toStrictEqual(["GHOST"]);
    expect(folded.edges.map(({ id }) => id)).toStrictEqual(["maker>chip", "chip>tool", "tool>laser"]);
  });

  test("keep a source as a node where it is more than a source", () => {
    const owned = { nodes: today.nodes, edges: [...today.edges, edge("maker", "SOURCES_FROM", "us")] };
    expect(ids(foldSources(owned))).toContain("us");
  });

  test("run from the sources on the left to the target on the right", () => {
    const ranks = supplyRanks(today);
    const order = ["us", "tool", "chip", "maker"].map((id) => ranks.get(id)!);
    expect(order).toStrictEqual([...order].sort((a, b) => a - b));
    expect(ranks.get("laser")!).toBeLessThan(ranks.get("tool")!);
  });
});

describe("A graph to draw", () => {
  test("of several answers has each node once, with the marks of all", () => {
    const one = { nodes: [node("a", "Firm", { marks: ["TARGET"] })], edges: [] };
    const other = { nodes: [node("a", "Firm", { marks: ["LOCAL", "TARGET"] }), node("b", "Firm")], edges: [] };
    const whole = mergeGraphs([one, other]);
    expect(whole.nodes.map(({ id, marks }) => [id, marks])).toStrictEqual([
      ["a", ["TARGET", "LOCAL"]],
      ["b", []],
    ]);
  });

  test("marks who is in a restricted country, by the view's policy alone", () => {
    const marked = markRestricted(
      {
        nodes: [
          node("a", "Firm", { country: "US", marks: ["TARGET"] }),
          node("b", "Firm", { country: "CN", marks: ["RESTRICTED", "LOCAL"] }),
          node("c", "Firm"),
        ],
        edges: [],
      },
      ["US"],
    );
    expect(marked.nodes.map(({ marks }) => marks)).toStrictEqual([["RESTRICTED"], ["LOCAL"], []]);
  });

  test("loses the edges of what is filtered out", () => {
    const kept = filterGraph(BOTH, ({ kind }) => kind === "Product");
    expect(kept.edges.map(({ id }) => id)).toStrictEqual(["chip>tool", "tool>laser"]);
    expect([...neighborsOf(kept, "tool")].sort()).toStrictEqual(["chip", "laser"]);
  });

  test("has cards that hold their text", () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.constantFrom("US", "CN"), { nil: null }), (name, country) => {
        const card = cardOf(node("x", "Firm", { name, country, marks: ["RESTRICTED"] }), WORDS);
        const lines = card.text.split("\n");
        expect(card.height).toBeGreaterThanOrEqual(lines.length * 16);
        for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(card.width - 22);
      }),
    );
  });

  test("says a state in words on the card, weightiest first", () => {
    const card = cardOf(node("x", "Firm", { country: "US", marks: ["ASSUMED", "RESTRICTED", "WITNESS"] }), WORDS);
    expect(card.text).toBe("x\nUS · restricted ·\nassumed");
  });
});

describe("Texts on cards", () => {
  test("are cut to their width", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 20, max: 300 }), (text, max) => {
        expect(textWidth(ellipsize(text, 12, max), 12)).toBeLessThanOrEqual(max);
      }),
    );
    expect(ellipsize("明场图形晶圆缺陷检测设备", 12, 72)).toBe("明场图形晶…");
  });

  test("break at spaces and between Chinese signs", () => {
    expect(wrapText("Bright-field patterned-wafer inspection", 12, 120, 2)).toStrictEqual([
      "Bright-field",
      "patterned-wafer…",
    ]);
    expect(wrapText("明场图形晶圆缺陷检测设备", 12, 84, 2)).toStrictEqual(["明场图形晶圆缺", "陷检测设备"]);
    expect(wrapText("DRAM", 12, 84, 2)).toStrictEqual(["DRAM"]);
  });
});

describe("Boxes placed by forces", () => {
  test("no longer overlap once separated", () => {
    const box = fc.record({
      x: fc.integer({ min: 0, max: 400 }),
      y: fc.integer({ min: 0, max: 400 }),
      width: fc.integer({ min: 20, max: 120 }),
      height: fc.integer({ min: 20, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(box, { maxLength: 14 }), (boxes) => {
        const named = boxes.map((shape, index) => ({ id: `${index}`, ...shape, isFixed: index === 0 }));
        const places = separate(named);
        for (const { id, x, y } of named.slice(0, 1)) expect(places.get(id)).toStrictEqual({ x, y });
        for (const [index, one] of named.entries())
          for (const other of named.slice(index + 1)) {
            const a = places.get(one.id)!;
            const b = places.get(other.id)!;
            const isApart =
              Math.abs(a.x - b.x) >= (one.width + other.width) / 2 ||
              Math.abs(a.y - b.y) >= (one.height + other.height) / 2;
            expect(isApart).toBe(true);
          }
      }),
      { numRuns: 60 },
    );
  });
});
