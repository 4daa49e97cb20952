import type { Graph, GraphNode } from "./drawing.ts";

const STRUCTURE_ORDER = ["Cluster", "Pillar", "Chain", "Stage", "Product", "Firm"];

/**
 * The column of every node of a supply graph, upstream left: items by their depth under the target, and each source or
 * resource beside the nearest item it serves, one column further upstream.
 */
export function supplyRanks(graph: Graph): Map<string, number> {
  const ranks = new Map<string, number>();
  for (const node of graph.nodes) {
    const isTarget = node.marks.includes("TARGET");
    if (isTarget && node.kind !== "Product") ranks.set(node.id, 1);
    else if (node.kind === "Product" && !node.id.startsWith("ghost:")) ranks.set(node.id, -2 * (node.depth ?? 0));
  }
  const downstream = new Map<string, number>();
  for (const edge of graph.edges) {
    note(downstream, edge.from, ranks.get(edge.to));
    note(downstream, edge.to, ranks.get(edge.from));
  }
  for (const node of graph.nodes)
    if (!ranks.has(node.id)) ranks.set(node.id, (downstream.get(node.id) ?? -2 * (node.depth ?? 0)) - 1);
  return ranks;
}

/** The column of every node of a structure: cluster, pillars, chains, stages, then what stands in them. */
export function structureRanks(graph: Graph): Map<string, number> {
  return new Map(graph.nodes.map((node) => [node.id, structureRank(node)]));
}

function structureRank(node: GraphNode): number {
  const rank = STRUCTURE_ORDER.indexOf(node.kind);
  return rank === -1 ? STRUCTURE_ORDER.length : rank;
}

function note(map: Map<string, number>, id: string, rank: number | undefined): void {
  if (rank === undefined) return;
  const known = map.get(id);
  if (known === undefined || rank > known) map.set(id, rank);
}
