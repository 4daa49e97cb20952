import { describe, expect, test } from "vitest";
import type { Graph, GraphEdge, GraphNode } from "../../../client/canvas/drawing.ts";
import { essence, stoppedItems } from "../../../client/canvas/essence.ts";

function node(id: string, marks: readonly string[] = [], kind = "Product", depth: number | null = null): GraphNode {
  return { id, kind, name: id, nameEn: null, country: null, category: null, marks, depth };
}

function edge(from: string, type: string, to: string, marks: readonly string[] = []): GraphEdge {
  return { id: `${from}>${to}`, type, from, to, marks };
}

/** A chip needs etching and packaging, etching an etcher of a class, the etcher a valve and a seal; and all loops. */
const CHAIN: Graph = {
  nodes: [
    node("maker", ["TARGET"], "Firm"),
    node("chip", ["TARGET"], "Product", 0),
    node("etching"),
    node("packaging"),
    node("tool"),
    node("etcher"),
    node("valve"),
    node("seal"),
    node("us", ["RESTRICTED"], "Firm"),
    node("cn", [], "Firm"),
  ],
  edges: [
    edge("maker", "SUPPLIES", "chip"),
    edge("chip", "REQUIRES", "etching"),
    edge("chip", "REQUIRES", "packaging"),
    edge("etching", "REQUIRES", "tool"),
    edge("etcher", "VARIANT_OF", "tool"),
    edge("etcher", "REQUIRES", "valve"),
    edge("etcher", "REQUIRES", "seal"),
    edge("valve", "REQUIRES", "chip"),
    edge("us", "SUPPLIES", "etcher"),
    edge("us", "SUPPLIES", "valve"),
    edge("cn", "SUPPLIES", "valve"),
    edge("cn", "SUPPLIES", "packaging"),
  ],
};
const ids = (graph: Graph) => graph.nodes.map(({ id }) => id);

describe("What of a chain decides", () => {
  test("is what only restricted sources supply today", () => {
    const step = (id: string, ...from: string[]) => ({
      item: { id },
      change: "SWITCH",
      today: from.map((firm) => ({ id: `${firm}>${id}` })),
    });
    const steps = [step("etcher", "us"), step("valve", "us", "cn"), step("packaging", "cn"), step("seal")];
    expect([...stoppedItems(CHAIN, steps)]).toStrictEqual(["etcher"]);
    expect(stoppedItems(CHAIN, [{ ...step("etcher", "us"), change: "IN_HOUSE" }]).size).toBe(0);
  });

  test("is drawn with its way to the target and its sources; the rest is counted where it belongs", () => {
    const drawn = essence(CHAIN, new Set(["etcher"]));
    expect(ids(drawn)).toStrictEqual(["maker", "chip", "etching", "tool", "etcher", "us"]);
    expect(drawn.nodes.map(({ folded = 0 }) => folded)).toStrictEqual([0, 1, 0, 0, 2, 0]);
    expect(drawn.edges.map(({ id }) => id)).not.toContain("cn>packaging");
  });

  test("holds blockers and ghosts without being told", () => {
    const blocked: Graph = {
      nodes: [
        ...CHAIN.nodes.map((one) => (one.id === "seal" ? { ...one, marks: ["BLOCKER"] } : one)),
        node("ghost:seal", ["GHOST"]),
      ],
      edges: [...CHAIN.edges, edge("ghost:seal", "SUPPLIES", "seal", ["GHOST"])],
    };
    expect(ids(essence(blocked, new Set()))).toStrictEqual([
      "maker",
      "chip",
      "etching",
      "tool",
      "etcher",
      "seal",
      "us",
      "ghost:seal",
    ]);
  });
});
