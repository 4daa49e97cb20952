import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codesOf, operation, post } from "../support/attack.ts";
import { run } from "../support/command-line.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";

const ISSUER = "https://idp.example";
const AUDIENCE = "liantu-api";
const PLANNING = "https://planning.example";
const ASKED = "{ statistics { version } }";
const base64 = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** The attacks on who one is that RELIABILITY names, on a service that asks. */
describe("whoever is not known", () => {
  const data = temporaryFolder();
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const keyFile = join(data.path, "jwks.json");
  let service: Service;
  let key: string;
  beforeAll(async () => {
    writeFileSync(
      keyFile,
      JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" }] }),
    );
    const created = await run(
      { LIANTU_DATA: join(data.path, "graph") },
      "key",
      "create",
      "--role",
      "editor",
      "--name",
      "test",
    );
    key = /liantu_[0-9a-f]{12}_[\w-]{43}/.exec(created.stdout)![0];
    // The gateway's header lets each attack come from an address of its own.
    service = await startService({
      LIANTU_DATA: join(data.path, "graph"),
      LIANTU_LOG: "debug",
      LIANTU_TRUST_PROXY: "true",
      LIANTU_OIDC_ISSUER: ISSUER,
      LIANTU_OIDC_AUDIENCE: AUDIENCE,
      LIANTU_OIDC_JWKS: keyFile,
      LIANTU_PUBLIC_URL: "https://liantu.example",
      LIANTU_ALLOWED_ORIGINS: `${PLANNING}, http://127.0.0.1:8080`,
      LIANTU_SESSION_SECRET: "a-session-secret-of-thirty-two-characters",
    });
  });
  afterAll(async () => {
    await service?.stop();
    data[Symbol.dispose]();
  });

  const now = () => Math.floor(Date.now() / 1_000);
  const claims = (more: object = {}) => ({
    iss: ISSUER,
    aud: AUDIENCE,
    sub: "li",
    exp: now() + 600,
    roles: ["admin"],
    ...more,
  });
  const signed = (header: object, payload: object, with_ = privateKey) => {
    const text = `${base64(header)}.${base64(payload)}`;
    return `${text}.${sign("sha256", Buffer.from(text), with_).toString("base64url")}`;
  };
  const hmac = (secret: string, header: object = {}) => {
    const text = `${base64({ alg: "HS256", typ: "JWT", ...header })}.${base64(claims())}`;
    return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
  };
  const RS = { alg: "RS256", typ: "JWT", kid: "one" };
  const good = () => signed(RS, claims());
  const unsigned = (alg: unknown) => `${base64({ alg, typ: "JWT" })}.${base64(claims())}.`;
  const swapped = () => {
    const [, , signature] = signed(RS, claims({ roles: ["viewer"] })).split(".");
    return `${base64(RS)}.${base64(claims())}.${signature}`;
  };

  const FORGED: readonly (readonly [string, () => string])[] = [
    ...["none", "None", "NoNe", "NONE", "nOnE", "", null, ["RS256"], { a: 1 }].map(
      (alg) => [`alg ${JSON.stringify(alg)}`, () => `Bearer ${unsigned(alg)}`] as const,
    ),
    ...["", "secret", "liantu", "changeme", pem].map(
      (secret) => [`HS256 with ${JSON.stringify(secret.slice(0, 20))}`, () => `Bearer ${hmac(secret)}`] as const,
    ),
    ["HS256 with a key id that is a path", () => `Bearer ${hmac("", { kid: "../../../../dev/null" })}`],
    ["a key id that is a path", () => `Bearer ${signed({ ...RS, kid: keyFile }, claims(), foreign)}`],
    ["a key id that is a statement", () => `Bearer ${signed({ ...RS, kid: "x' OR 1=1" }, claims(), foreign)}`],
    [
      "a key in its own header",
      () => `Bearer ${signed({ alg: "RS256", jwk: publicKey.export({ format: "jwk" }) }, claims(), foreign)}`,
    ],
    [
      "an address of keys in its header",
      () => `Bearer ${signed({ ...RS, jku: "http://127.0.0.1:9/jwks" }, claims(), foreign)}`,
    ],
    ["a certificate in its header", () => `Bearer ${signed({ ...RS, x5c: ["AAAA"] }, claims(), foreign)}`],
    ["somebody else's signature", () => `Bearer ${signed(RS, claims(), foreign)}`],
    ["the signature of another content", () => `Bearer ${swapped()}`],
    ["another issuer", () => `Bearer ${signed(RS, claims({ iss: "https://evil.example" }))}`],
    ["another audience", () => `Bearer ${signed(RS, claims({ aud: "other" }))}`],
    ["its end behind it", () => `Bearer ${signed(RS, claims({ exp: now() - 120 }))}`],
    ["its begin before it", () => `Bearer ${signed(RS, claims({ nbf: now() + 600 }))}`],
    ["no end", () => `Bearer ${signed(RS, claims({ exp: undefined }))}`],
    ["no role", () => `Bearer ${signed(RS, claims({ roles: undefined }))}`],
    ["a role that is none", () => `Bearer ${signed(RS, claims({ roles: ["root", "__proto__"] }))}`],
    ["a critical extension", () => `Bearer ${signed({ ...RS, crit: ["exp2"], exp2: 1 }, claims())}`],
    ["nothing in three parts", () => "Bearer .."],
    ["a text", () => "Bearer admin"],
    ["no token", () => "Bearer"],
    ["another scheme", () => `Basic ${base64("admin:admin")}`],
    ["half a key", () => `Bearer ${key.slice(0, -5)}`],
    ["a key of another secret", () => `Bearer ${key.slice(0, 20)}${"A".repeat(43)}`],
    ["a key and more", () => `Bearer ${key} ${key}`],
    ["8 KB", () => `Bearer ${"a".repeat(8_000)}`],
  ];
  test.each(FORGED)("with a token of %s is refused", async (title, header) => {
    const address = `10.1.${title.length}.${title.charCodeAt(0)}`;
    const answer = await operation(service.url, ASKED, {}, { authorization: header(), "x-forwarded-for": address });
    expect([answer.status, answer.codes]).toStrictEqual([401, ["UNAUTHENTICATED"]]);
  });

  test.each([
    { "x-role": "admin", "x-user": "admin", "x-liantu-role": "admin" },
    { "x-forwarded-user": "admin", "x-remote-user": "admin", "x-auth-request-user": "admin" },
    { cookie: "liantu_session=admin", "x-liantu-csrf": "1" },
    { cookie: `liantu_session=${"eyJhbGciOiJub25lIn0"}.e30.`, "x-liantu-csrf": "1" },
    { "x-api-key": "admin" },
  ])("gets nothing by headers of their own: %o", async (headers) => {
    const answer = await operation(service.url, ASKED, {}, headers as Record<string, string>);
    expect([answer.status, answer.codes]).toStrictEqual([401, ["UNAUTHENTICATED"]]);
  });

  test("a good token and a good key are taken", async () => {
    for (const token of [good(), key])
      expect((await operation(service.url, ASKED, {}, { authorization: `Bearer ${token}` })).status).toBe(200);
  });

  test("has 20 tries a minute from an address; others are not held up", async () => {
    const from = (address: string) => ({ authorization: `Bearer ${unsigned("none")}`, "x-forwarded-for": address });
    const statuses: number[] = [];
    for (let at = 0; at < 23; at++) statuses.push((await operation(service.url, ASKED, {}, from("10.9.9.9"))).status);
    expect(statuses).toStrictEqual([...Array.from({ length: 20 }, () => 401), 429, 429, 429]);
    expect((await operation(service.url, ASKED, {}, from("10.9.9.8"))).status).toBe(401);
    // What the caller puts before the gateway's own entry is not an address.
    expect((await operation(service.url, ASKED, {}, from("1.2.3.4, 10.9.9.9"))).status).toBe(429);
  });

  test("nor any role learns of the schema beyond it: anonymous introspection is refused, a viewer's is answered", async () => {
    const schema = "{ __schema { queryType { name } } }";
    expect((await operation(service.url, schema)).codes).toStrictEqual(["UNAUTHENTICATED"]);
    const viewer = signed(RS, claims({ roles: ["viewer"] }));
    expect((await operation(service.url, schema, {}, { authorization: `Bearer ${viewer}` })).status).toBe(200);
  });

  const preflight = (origin: string, path = "graphql") =>
    fetch(service.url + path, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
  const crossOrigin = ({ headers }: Response) =>
    Object.fromEntries([...headers].filter(([name]) => name.startsWith("access-control") || name === "vary"));

  test("a page of an allowed origin may ask with a key, never with the cookie", async () => {
    const asked = await preflight(PLANNING);
    expect([asked.status, crossOrigin(asked)]).toStrictEqual([
      204,
      {
        "access-control-allow-origin": PLANNING,
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "authorization, content-type, x-liantu-at-least",
        "access-control-expose-headers": "x-request-id, retry-after",
        "access-control-max-age": "600",
        vary: "Origin",
      },
    ]);
    for (const [authorization, status] of [
      [`Bearer ${key}`, 200],
      ["Bearer wrong", 401],
    ] as const) {
      const answer = await fetch(`${service.url}graphql`, {
        method: "POST",
        headers: { origin: PLANNING, authorization, "content-type": "application/json" },
        body: JSON.stringify({ query: ASKED }),
      });
      expect([answer.status, answer.headers.get("access-control-allow-origin")]).toStrictEqual([status, PLANNING]);
      expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    }
  });

  test.each(["https://evil.example", "null", `${PLANNING}.evil.example`, "http://planning.example", `${PLANNING}:444`])(
    "a page of %s is refused",
    async (origin) => {
      const asked = await preflight(origin);
      expect([asked.status, crossOrigin(asked)]).toStrictEqual([403, { vary: "Origin" }]);
      expect(codesOf(await asked.text())).toStrictEqual(["FORBIDDEN"]);
      const answer = await fetch(`${service.url}graphql?query=%7B__typename%7D`, { headers: { origin } });
      expect(crossOrigin(answer)).toStrictEqual({ vary: "Origin" });
      expect(crossOrigin(await preflight(PLANNING, "auth/session"))).toStrictEqual({});
    },
  );

  test("where people come by https, every answer says so", async () => {
    for (const path of ["", "graphql", "health/live", "auth/session", "nothing"])
      expect((await fetch(service.url + path)).headers.get("strict-transport-security")).toBe("max-age=31536000");
  });

  test("the attacks on the language are refused to a key as to anybody", async () => {
    const headers = { authorization: `Bearer ${key}` };
    for (const query of [
      `{ ${"a: __typename ".repeat(101)} }`,
      `{ node(id: ${"[".repeat(20_000)}) { id } }`,
      "{ entities(kind: Firm, first: 1000) { nodes { ... on Firm { products(first: 1000) { nodes { id } } } } } }",
    ])
      expect((await operation(service.url, query, {}, headers)).codes).toStrictEqual(["QUERY_TOO_COMPLEX"]);
    expect((await post(service.url, " ".repeat(2_000_000), headers)).status).toBe(413);
  });

  test("no key, token, cookie or secret is in the log, at its most talkative", async () => {
    const token = good();
    const wrong = `${key.slice(0, 20)}${"B".repeat(43)}`;
    for (const authorization of [`Bearer ${key}`, `Bearer ${token}`, `Bearer ${wrong}`, "Basic c2VjcmV0OnNlY3JldA=="])
      await operation(service.url, ASKED, {}, { authorization });
    await fetch(`${service.url}graphql?query=%7B__typename%7D&access_token=${key}`);
    const signIn = { method: "POST", headers: { "x-liantu-csrf": "1" }, body: JSON.stringify({ key }) };
    const signedIn = await fetch(`${service.url}auth/sign-in`, signIn);
    const cookie = signedIn.headers.getSetCookie()[0]!.split(";")[0]!.split("=")[1]!;
    await operation(service.url, ASKED, {}, { cookie: `liantu_session=${cookie}`, "x-liantu-csrf": "1" });
    const refused = await fetch(`${service.url}auth/sign-in`, { ...signIn, body: JSON.stringify({ key: wrong }) });
    codesOf(await refused.text());
    await expect.poll(() => service.output()).toMatch(/"path":"\/auth\/sign-in","status":401/);
    for (const secret of [
      key,
      key.slice(-43),
      token,
      token.split(".")[2]!,
      wrong.slice(-43),
      cookie,
      "c2VjcmV0OnNlY3JldA",
      "a-session-secret",
    ])
      expect(service.output()).not.toContain(secret);
  });
});
