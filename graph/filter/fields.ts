import {
  type Bilingual,
  ENUMS,
  type EnumName,
  KIND_NAMES,
  type Kind,
  type NeighborField,
  neighborFields,
  type PropertyType,
  propertiesOfKind,
  propertiesOfRelationship,
  type RelationshipType,
} from "../ontology.ts";

/** What a condition on a node may speak of: one kind, or any entity. */
export type Scope = Kind | "Entity";

/** A property as lists filter, order and group by it. */
export interface Field extends Bilingual {
  readonly type: PropertyType | "kind";
}
export type Fields = Readonly<Record<string, Field>>;

/** Where one field of a scope leads. */
export type Neighborhood = Pick<NeighborField, "type" | "direction" | "others">;

const ID = { id: { type: "string", zh: "编号", en: "id" } } as const satisfies Fields;
const RECORDED = {
  updatedAt: { type: "string", zh: "更新时间", en: "when it was last changed here (ISO 8601, UTC)" },
  version: { type: "integer", zh: "修订次数", en: "how many times it was recorded or changed here" },
} as const satisfies Fields;

/** Texts that stand for a group of facts, so that counting by them says something. */
const GROUPS: ReadonlySet<string> = new Set([
  "dataset",
  "country",
  "region",
  "code",
  "originCountry",
  "issuer",
  "publisher",
  "licence",
  "period",
  "unit",
  "place",
  "product",
]);

/** The scope of a neighbourhood that leads to these kinds. */
export function scopeOf(others: readonly Kind[]): Scope {
  return others.length === 1 ? others[0]! : "Entity";
}

const nodeFieldsOf = new Map<Scope, Fields>();

/**
 * The properties of a scope by name. Of any entity: those of all kinds, except names that stand for different types
 * (`status`); a kind that lacks a property has no value of it.
 */
export function nodeFields(scope: Scope): Fields {
  const fields =
    nodeFieldsOf.get(scope) ??
    (scope === "Entity"
      ? { kind: { type: "kind" as const, zh: "类别", en: "kind" }, ...agreeing(KIND_NAMES.map(nodeFields), sameType) }
      : { ...ID, ...propertiesOfKind(scope), ...RECORDED });
  nodeFieldsOf.set(scope, fields);
  return fields;
}

/** The properties of a relationship type by name. */
export function edgeFields(type: RelationshipType): Fields {
  return { ...ID, ...propertiesOfRelationship(type), ...RECORDED };
}

const neighborhoodsOf = new Map<Scope, Readonly<Record<string, Neighborhood>>>();

/** The neighbourhoods of a scope by field; of any entity, those that mean the same wherever a kind has them. */
export function neighborhoods(scope: Scope): Readonly<Record<string, Neighborhood>> {
  const found =
    neighborhoodsOf.get(scope) ??
    (scope === "Entity"
      ? agreeing(KIND_NAMES.map(neighborhoods), sameNeighborhood)
      : Object.fromEntries(neighborFields(scope).map((field) => [field.field, field])));
  neighborhoodsOf.set(scope, found);
  return found;
}

/** Whether a list can be put in order by the property: not by a list of values. */
export function isOrderable({ type }: Field): boolean {
  return type !== "kind" && !type.endsWith("[]");
}

/** Whether entries can be counted by the property. */
export function isGroupable(name: string, { type }: Field): boolean {
  return type === "kind" || type === "boolean" || isEnum(type) || (type === "string" && GROUPS.has(name));
}

/** Whether the type is one of the closed lists of values. */
export function isEnum(type: Field["type"]): type is EnumName {
  return Object.hasOwn(ENUMS, type);
}

function sameType(one: Field, other: Field): boolean {
  return one.type === other.type;
}

function sameNeighborhood(one: Neighborhood, other: Neighborhood): boolean {
  return one.type === other.type && one.direction === other.direction && scopeOf(one.others) === scopeOf(other.others);
}

/** Of several records, the entries whose values are the same in all that have them. */
function agreeing<Value>(
  records: readonly Readonly<Record<string, Value>>[],
  same: (one: Value, other: Value) => boolean,
): Record<string, Value> {
  const values = new Map<string, Value>();
  const disputed = new Set<string>();
  for (const record of records) {
    for (const [name, value] of Object.entries(record)) {
      const known = values.get(name);
      if (known === undefined) values.set(name, value);
      else if (!same(known, value)) disputed.add(name);
    }
  }
  return Object.fromEntries([...values].filter(([name]) => !disputed.has(name)));
}
