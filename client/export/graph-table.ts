import type { Graph, GraphNode } from "../canvas/drawing.ts";

/** Words that a graph's table needs. */
export interface GraphWords {
  readonly name: (node: GraphNode) => string;
  readonly kind: (kind: string) => string;
  readonly mark: (mark: string) => string;
  readonly type: (type: string) => string;
  readonly head: readonly string[];
}

/** A graph as rows of texts: a node each, then a relationship each; the first row names the columns. */
export function graphTable({ nodes, edges }: Graph, words: GraphWords): string[][] {
  const names = new Map(nodes.map((node) => [node.id, words.name(node)]));
  const marksOf = (marks: readonly string[]): string => marks.map(words.mark).join("; ");
  return [
    [...words.head],
    ...nodes.map((node) => [
      node.id,
      words.name(node),
      words.kind(node.kind),
      node.country ?? "",
      marksOf(node.marks),
      "",
      "",
    ]),
    ...edges.map((edge) => [
      edge.id,
      "",
      words.type(edge.type),
      "",
      marksOf(edge.marks),
      names.get(edge.from) ?? edge.from,
      names.get(edge.to) ?? edge.to,
    ]),
  ];
}
