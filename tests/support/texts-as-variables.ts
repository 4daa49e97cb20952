import {
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  parseType,
  print,
  TypeInfo,
  type TypeNode,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** The same question with its texts as variables, as programs ask: only so may it be compiled. */
export function textsAsVariables(schema: GraphQLSchema, query: string) {
  const variables: Record<string, string> = {};
  const types: TypeNode[] = [];
  const info = new TypeInfo(schema);
  const document = visit(
    parse(query),
    visitWithTypeInfo(info, {
      StringValue({ value }) {
        const name = `text${types.length}`;
        variables[name] = value;
        types.push(parseType(String(info.getInputType())));
        return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } };
      },
    }),
  );
  const variableDefinitions = types.map((type, at) => ({
    kind: Kind.VARIABLE_DEFINITION as const,
    variable: { kind: Kind.VARIABLE as const, name: { kind: Kind.NAME as const, value: `text${at}` } },
    type,
  }));
  const asked = visit(document, {
    OperationDefinition: (node): OperationDefinitionNode => ({ ...node, variableDefinitions }),
  });
  return { query: print(asked), variables };
}
