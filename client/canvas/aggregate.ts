import type { Graph, GraphEdge, GraphNode } from "./drawing.ts";

/** Above so many nodes a graph is drawn in groups, each to be opened; no graph of our seeds is that large. */
export const GROUPED_ABOVE = 600;
/** Fewer are no group. */
const LEAST_MEMBERS = 3;
/** Nodes that are what the picture is about. */
const SINGLE_MARKS = ["TARGET", "GHOST", "BLOCKER"];

/** What the members of a group have in common: the stage of an item, a firm group, a country, or the kind alone. */
export type Common =
  | { readonly by: "stage"; readonly depth: number | null; readonly category: string | null }
  | { readonly by: "owner"; readonly owner: GraphNode }
  | { readonly by: "country"; readonly country: string }
  | { readonly by: "kind" };

/** Nodes of one kind that may be drawn as one. */
export interface Group {
  /** The same for the same members' facts, whatever else is in the graph; the view's address names it. */
  readonly key: string;
  readonly kind: string;
  readonly common: Common;
  readonly members: readonly GraphNode[];
}

/** A graph as it is drawn. */
export interface Aggregated {
  readonly graph: Graph;
  /** The groups that are drawn as one node, by the id of that node. */
  readonly closed: ReadonlyMap<string, Group>;
  /** Those whose members are drawn, in order of their keys. */
  readonly opened: readonly Group[];
}

/**
 * A large graph with what is alike drawn as one: items by stage (steps from the target, and category), firms by their owner
 * where several have the same, else by country. What the picture is about, what is in `singles`, and the members of opened
 * groups stay nodes of their own. A group has the marks of its members, with how many have each; its relationships are theirs,
 * each type once for the same two ends.
 */
export function aggregate(
  graph: Graph,
  opened: ReadonlySet<string>,
  singles: ReadonlySet<string>,
  name: (group: Group) => string,
): Aggregated {
  if (graph.nodes.length <= GROUPED_ABOVE) return { graph, closed: new Map(), opened: [] };
  const groups = groupsOf(graph, singles);
  const closed = new Map<string, Group>();
  const drawnAs = new Map<string, string>();
  for (const group of groups) {
    if (opened.has(group.key)) continue;
    const id = `group:${group.key}`;
    closed.set(id, group);
    for (const member of group.members) drawnAs.set(member.id, id);
  }
  const nodes = [
    ...graph.nodes.filter((node) => !drawnAs.has(node.id)),
    ...[...closed].map(([id, group]) => groupNode(id, group, name(group))),
  ];
  return {
    graph: { nodes, edges: joined(graph.edges, drawnAs) },
    closed,
    opened: groups.filter((group) => opened.has(group.key)),
  };
}

function groupsOf(graph: Graph, singles: ReadonlySet<string>): Group[] {
  const grouped = graph.nodes.filter(
    ({ id, marks }) => !singles.has(id) && !marks.some((mark) => SINGLE_MARKS.includes(mark)),
  );
  const owners = topOwners(graph);
  const owned = gather(grouped, (node) => {
    const owner = owners.get(node.id);
    return owner === undefined ? null : { by: "owner", owner };
  });
  const taken = new Set(owned.flatMap(({ members }) => members.map(({ id }) => id)));
  const others = gather(
    grouped.filter(({ id }) => !taken.has(id)),
    ({ kind, depth, category, country }) => {
      if (kind === "Product") return { by: "stage", depth, category };
      return country === null ? { by: "kind" } : { by: "country", country };
    },
  );
  return [...owned, ...others].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function gather(nodes: readonly GraphNode[], commonOf: (node: GraphNode) => Common | null): Group[] {
  const found = new Map<string, { readonly kind: string; readonly common: Common; readonly members: GraphNode[] }>();
  for (const node of nodes) {
    const common = commonOf(node);
    if (common === null) continue;
    const key = keyOf(node.kind, common);
    const group = found.get(key);
    if (group === undefined) found.set(key, { kind: node.kind, common, members: [node] });
    else group.members.push(node);
  }
  return [...found]
    .filter(([, { members }]) => members.length >= LEAST_MEMBERS)
    .map(([key, group]) => ({ key, ...group }));
}

function keyOf(kind: string, common: Common): string {
  switch (common.by) {
    case "stage":
      return `stage.${common.depth ?? ""}.${common.category ?? ""}`;
    case "owner":
      return `owner.${common.owner.id}`;
    case "country":
      return `country.${kind}.${common.country}`;
    case "kind":
      return `kind.${kind}`;
  }
}

/** For every firm that owns or is owned, the one at the top; of several owners the first by id counts. */
function topOwners(graph: Graph): Map<string, GraphNode> {
  const firms = new Map(graph.nodes.filter((node) => node.kind === "Firm").map((node) => [node.id, node]));
  const owners = new Map<string, string>();
  const involved = new Set<string>();
  for (const { type, from, to } of graph.edges) {
    if (type !== "OWNS" || from === to || !firms.has(from) || !firms.has(to)) continue;
    involved.add(from).add(to);
    const known = owners.get(to);
    if (known === undefined || from < known) owners.set(to, from);
  }
  const tops = new Map<string, GraphNode>();
  for (const id of involved) {
    const top = firms.get(topOf(id, owners));
    if (top !== undefined) tops.set(id, top);
  }
  return tops;
}

/** Where the way up from a firm ends; of firms that own each other in a ring, the first by id. */
function topOf(id: string, owners: ReadonlyMap<string, string>): string {
  const way = new Set<string>();
  let at = id;
  for (let owner = owners.get(at); owner !== undefined; owner = owners.get(at)) {
    if (way.has(at)) return [...way].slice([...way].indexOf(at)).sort()[0] ?? at;
    way.add(at);
    at = owner;
  }
  return at;
}

/** A group as a node, drawn by the facts that its members share. */
function groupNode(id: string, { kind, common, members }: Group, name: string): GraphNode {
  const counts = new Map<string, number>();
  for (const { marks } of members) for (const mark of new Set(marks)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  const depths = members.flatMap(({ depth }) => depth ?? []);
  return {
    id,
    kind,
    name,
    nameEn: null,
    country: common.by === "country" ? common.country : null,
    category: common.by === "stage" ? common.category : null,
    marks: [...counts.keys()].sort(),
    depth: depths.length === 0 ? null : Math.min(...depths),
    counts,
  };
}

/** The relationships between what is drawn; those of a group's members as one of each type, those within a group left out. */
function joined(edges: readonly GraphEdge[], drawnAs: ReadonlyMap<string, string>): GraphEdge[] {
  const kept: GraphEdge[] = [];
  const merged = new Map<string, { readonly edge: GraphEdge; readonly marks: Set<string> }>();
  for (const edge of edges) {
    const from = drawnAs.get(edge.from) ?? edge.from;
    const to = drawnAs.get(edge.to) ?? edge.to;
    if (from === edge.from && to === edge.to) kept.push(edge);
    else if (from !== to) {
      const id = `group:${JSON.stringify([from, edge.type, to])}`;
      const known = merged.get(id);
      if (known === undefined) merged.set(id, { edge: { ...edge, id, from, to }, marks: new Set(edge.marks) });
      else for (const mark of edge.marks) known.marks.add(mark);
    }
  }
  return [...kept, ...[...merged.values()].map(({ edge, marks }) => ({ ...edge, marks: [...marks].sort() }))];
}
