import { describe, expect, test } from "vitest";
import type { Card, GraphNode } from "../../../client/canvas/drawing.ts";
import { seenMarks } from "../../../client/canvas/drawing.ts";
import { homeView } from "../../../client/canvas/home-view.ts";

const FRAME = { width: 648, height: 448 };
const PADDING = 24;

/** Cards of 100 by 40 in one column, the first of them the target. */
function column(count: number) {
  const ids = Array.from({ length: count }, (_, index) => `product-${index}`);
  const nodes = ids.map(
    (id, index): GraphNode => ({
      ...{ id, kind: "Product", name: id, nameEn: null, country: null, category: null, depth: index },
      marks: index === 0 ? ["TARGET"] : [],
    }),
  );
  const cards = new Map(
    ids.map((id): [string, Card] => [
      id,
      { id, kind: "Product", title: id, text: id, width: 100, height: 40, marks: [] },
    ]),
  );
  const places = new Map(ids.map((id, index) => [id, { x: 0, y: index * 100 }]));
  return { graph: { nodes, edges: [] }, cards, places };
}

describe("The view in which a picture opens", () => {
  test("shows a small one whole, in the middle, hardly magnified", () => {
    const { zoom, pan } = homeView(column(2), FRAME, true);
    expect(zoom).toBe(1.1);
    expect(pan.x).toBeCloseTo(FRAME.width / 2);
    expect(pan.y + 50 * zoom).toBeCloseTo(FRAME.height / 2);
  });

  test("shows a large one whole where it is not read as it stands", () => {
    const { zoom, pan } = homeView(column(30), FRAME, false);
    expect(pan.y - 20 * zoom).toBeCloseTo(PADDING);
    expect(pan.y + (29 * 100 + 20) * zoom).toBeCloseTo(FRAME.height - PADDING);
  });

  test("begins at the target, readable and with nothing empty above it, where it is", () => {
    const { zoom, pan } = homeView(column(100), FRAME, true);
    expect(zoom).toBe(0.85);
    expect(pan.y - 20 * zoom).toBeCloseTo(PADDING);
    expect(pan.x).toBeCloseTo(FRAME.width / 2);
  });
});

test("Only marks that show in a drawing are seen in it", () => {
  const { graph } = column(3);
  const marked = [["TARGET", "LOCAL"], ["RESTRICTED", "SINGLE_SOURCE", "ASSUMED"], ["LOCAL"]];
  const seen = (nodes: readonly GraphNode[]) => [...seenMarks({ nodes, edges: [] })].sort();
  const nodes = graph.nodes.map((node, index) => ({ ...node, marks: marked[index]! }));
  expect(seen(nodes.slice(0, 1))).toStrictEqual(["TARGET"]);
  expect(seen(nodes)).toStrictEqual(["LOCAL", "RESTRICTED", "SINGLE_SOURCE", "TARGET"]);
});
