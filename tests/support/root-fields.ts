import {
  astFromValue,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  print,
} from "graphql";

const KEYWORDS = { Query: "query", Mutation: "mutation", Subscription: "subscription" } as const;
export type RootType = keyof typeof KEYWORDS;

/** Every root field of a schema with the smallest operation that asks it. */
export function rootFields(
  schema: GraphQLSchema,
): { readonly type: RootType; readonly field: string; readonly operation: string }[] {
  const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return types.flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => {
      const name = type!.name as RootType;
      return { type: name, field: field.name, operation: `${KEYWORDS[name]} { ${smallest(field)} }` };
    }),
  );
}

function smallest(field: GraphQLField<unknown, unknown>): string {
  const needed = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  const args = needed.map(({ name, type }) => `${name}: ${print(astFromValue(someValue(type), type)!)}`);
  const selection = isLeafType(getNamedType(field.type)) ? "" : " { __typename }";
  return `${field.name}${args.length === 0 ? "" : `(${args.join(", ")})`}${selection}`;
}

/** Some value of a type, with nothing that may be left out. */
function someValue(given: GraphQLInputType): unknown {
  const type = getNullableType(given);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]!.value;
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) && field.defaultValue === undefined,
    );
    return Object.fromEntries(needed.map((field) => [field.name, someValue(field.type)]));
  }
  return { Int: 1, Float: 1, Boolean: true }[type.name] ?? "x";
}
