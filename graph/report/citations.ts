import { compareText } from "../projection/build.ts";
import { entitiesById } from "../queries/entities-by-id.ts";
import { relationshipsByKey } from "../queries/relationships-by-key.ts";
import type { EntityRow, RelationshipRow } from "../queries/rows.ts";
import type { PropertyValues } from "../records.ts";
import type { GraphStore, ReadOptions } from "../store/store.ts";

/** A recorded fact: a relationship by its id and where it starts, or an entity. */
export type FactKey = { readonly id: string; readonly from: string } | { readonly entity: string };

/** A fact that a report rests on. */
export interface Fact {
  /** From 1 on, in the order in which the report cites them. */
  readonly number: number;
  /** Null where the fact is not recorded any more. */
  readonly record: RelationshipRow | EntityRow | null;
  readonly key: FactKey;
}

/** A document. */
export interface CitedSource {
  readonly id: string;
  /** From 1 on, by id. */
  readonly number: number;
  readonly properties: PropertyValues;
}

/** Numbers the facts that the rows of a report cite, each once, in the order in which they come. */
export class Citations {
  readonly #numbers = new Map<string, number>();
  readonly #keys: FactKey[] = [];

  /** The numbers of these facts, ascending. */
  cite(keys: readonly FactKey[]): readonly number[] {
    return [...new Set(keys.map((key) => this.#numberOf(key)))].sort((a, b) => a - b);
  }

  /** Reads the cited facts and the documents that state them, in three statements. */
  async read(
    store: GraphStore,
    options: ReadOptions,
  ): Promise<{ readonly facts: readonly Fact[]; readonly sources: readonly CitedSource[] }> {
    const keys = this.#keys.flatMap((key) => ("entity" in key ? [] : [{ id: key.id, from: key.from }]));
    const ids = this.#keys.flatMap((key) => ("entity" in key ? [key.entity] : []));
    const relationships = new Map(
      (await store.read(relationshipsByKey, { keys }, options)).map((row) => [row.id, row]),
    );
    const entities = new Map((await store.read(entitiesById, { ids }, options)).map((row) => [row.id, row]));
    const facts = this.#keys.map((key, position) => {
      const record = "entity" in key ? entities.get(key.entity) : relationships.get(key.id);
      return { number: position + 1, key, record: record ?? null };
    });
    const cited = [...new Set(facts.flatMap(({ record }) => (record === null ? [] : sourcesOf(record.properties))))];
    const found = await store.read(entitiesById, { ids: cited }, options);
    const sources = [...found]
      .sort((a, b) => compareText(a.id, b.id))
      .map(({ id, properties }, position) => ({ id, number: position + 1, properties }));
    return { facts, sources };
  }

  #numberOf(key: FactKey): number {
    const name = "entity" in key ? `entity ${key.entity}` : `relationship ${key.id}`;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#keys.push(key);
    this.#numbers.set(name, this.#keys.length);
    return this.#keys.length;
  }
}

/** Ids of the documents that state a fact. */
export function sourcesOf({ sources }: PropertyValues): readonly string[] {
  if (typeof sources === "string") return [sources];
  return Array.isArray(sources) ? sources : [];
}
