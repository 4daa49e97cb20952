import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrange, paddingOf } from "../../../client/canvas/arrange.ts";
import { layoutStages, type StageEdge, type StageNode } from "../../../graph/layout/stages.ts";

const anyGraph = fc.integer({ min: 1, max: 60 }).chain((count) => {
  const node = fc.record({
    rank: fc.integer({ min: -4, max: 4 }),
    width: fc.integer({ min: 30, max: 180 }),
    height: fc.integer({ min: 20, max: 90 }),
  });
  const end = fc.integer({ min: 0, max: count - 1 });
  return fc.record({
    nodes: fc
      .array(node, { minLength: count, maxLength: count })
      .map((nodes) => nodes.map((box, index): StageNode => ({ id: `n${index}`, ...box }))),
    edges: fc
      .array(fc.tuple(end, end), { maxLength: 90 })
      .map((pairs) => pairs.map(([from, to]): StageEdge => ({ from: `n${from}`, to: `n${to}` }))),
    aspect: fc.double({ min: 0.4, max: 3, noNaN: true }),
  });
});

describe("The layout in stages", () => {
  test("places every box, and no two of them overlap", () => {
    fc.assert(
      fc.property(anyGraph, ({ nodes, edges, aspect }) => {
        const places = layoutStages(nodes, edges, { aspect });
        expect([...places.keys()].sort()).toStrictEqual(nodes.map((node) => node.id).sort());
        for (const [index, one] of nodes.entries())
          for (const other of nodes.slice(index + 1)) {
            const a = places.get(one.id)!;
            const b = places.get(other.id)!;
            const isApart =
              Math.abs(a.x - b.x) >= (one.width + other.width) / 2 - 1e-6 ||
              Math.abs(a.y - b.y) >= (one.height + other.height) / 2 - 1e-6;
            expect(isApart, `${one.id} at ${a.x},${a.y} and ${other.id} at ${b.x},${b.y}`).toBe(true);
          }
      }),
    );
  });

  test("keeps what is upstream left of what is downstream", () => {
    fc.assert(
      fc.property(anyGraph, ({ nodes, edges, aspect }) => {
        const places = layoutStages(nodes, edges, { aspect });
        for (const one of nodes)
          for (const other of nodes)
            if (one.rank < other.rank) expect(places.get(one.id)!.x).toBeLessThan(places.get(other.id)!.x);
      }),
    );
  });

  test("does not depend on the order of its input", () => {
    fc.assert(
      fc.property(anyGraph, ({ nodes, edges, aspect }) => {
        const places = layoutStages(nodes, edges, { aspect });
        const again = layoutStages([...nodes].reverse(), [...edges].reverse(), { aspect });
        for (const { id } of nodes) {
          expect(again.get(id)!.x).toBeCloseTo(places.get(id)!.x, 6);
          expect(again.get(id)!.y).toBeCloseTo(places.get(id)!.y, 6);
        }
      }),
    );
  });

  test("uncrosses two edges that need not cross", () => {
    const box = { width: 50, height: 20 };
    const nodes = [
      { id: "a", rank: 0, ...box },
      { id: "b", rank: 0, ...box },
      { id: "x", rank: 1, ...box },
      { id: "y", rank: 1, ...box },
    ];
    const places = layoutStages(nodes, [
      { from: "a", to: "y" },
      { from: "b", to: "x" },
    ]);
    const isUpper = (one: string, other: string): boolean => places.get(one)!.y < places.get(other)!.y;
    expect(isUpper("a", "b")).toBe(isUpper("y", "x"));
  });

  test("of nothing is nothing", () => {
    expect(layoutStages([], [])).toStrictEqual(new Map());
  });

  test("keeps to a width or a height that it is given where the boxes allow it", () => {
    fc.assert(
      fc.property(anyGraph, ({ nodes, edges }) => {
        const places = layoutStages(nodes, edges, { maxHeight: 500 });
        const ys = nodes.map((node) => places.get(node.id)!.y);
        expect(Math.max(...ys) - Math.min(...ys)).toBeLessThanOrEqual(500);
        const wide = layoutStages(nodes, edges, { maxWidth: 2500 });
        const ranks = new Set(nodes.map((node) => node.rank)).size;
        const edge = (node: StageNode, side: number) => wide.get(node.id)!.x + (side * node.width) / 2;
        const width = Math.max(...nodes.map((n) => edge(n, 1))) - Math.min(...nodes.map((n) => edge(n, -1)));
        if (ranks * (180 + 54) <= 2500) expect(width).toBeLessThanOrEqual(2500);
      }),
    );
  });
});

describe("The arrangement in a frame", () => {
  const chain = (count: number, rank: (index: number) => number): StageNode[] =>
    Array.from({ length: count }, (_, index) => ({ id: `n${index}`, rank: rank(index), width: 150, height: 50 }));

  test("runs upwards, the target on top, where that shows it larger", () => {
    const nodes = chain(6, (index) => index - 5);
    const { places, isUpright } = arrange(nodes, [], { width: 660, height: 510 }, true);
    expect(isUpright).toBe(true);
    expect(places.get("n5")!.y).toBeLessThan(places.get("n0")!.y);
    expect(arrange(nodes, [], { width: 660, height: 510 }, false).isUpright).toBe(false);
    expect(arrange(nodes, [], { width: 1900, height: 300 }, true).isUpright).toBe(false);
  });

  test("stays readable in a frame that grows, wide or narrow", () => {
    const nodes = chain(30, (index) => -(index % 5));
    for (const width of [1400, 370]) {
      const picture = arrange(nodes, [], { width, height: null }, true);
      expect(picture.isUpright).toBe(width === 370);
      expect(((width - 2 * paddingOf(width)) / picture.width) * 12).toBeGreaterThanOrEqual(10);
    }
  });

  test("of nothing is nothing", () => {
    expect(arrange([], [], { width: 300, height: null }, true).places.size).toBe(0);
  });
});
