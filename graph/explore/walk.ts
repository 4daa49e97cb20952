import { KIND_NAMES, type Kind, RELATIONSHIP_TYPES, type RelationshipType } from "../ontology.ts";
import { type Links, otherEnd } from "../projection/links.ts";
import { entitiesById } from "../queries/entities-by-id.ts";
import { expand, type StepRow } from "../queries/expand.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";
import type { Step } from "./steps.ts";

/** A relationship as a walk tells of it. */
export type Link = Pick<Step, "id" | "type" | "from" | "to" | "assertion">;

/** Relationships, and the entities to which they lead, side by side. */
export interface Ends<Place> {
  readonly links: ArrayLike<Place>;
  readonly others: ArrayLike<Place>;
}

/** A small number for each place, 0 at first. */
export interface Marks<Place> {
  get(place: Place): number;
  /** @param value 0 to 255 */
  set(place: Place, value: number): void;
}

/**
 * The graph as it is walked by places, which stand for entities and relationships until they are shown: ids where the store
 * is asked at each step, numbers where the links are in memory.
 */
export interface Walk<Place extends string | number> {
  /** The place of an entity; undefined where there is none. */
  find(id: string): Promise<Place | undefined>;
  /**
   * What is one relationship of these types away from these entities, in either direction; where there is more than `limit`,
   * the first by the id of the other end and then of the relationship. In any order.
   */
  expand(from: readonly Place[], types: readonly RelationshipType[], limit: number): Promise<Ends<Place>>;
  /** Puts places in the order of their ids. */
  sort(places: Place[]): void;
  entityMarks(): Marks<Place>;
  linkMarks(): Marks<Place>;
  /** An entity that was found, or to which a step led. */
  entity(place: Place): { readonly id: string; readonly kind: Kind };
  /** A relationship that a step gave. */
  link(place: Place): Link;
}

/** One statement a step. For one walk: it remembers what the steps gave. */
export function storedWalk(store: GraphStore, options?: ReadOptions): Walk<string> {
  const kinds = new Map<string, Kind>();
  const rows = new Map<string, StepRow>();
  return {
    async find(id) {
      const [row] = await store.read(entitiesById, { ids: [id] }, options);
      if (row !== undefined) kinds.set(id, row.kind);
      return row?.id;
    },
    async expand(ids, types, limit) {
      const found = await store.read(expand, { ids, types, limit }, options);
      for (const row of found) {
        kinds.set(row.other, row.kind);
        rows.set(row.id, row);
      }
      return { links: found.map(({ id }) => id), others: found.map(({ other }) => other) };
    },
    sort: (ids) => void ids.sort(),
    entityMarks: () => new MarksById(),
    linkMarks: () => new MarksById(),
    entity: (id) => ({ id, kind: kinds.get(id)! }),
    link: (id) => rows.get(id)!,
  };
}

/** No statement. */
export function linkedWalk(links: Links): Walk<number> {
  return new LinkedWalk(links);
}

class LinkedWalk implements Walk<number> {
  readonly #links: Links;

  constructor(links: Links) {
    this.#links = links;
  }

  async find(id: string): Promise<number | undefined> {
    return this.#links.places.get(id);
  }

  async expand(from: readonly number[], types: readonly RelationshipType[], limit: number): Promise<Ends<number>> {
    const ends = endsAt(this.#links, from, types);
    return ends.links.length <= limit ? ends : firstInOrder(ends, limit);
  }

  sort(places: number[]): void {
    // Places compare as ids do. Sorted as numbers of one size they need no function that compares them.
    for (const [at, place] of Uint32Array.from(places).sort().entries()) places[at] = place;
  }

  entityMarks(): Marks<number> {
    return new MarksByNumber(this.#links.ids.length);
  }

  linkMarks(): Marks<number> {
    return new MarksByNumber(this.#links.linkIds.length);
  }

  entity(place: number): { readonly id: string; readonly kind: Kind } {
    return { id: this.#links.ids[place]!, kind: KIND_NAMES[this.#links.kinds[place]!]! };
  }

  link(place: number): Link {
    const { linkIds, types, ids, from, to, assumed } = this.#links;
    return {
      id: linkIds[place]!,
      type: RELATIONSHIP_TYPES[types[place]!]!,
      from: ids[from[place]!]!,
      to: ids[to[place]!]!,
      assertion: assumed[place] === 1 ? "ASSUMED" : null,
    };
  }
}

class MarksById implements Marks<string> {
  readonly #marks = new Map<string, number>();

  get(id: string): number {
    return this.#marks.get(id) ?? 0;
  }

  set(id: string, value: number): void {
    this.#marks.set(id, value);
  }
}

class MarksByNumber implements Marks<number> {
  readonly #marks: Uint8Array;

  constructor(places: number) {
    this.#marks = new Uint8Array(places);
  }

  get(place: number): number {
    return this.#marks[place]!;
  }

  set(place: number, value: number): void {
    this.#marks[place] = value;
  }
}

/** All that is one relationship away, in the order of `places` and then of the other end. */
export function endsAt(links: Links, places: readonly number[], types: readonly RelationshipType[]) {
  const isWanted = new Uint8Array(RELATIONSHIP_TYPES.length);
  for (const type of types) isWanted[RELATIONSHIP_TYPES.indexOf(type)] = 1;
  const found: { readonly links: number[]; readonly others: number[] } = { links: [], others: [] };
  for (const near of places)
    for (let entry = links.offsets[near]!; entry < links.offsets[near + 1]!; entry += 1) {
      const link = links.around[entry]!;
      if (isWanted[links.types[link]!] === 0) continue;
      found.links.push(link);
      found.others.push(otherEnd(links, link, near));
    }
  return found;
}

/** The first by the id of the other end and then of the relationship, in this order. */
export function firstInOrder(ends: Ends<number>, limit: number): Ends<number> {
  const order = Array.from(ends.links, (_, at) => at);
  order.sort((one, other) => ends.others[one]! - ends.others[other]! || ends.links[one]! - ends.links[other]!);
  const first = order.slice(0, limit);
  return { links: first.map((at) => ends.links[at]!), others: first.map((at) => ends.others[at]!) };
}
