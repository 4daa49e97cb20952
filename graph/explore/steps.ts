import { KIND_NAMES, type Kind, RELATIONSHIP_TYPES, type RelationshipType } from "../ontology.ts";
import type { Links } from "../projection/links.ts";
import { entitiesById } from "../queries/entities-by-id.ts";
import { expand, type StepRow } from "../queries/expand.ts";
import { graphVersion } from "../queries/graph-version.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";

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
  };
}

interface Found {
  readonly near: number;
  readonly link: number;
  readonly other: number;
}

function expandIn(links: Links, { ids, types, limit }: StepRequest): readonly Step[] {
  const wanted = new Uint8Array(RELATIONSHIP_TYPES.length);
  for (const type of types) wanted[RELATIONSHIP_TYPES.indexOf(type)] = 1;
  const found: Found[] = [];
  for (const id of ids) {
    const near = links.places.get(id);
    if (near === undefined) continue;
    for (let entry = links.offsets[near]!; entry < links.offsets[near + 1]!; entry += 1) {
      const link = links.around[entry]!;
      if (wanted[links.types[link]!] === 0) continue;
      found.push({ near, link, other: links.from[link] === near ? links.to[link]! : links.from[link]! });
    }
  }
  found.sort((one, two) => one.other - two.other || one.link - two.link || one.near - two.near);
  return found.slice(0, limit).map(({ near, link, other }) => ({
    near: links.ids[near]!,
    id: links.linkIds[link]!,
    type: RELATIONSHIP_TYPES[links.types[link]!]!,
    from: links.ids[links.from[link]!]!,
    to: links.ids[links.to[link]!]!,
    assertion: links.assumed[link] === 1 ? "ASSUMED" : null,
    other: links.ids[other]!,
    kind: KIND_NAMES[links.kinds[other]!]!,
  }));
}
