import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLocalAnalyst } from "../../../graph/analyst/local-analyst.ts";
import { createPublicPart } from "../../../graph/projection/public-part.ts";
import type { GraphStore } from "../../../graph/store/store.ts";
import { type Access, createAccess } from "../../../server/access/access.ts";
import { createKey, KEY_MEMORY_MS, revokeKey } from "../../../server/access/api-keys.ts";
import { TRIES } from "../../../server/access/failed-tries.ts";
import type { OidcConfig } from "../../../server/access/oidc-config.ts";
import { createApp } from "../../../server/app.ts";
import { createLive } from "../../../server/live/live.ts";
import { createLog } from "../../../server/log.ts";
import { createMetrics } from "../../../server/metrics.ts";
import { RequestIds } from "../../../server/request-ids.ts";
import { embedded } from "../../support/engines.ts";
import { AUDIENCE, CLIENT, startProvider, type TestProvider } from "../../support/identity-provider.ts";

const HERE = "http://127.0.0.1:4000";
const csrf = { "x-liantu-csrf": "1" };
const ask = (query: string, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", accept: "application/graphql-response+json", ...headers },
  body: JSON.stringify({ query }),
});
const STATISTICS = "{ statistics { version } }";

/** A service of a test with its log and a clock that is put forward by hand. */
class Visited {
  readonly log: string[] = [];
  readonly access: Access;
  readonly #app: ReturnType<typeof createApp>;
  #time = 1_000_000;

  constructor(store: GraphStore, oidc: OidcConfig | null = null, publicUrl: URL | null = null) {
    this.access = createAccess({ store, oidc, sessionSecret: null, publicUrl, now: () => this.#time });
    const log = createLog("debug", { write: (line) => void this.log.push(line) });
    const projection = { current: () => Promise.reject(new Error("no analysis here")) };
    const analyst = createLocalAnalyst();
    const live = createLive({ store, unsettled: store, refreshMs: 1_000 });
    this.#app = createApp({
      store,
      live,
      changesKept: 100,
      requests: { running: 100, waiting: 0 },
      projection,
      publicPart: createPublicPart(store),
      analyst,
      access: this.access,
      metrics: createMetrics({ projection: { state: () => null }, streams: live.streams }),
      metricsFor: "viewer",
      log,
      requestIds: new RequestIds(),
      files: null,
      hosts: ["127.0.0.1"],
    });
  }

  fetch(path: string, init?: RequestInit, address = "10.0.0.1"): Promise<Response> {
    return this.#app.fetch(new Request(new URL(path, HERE), init), address);
  }

  async status(init: RequestInit, address?: string): Promise<number> {
    return (await this.fetch("/graphql", init, address)).status;
  }

  signIn(key: string, headers: Record<string, string> = csrf): Promise<Response> {
    return this.fetch("/auth/sign-in", { method: "POST", headers, body: JSON.stringify({ key }) });
  }

  later(milliseconds: number): void {
    this.#time += milliseconds;
  }
}

const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((each) => each.split(";")[0]!)
    .join("; ");
async function codeOf(response: Response): Promise<[number, string]> {
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  return [response.status, errors[0]!.extensions.code];
}

describe("a graph without keys", () => {
  test("asks nobody, until its first key is made; from then on everybody, also when that is withdrawn", async () => {
    await using store = await embedded.open();
    const service = new Visited(store);
    expect(await service.status(ask(STATISTICS))).toBe(200);
    expect(await (await service.fetch("/auth/session")).json()).toStrictEqual({
      asked: false,
      oidc: false,
      name: "",
      role: "admin",
    });
    const { prefix } = await createKey(store, { role: "admin", name: "", at: new Date() });
    service.later(1_000);
    expect(await service.status(ask(STATISTICS))).toBe(401);
    await revokeKey(store, prefix, new Date());
    service.later(10_000);
    expect(await service.status(ask(STATISTICS))).toBe(401);
    expect(await new Visited(store).status(ask(STATISTICS))).toBe(401);
  });

  test("whose store does not answer is not taken for open", async () => {
    const store = await embedded.open();
    const service = new Visited(store);
    await store.close();
    expect(await codeOf(await service.fetch("/graphql", ask(STATISTICS)))).toStrictEqual([503, "DB_UNAVAILABLE"]);
  });
});

describe("a key", () => {
  let store: GraphStore;
  let service: Visited;
  let key: { readonly key: string; readonly prefix: string };
  beforeEach(async () => {
    store = await embedded.open();
    key = await createKey(store, { role: "editor", name: "规划科", at: new Date() });
    service = new Visited(store);
    return () => store.close();
  });

  test("in the Authorization header, and nowhere else, says who one is", async () => {
    const right = `Bearer ${key.key}`;
    expect(await service.status(ask(STATISTICS, { authorization: right }))).toBe(200);
    const wrong = [
      { authorization: key.key },
      { authorization: `Basic ${btoa(`key:${key.key}`)}` },
      { authorization: `${right}, ${right}` },
      { authorization: "Bearer" },
      { authorization: "" },
      { "x-api-key": key.key },
      { "x-role": "admin", role: "admin", "x-user-role": "admin", "x-forwarded-user": "admin" },
      { cookie: `liantu_session=${key.key}` },
      { cookie: `key=${key.key}; role=admin` },
    ];
    for (const headers of wrong)
      expect(await service.status(ask(STATISTICS, headers as never)), JSON.stringify(headers)).toBe(401);
    expect((await service.fetch(`/graphql?query=${encodeURIComponent(STATISTICS)}&key=${key.key}`)).status).toBe(200);
  });

  test("that is wrong is refused before anything else is looked at", async () => {
    const response = await service.fetch("/graphql", ask("{ nonsense", { authorization: "Bearer liantu_no" }));
    expect([await codeOf(response), response.headers.get("www-authenticate")]).toStrictEqual([
      [401, "UNAUTHENTICATED"],
      "Bearer",
    ]);
  });

  test("begins a session in a cookie that no script and no other site can use, and ends it", async () => {
    const begun = await service.signIn(key.key);
    expect([begun.status, await begun.json()]).toStrictEqual([200, { name: "规划科", role: "editor" }]);
    const [set] = begun.headers.getSetCookie();
    expect(set).toMatch(/^liantu_session=[^;]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    expect(set).not.toContain(key.key);
    const cookie = cookieOf(begun);
    expect(await (await service.fetch("/auth/session", { headers: { cookie } })).json()).toStrictEqual({
      asked: true,
      oidc: false,
      name: "规划科",
      role: "editor",
    });
    expect(await service.status(ask(STATISTICS, { cookie, ...csrf }))).toBe(200);
    expect(await codeOf(await service.fetch("/graphql", ask(STATISTICS, { cookie })))).toStrictEqual([
      403,
      "FORBIDDEN",
    ]);
    expect((await service.fetch("/graphql", { headers: { cookie, accept: "text/html" } })).status).toBe(200);
    const ended = await service.fetch("/auth/sign-out", { method: "POST", headers: { cookie, ...csrf } });
    expect([ended.status, ended.headers.getSetCookie()]).toStrictEqual([
      204,
      ["liantu_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"],
    ]);
  });

  test("begins no session for another site's page, nor one with a wrong key", async () => {
    expect(await codeOf(await service.signIn(key.key, {}))).toStrictEqual([403, "FORBIDDEN"]);
    expect(await codeOf(await service.fetch("/auth/sign-out", { method: "POST" }))).toStrictEqual([403, "FORBIDDEN"]);
    expect(await codeOf(await service.signIn(`${key.key.slice(0, -1)}_`))).toStrictEqual([401, "UNAUTHENTICATED"]);
    for (const body of ["", "[]", "{}", '{"key":1}', "x".repeat(20_000)])
      expect((await service.fetch("/auth/sign-in", { method: "POST", headers: csrf, body })).status).toBe(400);
  });

  test("that is withdrawn ends its sessions too", async () => {
    const cookie = cookieOf(await service.signIn(key.key));
    await revokeKey(store, key.prefix, new Date());
    service.later(KEY_MEMORY_MS);
    expect(await service.status(ask(STATISTICS, { cookie, ...csrf }))).toBe(401);
    expect(await service.status(ask(STATISTICS, { authorization: `Bearer ${key.key}` }))).toBe(401);
  });

  test("a cookie that was made up, or by another service, is nobody's", async () => {
    const elsewhere = cookieOf(await new Visited(store).signIn(key.key));
    const twice = cookieOf(await service.signIn(key.key));
    for (const cookie of [elsewhere, "liantu_session=admin", "liantu_session=", `${twice}; ${twice}`])
      expect(await service.status(ask(STATISTICS, { cookie, ...csrf }))).toBe(401);
  });

  test("is not looked at from an address of 20 failed tries, for the rest of the minute", async () => {
    const wrong = ask(STATISTICS, { authorization: "Bearer liantu_wrong" });
    const right = ask(STATISTICS, { authorization: `Bearer ${key.key}` });
    const cookie = cookieOf(await service.signIn(key.key));
    for (let each = 0; each < TRIES.limit; each += 1) expect(await service.status(wrong)).toBe(401);
    const refused = await service.fetch("/graphql", wrong);
    expect([refused.headers.get("retry-after"), await codeOf(refused)]).toStrictEqual(["60", [429, "RATE_LIMITED"]]);
    expect(await service.status(right)).toBe(429);
    expect((await service.signIn(key.key)).status).toBe(429);
    expect(await service.status(right, "10.0.0.2")).toBe(200);
    expect(await service.status(ask(STATISTICS, { cookie, ...csrf }))).toBe(200);
    service.later(TRIES.windowMs);
    expect(await service.status(right)).toBe(200);
  });

  test("is never written to the log, nor is what stands for it", async () => {
    const cookie = cookieOf(await service.signIn(key.key));
    const wrong = `liantu_${key.prefix}_${"x".repeat(43)}`;
    await service.fetch("/graphql", ask(STATISTICS, { authorization: `Bearer ${key.key}` }));
    await service.fetch("/graphql", ask(STATISTICS, { authorization: `Bearer ${wrong}` }));
    await service.fetch("/graphql", ask(STATISTICS, { cookie, ...csrf }));
    await service.signIn(wrong);
    await service.fetch(`/graphql?query=${encodeURIComponent(`{ node(id: "${key.key}") { id } }`)}`);
    await service.fetch(`/nowhere?key=${key.key}`, { headers: { authorization: `Bearer ${key.key}` } });
    // A failure of ours is logged in full.
    await service.fetch("/graphql", ask('{ gaps(target: "x") { version } }', { authorization: `Bearer ${key.key}` }));
    await store.close();
    await service.fetch("/graphql", ask(STATISTICS, { cookie, ...csrf }));
    const log = service.log.join("");
    expect(log).toContain("no analysis here");
    expect(log).toContain(`"caller":"key:${key.prefix}"`);
    for (const secret of [`liantu_${key.prefix}_`, cookie.slice(-60), "Bearer", "liantu_session"])
      expect(log).not.toContain(secret);
  });
});

describe("the identity provider", () => {
  let provider: TestProvider;
  let store: GraphStore;
  const config = (): OidcConfig => ({
    issuer: provider.issuer,
    audience: AUDIENCE,
    algorithms: ["ES256"],
    roleClaim: ["roles"],
    jwks: null,
    client: { id: CLIENT, secret: null },
  });
  beforeAll(async () => {
    provider = await startProvider();
    store = await embedded.open();
  });
  afterAll(async () => {
    await store.close();
    await provider[Symbol.asyncDispose]();
  });

  test("closes a graph that has no keys, and opens it to its tokens", async () => {
    const service = new Visited(store, config());
    const bearer = async (claims: object, audience?: string) => ({
      authorization: `Bearer ${await provider.sign({ sub: "lin", ...claims }, audience)}`,
    });
    expect(await service.status(ask(STATISTICS))).toBe(401);
    expect(await service.status(ask(STATISTICS, await bearer({ roles: ["viewer"] })))).toBe(200);
    expect(await service.status(ask(STATISTICS, await bearer({})))).toBe(401);
    expect(await service.status(ask(STATISTICS, await bearer({ roles: ["admin"] }, "elsewhere")))).toBe(401);
  });

  /** Goes to the provider and back, as a browser does, and gives the last answer. */
  async function signInAt(
    service: Visited,
    view = "",
  ): Promise<{ readonly callback: URL; readonly state: string; readonly back: Response }> {
    const there = await service.fetch(`/auth/oidc${view}`);
    const state = cookieOf(there);
    const returned = await fetch(there.headers.get("location")!, { redirect: "manual" });
    const callback = new URL(returned.headers.get("location")!);
    return { callback, state, back: await service.fetch(callback.href, { headers: { cookie: state } }) };
  }

  test("signs a person in, and leads back to the view they came from", async () => {
    const service = new Visited(store, config());
    provider.person = { sub: "lin", name: "林", roles: ["viewer", "editor"] };
    const { back } = await signInAt(service, `?view=${encodeURIComponent("view=gaps&target=firm-jinhua")}`);
    expect([back.status, back.headers.get("location")]).toStrictEqual([303, `${HERE}/?view=gaps&target=firm-jinhua`]);
    const [session, state] = back.headers.getSetCookie();
    expect(session).toMatch(/^liantu_session=[^;]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    expect(state).toBe("liantu_sign_in=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    const cookie = session!.split(";")[0]!;
    expect(await (await service.fetch("/auth/session", { headers: { cookie } })).json()).toStrictEqual({
      asked: true,
      oidc: true,
      name: "林",
      role: "editor",
    });
    expect(service.log.join("")).not.toMatch(/code-\d|state=|liantu_sign_in/);
  });

  test("leads nobody elsewhere, whatever view is asked for", async () => {
    const service = new Visited(store, config());
    provider.person = { sub: "lin", roles: "viewer" };
    for (const view of [
      "//evil.example",
      "https://evil.example/",
      "\\\\evil.example",
      "@evil.example",
      "#x",
      "/../x",
    ]) {
      const { back } = await signInAt(service, `?view=${encodeURIComponent(view)}`);
      const { origin, pathname } = new URL(back.headers.get("location")!);
      expect([origin, pathname]).toStrictEqual([HERE, "/"]);
    }
  });

  test("signs nobody in who has no role, or whose way back is not the one that was begun", async () => {
    const service = new Visited(store, config());
    provider.person = { sub: "guest", roles: ["other"] };
    const { back, callback, state } = await signInAt(service);
    expect([back.status, back.headers.getSetCookie()]).toStrictEqual([401, []]);
    provider.person = { sub: "lin", roles: "admin" };
    const used = await service.fetch(callback.href, { headers: { cookie: state } });
    const withState = (value: string) => {
      const changed = new URL(callback);
      changed.searchParams.set("state", value);
      return service.fetch(changed.href, { headers: { cookie: state } });
    };
    const odd = [
      used,
      await service.fetch(callback.href),
      await withState("other"),
      await withState("é".repeat(43)),
      await service.fetch(`/auth/callback?error=access_denied`, { headers: { cookie: state } }),
      await service.fetch(`${callback.href}&iss=https://evil.example`, { headers: { cookie: state } }),
    ];
    for (const response of odd) expect([response.status, response.headers.getSetCookie()]).toStrictEqual([401, []]);
  });

  test("that does not answer is said to be so", async () => {
    const silent = new Visited(store, { ...config(), issuer: "http://127.0.0.1:9" });
    expect((await silent.fetch("/auth/oidc")).status).toBe(503);
    const token = await provider.sign({ sub: "lin", roles: "viewer" });
    const response = await silent.fetch("/graphql", ask(STATISTICS, { authorization: `Bearer ${token}` }));
    expect([response.headers.get("retry-after"), await codeOf(response)]).toStrictEqual(["5", [503, "DB_UNAVAILABLE"]]);
  });

  test("is not offered where the page has no client there", async () => {
    const service = new Visited(store, { ...config(), client: null });
    expect([(await service.fetch("/auth/oidc")).status, (await service.fetch("/auth/callback")).status]).toStrictEqual([
      404, 404,
    ]);
  });

  test("finds the page behind a gateway with TLS, under a path", async () => {
    const service = new Visited(store, config(), new URL("https://park.example/liantu"));
    const there = await service.fetch("/auth/oidc");
    expect(there.headers.getSetCookie()[0]).toMatch(/; Path=\/liantu\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/);
    const address = new URL(there.headers.get("location")!).searchParams.get("redirect_uri");
    expect(address).toBe("https://park.example/liantu/auth/callback");
    const { key } = await createKey(store, { role: "viewer", name: "", at: new Date() });
    expect((await service.signIn(key)).headers.getSetCookie()[0]).toMatch(
      /; Path=\/liantu\/; .*SameSite=Strict; Secure$/,
    );
  });
});
