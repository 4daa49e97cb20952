import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PUBLIC_ERRORS } from "../../../server/errors.ts";
import { type Api, openApi } from "../../support/api.ts";
import { describeEachEngine, embedded } from "../../support/engines.ts";

describeEachEngine("wrong questions get a code and a remedy", (engine) => {
  let api: Api;
  beforeAll(async () => {
    api = openApi(await engine.open());
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const CASES = [
    ["an unknown target", `{ gaps(target: "nobody") { verdict } }`, /"nobody" is not the id/],
    ["an unknown id around which to look", `{ neighborhood(id: "nobody") { truncated } }`, /"nobody"/],
    ["an unknown end of a path", `{ paths(from: "nobody", to: "x") { truncated } }`, /"nobody"/],
    ["an unknown kind", `{ entities(kind: Robot) { totalCount } }`, /Robot/],
    ["an unknown field", `{ gapps }`, /gapps/],
    [
      "a page of no entries",
      `{ search(text: "a", first: 0) { match } }`,
      /`first` must be between 1 and 1000; it is 0/,
    ],
    ["too many entries", `{ search(text: "a", first: 1001) { match } }`, /between 1 and 1000/],
    ["a cursor of another list", `{ entities(kind: Firm, after: "zzz") { totalCount } }`, /`after` is not a cursor/],
    [
      "a depth beyond the limit",
      `{ neighborhood(id: "a", depth: 9) { truncated } }`,
      /`depth` must be between 1 and 4/,
    ],
    [
      "a country by its name",
      `{ gaps(target: "a", policy: { restricted: ["美国"] }) { verdict } }`,
      /policy\.restricted takes ISO 3166-1/,
    ],
    [
      "a share over one",
      `{ gaps(target: "a", policy: { minShare: 7 }) { verdict } }`,
      /policy\.minShare takes a number from 0 to 1/,
    ],
    ["a day that is none", `{ gaps(target: "a", policy: { asOf: "soon" }) { verdict } }`, /policy\.asOf takes a day/],
    [
      "a day that no calendar has",
      `{ gaps(target: "a", policy: { asOf: "2025-02-30" }) { verdict } }`,
      /policy\.asOf takes a day/,
    ],
    ["an empty id", `{ gaps(target: "") { verdict } }`, /"" is not the id/],
    ["a syntax error", `{ gaps(`, /Syntax Error/],
    ["a text too long to search for", `{ search(text: "${"a".repeat(201)}") { match } }`, /at most 200/],
  ] as const;
  for (const [title, query, message] of CASES) {
    test(title, async () => {
      const { status, errors } = await api.ask(query);
      expect({ status, codes: errors?.map((error) => error.extensions.code) }).toStrictEqual({
        status: 400,
        codes: ["BAD_USER_INPUT"],
      });
      expect(errors?.[0]?.message).toMatch(message);
      expect(errors?.[0]?.message).not.toMatch(/did you mean|neo4j|grafeo|MATCH|\.ts/i);
    });
  }

  test("what is asked again and again is compiled, and is refused in the same words and places", async () => {
    const query = "query ($text: String!) { search(text: $text) { match } }";
    const answers: unknown[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const { errors, ...rest } = await api.ask(query, { text: "a".repeat(201) });
      answers.push({ ...rest, errors: errors?.map((error) => ({ ...error, extensions: error.extensions.code })) });
    }
    const [first, ...others] = answers;
    expect(first).toMatchObject({ errors: [{ path: ["search"], locations: [{ line: 1, column: 26 }] }] });
    expect(others).toEqual([first, first, first]);
  });

  test("an unknown id alone is no error: it is null", async () => {
    const { status, data } = await api.ask(`{ node(id: "nobody") { id } nodes(ids: ["nobody"]) { id } }`);
    expect({ status, data }).toStrictEqual({ status: 200, data: { node: null, nodes: [null] } });
  });
});

describe("a document that would cost too much is refused before it runs", () => {
  let api: Api;
  beforeAll(async () => {
    api = openApi(await embedded.open());
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const nested = (depth: number) =>
    `{ node(id: "a") ${"{ ... on Firm { owners { nodes ".repeat(depth)} { id } ${"} } }".repeat(depth)} }`;
  const CASES = [
    ["depth", nested(20), /deeper than 12 levels/],
    ["aliases", `{ ${Array.from({ length: 31 }, (_, at) => `a${at}: __typename`).join(" ")} }`, /more than 30 aliases/],
    ["tokens", `{ ${"__typename ".repeat(2_000)} }`, /longer than 1500 tokens/],
    ["brackets", `{ node(id: "a") @include(if: ${"[".repeat(20_000)}) { id } }`, /nests brackets/],
  ] as const;
  for (const [title, query, message] of CASES) {
    test(title, async () => {
      const { status, errors } = await api.ask(query);
      expect(status).toBe(400);
      expect(errors?.[0]?.extensions.code).toBe("QUERY_TOO_COMPLEX");
      expect(errors?.[0]?.message).toMatch(message);
    });
  }
});

describe("a question about the schema", () => {
  let api: Api;
  beforeAll(async () => {
    api = openApi(await embedded.open());
  });
  afterAll(() => api[Symbol.asyncDispose]());

  test("as GraphiQL and code generators put it is answered", async () => {
    const query = getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true, oneOf: true });
    expect(await api.ask(query)).toMatchObject({ status: 200, data: { __schema: { queryType: { name: "Query" } } } });
  });

  test("that loops is refused", async () => {
    const loop = `{ __schema { types { ${"fields { type { ".repeat(6)} name ${"} } ".repeat(6)} } } }`;
    expect((await api.ask(loop)).status).toBe(400);
  });
});

describe("requests that are no GraphQL over JSON", () => {
  let api: Api;
  beforeAll(async () => {
    api = openApi(await embedded.open());
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const json = { "content-type": "application/json" };
  const CASES = [
    [
      "a form",
      { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "query={a}" },
      "UNSUPPORTED_MEDIA_TYPE",
    ],
    ["plain text", { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" }, "UNSUPPORTED_MEDIA_TYPE"],
    [
      "a compressed body",
      { method: "POST", headers: { ...json, "content-encoding": "gzip" }, body: "x" },
      "UNSUPPORTED_MEDIA_TYPE",
    ],
    ["a batch", { method: "POST", headers: json, body: "[]" }, "BAD_USER_INPUT"],
    ["broken JSON", { method: "POST", headers: json, body: "{" }, "BAD_USER_INPUT"],
    [
      "the media type in capitals",
      { method: "POST", headers: { "content-type": "Application/JSON" }, body: '{"query":1}' },
      "BAD_USER_INPUT",
    ],
    ["another method", { method: "PUT", headers: json, body: "{}" }, "METHOD_NOT_ALLOWED"],
    [
      "five megabytes",
      { method: "POST", headers: json, body: JSON.stringify({ query: " ".repeat(5_000_000) }) },
      "PAYLOAD_TOO_LARGE",
    ],
  ] as const satisfies readonly (readonly [string, RequestInit, keyof typeof PUBLIC_ERRORS])[];
  for (const [title, init, code] of CASES) {
    test(`${title}: ${code}`, async () => {
      const response = await api.fetch("/graphql", init);
      const { errors } = (await response.json()) as { errors: { extensions: { code: string; requestId: string } }[] };
      expect([response.status, errors[0]?.extensions.code]).toStrictEqual([PUBLIC_ERRORS[code].status, code]);
    });
  }

  test("a mutation by GET is refused", async () => {
    const response = await api.fetch("/graphql?query=mutation%7Ba%7D", {
      headers: { accept: "application/graphql-response+json" },
    });
    expect(response.status).toBe(405);
  });

  test.each(["variables", "extensions"])("%s in an address that are no JSON are refused", async (name) => {
    const response = await api.fetch(`/graphql?query=%7B__typename%7D&${name}=%7B`);
    const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect([response.status, errors[0]?.extensions.code, errors[0]?.message]).toStrictEqual([
      400,
      "BAD_USER_INPUT",
      `\`${name}\` in the address is not JSON, or nests too deep.`,
    ]);
  });

  test("a page of another origin is not let in", async () => {
    const response = await api.fetch("/graphql", { headers: { origin: "http://evil.example" } });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("unknown addresses are not found, however they are written", async () => {
    for (const path of [
      "/nope",
      "/.env",
      "/..%2f..%2fpackage.json",
      "/assets/..%5c..%5cpackage.json",
      "/%00",
      "/%zz",
    ]) {
      expect((await api.fetch(path)).status).toBe(404);
    }
  });
});
