import "../../support/random-seed.ts";
import { makeExecutableSchema } from "@graphql-tools/schema";
import fc from "fast-check";
import { type ExecutionResult, execute, type GraphQLError, getOperationAST, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { canBeCompiled } from "../../../server/compilable.ts";
import { CompiledQueries } from "../../../server/compiled-queries.ts";

const typeDefs = `
  interface Any { id: ID! any: Any }
  type Node implements Any {
    id: ID! name: String need: Int! level: Level
    any: Any node: Node must: Node! list: [Node] some: [Node]! anys: [Any]!
  }
  type Other implements Any { id: ID! count: Float any: Any }
  enum Level { HIGH LOW }
  input Where { level: Level levels: [Level!] and: [Where!] text: String low: Int = 3 size: Int! = 7 }
  type Query {
    node: Node must: Node! list: [Node] some: [Node] anys: [Any]
    echo(where: Where, ids: [ID!], first: Int = 20, size: Int! = 5, text: String): String
  }`;

/** How a field's value comes: at once or later, and whether as itself or as an error. */
interface Coming {
  readonly later: boolean;
  readonly fails: boolean;
  readonly value: unknown;
}

async function come({ fails, value }: Coming): Promise<unknown> {
  if (fails) throw new Error("broken");
  return value;
}

const resolveField = (parent: unknown, _: unknown, __: unknown, { fieldName }: { readonly fieldName: string }) => {
  const coming = (parent as Readonly<Record<string, Coming>>)[fieldName]!;
  if (coming.later) return come(coming);
  if (coming.fails) throw new Error("broken");
  return coming.value;
};

const schema = makeExecutableSchema({
  typeDefs,
  resolvers: {
    Query: {
      ...Object.fromEntries(["node", "must", "list", "some", "anys"].map((name) => [name, resolveField])),
      echo: (_: unknown, args: object) =>
        JSON.stringify(Object.entries(args).sort(([one], [other]) => (one < other ? -1 : 1))),
    },
    Node: Object.fromEntries(
      ["name", "need", "level", "any", "node", "must", "list", "some", "anys"].map((name) => [name, resolveField]),
    ),
    Other: { count: resolveField, any: resolveField },
    Any: { __resolveType: ({ type }: { readonly type: string }) => type },
    Level: { HIGH: 1, LOW: 0 },
  },
});

interface Case {
  readonly document: string;
  readonly rootValue?: unknown;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** The answers of graphql-js and of the compiled form, as they are sent. */
async function both({ document, rootValue, variables = {} }: Case) {
  const parsed = parse(document);
  expect(validate(schema, parsed)).toEqual([]);
  const args = { schema, document: parsed, rootValue, variableValues: variables };
  const sent = (answer: ExecutionResult) => {
    const { data, errors = [] } = JSON.parse(JSON.stringify(answer)) as ExecutionResult;
    return { data, hasData: "data" in answer, errors };
  };
  return {
    expected: sent(await execute(args)),
    compiled: sent(await new CompiledQueries(schema, 0).execute(args)),
    isCompiled: canBeCompiled(schema, parsed, getOperationAST(parsed)!),
  };
}

/** An error as text; a field that is asked for in several places has them in any order, and its name once or for each. */
function told({ message, path, locations = [] }: GraphQLError): string {
  return JSON.stringify([
    message.replace(/\((\w+)(?:,\1)+\)/, "$1"),
    path,
    locations.map(({ line, column }) => `${line}:${column}`).sort(),
  ]);
}

const coming = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Coming> =>
  fc.record({ later: fc.boolean(), fails: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0), value });
/**
 * Of fields that may not be null. They come later: where one entry of a list fails at once, graphql-js leaves those before
 * it, which fail later, to nobody, and the process ends.
 */
const needed = (value: fc.Arbitrary<unknown>) => coming(value).map((drawn) => ({ ...drawn, later: true }));
const mostly = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.option(value, { freq: 8, nil: null });

function object(depth: number): fc.Arbitrary<unknown> {
  const [inner, any] = depth === 0 ? [fc.constant(null), fc.constant(null)] : [object(depth - 1), anything(depth - 1)];
  const list = (each: fc.Arbitrary<unknown>) => mostly(fc.array(each, { maxLength: 3 }));
  return mostly(
    fc.record({
      type: fc.constant("Node"),
      id: fc.constantFrom("a", "b", "c"),
      name: coming(fc.constantFrom("one", "two", null)),
      need: needed(fc.constantFrom(1, 2, 3, null, 1.5)),
      level: coming(fc.constantFrom(1, 0, null, 7)),
      ...{ any: coming(any), node: coming(inner), must: needed(inner) },
      ...{ list: coming(list(inner)), some: needed(list(inner)), anys: needed(list(any)) },
    }),
  );
}

function anything(depth: number): fc.Arbitrary<unknown> {
  const any = depth === 0 ? fc.constant(null) : anything(depth - 1);
  const other = fc.record({
    ...{ type: fc.constant("Other"), id: fc.constant("o") },
    ...{ count: coming(fc.constantFrom(0.5, null)), any: coming(any) },
  });
  return fc.oneof(mostly(other), object(depth));
}

/** What graphql-jit 0.8.9 writes for a date, and then code. */
const ENDS_TEXT = "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d0),globalThis.broken=new Date(0";

const WHOLE = `
  query { node { ...Flat node { ...Flat list { ...Deep } } any { ...Some } } list { ...Deep must { id } }
    some { id again: name name } first: anys { ...Some } anys { __typename id ... on Node { need } any { ...Some } } }
  fragment Flat on Node { __typename id name level }
  fragment Deep on Node { ...Flat some { id need } other: some { id } node { must { id } } }
  fragment Some on Any { __typename id ... on Other { count any { id } } ... on Node { ...Flat any { id } } }`;

describe("the compiled form of a query", () => {
  test("gives what graphql-js gives, whatever the fields are", async () => {
    await fc.assert(
      fc.asyncProperty(object(2), async (rootValue) => {
        const { expected, compiled, isCompiled } = await both({ document: WHOLE, rootValue });
        expect(isCompiled).toBe(true);
        expect(compiled.data).toEqual(expected.data);
        // graphql-js leaves off where a list turns null; whether it was still told of more depends on what came first.
        const known = new Set(compiled.errors.map(told));
        expect(expected.errors.map(told).filter((error) => !known.has(error))).toEqual([]);
        expect(compiled.errors.length > 0).toBe(expected.errors.length > 0);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ["literals", "{ echo(where: { level: HIGH, levels: [LOW, HIGH], and: { low: 4 } }, ids: 3, first: -1) }"],
    ["nothing given", "{ echo }"],
    ["null given", "{ echo(where: null, ids: null, first: null, text: null) }"],
    [
      "whole variables",
      "query ($where: Where, $ids: [ID!], $first: Int, $size: Int!, $text: String) { echo(where: $where, ids: $ids, first: $first, size: $size, text: $text) }",
      { where: { level: "LOW", levels: "HIGH", and: [{ low: 1 }] }, ids: "one", size: 2, text: ENDS_TEXT },
    ],
    [
      "variables within",
      "query ($level: Level, $and: Where!, $id: ID!) { echo(where: { level: $level, and: [$and, { and: [$and] }] }, ids: [$id, 4]) }",
      { and: { size: 1 }, id: 12 },
    ],
    [
      "a variable left out where there is a default",
      "query ($size: Int = 3, $first: Int) { echo(size: $size, first: $first) }",
    ],
    [
      "a variable that is null where there is a default",
      "query ($size: Int = 3) { echo(size: $size) }",
      { size: null },
    ],
    [
      "a null that is refused where it is used",
      "query ($size: Int = 3) { echo(where: { size: $size }) }",
      { size: null },
    ],
    ["a variable of another type", "query ($size: Int!) { echo(size: $size) }", { size: "many" }],
    ["a needed variable left out", "query ($size: Int!) { echo(size: $size) }"],
    ["a wrong field in a variable", "query ($where: Where) { echo(where: $where) }", { where: { none: 1 } }],
    [
      "a field that fails, on a later line",
      "{\r\n  echo\n\n  node { id\n    name } }",
      {},
      { node: value({ type: "Node", id: "a", name: failing }) },
    ],
    ["a name of the language", "{ constructor: echo toString: echo class: echo }"],
  ])("gives what graphql-js gives: %s", async (_, document, variables = {}, rootValue: unknown = {}) => {
    const { expected, compiled, isCompiled } = await both({ document, variables, rootValue });
    expect(isCompiled).toBe(true);
    expect(compiled).toEqual(expected);
  });

  test.each([
    ["directives", "{ echo @skip(if: true) node { id } }"],
    ["questions about the schema", "{ __schema { queryType { name } } }"],
    ["the name of what an object inherits", "{ __proto__: echo }"],
    ["that name of a fragment", "{ ...__proto__ } fragment __proto__ on Query { echo }"],
    ["a text", '{ echo(text: "a") }'],
    ["a text within", '{ echo(where: { and: [{ text: """a""" }] }) }'],
    ["a text as default", 'query ($text: String = "a") { echo(text: $text) }'],
    ["a text that the compiler would take for code", `{ echo(text: ${JSON.stringify(ENDS_TEXT)}) }`],
    [
      "a document that is short and becomes long",
      `{ node { ...A } } ${[..."ABCDEFGHIJ"].map((name, at) => `fragment ${name} on Node { ${at === 9 ? "id" : `node { ...${"ABCDEFGHIJ"[at + 1]} } must { ...${"ABCDEFGHIJ"[at + 1]} }`} }`).join(" ")}`,
    ],
  ])("leaves to graphql-js: %s", async (_, document) => {
    const { expected, compiled, isCompiled } = await both({ document, rootValue: { node: value(null) } });
    expect(isCompiled).toBe(false);
    expect(compiled).toEqual(expected);
    expect(globalThis).not.toHaveProperty("broken");
  });
});

const failing: Coming = { later: true, fails: true, value: null };

function value(of: unknown): Coming {
  return { later: false, fails: false, value: of };
}
