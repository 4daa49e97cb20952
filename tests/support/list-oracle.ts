import type { PropertyValues } from "../../graph/records.ts";

/** A node of a small graph in memory. */
export interface TestNode {
  readonly id: string;
  readonly kind: string;
  readonly properties: PropertyValues;
}
/** A relationship of it. */
export interface TestEdge {
  readonly id: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly properties: PropertyValues;
}
export interface TestGraph {
  readonly nodes: readonly TestNode[];
  readonly edges: readonly TestEdge[];
}

/** Where the fields of the tests' conditions lead: written out, not read from the ontology. */
export const STEPS: Readonly<Record<string, { readonly type: string; readonly out: boolean }>> = {
  products: { type: "SUPPLIES", out: true },
  suppliers: { type: "SUPPLIES", out: false },
  owns: { type: "OWNS", out: true },
  owners: { type: "OWNS", out: false },
  requires: { type: "REQUIRES", out: true },
  requiredBy: { type: "REQUIRES", out: false },
};

/** The closed lists that the tests put lists in order by. */
const RANKS: Readonly<Record<string, readonly unknown[]>> = {
  readiness: ["RESEARCH", "SAMPLE", "QUALIFIED", "MASS_PRODUCTION"],
  category: ["DEVICE", "EQUIPMENT", "MATERIAL", "PART", "PROCESS", "SOFTWARE", "SERVICE"],
  elementary: [false, true],
};

type Conditions = Readonly<Record<string, unknown>>;
export interface Neighbor {
  readonly edge: TestEdge;
  readonly node: TestNode;
}

/** The neighbours of a node along a field, on a day where one is named. */
export function neighborsOf(graph: TestGraph, id: string, field: string, asOf: string | null = null): Neighbor[] {
  const { type, out } = STEPS[field]!;
  return graph.edges
    .filter((edge) => edge.type === type && (out ? edge.from : edge.to) === id)
    .map((edge) => ({ edge, node: graph.nodes.find((node) => node.id === (out ? edge.to : edge.from))! }))
    .filter(({ edge, node }) => holdsOn(edge.properties, asOf) && holdsOn(node.properties, asOf));
}

/** Whether a node meets conditions: plain logic over values, a missing one meeting no comparison. */
export function nodeMeets(graph: TestGraph, node: TestNode, where: Conditions, asOf: string | null = null): boolean {
  return meets(where, (name, asked) => {
    if (name === "kind") return compare(node.kind, asked as Conditions);
    if (!Object.hasOwn(STEPS, name)) return compare(recordedOf(node, name), asked as Conditions);
    const near = neighborsOf(graph, node.id, name, asOf);
    return Object.entries(asked as Conditions).every(([quantifier, conditions]) => {
      const met = near.filter((one) => neighborMeets(graph, one, conditions as Conditions, asOf)).length;
      return quantifier === "some" ? met > 0 : quantifier === "none" ? met === 0 : met === near.length;
    });
  });
}

export function neighborMeets(
  graph: TestGraph,
  { node, edge }: Neighbor,
  where: Conditions,
  asOf: string | null = null,
): boolean {
  return meets(where, (name, asked) =>
    name === "node"
      ? nodeMeets(graph, node, asked as Conditions, asOf)
      : meets(asked as Conditions, (property, filter) => compare(recordedOf(edge, property), filter as Conditions)),
  );
}

function meets(where: Conditions, one: (name: string, asked: unknown) => boolean): boolean {
  return Object.entries(where).every(([name, asked]) => {
    if (name === "AND") return (asked as Conditions[]).every((each) => meets(each, one));
    if (name === "OR") return (asked as Conditions[]).some((each) => meets(each, one));
    if (name === "NOT") return !meets(asked as Conditions, one);
    return one(name, asked);
  });
}

function recordedOf(element: TestNode | TestEdge, name: string): unknown {
  return name === "id" ? element.id : (element.properties[name] ?? null);
}

function compare(value: unknown, filter: Conditions): boolean {
  return Object.entries(filter).every(([operator, asked]) => {
    if (operator === "isNull") return (value === null) === asked;
    if (operator === "isEmpty") return (value === null) === asked;
    if (value === null) return false;
    const list = value as unknown[];
    switch (operator) {
      case "eq":
        return value === asked;
      case "ne":
        return value !== asked;
      case "in":
        return (asked as unknown[]).includes(value);
      case "notIn":
        return !(asked as unknown[]).includes(value);
      case "contains":
        return (value as string).includes(asked as string);
      case "startsWith":
        return (value as string).startsWith(asked as string);
      case "endsWith":
        return (value as string).endsWith(asked as string);
      case "gt":
        return order(value, asked) > 0;
      case "gte":
        return order(value, asked) >= 0;
      case "lt":
        return order(value, asked) < 0;
      case "lte":
        return order(value, asked) <= 0;
      case "has":
        return list.includes(asked);
      case "hasAny":
        return (asked as unknown[]).some((one) => list.includes(one));
      case "hasAll":
        return (asked as unknown[]).every((one) => list.includes(one));
      default:
        throw new Error(operator);
    }
  });
}

/** Numbers by size, texts by code point. */
function order(one: unknown, other: unknown): number {
  if (typeof one !== "string" || typeof other !== "string") return Number(one) - Number(other);
  const [a, b] = [[...one], [...other]];
  for (const [at, sign] of a.entries()) {
    if (at >= b.length) return 1;
    const difference = sign.codePointAt(0)! - b[at]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export interface Sorting {
  readonly on: "node" | "edge";
  readonly property: string;
  readonly direction: "ASC" | "DESC";
}

/** Neighbours (or nodes, without an edge) in order: unknown values last, ties by the ids. */
export function sorted<Row extends { readonly node: TestNode; readonly edge?: TestEdge }>(
  rows: readonly Row[],
  by: readonly Sorting[],
): Row[] {
  return [...rows].sort((one, other) => {
    for (const { on, property, direction } of by) {
      const [a, b] = [one, other].map((row) => recordedOf(row[on]!, property));
      if (a === b) continue;
      if (a === null || b === null) return a === null ? 1 : -1;
      const ranks = RANKS[property];
      const difference = ranks === undefined ? order(a, b) : ranks.indexOf(a) - ranks.indexOf(b);
      if (difference !== 0) return direction === "ASC" ? difference : -difference;
    }
    return order(one.node.id, other.node.id) || order(one.edge?.id ?? "", other.edge?.id ?? "");
  });
}

/** Whether a fact holds on a day; day by day through the span that its dates name. */
export function holdsOn(properties: PropertyValues, day: string | null): boolean {
  if (day === null) return true;
  const { validFrom, validTo } = properties as { readonly validFrom?: string; readonly validTo?: string };
  const first = (date: string) => `${date}-01-01`.slice(0, 10);
  const last = (date: string) => (date.length === 10 ? date : date.length === 7 ? `${date}-31` : `${date}-12-31`);
  return (validFrom === undefined || first(validFrom) <= day) && (validTo === undefined || day <= last(validTo));
}
