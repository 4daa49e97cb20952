import { makeExecutableSchema } from "@graphql-tools/schema";
import { expect, test } from "vitest";
import { enforceRules, type Rules } from "../../../server/access/rules.ts";
import { createSchema } from "../../../server/schema/index.ts";

const sdl = "type Query { a: Int b: Int } type Mutation { write: Int } type Subscription { live: Int }";
const schema = () => makeExecutableSchema({ typeDefs: sdl });
const rules = (changed: Partial<Rules> = {}): Rules => ({
  Query: { a: "viewer", b: "viewer" },
  Mutation: { write: "editor" },
  Subscription: { live: "viewer" },
  ...changed,
});

test("a schema whose every root field has a rule is taken, ours among them", () => {
  expect(() => enforceRules(schema(), rules())).not.toThrow();
  expect(() => createSchema()).not.toThrow();
});

test.each<[string, Partial<Rules>, RegExp]>([
  ["a query without a rule", { Query: { a: "viewer" } }, /Query\.b has no rule/],
  ["a mutation without a rule", { Mutation: {} }, /Mutation\.write has no rule/],
  ["a subscription without a rule", { Subscription: {} }, /Subscription\.live has no rule/],
  ["a rule without a field", { Mutation: { write: "editor", gone: "admin" } }, /Mutation\.gone has a rule/],
])("%s ends the start", (_title, changed, message) => {
  expect(() => enforceRules(schema(), rules(changed))).toThrow(message);
});

test("a rule is no property that every object has", () => {
  const odd = makeExecutableSchema({ typeDefs: "type Query { constructor: Int toString: Int }" });
  expect(() => enforceRules(odd, { Query: {}, Mutation: {}, Subscription: {} })).toThrow(/constructor[\s\S]*toString/);
});
