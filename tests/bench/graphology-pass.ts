import { DirectedGraph } from "graphology";
import type { Ways } from "../../graph/analysis/scenario.ts";

/**
 * Availability as one would write it with graphology: nodes, ways and slots are its nodes, what fills what its edges, how
 * much still stands an attribute. Returns the pass, which returns how many nodes are available.
 */
export function graphologyPass(ways: Ways): () => number {
  const graph = new DirectedGraph<{ size: number; left: number }>();
  for (let node = 0; node < ways.nodes; node += 1)
    graph.addNode(`n${node}`, { size: ways.nodeWays[node + 1]! - ways.nodeWays[node]!, left: 0 });
  for (let way = 0; way < ways.wayNode.length; way += 1) {
    graph.addNode(`w${way}`, { size: 1, left: 0 });
    graph.addEdge(`w${way}`, `n${ways.wayNode[way]}`);
  }
  for (let slot = 0; slot < ways.slotWay.length; slot += 1) {
    const from = ways.slotAlternatives[slot]!;
    const to = ways.slotAlternatives[slot + 1]!;
    graph.addNode(`s${slot}`, { size: to - from, left: 0 });
    graph.addEdge(`s${slot}`, `w${ways.slotWay[slot]}`);
    for (let at = from; at < to; at += 1) graph.addEdge(`n${ways.alternatives[at]}`, `s${slot}`);
  }
  return () => {
    const failed: string[] = [];
    graph.forEachNode((node, { size }) => {
      graph.setNodeAttribute(node, "left", size);
      if (size === 0) failed.push(node);
    });
    let lost = 0;
    for (const node of failed) {
      if (node.startsWith("n")) lost += 1;
      graph.forEachOutNeighbor(node, (next) => {
        const left = graph.getNodeAttribute(next, "left") - 1;
        graph.setNodeAttribute(next, "left", left);
        if (left === 0) failed.push(next);
      });
    }
    return ways.nodes - lost;
  };
}
