import type { Graph, GraphEdge, GraphNode } from "./drawing.ts";

/** An offer as a plan names it: enough to tell its edge. */
interface Offered {
  readonly id: string;
}

/** A step of a plan, as far as its picture needs it. */
export interface DrawnStep {
  /** `IN_HOUSE` where the target makes the item itself, today as well. */
  readonly change: string;
  readonly today: readonly Offered[];
}

/** Of a picture that shows today's chain and the plan in one, the two apart. */
export function splitPlan(both: Graph, steps: readonly DrawnStep[]): { readonly today: Graph; readonly plan: Graph } {
  const bought = steps.filter((step) => step.change !== "IN_HOUSE");
  const todays = new Set(bought.flatMap((step) => step.today.map((offer) => offer.id)));
  const makers = new Set(both.nodes.filter((node) => node.marks.includes("TARGET")).map((node) => node.id));
  const isToday = ({ id, from }: GraphEdge): boolean => todays.has(id) || makers.has(from);
  const isPlanned = ({ marks }: GraphEdge): boolean => marks.includes("CHOSEN") || marks.includes("GHOST");
  return {
    today: withSources(both, isToday, ["CHOSEN", "GHOST"]),
    plan: withSources(both, isPlanned, ["TODAY"]),
  };
}

/** The items with those sources whose offers are kept, without some marks. */
function withSources(graph: Graph, keeps: (edge: GraphEdge) => boolean, dropped: readonly string[]): Graph {
  const edges = graph.edges.filter((edge) => edge.type !== "SUPPLIES" || keeps(edge));
  const kept = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const unmark = <T extends { readonly marks: readonly string[] }>(element: T): T => ({
    ...element,
    marks: element.marks.filter((mark) => !dropped.includes(mark)),
  });
  return {
    nodes: graph.nodes.filter((node) => kept.has(node.id) || isItem(node)).map(unmark),
    edges: edges.map(unmark),
  };
}

const FOLDED_MARKS = ["RESTRICTED", "CHOSEN", "GHOST", "LOCAL"];

/**
 * The graph with every source that is none but a source folded into the items it supplies: the item's `sources` name
 * it, and the item takes over the marks that matter. A third of the nodes tell the same.
 */
export function foldSources(graph: Graph): Graph {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const folded = new Set(
    graph.nodes.filter((node) => !isItem(node) && !node.marks.includes("TARGET")).map((node) => node.id),
  );
  for (const edge of graph.edges) {
    const to = nodes.get(edge.to);
    if (edge.type !== "SUPPLIES" || to === undefined || !isItem(to)) {
      folded.delete(edge.from);
      folded.delete(edge.to);
    }
  }
  const sources = new Map<string, GraphNode[]>();
  for (const edge of graph.edges) {
    const source = nodes.get(edge.from);
    if (source === undefined || !folded.has(edge.from)) continue;
    sources.set(edge.to, [...(sources.get(edge.to) ?? []), source]);
  }
  return {
    nodes: graph.nodes
      .filter((node) => !folded.has(node.id))
      .map((node) => {
        const own = sources.get(node.id) ?? [];
        const marks = own.flatMap((source) => source.marks.filter((mark) => FOLDED_MARKS.includes(mark)));
        return own.length === 0 ? node : { ...node, marks: [...new Set([...node.marks, ...marks])], sources: own };
      }),
    edges: graph.edges.filter((edge) => !folded.has(edge.from)),
  };
}

function isItem(node: GraphNode): boolean {
  return node.kind === "Product" && !node.marks.includes("GHOST") && !node.id.startsWith("ghost:");
}
