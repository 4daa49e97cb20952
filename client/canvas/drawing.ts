import { ellipsize, textWidth, wrapText } from "../../graph/layout/label.ts";
import { sortMarks } from "./marks.ts";

/** A node as the service sends it to be drawn. */
export interface GraphNode {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly country: string | null;
  readonly category: string | null;
  readonly marks: readonly string[];
  readonly depth: number | null;
  /** Sources that are drawn within the node instead of beside it. */
  readonly sources?: readonly GraphNode[];
  /** How many items that it needs are not drawn. */
  readonly folded?: number;
  /** How many have each mark, where the node stands for several. */
  readonly counts?: ReadonlyMap<string, number>;
}

export interface GraphEdge {
  readonly id: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly marks: readonly string[];
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export const EMPTY_GRAPH: Graph = { nodes: [], edges: [] };

/** Words that a drawing needs. */
export interface Words {
  readonly name: (node: { readonly name: string; readonly nameEn: string | null }) => string;
  readonly mark: (mark: string) => string;
  /** So many more items. */
  readonly folded: (count: number) => string;
}

/** A node as a card: its name, the sources folded into it, and its country and marks where it has any. */
export interface Card {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly string[];
}

export const TITLE_SIZE = 12;
const MAX_TEXT = 128;
const TITLE_LINES = 4;
const STATE_LINES = 3;
const ICON_SPACE = 22;
const PADDING = 18;
const SHOWN_MARKS = 2;
const SHOWN_SOURCES = 2;
/** Marks that are seen, but need no word on the card. */
const UNSAID: ReadonlySet<string> = new Set(["WITNESS", "LOCAL", "CHOSEN", "TODAY"]);

/** The card of a node, large enough for its text. */
export function cardOf(node: GraphNode, words: Words): Card {
  const marks = sortMarks(node.marks);
  const title = words.name(node);
  const signs = saidMarks(marks).map((mark) => {
    const count = node.counts?.get(mark);
    return count === undefined ? words.mark(mark) : `${words.mark(mark)} ×${count}`;
  });
  const state = [...(node.country === null ? [] : [node.country]), ...signs].join(" · ");
  const wrap = (text: string, lines: number): string[] => wrapText(text, TITLE_SIZE, MAX_TEXT, lines);
  const cut = [
    ...wrap(title, TITLE_LINES),
    ...sourceLines(node, words).map((text) => ellipsize(text, TITLE_SIZE, MAX_TEXT)),
    ...(state === "" ? [] : wrap(state, STATE_LINES)),
    ...(node.folded === undefined ? [] : wrap(words.folded(node.folded), 1)),
  ];
  const width = Math.max(...cut.map((text) => textWidth(text, TITLE_SIZE)));
  return {
    id: node.id,
    kind: node.kind,
    title,
    text: cut.join("\n"),
    width: Math.ceil(width) + ICON_SPACE + PADDING,
    height: 14 + cut.length * 16,
    marks,
  };
}

function saidMarks(sorted: readonly string[]): readonly string[] {
  return sorted.filter((mark) => !UNSAID.has(mark)).slice(0, SHOWN_MARKS);
}

/** The marks that can be seen in a drawing: what a node or an edge looks like, and what a card says. */
export function seenMarks({ nodes, edges }: Graph): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const { marks } of [...nodes, ...edges]) for (const mark of sortMarks(marks).slice(0, 1)) seen.add(mark);
  for (const { marks } of nodes) for (const mark of saidMarks(sortMarks(marks))) seen.add(mark);
  return seen;
}

function sourceLines({ sources = [] }: GraphNode, words: Words): string[] {
  const named = sources
    .filter((source) => !source.marks.includes("GHOST"))
    .map((source) => [...(source.country === null ? [] : [source.country]), words.name(source)].join(" "));
  const shown = named.slice(0, SHOWN_SOURCES);
  return named.length > shown.length ? [...shown, `+${named.length - shown.length}`] : shown;
}

/** Several graphs as one; a node or edge of several has all their marks. */
export function mergeGraphs(graphs: readonly Graph[]): Graph {
  return {
    nodes: merged(graphs.flatMap((graph) => graph.nodes)),
    edges: merged(graphs.flatMap((graph) => graph.edges)),
  };
}

function merged<T extends { readonly id: string; readonly marks: readonly string[] }>(parts: readonly T[]): T[] {
  const byId = new Map<string, T>();
  for (const part of parts) {
    const known = byId.get(part.id);
    byId.set(part.id, known === undefined ? part : { ...known, marks: [...new Set([...known.marks, ...part.marks])] });
  }
  return [...byId.values()];
}

/** The nodes that `keep` and the edges between them. */
export function filterGraph(graph: Graph, keep: (node: GraphNode) => boolean): Graph {
  const nodes = graph.nodes.filter(keep);
  const ids = new Set(nodes.map((node) => node.id));
  return { nodes, edges: graph.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to)) };
}

/** The graph as a neighbourhood shows it: who is in a restricted country is marked, and nothing is a target. */
export function markRestricted(graph: Graph, restricted: readonly string[]): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const marks = node.marks.filter((mark) => mark !== "TARGET" && mark !== "RESTRICTED");
      const isRestricted = node.country !== null && restricted.includes(node.country);
      return { ...node, marks: isRestricted ? [...marks, "RESTRICTED"] : marks };
    }),
  };
}

/** The ids at the other ends of a node's edges. */
export function neighborsOf(graph: Graph, id: string): Set<string> {
  const found = new Set<string>();
  for (const edge of graph.edges) {
    if (edge.from === id) found.add(edge.to);
    if (edge.to === id) found.add(edge.from);
  }
  return found;
}

const AGAINST_THE_FLOW: ReadonlySet<string> = new Set(["REQUIRES", "SOURCES_FROM"]);

/** Whether a relationship runs against what flows along it: a need points from the user of an item to the item. */
export function isAgainstFlow(type: string): boolean {
  return AGAINST_THE_FLOW.has(type);
}
