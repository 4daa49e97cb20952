import { KIND_NAMES, type Kind, type RelationshipType } from "../ontology.ts";
import { type Links, otherEnd } from "../projection/links.ts";
import { entitiesById } from "../queries/entities-by-id.ts";
import { expand, type StepRow } from "../queries/expand.ts";
import { graphVersion } from "../queries/graph-version.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";
import { endsAt, firstInOrder, linkedWalk, storedWalk, type Walk } from "./walk.ts";

/** What is one relationship away from some entities. */
export interface StepRequest {
  readonly ids: readonly string[];
  readonly types: readonly RelationshipType[];
  /** How many rows at most. */
  readonly limit: number;
}

/** A relationship from an entity that was asked about (`near`) to another. */
export type Step = Omit<StepRow, "assertion"> & { readonly assertion: string | null };

/** The graph as it is walked: the same answers whether the store is asked at each step or the links are in memory. */
export interface Steps {
  version(): Promise<number>;
  /** The kinds of these entities by id; those that are not there are left out. */
  kindsOf(ids: readonly string[]): Promise<ReadonlyMap<string, Kind>>;
  /** In order of the other end's id, then the relationship's, then `near`. */
  expand(request: StepRequest): Promise<readonly Step[]>;
  /** Walks it by places. */
  walked<Result>(work: <Place extends string | number>(walk: Walk<Place>) => Result): Result;
}

/** One statement a step. */
export function storedSteps(store: GraphStore, options?: ReadOptions): Steps {
  return {
    version: async () => (await store.read(graphVersion, {}, options))[0]?.version ?? 0,
    kindsOf: async (ids) => {
      const rows = await store.read(entitiesById, { ids }, options);
      return new Map(rows.map(({ id, kind }) => [id, kind]));
    },
    expand: ({ ids, types, limit }) => store.read(expand, { ids, types, limit }, options),
    walked: (work) => work(storedWalk(store, options)),
  };
}

/** None. */
export function linkedSteps(links: Links): Steps {
  return {
    version: async () => links.version,
    kindsOf: async (ids) => {
      const found = new Map<string, Kind>();
      for (const id of ids) {
        const place = links.places.get(id);
        if (place !== undefined) found.set(id, KIND_NAMES[links.kinds[place]!]!);
      }
      return found;
    },
    expand: async (request) => expandIn(links, request),
    walked: (work) => work(linkedWalk(links)),
  };
}

function expandIn(links: Links, { ids, types, limit }: StepRequest): readonly Step[] {
  const walk = linkedWalk(links);
  const near = ids.flatMap((id) => links.places.get(id) ?? []);
  const ends = firstInOrder(endsAt(links, near, types), limit);
  return Array.from(ends.links, (link, at): Step => {
    const end = ends.others[at]!;
    const { id, type, from, to, assertion } = walk.link(link);
    const { id: other, kind } = walk.entity(end);
    return { near: links.ids[otherEnd(links, link, end)]!, id, type, from, to, assertion, other, kind };
  });
}
