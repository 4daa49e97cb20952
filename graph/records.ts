import type { Kind, RelationshipType } from "./ontology.ts";

/** A value a property may have; an absent property is unknown. */
export type PropertyValue = string | number | boolean | readonly string[];
export type PropertyValues = Readonly<Record<string, PropertyValue>>;

/** Whether two values are the same, lists element by element. */
export function isSameValue(one: PropertyValue | undefined, other: PropertyValue): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((element, index) => element === other[index]);
}

/** Where a record was read: what a fault names. */
export interface Place {
  /** File name, without the folders of the machine. */
  readonly file: string;
  /** 1-based line or row; the header is row 1. */
  readonly row: number;
  /** Where the caller finds it, for what came without a file: `entities[3]`. */
  readonly path?: string;
  /** What the file calls the columns, by the `field` of a fault, where the two differ. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** A node as it travels between a file, the checks and the store. */
export interface EntityRecord {
  readonly id: string;
  readonly kind: Kind;
  /** Everything but `id`, by the names of the ontology. */
  readonly properties: PropertyValues;
  readonly place?: Place;
}

/** A relationship as it travels between a file, the checks and the store. */
export interface RelationshipRecord {
  readonly id: string;
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly properties: PropertyValues;
  readonly place?: Place;
}

export interface RecordBatch {
  readonly entities: readonly EntityRecord[];
  readonly relationships: readonly RelationshipRecord[];
}

/** One thing that is wrong with a record: where, with which value, and what would be right. */
export interface Fault {
  readonly place?: Place;
  /** Column or property name. */
  readonly field?: string;
  readonly value?: string;
  /** What is wrong and the remedy, in English. */
  readonly message: string;
  /** The same in Chinese. */
  readonly messageZh: string;
  readonly code: string;
}

/** The id of a relationship whose file names none: from its ends, so that the same file twice is the same graph. */
export function relationshipId(from: string, type: RelationshipType, to: string, properties: PropertyValues): string {
  const { product, slot } = properties;
  let id = `${from}:${type}:${to}`;
  if (typeof product === "string") id += `:${product}`;
  if (typeof slot === "string") id += `:${slot}`;
  return id;
}
