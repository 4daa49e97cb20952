import { type Arrangement, arrange, type Frame } from "./arrange.ts";
import type { Card, Graph } from "./drawing.ts";
import { structureRanks, supplyRanks } from "./ranks.ts";

/** The graph in ranks: a supply graph by what is needed for what, a structure by the kinds that stand within each other. */
export function stage(
  graph: Graph,
  cards: ReadonlyMap<string, Card>,
  layout: "supply" | "structure",
  frame: Frame,
): Arrangement {
  const ranks = layout === "supply" ? supplyRanks(graph) : structureRanks(graph);
  const boxes = graph.nodes.map(({ id }) => ({
    id,
    rank: ranks.get(id) ?? 0,
    width: cards.get(id)?.width ?? 0,
    height: cards.get(id)?.height ?? 0,
  }));
  return arrange(boxes, graph.edges, frame, layout === "supply");
}
