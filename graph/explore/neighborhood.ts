import type { Subgraph, SubgraphEdge, SubgraphNode } from "../analysis/subgraph.ts";
import { GraphError } from "../errors.ts";
import { type Kind, RELATIONSHIP_TYPES, type RelationshipType } from "../ontology.ts";
import type { Step } from "./steps.ts";
import type { Ends, Link, Marks, Walk } from "./walk.ts";

export interface NeighborhoodRequest {
  readonly id: string;
  /** 1 to 4 relationships. */
  readonly depth: number;
  /** Empty = every type. */
  readonly types: readonly RelationshipType[];
  /** How many nodes at most, the entity itself included. */
  readonly first: number;
}

export interface Neighborhood {
  readonly subgraph: Subgraph;
  readonly truncated: boolean;
}

/** Rows one step may give: what bounds the work on a dense node. */
const STEP_LIMIT = 5_000;

/**
 * What is around an entity: the nodes within `depth` relationships, nearest first and then by id, and every relationship
 * of the given types among them. One step more than `depth` is for the relationships among the outermost nodes.
 *
 * @throws GraphError BAD_INPUT where no entity has the id
 */
export async function neighborhood<Place extends string | number>(
  walk: Walk<Place>,
  request: NeighborhoodRequest,
): Promise<Neighborhood> {
  const center = await walk.find(request.id);
  if (center === undefined) throw new GraphError("BAD_INPUT", `no entity has the id ${JSON.stringify(request.id)}`);
  const types = request.types.length > 0 ? request.types : RELATIONSHIP_TYPES;
  // Of an entity one more than its depth, of a relationship that it is in the answer.
  const [near, taken] = [walk.entityMarks(), walk.linkMarks()];
  near.set(center, 1);
  const nodes: SubgraphNode[] = [{ ...walk.entity(center), depth: 0, marks: ["TARGET"] }];
  const edges: Place[] = [];
  let truncated = false;
  let frontier: readonly Place[] = [center];
  for (let depth = 1; depth <= request.depth + 1 && frontier.length > 0; depth++) {
    const { links, others } = await walk.expand(frontier, types, STEP_LIMIT);
    truncated ||= links.length === STEP_LIMIT;
    // The last round only joins the outermost nodes; what lies beyond them is not part of the answer.
    const found = depth > request.depth ? [] : unmarked(others, near, depth + 1);
    walk.sort(found);
    for (const place of found.splice(request.first - nodes.length)) {
      near.set(place, 0);
      truncated = true;
    }
    for (const place of found) {
      const { id, kind } = walk.entity(place);
      nodes.push({ id, kind, depth, marks: [] });
    }
    takeLinks({ links, others }, near, taken, edges);
    frontier = found;
  }
  walk.sort(edges);
  return { subgraph: { nodes, edges: edges.map((link) => drawLink(walk.link(link))) }, truncated };
}

/** Adds the relationships that lead to marked entities and are not taken yet. */
function takeLinks<Place>(
  { links, others }: Ends<Place>,
  near: Marks<Place>,
  taken: Marks<Place>,
  into: Place[],
): void {
  for (let at = 0; at < links.length; at++) {
    const link = links[at]!;
    if (taken.get(link) !== 0 || near.get(others[at]!) === 0) continue;
    taken.set(link, 1);
    into.push(link);
  }
}

/** The places without a mark, each once; they are given one. */
function unmarked<Place>(places: ArrayLike<Place>, marks: Marks<Place>, mark: number): Place[] {
  const found: Place[] = [];
  for (let at = 0; at < places.length; at++) {
    const place = places[at]!;
    if (marks.get(place) !== 0) continue;
    marks.set(place, mark);
    found.push(place);
  }
  return found;
}

/** Turns explored nodes and steps into a subgraph in order of depth and id, the given nodes marked as targets. */
export function drawSteps(
  found: ReadonlyMap<string, { readonly kind: Kind; readonly depth: number }>,
  steps: Iterable<Step>,
  targets: ReadonlySet<string>,
): Subgraph {
  const nodes = [...found].map(
    ([id, { kind, depth }]): SubgraphNode => ({ id, kind, depth, marks: targets.has(id) ? ["TARGET"] : [] }),
  );
  const edges = [...steps].map(drawLink);
  nodes.sort((a, b) => (a.depth ?? 0) - (b.depth ?? 0) || (a.id < b.id ? -1 : 1));
  edges.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { nodes, edges };
}

function drawLink({ id, type, from, to, assertion }: Link): SubgraphEdge {
  return { id, type, from, to, marks: assertion === "ASSUMED" ? ["ASSUMED"] : [] };
}
