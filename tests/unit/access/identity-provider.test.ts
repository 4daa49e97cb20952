import { createHmac } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createIdentityProvider,
  type IdentityProvider,
  ProviderUnavailable,
} from "../../../server/access/identity-provider.ts";
import type { OidcConfig } from "../../../server/access/oidc-config.ts";
import { AUDIENCE, startProvider, type TestProvider } from "../../support/identity-provider.ts";

const now = () => Math.floor(Date.now() / 1_000);
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a token", () => {
  let provider: TestProvider;
  let checked: IdentityProvider;
  const config = (changed: Partial<OidcConfig> = {}): OidcConfig => ({
    issuer: provider.issuer,
    audience: AUDIENCE,
    algorithms: ["RS256", "ES256"],
    roleClaim: ["roles"],
    jwks: JSON.parse(provider.jwks),
    client: null,
    ...changed,
  });
  const expected = { audience: AUDIENCE };
  const claims = { sub: "lin", name: "林", roles: ["editor"] };
  beforeAll(async () => {
    provider = await startProvider();
    checked = createIdentityProvider(config());
  });
  afterAll(() => provider[Symbol.asyncDispose]());

  test("of the provider says who somebody is, with keys from a file, an address or discovery", async () => {
    const token = await provider.sign(claims);
    const caller = { role: "editor", id: "user:lin", name: "林" };
    expect(await checked.verify(token, expected)).toStrictEqual(caller);
    for (const jwks of [new URL(`${provider.issuer}/keys`), null])
      expect(await createIdentityProvider(config({ jwks })).verify(token, expected)).toStrictEqual(caller);
  });

  test.each<[unknown, string | null]>([
    ["viewer", "viewer"],
    [["viewer", "admin", "editor"], "admin"],
    [["offline_access", "viewer"], "viewer"],
    [["Admin", "ADMIN", "superadmin"], null],
    [{ admin: true }, null],
    [undefined, null],
    [null, null],
    [3, null],
  ])("with the roles %j makes a %s", async (roles, role) => {
    const caller = await checked.verify(await provider.sign({ sub: "lin", roles }), expected);
    expect(caller?.role ?? null).toBe(role);
  });

  test("may name the role deep in an object, and only in its own claims", async () => {
    const deep = createIdentityProvider(config({ roleClaim: ["realm_access", "roles"] }));
    const token = await provider.sign({ sub: "lin", realm_access: { roles: ["admin"] } });
    expect((await deep.verify(token, expected))?.role).toBe("admin");
    const inherited = createIdentityProvider(config({ roleClaim: ["constructor", "name"] }));
    expect(await inherited.verify(await provider.sign(claims), expected)).toBeNull();
  });

  test("may be off by the clocks' 60 seconds, and by no more", async () => {
    const role = async (expiresAt: number) =>
      (await checked.verify(await provider.sign(claims, AUDIENCE, expiresAt), expected))?.role ?? null;
    expect([await role(now() - 50), await role(now() - 70)]).toStrictEqual(["editor", null]);
    const soon = async (nbf: number) =>
      (await checked.verify(await provider.sign({ ...claims, nbf }), expected))?.role ?? null;
    expect([await soon(now() + 50), await soon(now() + 70)]).toStrictEqual(["editor", null]);
  });

  test("of another issuer, audience, nonce or without an end or a subject is not taken", async () => {
    const tokens = [
      await provider.sign({ ...claims, iss: "https://evil.example" }),
      await provider.sign(claims, "another-service"),
      await provider.sign({ roles: ["admin"] }),
    ];
    for (const token of tokens) expect(await checked.verify(token, expected)).toBeNull();
    const nonce = { ...expected, nonce: "mine" };
    expect(await checked.verify(await provider.sign({ ...claims, nonce: "other" }), nonce)).toBeNull();
    expect(await checked.verify(await provider.sign(claims), nonce)).toBeNull();
    expect((await checked.verify(await provider.sign({ ...claims, nonce: "mine" }), nonce))?.role).toBe("editor");
  });

  test("that is forged is not taken, whatever its header says of its signature and its key", async () => {
    const payload = { iss: provider.issuer, aud: AUDIENCE, exp: now() + 300, ...claims, roles: ["admin"] };
    const shared = (secret: string, header: object = {}) => {
      const text = `${encoded({ alg: "HS256", typ: "JWT", kid: "one", ...header })}.${encoded(payload)}`;
      return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
    };
    const mine = await generateKeyPair("ES256", { extractable: true });
    const own = (header: object) =>
      new SignJWT(payload).setProtectedHeader({ alg: "ES256", ...header }).sign(mine.privateKey);
    const jwk = await exportJWK(mine.publicKey);
    const real = await provider.sign(claims);
    const [head, , signature] = real.split(".");
    const forged = [
      ...["none", "NoNe", "NONE", ""].map((alg) => `${encoded({ alg, kid: "one" })}.${encoded(payload)}.`),
      ...["none", "NoNe"].map((alg) => `${encoded({ alg, kid: "one" })}.${encoded(payload)}.${signature}`),
      ...["", "secret", provider.jwks].map((secret) => shared(secret)),
      shared("", { kid: "/dev/null" }),
      await own({ kid: "one" }),
      await own({ kid: "../../../../dev/null" }),
      await own({ kid: "one", jwk }),
      await own({ kid: "mine", jku: `${provider.issuer}/mine`, jwk }),
      `${head}.${encoded(payload)}.${signature}`,
      `${head}.${encoded(payload)}.`,
      ...["", "a", "a.b.c", "..", "ey..", real.slice(0, -4), `${real}.`, real.repeat(2)],
    ];
    for (const token of forged) expect(await checked.verify(token, expected), token).toBeNull();
  });

  test("cannot be judged while the provider's keys cannot be had, and can as soon as they can", async () => {
    const silent = createIdentityProvider(config({ issuer: "http://127.0.0.1:9", jwks: null }));
    const token = await provider.sign(claims);
    await expect(silent.verify(token, expected)).rejects.toThrow(ProviderUnavailable);
    const noKeys = createIdentityProvider(config({ jwks: new URL(`${provider.issuer}/nothing`) }));
    await expect(noKeys.verify(token, expected)).rejects.toThrow(ProviderUnavailable);
  });
});
