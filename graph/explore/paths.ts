import type { Subgraph } from "../analysis/subgraph.ts";
import { GraphError } from "../errors.ts";
import { type Kind, RELATIONSHIP_TYPES, type RelationshipType } from "../ontology.ts";
import { drawSteps } from "./neighborhood.ts";
import type { Step, Steps } from "./steps.ts";

export interface PathRequest {
  readonly from: string;
  readonly to: string;
  /** 1 to 6 relationships. */
  readonly maxLength: number;
  /** Empty = every type. */
  readonly types: readonly RelationshipType[];
  /** How many paths at most. */
  readonly first: number;
}

export interface FoundPath {
  readonly nodes: readonly { readonly id: string; readonly kind: Kind }[];
  readonly relationships: readonly { readonly id: string; readonly from: string }[];
}

export interface FoundPaths {
  /** Shortest first, all of one length; then by the ids along them. */
  readonly paths: readonly FoundPath[];
  readonly subgraph: Subgraph;
  readonly truncated: boolean;
}

const STEP_LIMIT = 5_000;
const FRONTIER_LIMIT = 2_000;

interface Trail {
  readonly nodes: readonly string[];
  readonly relationships: FoundPath["relationships"];
}

interface Side {
  readonly depth: Map<string, number>;
  frontier: string[];
  /** Steps that lead to a node from the level before. */
  readonly into: Map<string, Step[]>;
}

/**
 * The shortest connections between two entities, ignoring direction: a search from both ends that widens the smaller
 * side, one step a level.
 *
 * @throws GraphError BAD_INPUT where an end does not exist
 */
export async function paths(graph: Steps, request: PathRequest): Promise<FoundPaths> {
  const kinds = new Map(await graph.kindsOf([request.from, request.to]));
  for (const id of [request.from, request.to]) {
    if (!kinds.has(id)) throw new GraphError("BAD_INPUT", `no entity has the id ${JSON.stringify(id)}`);
  }
  if (request.from === request.to)
    return draw([{ nodes: [request.from], relationships: [] }], [], kinds, request, false);
  const types = request.types.length > 0 ? request.types : RELATIONSHIP_TYPES;
  const [start, goal] = [openSide(request.from), openSide(request.to)];
  let truncated = false;
  let length = 0;
  while (length < request.maxLength && start.frontier.length > 0 && goal.frontier.length > 0) {
    const side = start.frontier.length <= goal.frontier.length ? start : goal;
    const other = side === start ? goal : start;
    const rows = await graph.expand({ ids: side.frontier, types, limit: STEP_LIMIT });
    truncated ||= rows.length === STEP_LIMIT;
    length += 1;
    const level = (side.depth.get(side.frontier[0]!) ?? 0) + 1;
    const next: string[] = [];
    for (const row of rows) {
      kinds.set(row.other, row.kind);
      const known = side.depth.get(row.other);
      if (known === undefined) {
        side.depth.set(row.other, level);
        next.push(row.other);
        side.into.set(row.other, [row]);
      } else if (known === level) side.into.get(row.other)!.push(row);
    }
    const meeting = next.filter((id) => other.depth.has(id));
    if (meeting.length > 0) {
      const found = join(start, goal, meeting, length, request.first);
      return draw(found.paths, found.steps, kinds, request, truncated);
    }
    truncated ||= next.length > FRONTIER_LIMIT;
    side.frontier = next.slice(0, FRONTIER_LIMIT);
  }
  return draw([], [], kinds, request, truncated);
}

function openSide(id: string): Side {
  return { depth: new Map([[id, 0]]), frontier: [id], into: new Map() };
}

function join(start: Side, goal: Side, meeting: readonly string[], length: number, first: number) {
  const steps = new Map<string, Step>();
  const found: Trail[] = [];
  for (const middle of [...meeting].sort()) {
    if (start.depth.get(middle)! + goal.depth.get(middle)! !== length) continue;
    for (const left of trails(start, middle, first)) {
      for (const right of trails(goal, middle, first)) {
        const trail = [...left, ...[...right].reverse()];
        const nodes = [...left.map((step) => step.near), middle, ...[...right].reverse().map((step) => step.near)];
        found.push({ nodes, relationships: trail.map(({ id, from }) => ({ id, from })) });
        for (const step of trail) steps.set(step.id, step);
        if (found.length >= first) return { paths: found, steps: [...steps.values()] };
      }
    }
  }
  return { paths: found, steps: [...steps.values()] };
}

/** The steps from a side's end to a node, up to `limit` ways, in order of ids. */
function trails(side: Side, node: string, limit: number): Step[][] {
  if (side.depth.get(node) === 0) return [[]];
  const result: Step[][] = [];
  for (const step of side.into.get(node) ?? []) {
    for (const trail of trails(side, step.near, limit)) {
      result.push([...trail, step]);
      if (result.length >= limit) return result;
    }
  }
  return result;
}

function draw(
  found: readonly Trail[],
  steps: readonly Step[],
  kinds: ReadonlyMap<string, Kind>,
  request: PathRequest,
  truncated: boolean,
): FoundPaths {
  const nodes = new Map<string, { kind: Kind; depth: number }>();
  const shown = found.length > 0 ? found : [{ nodes: [request.from, request.to] }];
  for (const path of shown) path.nodes.forEach((id, depth) => void nodes.set(id, { kind: kinds.get(id)!, depth }));
  const named = found.map((path) => ({ ...path, nodes: path.nodes.map((id) => ({ id, kind: kinds.get(id)! })) }));
  return { paths: named, subgraph: drawSteps(nodes, steps, new Set([request.from, request.to])), truncated };
}
