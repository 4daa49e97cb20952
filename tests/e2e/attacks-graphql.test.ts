import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operation, post } from "../support/attack.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";

/** The attacks on the language that RELIABILITY names, at their sizes, over HTTP on the built service. */
describe("hostile documents and bodies", () => {
  const data = temporaryFolder();
  let service: Service;
  beforeAll(async () => {
    service = await startService({ LIANTU_DATA: data.path });
    await operation(service.url, "{ __typename }");
  });
  afterAll(async () => {
    await service?.stop();
    data[Symbol.dispose]();
  });

  const times = (count: number, text: (at: number) => string, separator = " ") =>
    Array.from({ length: count }, (_, at) => text(at)).join(separator);
  const along = (depth: number) =>
    `{ node(id: "firm-jinhua") ${"{ ... on Firm { owners { nodes ".repeat(depth)} { id } ${"} } }".repeat(depth)} }`;
  const circle = (size: number) =>
    `{ ...f0 } ${times(size, (at) => `fragment f${at} on Query { ...f${(at + 1) % size} }`)}`;
  const laughs = `{ ...l0 } ${times(20, (at) => `fragment l${at} on Query { ${times(10, () => (at === 19 ? "__typename" : `...l${at + 1}`))} }`)}`;

  type Document = readonly [title: string, query: string, status: number, code?: string];
  const DOCUMENTS: Document[] = [
    ["depth 50 along the schema", along(17), 400, "QUERY_TOO_COMPLEX"],
    ["depth 500 along the schema", along(170), 400, "QUERY_TOO_COMPLEX"],
    ["20,000 braces", "{a".repeat(20_000), 400, "QUERY_TOO_COMPLEX"],
    ["20,000 brackets in a value", `{ node(id: ${"[".repeat(20_000)}) { id } }`, 400, "QUERY_TOO_COMPLEX"],
    ["20,000 brackets in a directive", `{ __typename @include(if: ${"[".repeat(20_000)}) }`, 400, "QUERY_TOO_COMPLEX"],
    ["20,000 brackets in a type", `query ($a: ${"[".repeat(20_000)}Int) { __typename }`, 400, "QUERY_TOO_COMPLEX"],
    [
      "2,000 inline fragments in one another",
      `{ ${"... { ".repeat(2_000)} __typename ${"} ".repeat(2_000)} }`,
      400,
      "QUERY_TOO_COMPLEX",
    ],
    [
      "2,000 inline fragments beside one another",
      `{ ${"... { __typename } ".repeat(2_000)} }`,
      400,
      "QUERY_TOO_COMPLEX",
    ],
    ["101 aliases of __typename", `{ ${times(101, (at) => `a${at}: __typename`)} }`, 400, "QUERY_TOO_COMPLEX"],
    ["31 aliases", `{ ${times(31, (at) => `a${at}: statistics { version }`)} }`, 400, "QUERY_TOO_COMPLEX"],
    ["1,000 aliases", `{ ${times(1_000, (at) => `a${at}: statistics { version }`)} }`, 400, "QUERY_TOO_COMPLEX"],
    [
      "31 aliases in fragments",
      `{ ${times(4, (at) => `...f${at}`)} } ${times(4, (f) => `fragment f${f} on Query { ${times(8, (at) => `a${f}${at}: __typename`)} }`)}`,
      400,
      "QUERY_TOO_COMPLEX",
    ],
    ["20,000 fields", `{ ${"__typename ".repeat(20_000)} }`, 400, "QUERY_TOO_COMPLEX"],
    ["a fragment in itself", circle(1), 400],
    ["two fragments in one another", circle(2), 400],
    ["200 fragments in a circle", circle(200), 400],
    ["a billion laughs, of which each fragment is read once", laughs, 200],
    [
      "10,000 unused fragments",
      `{ __typename } ${times(10_000, (at) => `fragment u${at} on Query { __typename }`)}`,
      400,
      "QUERY_TOO_COMPLEX",
    ],
    ["10,000 directives", `{ __typename ${"@a ".repeat(10_000)} }`, 400, "QUERY_TOO_COMPLEX"],
    ["400 unknown directives", `{ __typename ${"@a ".repeat(400)} }`, 400],
    ["1,000 @include", `{ __typename ${"@include(if: true) ".repeat(1_000)} }`, 400, "QUERY_TOO_COMPLEX"],
    ["200 @include", `{ __typename ${"@include(if: true) ".repeat(200)} }`, 400],
    ["5,000 @skip", `{ ${"__typename @skip(if: true) ".repeat(5_000)} }`, 400, "QUERY_TOO_COMPLEX"],
    ["500 @defer", `{ ${"... @defer { __typename } ".repeat(500)} }`, 400],
    ["one @defer", `{ ... @defer { __typename } }`, 400],
    ["one @stream", `{ entities(kind: Firm) { nodes @stream { id } } }`, 400],
    [
      "a question about the schema that loops",
      `{ __schema { types { ${"fields { type { ".repeat(6)} name ${"} } ".repeat(6)} } } }`,
      400,
    ],
    ["a misspelt field", `{ statistic { version } }`, 400, "BAD_USER_INPUT"],
    ["a misspelt argument and enum", `{ entities(knd: Firm) { totalCount } }`, 400, "BAD_USER_INPUT"],
    [
      "fields that differ in their arguments, quadratically",
      `{ ${times(28, (at) => `f: node(id: "${at}") { id }`)} }`,
      400,
    ],
    ["first: -1", `{ entities(kind: Firm, first: -1) { totalCount } }`, 400, "BAD_USER_INPUT"],
    ["first: 0", `{ entities(kind: Firm, first: 0) { totalCount } }`, 400, "BAD_USER_INPUT"],
    ["first: 2^31-1", `{ entities(kind: Firm, first: 2147483647) { totalCount } }`, 400, "BAD_USER_INPUT"],
    ["first: 2^31", `{ entities(kind: Firm, first: 2147483648) { totalCount } }`, 400, "BAD_USER_INPUT"],
    ["maxLength: 1000", `{ paths(from: "a", to: "b", maxLength: 1000) { truncated } }`, 400, "BAD_USER_INPUT"],
    ["an empty document", "", 400],
    ["a NUL", "{ __typename \u0000 }", 400],
    ["a lone surrogate", '{ node(id: "\ud800") { id } }', 400],
  ];
  for (const [title, query, status, code] of DOCUMENTS)
    test(title, async () => {
      const answer = await operation(service.url, query);
      expect(answer.status).toBe(status);
      if (code !== undefined) expect(new Set(answer.codes)).toStrictEqual(new Set([code]));
      expect(answer.ms).toBeLessThan(2_000);
    });

  const firms = (first: string, inner = "") =>
    `entities(kind: Firm${first}) { nodes { ... on Firm { ${inner || "id"} } } }`;
  const products = (first: string) => `products(${first}) { nodes { id } }`;
  type Dear = readonly [title: string, query: string, variables?: Record<string, unknown>];
  const DEAR: Dear[] = [
    ["a thousand of a thousand", `{ ${firms(", first: 1000", products("first: 1000"))} }`],
    ["a thousand of twenty", `{ ${firms(", first: 1000", "products { nodes { id } }")} }`],
    ["sizes in variables", `query ($n: Int) { ${firms(", first: $n", products("first: $n"))} }`, { n: 1_000 }],
    ["sizes in the defaults of variables", `query ($n: Int = 1000) { ${firms(", first: $n", products("first: $n"))} }`],
    ["sizes from behind", `{ ${firms(", first: 1000", products("last: 1000"))} }`],
    [
      "ids",
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Firm { ${products("first: 1000")} } } }`,
      { ids: Array.from({ length: 1_000 }, (_, at) => `firm-${at}`) },
    ],
    [
      "fragments",
      `{ ...a } fragment a on Query { entities(kind: Firm, first: 1000) { ...b } } fragment b on EntityConnection { edges { node { ...c } } } fragment c on Firm { ${products("first: 100")} }`,
    ],
    ["aliases", `{ ${times(11, (at) => `a${at}: ${firms(", first: 1000")}`)} }`],
    [
      "two operations of which one is dear",
      `query cheap { __typename } query dear { ${firms(", first: 1000", products("first: 1000"))} }`,
    ],
  ];
  for (const [title, query, variables = {}] of DEAR)
    test(`cost: ${title}`, async () => {
      const named = title.startsWith("two") ? { operationName: "dear" } : {};
      const answer = await post(service.url, JSON.stringify({ query, variables, ...named }));
      expect([answer.status, answer.codes]).toStrictEqual([400, ["QUERY_TOO_COMPLEX"]]);
      expect(answer.body).toMatch(/may bring \d{5,} nodes/);
    });

  test("cost: what is within the limit is answered, a dear operation that is not chosen beside it", async () => {
    expect((await operation(service.url, `{ ${firms(", first: 100", products("first: 50"))} }`)).status).toBe(200);
    const query = `query cheap { __typename } query dear { ${firms(", first: 1000", products("first: 1000"))} }`;
    expect((await post(service.url, JSON.stringify({ query, operationName: "cheap" }))).status).toBe(200);
  });

  const five = 5_000_000;
  const chunks = (size: number) =>
    new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < size; sent += 50_000)
          controller.enqueue(new TextEncoder().encode(" ".repeat(50_000)));
        controller.close();
      },
    });
  const deep = (open: string, close: string) => `${open.repeat(100_000)}1${close.repeat(100_000)}`;
  const ok = `"query":"{__typename}"`;
  type Body = readonly [
    title: string,
    body: () => Parameters<typeof post>[1],
    status: number,
    headers?: Record<string, string>,
  ];
  const BODIES: Body[] = [
    ["5 MB of variables", () => `{${ok},"variables":{"a":"${"x".repeat(five)}"}}`, 413],
    ["5 MB in chunks", () => chunks(five), 413],
    ["60 MB in chunks", () => chunks(60_000_000), 413],
    ["a gzip bomb", () => new Uint8Array(gzipSync(Buffer.alloc(50_000_000))), 415, { "content-encoding": "gzip" }],
    ["a gzip bomb that does not say so", () => new Uint8Array(gzipSync(Buffer.alloc(50_000_000))), 400],
    ["100,000 arrays in one another", () => `{${ok},"variables":{"a":${deep("[", "]")}}}`, 400],
    ["100,000 objects in one another", () => `{${ok},"extensions":${deep('{"a":', "}")}}`, 400],
    ["50,000 keys", () => `{${ok},${times(50_000, (at) => `"k${at}":1`, ",")}}`, 400],
    ["50,000 variables", () => `{${ok},"variables":{${times(50_000, (at) => `"k${at}":1`, ",")}}}`, 200],
    ["a query that is a number", () => `{"query":1}`, 400],
    ["a query that is null", () => `{"query":null}`, 400],
    ["a query that is an object", () => `{"query":{}}`, 400],
    ["no query", () => `{}`, 400],
    ["variables that are a text", () => `{${ok},"variables":"x"}`, 400],
    ["variables that are a list", () => `{${ok},"variables":[1]}`, 400],
    ["variables that are a number", () => `{${ok},"variables":1}`, 400],
    ["an operation name that is an object", () => `{${ok},"operationName":{}}`, 400],
    ["extensions that are a text", () => `{${ok},"extensions":"x"}`, 400],
    ["__proto__ as variables", () => `{${ok},"variables":{"__proto__":{"a":1}},"__proto__":{}}`, 400],
    ["JSON that is a text", () => `"x"`, 400],
    ["JSON that is null", () => "null", 400],
    ["no body", () => "", 400],
    ["broken JSON", () => `{"query":`, 400],
    ["bytes that are no UTF-8", () => new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 400],
    ["a batch of 20", () => `[${times(20, () => `{${ok}}`, ",")}]`, 400],
    ["a batch of 1,000", () => `[${times(1_000, () => `{${ok}}`, ",")}]`, 400],
    ["an empty batch", () => "[]", 400],
    ["a form", () => "query={__typename}", 415, { "content-type": "application/x-www-form-urlencoded" }],
    ["plain text", () => `{${ok}}`, 415, { "content-type": "text/plain" }],
    ["multipart", () => "--x--", 415, { "content-type": "multipart/form-data; boundary=x" }],
    ["application/graphql", () => "{__typename}", 415, { "content-type": "application/graphql" }],
    ["a media type that only begins like JSON", () => `{${ok}}`, 415, { "content-type": "application/json-patch" }],
    [
      "a persisted operation alone",
      () => `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${"a".repeat(64)}"}}}`,
      400,
    ],
    [
      "a persisted operation of an odd name",
      () => `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"__proto__"}}}`,
      400,
    ],
    ["an operation by its document id", () => `{"documentId":"__proto__"}`, 400],
    ["an operation by its id", () => `{"id":"constructor"}`, 400],
  ];
  for (const [title, body, status, headers] of BODIES)
    test(title, async () => {
      const answer = await post(service.url, body(), headers);
      expect(answer.status).toBe(status);
      expect(answer.ms).toBeLessThan(2_000);
    });

  test("a body without a type, which fetch cannot send", async () => {
    const response = await fetch(`${service.url}graphql`, { method: "POST", body: new Uint8Array([0x7b, 0x7d]) });
    expect(response.status).toBe(415);
  });

  test("a registration of operations is none: the text that comes with a hash is run, its hash is not kept", async () => {
    const hash = "0".repeat(64);
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
    await post(service.url, JSON.stringify({ query: "{ __typename }", extensions }));
    expect((await post(service.url, JSON.stringify({ extensions }))).status).toBe(400);
  });

  test("memory stays where it was", async () => {
    const resident = async () => {
      const status = await readFile(`/proc/${service.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1_000;
    };
    const send = () => Promise.all(Array.from({ length: 10 }, () => post(service.url, chunks(five))));
    await send();
    const before = await resident();
    for (let round = 0; round < 5; round++) await send();
    expect((await resident()) - before).toBeLessThan(20);
  });
});
