import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answersIn, codesOf, talk } from "../support/attack.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";

const lines = (...all: readonly string[]) => `${all.join("\r\n")}\r\n\r\n`;
const LIVE = "GET /health/live HTTP/1.1";

/** The attacks on HTTP that RELIABILITY names, byte by byte against the built service. */
describe("hostile requests", () => {
  const data = temporaryFolder();
  let service: Service;
  let host: string;
  beforeAll(async () => {
    service = await startService({ LIANTU_DATA: data.path });
    host = `Host: ${new URL(service.url).host}`;
  });
  afterAll(async () => {
    await service?.stop();
    data[Symbol.dispose]();
  });

  type Request = readonly [title: string, bytes: () => string, statuses: readonly number[]];
  const body = '{"query":"{__typename}"}';
  const JSON_POST = "Content-Type: application/json";
  const REFUSED: Request[] = [
    ["64 KB in one header", () => lines(LIVE, host, `X-Long: ${"a".repeat(64_000)}`), [431]],
    ["3,000 headers", () => lines(LIVE, host, ...Array.from({ length: 3_000 }, (_, at) => `x-${at}: ${at}`)), [431]],
    ["3,000 of the shortest headers", () => lines(LIVE, host, ...Array.from({ length: 2_900 }, () => "a:")), [431]],
    ["an address of 100 KB", () => lines(`GET /${"a".repeat(100_000)} HTTP/1.1`, host), [414, 431]],
    ["a query of 100 KB", () => lines(`GET /graphql?query=${"a".repeat(100_000)} HTTP/1.1`, host), [414, 431]],
    [
      "a length and chunks",
      () =>
        `${lines("POST /graphql HTTP/1.1", host, JSON_POST, "Content-Length: 5", "Transfer-Encoding: chunked")}0\r\n\r\n`,
      [400],
    ],
    [
      "chunks and a length",
      () =>
        `${lines("POST /graphql HTTP/1.1", host, JSON_POST, "Transfer-Encoding: chunked", "Content-Length: 5")}0\r\n\r\n`,
      [400],
    ],
    [
      "two lengths",
      () => `${lines("POST /graphql HTTP/1.1", host, JSON_POST, "Content-Length: 5", "Content-Length: 6")}{"a":1}`,
      [400],
    ],
    [
      "a length that is no number",
      () => `${lines("POST /graphql HTTP/1.1", host, JSON_POST, "Content-Length: five")}{}`,
      [400],
    ],
    ["a negative length", () => `${lines("POST /graphql HTTP/1.1", host, JSON_POST, "Content-Length: -1")}{}`, [400]],
    [
      "a length beyond what a number holds",
      () => `${lines("POST /graphql HTTP/1.1", host, JSON_POST, `Content-Length: ${"9".repeat(30)}`)}{}`,
      [400],
    ],
    [
      "a coding that is none",
      () => `${lines("POST /graphql HTTP/1.1", host, JSON_POST, "Transfer-Encoding: xchunked")}0\r\n\r\n`,
      [400],
    ],
    [
      "chunked twice removed",
      () => `${lines("POST /graphql HTTP/1.1", host, JSON_POST, "Transfer-Encoding: chunked, identity")}0\r\n\r\n`,
      [400],
    ],
    [
      "a chunk of no size",
      () => `${lines("POST /graphql HTTP/1.1", host, JSON_POST, "Transfer-Encoding: chunked")}zz\r\n{}\r\n0\r\n\r\n`,
      [400],
    ],
    ["a space before the colon", () => lines(LIVE, host, "Transfer-Encoding : chunked"), [400]],
    ["a header over two lines", () => lines(LIVE, host, "X-Folded: a", " b"), [400]],
    ["a line feed alone", () => `${LIVE}\n${host}\nX: a\n\n`, [400]],
    ["a carriage return in a header", () => lines(LIVE, host, "X-Bare: a\rSet-Cookie: b=c"), [400]],
    ["a NUL in a header", () => lines(LIVE, host, "X-Nul: a\0b"), [400]],
    ["no Host", () => lines(LIVE), [400]],
    ["two Hosts", () => lines(LIVE, host, "Host: evil.example"), [400]],
    ["another Host", () => lines(LIVE, "Host: evil.example"), [403]],
    ["a Host with a user before it", () => lines(LIVE, `Host: 127.0.0.1@evil.example`), [400]],
    ["a Host with a path behind it", () => lines(LIVE, `Host: 127.0.0.1/evil`), [400]],
    ["an address of another Host", () => lines("GET http://evil.example/health/live HTTP/1.1", host), [403]],
    [
      "an address that begins with two slashes",
      () => lines("GET //evil.example/health/live HTTP/1.1", host),
      [403, 404],
    ],
    ["HTTP/0.9", () => "GET /health/live\r\n\r\n", [400]],
    ["HTTP/2 without TLS", () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400]],
    ["TLS", () => "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", [400]],
    ["no method", () => lines("/health/live HTTP/1.1", host), [400]],
    ["a method of nobody's", () => lines("HACK / HTTP/1.1", host), [400]],
    ["TRACE", () => lines("TRACE / HTTP/1.1", host), [405]],
    ["CONNECT", () => lines("CONNECT evil.example:443 HTTP/1.1", host), [400, 405]],
    ["OPTIONS of everything", () => lines("OPTIONS * HTTP/1.1", host), [400, 404, 405]],
    ["DELETE", () => lines("DELETE /graphql HTTP/1.1", host), [405]],
    [
      "a POST that claims to be a GET",
      () => `${lines("POST /health/live HTTP/1.1", host, "X-HTTP-Method-Override: GET", "Content-Length: 2")}{}`,
      [405],
    ],
    ["an expectation of nobody's", () => lines(LIVE, host, "Expect: a-miracle"), [200, 417]],
    ["CRLF in the address", () => lines("GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1", host), [404]],
    [
      "CRLF in a parameter",
      () => lines("GET /graphql?query=%7B__typename%7D&x=%0d%0aSet-Cookie:%20a=b HTTP/1.1", host),
      [200, 400],
    ],
  ];
  test.each<Request>(REFUSED)("%s", async (_, bytes, statuses) => {
    const { text } = await talk(service.url, bytes(), 1_500, (said) => answersIn(said).length > 0);
    const answers = answersIn(text);
    expect(answers.map(({ status }) => status).slice(0, 1)).toStrictEqual([
      expect.toSatisfy((status: number) => statuses.includes(status)),
    ]);
    // What follows a refusal is never read as a request of its own.
    expect(answers.length).toBe(1);
    const [{ status, headers, body }] = answers as [(typeof answers)[0]];
    if (status >= 400) codesOf(body);
    expect(headers).not.toMatch(/evil|set-cookie|x-powered-by|^server:/im);
    expect(headers).toMatch(/x-content-type-options: nosniff/i);
    expect(body).not.toContain("evil");
  });

  test("a request smuggled behind a length and chunks is never answered", async () => {
    const inner = lines("GET /health/ready HTTP/1.1", host);
    const { text } = await talk(
      service.url,
      `${lines("POST /graphql HTTP/1.1", host, JSON_POST, "Content-Length: 4", "Transfer-Encoding: chunked")}0\r\n\r\n${inner}`,
    );
    expect(answersIn(text).map(({ status }) => status)).toStrictEqual([400]);
  });

  test("a small request that is refused unread keeps its connection, one whose body does not come does not", async () => {
    const next = lines(LIVE, host, "Connection: close");
    const refused = (length: number) =>
      `${lines("POST /health/live HTTP/1.1", host, JSON_POST, `Content-Length: ${length}`)}${body}`;
    const { text } = await talk(service.url, `${refused(body.length)}${next}`);
    expect(answersIn(text).map(({ status }) => status)).toStrictEqual([405, 200]);
    const { text: half, isClosed } = await talk(service.url, refused(200 + body.length + next.length), 8_000);
    expect([answersIn(half).map(({ status }) => status), isClosed]).toStrictEqual([[405], true]);
  });

  test("500 requests in one go are answered in order", async () => {
    const asked = Array.from({ length: 500 }, (_, at) => `{ n${at}: __typename }`);
    const { text } = await talk(
      service.url,
      asked.map((query) => {
        const body = JSON.stringify({ query });
        return `${lines("POST /graphql HTTP/1.1", host, JSON_POST, `Content-Length: ${body.length}`)}${body}`;
      }),
      20_000,
      (said) => answersIn(said).length === asked.length,
    );
    const answers = answersIn(text).map(({ body }) => Object.keys((JSON.parse(body) as { data: object }).data)[0]);
    expect(answers).toStrictEqual(asked.map((_, at) => `n${at}`));
  });

  test("a Host or a forwarded one is in no answer, and changes none", async () => {
    const { text } = await talk(
      service.url,
      lines(
        "GET / HTTP/1.1",
        host,
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Proto: gopher",
        "Forwarded: host=evil.example",
        "Connection: close",
      ),
    );
    expect([answersIn(text)[0]!.status, text.includes("evil"), text.includes("gopher")]).toStrictEqual([
      200,
      false,
      false,
    ]);
  });

  const TRAVERSALS = [
    ...[
      "/../package.json",
      "/..%2fpackage.json",
      "/%2e%2e/package.json",
      "/%2e%2e%2fpackage.json",
      "/..%5cpackage.json",
    ],
    ...[
      "/..\\package.json",
      "/....//package.json",
      "/..;/package.json",
      "/%252e%252e%252fpackage.json",
      "/..%c0%afpackage.json",
    ],
    ...[
      "/%c0%ae%c0%ae/package.json",
      "/..%u2215package.json",
      "/assets/../../package.json",
      "/assets/..%2f..%2fpackage.json",
    ],
    ...[
      "/assets/%2e%2e/%2e%2e/package.json",
      "/./../package.json",
      "/..%00/package.json",
      "/index.html%00.png",
      "/%00",
      "/%zz",
      "/%",
    ],
    ...[
      "/.env",
      "/.git/config",
      "/.git/HEAD",
      "/package.json",
      "/server/main.js",
      "/.liantu/graph.grafeo",
      "/service.json",
    ],
    ...[
      "/__proto__",
      "/constructor",
      "/assets/",
      "/assets",
      "/index.html/",
      "/INDEX.HTML",
      "/file:///etc/passwd",
      "/etc/passwd",
    ],
  ];
  test.each(TRAVERSALS)("%s is not there", async (path) => {
    const { text } = await talk(service.url, lines(`GET ${path} HTTP/1.1`, host, "Connection: close"), 1_500);
    const [{ status, body }] = answersIn(text) as [ReturnType<typeof answersIn>[0]];
    expect([400, 403, 404]).toContain(status);
    expect(codesOf(body)).toHaveLength(1);
  });

  test.each(["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])(
    "a page of %s may read nothing",
    async (origin) => {
      for (const request of [
        lines("GET /graphql?query=%7B__typename%7D HTTP/1.1", host, `Origin: ${origin}`, "Connection: close"),
        lines(
          "OPTIONS /graphql HTTP/1.1",
          host,
          `Origin: ${origin}`,
          "Access-Control-Request-Method: POST",
          "Access-Control-Request-Headers: content-type",
          "Connection: close",
        ),
        `${lines("POST /graphql HTTP/1.1", host, `Origin: ${origin}`, JSON_POST, `Content-Length: ${body.length}`, "Connection: close")}${body}`,
      ])
        expect((await talk(service.url, request)).text).not.toMatch(/access-control/i);
    },
  );

  test("the page says what a browser may do with it", async () => {
    for (const path of ["", "graphql", "health/live", "nothing"]) {
      const { headers } = await fetch(service.url + path, { headers: { accept: "text/html" } });
      const policy = headers.get("content-security-policy")!;
      expect(policy).toMatch(/^default-src 'none'/);
      expect(policy).toMatch(/frame-ancestors 'none'/);
      expect(policy).toMatch(/base-uri 'none'/);
      if (path !== "graphql") expect(policy).toMatch(/require-trusted-types-for 'script'; trusted-types liantu$/);
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
      expect([
        headers.get("x-content-type-options"),
        headers.get("referrer-policy"),
        headers.get("cross-origin-opener-policy"),
        headers.get("x-powered-by"),
        headers.get("strict-transport-security"),
      ]).toStrictEqual(["nosniff", "no-referrer", "same-origin", null, null]);
    }
  });

  test("many who ask only half are cut, and nobody else waits for them", async () => {
    const half = [
      ...Array.from({ length: 15 }, () => ""),
      ...Array.from({ length: 15 }, () => `${LIVE}\r\n${host}\r\n`),
      ...Array.from(
        { length: 15 },
        () => `${lines("POST /graphql HTTP/1.1", host, JSON_POST, "Content-Length: 100")}{`,
      ),
      ...Array.from(
        { length: 15 },
        () => `${lines("POST /graphql HTTP/1.1", host, JSON_POST, "Transfer-Encoding: chunked")}1\r\n{\r\n`,
      ),
    ];
    const cut = half.map((bytes) => talk(service.url, bytes, 14_000));
    for (let at = 0; at < 20; at++) {
      const startedAt = performance.now();
      expect((await fetch(`${service.url}health/live`)).status).toBe(200);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    }
    for (const { isClosed, ms, text } of await Promise.all(cut)) {
      expect([isClosed, ms < 11_000]).toStrictEqual([true, true]);
      for (const { status, body } of answersIn(text)) expect([status, codesOf(body)]).toStrictEqual([408, ["TIMEOUT"]]);
    }
  }, 40_000);
});
