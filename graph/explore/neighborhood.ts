import type { Subgraph, SubgraphEdge, SubgraphNode } from "../analysis/subgraph.ts";
import { GraphError } from "../errors.ts";
import { type Kind, RELATIONSHIP_TYPES, type RelationshipType } from "../ontology.ts";
import { entitiesById } from "../queries/entities-by-id.ts";
import { expand, type StepRow } from "../queries/expand.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";

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

/** Rows one statement may give: what bounds the work on a dense node. */
const STEP_LIMIT = 5_000;

/**
 * What is around an entity: the nodes within `depth` relationships, nearest first and then by id, and every relationship
 * of the given types among them. One statement a step, one more for the relationships among the outermost nodes.
 *
 * @throws GraphError BAD_INPUT where no entity has the id
 */
export async function neighborhood(
  store: GraphStore,
  request: NeighborhoodRequest,
  options?: ReadOptions,
): Promise<Neighborhood> {
  const [center] = await store.read(entitiesById, { ids: [request.id] }, options);
  if (center === undefined) throw new GraphError("BAD_INPUT", `no entity has the id ${JSON.stringify(request.id)}`);
  const types = request.types.length > 0 ? request.types : RELATIONSHIP_TYPES;
  const found = new Map<string, { kind: Kind; depth: number }>([[center.id, { kind: center.kind, depth: 0 }]]);
  const steps = new Map<string, StepRow>();
  let truncated = false;
  let frontier = [center.id];
  for (let depth = 1; depth <= request.depth + 1 && frontier.length > 0; depth++) {
    const rows = await store.read(expand, { ids: frontier, types, limit: STEP_LIMIT }, options);
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
  steps: Iterable<StepRow>,
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
