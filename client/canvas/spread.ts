import type { Graph } from "./drawing.ts";

interface Stop {
  readonly item: { readonly id: string };
  readonly tier: number;
  readonly step: number;
}

/** One moment of a failure that spreads: what stops then. */
export interface Moment {
  readonly tier: number;
  readonly step: number;
  /** Ids of items. */
  readonly items: ReadonlySet<string>;
}

/** The moments at which something stops, in order: by tier, then by step within it. */
export function momentsOf(stops: readonly Stop[]): Moment[] {
  const moments = new Map<string, { readonly tier: number; readonly step: number; readonly items: Set<string> }>();
  for (const { item, tier, step } of stops) {
    const key = `${tier} ${step}`;
    const moment = moments.get(key) ?? { tier, step, items: new Set<string>() };
    moment.items.add(item.id);
    moments.set(key, moment);
  }
  return [...moments.values()].sort((a, b) => a.tier - b.tier || a.step - b.step);
}

/**
 * A failure's graph after so many of its moments: what stops later is not marked yet; what only loses something is
 * marked at the end.
 */
export function spreadGraph(graph: Graph, moments: readonly Moment[], passed: number): Graph {
  const isEnd = passed >= moments.length;
  if (isEnd) return graph;
  const stopped = new Set(moments.slice(0, passed).flatMap(({ items }) => [...items]));
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const marks = node.marks.filter(
        (mark) => (mark !== "STOPPED" || stopped.has(node.id)) && mark !== "REDUCED" && mark !== "WITNESS",
      );
      return marks.length === node.marks.length ? node : { ...node, marks };
    }),
  };
}
