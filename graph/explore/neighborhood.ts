import type { Subgraph, SubgraphEdge, SubgraphNode } from "../analysis/subgraph.ts";
import { GraphError } from "../errors.ts";
import { type Kind, RELATIONSHIP_TYPES, type RelationshipType } from "../ontology.ts";
import type { Step, Steps } from "./steps.ts";

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
export async function neighborhood(graph: Steps, request: NeighborhoodRequest): Promise<Neighborhood> {
  const center = { id: request.id, kind: (await graph.kindsOf([request.id])).get(request.id) };
  if (center.kind === undefined)
    throw new GraphError("BAD_INPUT", `no entity has the id ${JSON.stringify(request.id)}`);
  const types = request.types.length > 0 ? request.types : RELATIONSHIP_TYPES;
  const found = new Map<string, { kind: Kind; depth: number }>([[center.id, { kind: center.kind, depth: 0 }]]);
  const steps = new Map<string, Step>();
  let truncated = false;
  let frontier = [center.id];
  for (let depth = 1; depth <= request.depth + 1 && frontier.length > 0; depth++) {
    const rows = await graph.expand({ ids: frontier, types, limit: STEP_LIMIT });
    truncated ||= rows.length === STEP_LIMIT;
    const next: string[] = [];
    for (const row of rows) {
      if (!found.has(row.other)) {
        // The last round only joins the outermost nodes; what lies beyond them is not part of the answer.
        if (depth > request.depth) continue;
        if (found.size >= request.first) {
          truncated = true;
          continue;
        }
        found.set(row.other, { kind: row.kind, depth });
        next.push(row.other);
      }
      steps.set(row.id, row);
    }
    frontier = next;
  }
  return { subgraph: drawSteps(found, steps.values(), new Set([center.id])), truncated };
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
  const edges = [...steps].map(
    ({ id, type, from, to, assertion }): SubgraphEdge => ({
      id,
      type,
      from,
      to,
      marks: assertion === "ASSUMED" ? ["ASSUMED"] : [],
    }),
  );
  nodes.sort((a, b) => (a.depth ?? 0) - (b.depth ?? 0) || (a.id < b.id ? -1 : 1));
  edges.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { nodes, edges };
}
