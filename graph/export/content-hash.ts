import { createHash } from "node:crypto";
import type { EntityRecord, PropertyValue, PropertyValues, RecordBatch, RelationshipRecord } from "../records.ts";
import type { GraphStore } from "../store/store.ts";
import { exportRecords, ownProperties } from "./export-records.ts";

const MODULUS = 1n << 256n;

/**
 * Sums up records one by one, in any order: two graphs with the same digest hold the same entities and relationships.
 * The digest is a SHA-256, in hex, of the counts and of the sum of the SHA-256 of each record, so it needs no order and
 * no memory. It tells accidents; it is no seal against someone who looks for a collision.
 */
export class ContentDigest {
  #entities = 0;
  #relationships = 0;
  #sum = 0n;

  /** How many of each it has taken. */
  get counts(): { readonly entities: number; readonly relationships: number } {
    return { entities: this.#entities, relationships: this.#relationships };
  }

  addEntity({ id, kind, properties }: EntityRecord): void {
    this.#entities += 1;
    this.#add(["entity", id, kind, canonical(properties)]);
  }

  addRelationship({ id, type, from, to, properties }: RelationshipRecord): void {
    this.#relationships += 1;
    this.#add(["relationship", id, type, from, to, canonical(properties)]);
  }

  digest(): string {
    const sum = this.#sum.toString(16).padStart(64, "0");
    return createHash("sha256").update(`liantu ${this.#entities} ${this.#relationships} ${sum}`).digest("hex");
  }

  #add(record: readonly unknown[]): void {
    const hash = createHash("sha256").update(JSON.stringify(record)).digest("hex");
    this.#sum = (this.#sum + BigInt(`0x${hash}`)) % MODULUS;
  }
}

/**
 * The digest of all that a store holds, alike on both engines; `updatedAt`, `version` and `searchText` do not count.
 *
 * @throws GraphError CONFLICT where the graph changed meanwhile
 */
export async function contentHash(store: GraphStore, signal?: AbortSignal): Promise<string> {
  const records = await exportRecords(store, signal === undefined ? {} : { signal });
  const digest = new ContentDigest();
  for await (const entity of records.entities()) digest.addEntity(entity);
  for await (const relationship of records.relationships()) digest.addRelationship(relationship);
  return digest.digest();
}

/** The digest that a store has once it holds this batch and nothing else. */
export function contentHashOf({ entities, relationships }: RecordBatch): string {
  const digest = new ContentDigest();
  for (const entity of entities) digest.addEntity(entity);
  for (const relationship of relationships) digest.addRelationship(relationship);
  return digest.digest();
}

/** Properties by name; an empty list is as absent, and there is one zero. */
function canonical(properties: PropertyValues): readonly (readonly [string, PropertyValue])[] {
  const known = Object.entries(ownProperties(properties)).filter(
    ([, value]) => !Array.isArray(value) || value.length > 0,
  );
  known.sort(([a], [b]) => (a < b ? -1 : 1));
  return known.map(([name, value]) => [name, Object.is(value, -0) ? 0 : value]);
}
