import { describe, expect, test } from "vitest";
import type { Graph, GraphNode } from "../../../client/canvas/drawing.ts";
import { momentsOf, spreadGraph } from "../../../client/canvas/spread.ts";

const stop = (id: string, tier: number, step: number) => ({ item: { id }, tier, step });
const node = (id: string, ...marks: string[]): GraphNode => ({
  id,
  kind: "Product",
  name: id,
  nameEn: null,
  country: null,
  category: null,
  marks,
  depth: 0,
});

describe("A failure that spreads", () => {
  const stops = [stop("c", 2, 0), stop("b", 1, 1), stop("a", 1, 0), stop("a2", 1, 0), stop("d", 10, 0)];
  const moments = momentsOf(stops);
  const graph: Graph = {
    nodes: [
      node("f", "REMOVED"),
      node("a", "STOPPED"),
      node("b", "STOPPED", "TARGET"),
      node("r", "REDUCED", "WITNESS"),
    ],
    edges: [{ id: "e", type: "SUPPLIES", from: "f", to: "a", marks: ["REMOVED", "WITNESS"] }],
  };
  const marksAfter = (passed: number): readonly (readonly string[])[] =>
    spreadGraph(graph, moments, passed).nodes.map(({ marks }) => marks);

  test("has a moment for each tier and step, in their order, whatever the order of the stops", () => {
    const order = (all: typeof moments) => all.map(({ tier, step, items }) => [tier, step, [...items].sort()]);
    expect(order(moments)).toStrictEqual([
      [1, 0, ["a", "a2"]],
      [1, 1, ["b"]],
      [2, 0, ["c"]],
      [10, 0, ["d"]],
    ]);
    expect(order(momentsOf([...stops].reverse()))).toStrictEqual(order(moments));
    expect(momentsOf([])).toStrictEqual([]);
  });

  test("shows at first only what fails itself, then what stops up to each moment, and all at the end", () => {
    expect(marksAfter(0)).toStrictEqual([["REMOVED"], [], ["TARGET"], []]);
    expect(marksAfter(1)).toStrictEqual([["REMOVED"], ["STOPPED"], ["TARGET"], []]);
    expect(marksAfter(2)).toStrictEqual([["REMOVED"], ["STOPPED"], ["STOPPED", "TARGET"], []]);
    expect(spreadGraph(graph, moments, moments.length)).toBe(graph);
  });

  test("keeps nodes, edges and their places from moment to moment", () => {
    for (let passed = 0; passed <= moments.length; passed += 1) {
      const shown = spreadGraph(graph, moments, passed);
      expect(shown.nodes.map(({ id }) => id)).toStrictEqual(["f", "a", "b", "r"]);
      expect(shown.edges).toBe(graph.edges);
    }
  });
});
