import { GraphQLScalarType, valueFromASTUntyped } from "graphql";
import { publicError } from "../errors.ts";

/** A JSON object of properties, whose values the ontology checks. */
export const PropertiesScalar = new GraphQLScalarType({
  name: "Properties",
  parseValue: asObject,
  parseLiteral: (node, variables) => asObject(valueFromASTUntyped(node, variables)),
});

function asObject(value: unknown): unknown {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw publicError("BAD_USER_INPUT", 'Properties are a JSON object such as {"name": "…"}.');
}
