import {
  edgeFields,
  type Field,
  type Fields,
  isGroupable,
  isOrderable,
  nodeFields,
  type Scope,
} from "../../graph/filter/fields.ts";
import { KIND_NAMES, RELATIONSHIP_TYPES } from "../../graph/ontology.ts";
import { fieldName, relationshipName } from "./names.ts";

/** An enum that names properties, each value with the property it stands for. */
export interface FieldEnum {
  readonly name: string;
  readonly text: string;
  readonly values: Readonly<Record<string, { readonly property: string; readonly label: Field }>>;
}

/** For each kind, any entity and each type of relationship: what lists are put in order and counted by. */
export function fieldEnums(): FieldEnum[] {
  const scopes: readonly Scope[] = ["Entity", ...KIND_NAMES];
  return [
    ...scopes.flatMap((scope) => enumsOf(scope, nodeFields(scope))),
    ...RELATIONSHIP_TYPES.flatMap((type) => enumsOf(relationshipName(type), edgeFields(type))),
  ];
}

function enumsOf(name: string, fields: Fields): FieldEnum[] {
  const chosen = (which: (property: string, field: Field) => boolean) =>
    Object.fromEntries(
      Object.entries(fields)
        .filter(([property, field]) => which(property, field))
        .map(([property, label]) => [fieldName(property), { property, label }]),
    );
  return [
    {
      name: `${name}OrderField`,
      text: `What a list of ${name} is put in order by.`,
      values: chosen((_, field) => isOrderable(field)),
    },
    {
      name: `${name}GroupField`,
      text: `What the entries of a list of ${name} are counted by.`,
      values: chosen(isGroupable),
    },
  ];
}

/** Resolvers of those enums: arguments come as the names of properties. */
export function fieldEnumResolvers(): Record<string, Record<string, string>> {
  return Object.fromEntries(
    fieldEnums().map(({ name, values }) => [
      name,
      Object.fromEntries(Object.entries(values).map(([value, { property }]) => [value, property])),
    ]),
  );
}
