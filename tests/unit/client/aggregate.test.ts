import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aggregate, GROUPED_ABOVE, type Group } from "../../../client/canvas/aggregate.ts";
import { cardOf, type Graph, type GraphEdge, type GraphNode } from "../../../client/canvas/drawing.ts";
import { chainGraph } from "../../bench/client/chain-graph.ts";

const NOTHING = new Set<string>();
const key = (group: Group): string => group.key;

function firm(id: string, country: string | null, marks: readonly string[] = []): GraphNode {
  return { id, kind: "Firm", name: id, nameEn: null, country, category: null, marks, depth: null };
}

function item(id: string, depth: number | null, category: string | null, marks: readonly string[] = []): GraphNode {
  return { id, kind: "Product", name: id, nameEn: null, country: null, category, marks, depth };
}

function edge(from: string, type: string, to: string, marks: readonly string[] = []): GraphEdge {
  return { id: `${from}>${type}>${to}`, type, from, to, marks };
}

/** As many firms of a country of their own kind as make a graph large. */
const crowd = Array.from({ length: GROUPED_ABOVE }, (_, index) => firm(`crowd-${index}`, "JP"));

/** Large graphs whose nodes share few facts, with relationships between any of them. */
const anyGraph: fc.Arbitrary<Graph> = fc
  .record({
    nodes: fc.array(
      fc.record({
        kind: fc.constantFrom("Product", "Firm", "Institute"),
        country: fc.constantFrom("CN", "US", null),
        category: fc.constantFrom("MATERIAL", "PART", null),
        depth: fc.constantFrom(0, 1, null),
        marks: fc.uniqueArray(fc.constantFrom("TARGET", "GHOST", "CHOKEPOINT", "RESTRICTED"), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 40 },
    ),
    edges: fc.array(
      fc.record({
        from: fc.nat(),
        to: fc.nat(),
        type: fc.constantFrom("SUPPLIES", "OWNS", "REQUIRES"),
        marks: fc.uniqueArray(fc.constantFrom("TODAY", "CHOSEN")),
      }),
      { maxLength: 60 },
    ),
  })
  .map(({ nodes, edges }) => ({
    nodes: [...nodes.map((facts, index) => ({ id: `n${index}`, name: `n${index}`, nameEn: null, ...facts })), ...crowd],
    edges: edges.map(({ from, to, ...facts }, index) => ({
      id: `e${index}`,
      from: `n${from % nodes.length}`,
      to: `n${to % nodes.length}`,
      ...facts,
    })),
  }));

describe("A large graph", () => {
  test("stays as it is up to a size, and comes in groups beyond", () => {
    const small = { nodes: crowd, edges: [] };
    expect(aggregate(small, NOTHING, NOTHING, key).graph).toBe(small);
    const large = { nodes: [...crowd, firm("one-more", "JP")], edges: [] };
    expect(aggregate(large, NOTHING, NOTHING, key).graph.nodes).toHaveLength(1);
  });

  test("of thousands of elements is drawn by few nodes, and all of them can be opened", () => {
    const graph = chainGraph(10_000);
    const { graph: drawn, closed } = aggregate(graph, NOTHING, NOTHING, key);
    expect(drawn.nodes.length).toBeLessThan(100);
    const opened = new Set([...closed.values()].map(key));
    expect(aggregate(graph, opened, NOTHING, key).graph).toStrictEqual(graph);
  });

  test("groups items by stage, firms by owner, then by country; what it is about stays alone", () => {
    const nodes = [
      item("target", 0, "DEVICE", ["TARGET"]),
      ...["a", "b", "c"].map((id) => item(id, 2, "MATERIAL", id === "a" ? ["CHOKEPOINT"] : [])),
      item("lonely", 2, "PART"),
      item("ghost:a", 2, "MATERIAL", ["GHOST"]),
      firm("mother", "US"),
      ...["d1", "d2"].map((id) => firm(id, "DE")),
      ...["x", "y", "z"].map((id) => firm(id, "US", ["RESTRICTED"])),
      ...crowd,
    ];
    const edges = [
      edge("mother", "OWNS", "d1"),
      edge("d1", "OWNS", "d2"),
      edge("x", "SUPPLIES", "a", ["TODAY"]),
      edge("y", "SUPPLIES", "a"),
      edge("y", "SUPPLIES", "b", ["CHOSEN"]),
      edge("target", "REQUIRES", "lonely"),
    ];
    const { graph, closed } = aggregate({ nodes, edges }, NOTHING, NOTHING, key);
    expect(
      [...closed.values()].map((group) => [group.key, group.members.map(({ id }) => id).slice(0, 3)]),
    ).toStrictEqual([
      ["country.Firm.JP", ["crowd-0", "crowd-1", "crowd-2"]],
      ["country.Firm.US", ["x", "y", "z"]],
      ["owner.mother", ["mother", "d1", "d2"]],
      ["stage.2.MATERIAL", ["a", "b", "c"]],
    ]);
    expect(graph.nodes.slice(0, 3).map(({ id }) => id)).toStrictEqual(["target", "lonely", "ghost:a"]);
    expect(graph.edges.map(({ from, type, to, marks }) => [from, type, to, marks])).toStrictEqual([
      ["target", "REQUIRES", "lonely", []],
      ["group:country.Firm.US", "SUPPLIES", "group:stage.2.MATERIAL", ["CHOSEN", "TODAY"]],
    ]);
    const stage = graph.nodes.find(({ id }) => id === "group:stage.2.MATERIAL")!;
    const words = { name: ({ name }: { readonly name: string }) => name, mark: (mark: string) => mark };
    const card = cardOf(stage, { ...words, folded: String });
    expect(card.text).toContain("CHOKEPOINT ×1");
    expect([stage.depth, stage.category]).toStrictEqual([2, "MATERIAL"]);
  });

  test("draws what is selected as a node of its own", () => {
    const { graph } = aggregate(
      { nodes: [...crowd, firm("chosen", "JP")], edges: [] },
      NOTHING,
      new Set(["chosen"]),
      key,
    );
    expect(graph.nodes.map(({ id }) => id)).toStrictEqual(["chosen", "group:country.Firm.JP"]);
  });

  test("shows each node once, alone or in one group, and each relationship that joins two of what is drawn", () => {
    fc.assert(
      fc.property(anyGraph, fc.array(fc.nat()), (graph, picks) => {
        const all = [...aggregate(graph, NOTHING, NOTHING, key).closed.values()].map(key);
        const chosen = new Set(picks.map((pick) => all[pick % all.length]!));
        const { graph: drawn, closed, opened } = aggregate(graph, chosen, NOTHING, key);
        expect(new Set(opened.map(key))).toStrictEqual(chosen);
        const places = drawn.nodes.flatMap(({ id }) =>
          (closed.get(id)?.members ?? [{ id }]).map((member) => [member.id, id] as const),
        );
        const place = new Map(places);
        expect(places).toHaveLength(place.size);
        expect([...place.keys()].sort()).toStrictEqual(graph.nodes.map(({ id }) => id).sort());
        expect([...closed.values()].filter(({ members }) => members.length < 3)).toStrictEqual([]);
        const isClosed = (id: string): boolean => place.get(id) !== id;
        const joins = graph.edges.flatMap(({ id, from, type, to }) => {
          if (!isClosed(from) && !isClosed(to)) return [id];
          return place.get(from) === place.get(to) ? [] : [`${place.get(from)} ${type} ${place.get(to)}`];
        });
        const shown = drawn.edges.map(({ id, from, type, to }) =>
          id.startsWith("group:") ? `${from} ${type} ${to}` : id,
        );
        expect(shown.sort()).toStrictEqual([...new Set(joins)].sort());
      }),
    );
  });

  test("has the same groups whatever the order of its nodes and relationships", () => {
    const groupsOf = (graph: Graph) =>
      [...aggregate(graph, NOTHING, NOTHING, key).closed.values()].map((group) => [
        group.key,
        group.members.map(({ id }) => id).sort(),
      ]);
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const turned = { nodes: [...graph.nodes].reverse(), edges: [...graph.edges].reverse() };
        expect(groupsOf(turned)).toStrictEqual(groupsOf(graph));
      }),
    );
  });
});
