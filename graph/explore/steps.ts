import { KIND_NAMES, type Kind, RELATIONSHIP_TYPES, type RelationshipType } from "../ontology.ts";
import type { Links } from "../projection/links.ts";
import { entitiesById } from "../queries/entities-by-id.ts";
import { expand, type StepRow } from "../queries/expand.ts";
import { graphVersion } from "../queries/graph-version.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";
import { linkedWalk, storedWalk, type Walk } from "./walk.ts";

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

/** A step that is read off the links where it is asked: most of those of a walk are only looked at. */
class LinkStep implements Step {
  readonly #links: Links;
  readonly #link: number;
  readonly #near: number;
  readonly #other: number;

  constructor(links: Links, link: number, near: number, other: number) {
    this.#links = links;
    this.#link = link;
    this.#near = near;
    this.#other = other;
  }

  get near(): string {
    return this.#links.ids[this.#near]!;
  }

  get id(): string {
    return this.#links.linkIds[this.#link]!;
  }

  get type(): RelationshipType {
    return RELATIONSHIP_TYPES[this.#links.types[this.#link]!]!;
  }

  get from(): string {
    return this.#links.ids[this.#links.from[this.#link]!]!;
  }

  get to(): string {
    return this.#links.ids[this.#links.to[this.#link]!]!;
  }

  get assertion(): string | null {
    return this.#links.assumed[this.#link] === 1 ? "ASSUMED" : null;
  }

  get other(): string {
    return this.#links.ids[this.#other]!;
  }

  get kind(): Kind {
    return KIND_NAMES[this.#links.kinds[this.#other]!]!;
  }
}

function expandIn(links: Links, { ids, types, limit }: StepRequest): readonly Step[] {
  const wanted = new Uint8Array(RELATIONSHIP_TYPES.length);
  for (const type of types) wanted[RELATIONSHIP_TYPES.indexOf(type)] = 1;
  // Numbers in the order of the steps, as the places of both compare as their ids do; the near end is the one that is left.
  const found: number[] = [];
  const many = links.linkIds.length;
  for (const id of ids) {
    const near = links.places.get(id);
    if (near === undefined) continue;
    for (let entry = links.offsets[near]!; entry < links.offsets[near + 1]!; entry += 1) {
      const link = links.around[entry]!;
      if (wanted[links.types[link]!] === 0) continue;
      const other = links.from[link] === near ? links.to[link]! : links.from[link]!;
      found.push(other * many + link);
    }
  }
  const inOrder = Float64Array.from(found).sort().subarray(0, limit);
  const steps: Step[] = [];
  for (const number of inOrder) {
    const other = Math.floor(number / many);
    const link = number % many;
    const near = links.from[link] === other ? links.to[link]! : links.from[link]!;
    steps.push(new LinkStep(links, link, near, other));
  }
  return steps;
}
