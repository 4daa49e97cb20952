import type { Graph, GraphNode } from "./drawing.ts";
import type { DrawnStep } from "./fold.ts";

const WEIGHTY: ReadonlySet<string> = new Set(["TARGET", "BLOCKER", "GHOST", "CHOKEPOINT", "MISSING", "UNRECORDED"]);

/** The items that would stop today: each of their recorded sources is marked restricted. Of a graph with its sources. */
export function stoppedItems(graph: Graph, steps: readonly (DrawnStep & { readonly item: { readonly id: string } })[]) {
  const restricted = new Set(graph.nodes.filter((node) => node.marks.includes("RESTRICTED")).map((node) => node.id));
  const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
  const stopped = new Set<string>();
  for (const { item, change, today } of steps) {
    const sources = today.flatMap((offer) => edges.get(offer.id) ?? []);
    const isStopped = sources.every((edge) => restricted.has(edge.from) || edge.marks.includes("RESTRICTED"));
    if (change !== "IN_HOUSE" && sources.length > 0 && isStopped) stopped.add(item.id);
  }
  return stopped;
}

/**
 * The part of a supply graph that decides: targets, blockers and ghosts, the items named, and a shortest way from each
 * to a target. What is left out is counted at the drawn item nearest to it (`folded`).
 */
export function essence(graph: Graph, named: ReadonlySet<string>): Graph {
  const items = new Map(graph.nodes.filter(isItem).map((node) => [node.id, node]));
  const users = walkUp(graph, items);
  const kept = new Set<string>();
  const keep = (id: string): void => {
    for (let at: string | undefined = id; at !== undefined && !kept.has(at); at = users.get(at)) kept.add(at);
  };
  for (const { id, marks } of items.values()) if (named.has(id) || marks.some((mark) => WEIGHTY.has(mark))) keep(id);
  for (const { to, marks } of graph.edges) if (marks.includes("GHOST") && items.has(to)) keep(to);
  const folded = new Map<string, number>();
  for (const id of items.keys()) {
    let at: string | undefined = id;
    while (at !== undefined && !kept.has(at)) at = users.get(at);
    if (at !== undefined && at !== id) folded.set(at, (folded.get(at) ?? 0) + 1);
  }
  const beside = new Set(
    graph.edges.flatMap(({ from, to }) => [...(kept.has(to) ? [from] : []), ...(kept.has(from) ? [to] : [])]),
  );
  const nodes = graph.nodes.filter(
    (node) => kept.has(node.id) || (!items.has(node.id) && (beside.has(node.id) || node.marks.includes("TARGET"))),
  );
  const drawn = new Set(nodes.map((node) => node.id));
  return {
    nodes: nodes.map((node) => {
      const count = folded.get(node.id);
      return count === undefined ? node : { ...node, folded: count };
    }),
    edges: graph.edges.filter((edge) => drawn.has(edge.from) && drawn.has(edge.to)),
  };
}

/** For every item that a target needs, the item it is needed by on a shortest way; targets have none. */
function walkUp(graph: Graph, items: ReadonlyMap<string, GraphNode>): Map<string, string> {
  const needs = new Map<string, string[]>();
  for (const { type, from, to } of graph.edges) {
    if ((type !== "REQUIRES" && type !== "VARIANT_OF") || !items.has(from) || !items.has(to)) continue;
    const [user, need] = type === "REQUIRES" ? [from, to] : [to, from];
    needs.set(user, [...(needs.get(user) ?? []), need]);
  }
  const users = new Map<string, string>();
  let front = [...items.values()]
    .filter((node) => node.depth === 0 || node.marks.includes("TARGET"))
    .map(({ id }) => id);
  const seen = new Set(front);
  while (front.length > 0) {
    const next: string[] = [];
    for (const user of front.sort()) {
      for (const need of [...(needs.get(user) ?? [])].sort()) {
        if (seen.has(need)) continue;
        seen.add(need);
        users.set(need, user);
        next.push(need);
      }
    }
    front = next;
  }
  return users;
}

function isItem(node: GraphNode): boolean {
  return node.kind === "Product" && !node.id.startsWith("ghost:");
}
