import { KIND_NAMES, type Kind, RELATIONSHIP_TYPES, type RelationshipType } from "../ontology.ts";
import { compareText } from "./texts.ts";

/**
 * Which entities the graph links by what, whole, to walk without asking the store: ids ascending, so that places compare as
 * ids do; at each entity its relationships of either direction in order of the other end's id and then their own. Some 150
 * bytes a relationship.
 */
export interface Links {
  /** Version of the graph it was read at. */
  readonly version: number;
  readonly ids: readonly string[];
  readonly places: ReadonlyMap<string, number>;
  /** Position in `KIND_NAMES`. */
  readonly kinds: Uint8Array;
  /** Relationships, ascending by id. */
  readonly linkIds: readonly string[];
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Position in `RELATIONSHIP_TYPES`. */
  readonly types: Uint8Array;
  readonly assumed: Uint8Array;
  /** `offsets[k] .. offsets[k + 1]` are the entries of `around` that hold the relationships of entity `k`; a loop is one of them. */
  readonly offsets: Int32Array;
  readonly around: Int32Array;
}

/** A relationship as it was read. */
export interface LinkRow {
  readonly id: string;
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly assumed: boolean;
}

/** Entities and relationships in any order; the ends of each are among the entities. */
export function buildLinks(
  entities: readonly { readonly id: string; readonly kind: Kind }[],
  rows: readonly LinkRow[],
  version: number,
): Links {
  const nodes = [...entities].sort((one, other) => compareText(one.id, other.id));
  const places = new Map(nodes.map(({ id }, place) => [id, place]));
  const edges = [...rows].sort((one, other) => compareText(one.id, other.id));
  const from = Int32Array.from(edges, (edge) => places.get(edge.from)!);
  const to = Int32Array.from(edges, (edge) => places.get(edge.to)!);
  const kindPlaces = new Map(KIND_NAMES.map((kind, place) => [kind, place]));
  const typePlaces = new Map(RELATIONSHIP_TYPES.map((type, place) => [type, place]));
  return {
    version,
    ids: nodes.map(({ id }) => id),
    places,
    kinds: Uint8Array.from(nodes, ({ kind }) => kindPlaces.get(kind)!),
    linkIds: edges.map(({ id }) => id),
    ...{ from, to },
    types: Uint8Array.from(edges, ({ type }) => typePlaces.get(type)!),
    assumed: Uint8Array.from(edges, ({ assumed }) => Number(assumed)),
    ...aroundEach(nodes.length, { from, to }),
  };
}

function aroundEach(nodes: number, ends: Pick<Links, "from" | "to">): Pick<Links, "offsets" | "around"> {
  const { from, to } = ends;
  const offsets = new Int32Array(nodes + 1);
  for (let link = 0; link < from.length; link += 1) {
    offsets[from[link]! + 1]! += 1;
    if (from[link] !== to[link]) offsets[to[link]! + 1]! += 1;
  }
  for (let node = 0; node < nodes; node += 1) offsets[node + 1]! += offsets[node]!;
  const around = new Int32Array(offsets[nodes]!);
  const filled = offsets.slice();
  for (let link = 0; link < from.length; link += 1) {
    around[filled[from[link]!]!++] = link;
    if (from[link] !== to[link]) around[filled[to[link]!]!++] = link;
  }
  for (let node = 0; node < nodes; node += 1) {
    const other = (link: number): number => otherEnd(ends, link, node);
    around.subarray(offsets[node], offsets[node + 1]).sort((one, two) => other(one) - other(two) || one - two);
  }
  return { offsets, around };
}

/** The end of a relationship that is not the given one; of a loop the same. */
export function otherEnd({ from, to }: Pick<Links, "from" | "to">, link: number, end: number): number {
  return from[link] === end ? to[link]! : from[link]!;
}
