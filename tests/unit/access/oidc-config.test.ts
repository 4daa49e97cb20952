import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../../../server/config.ts";
import { temporaryFolder } from "../../support/service.ts";

const provider = { LIANTU_OIDC_ISSUER: "https://id.example", LIANTU_OIDC_AUDIENCE: "liantu" };

test("nothing set names no provider; a provider is read whole", () => {
  expect(readConfig({}).oidc).toBeNull();
  const { oidc } = readConfig({
    ...provider,
    LIANTU_OIDC_JWKS: "https://id.example/keys",
    LIANTU_OIDC_ALGORITHMS: "ES256, EdDSA",
    LIANTU_OIDC_ROLE_CLAIM: "realm_access.roles",
    LIANTU_OIDC_CLIENT_ID: "page",
  });
  expect(oidc).toStrictEqual({
    issuer: "https://id.example",
    audience: "liantu",
    algorithms: ["ES256", "EdDSA"],
    roleClaim: ["realm_access", "roles"],
    jwks: new URL("https://id.example/keys"),
    client: { id: "page", secret: null },
  });
});

test("the keys may lie in a file", () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "jwks.json");
  const keys = { keys: [{ kty: "EC", kid: "one" }] };
  writeFileSync(path, JSON.stringify(keys));
  expect(readConfig({ ...provider, LIANTU_OIDC_JWKS: path }).oidc?.jwks).toStrictEqual(keys);
});

test.each<[string, Record<string, string>, RegExp]>([
  ["an issuer without TLS", { ...provider, LIANTU_OIDC_ISSUER: "http://id.example" }, /LIANTU_OIDC_ISSUER.*https/],
  ["an issuer that is no address", { ...provider, LIANTU_OIDC_ISSUER: "example" }, /LIANTU_OIDC_ISSUER/],
  ["keys without TLS", { ...provider, LIANTU_OIDC_JWKS: "http://id.example/keys" }, /LIANTU_OIDC_JWKS.*https/],
  ["keys in no file", { ...provider, LIANTU_OIDC_JWKS: "nowhere.json" }, /LIANTU_OIDC_JWKS: nowhere\.json is no file/],
  ["a signature with a shared secret", { ...provider, LIANTU_OIDC_ALGORITHMS: "HS256" }, /"HS256" is not taken/],
  ["no signature", { ...provider, LIANTU_OIDC_ALGORITHMS: "RS256,none" }, /"none" is not taken/],
  ["no audience", { LIANTU_OIDC_ISSUER: "https://id.example" }, /LIANTU_OIDC_AUDIENCE: is missing/],
  ["no issuer", { LIANTU_OIDC_CLIENT_ID: "page" }, /LIANTU_OIDC_ISSUER: is missing/],
  ["a short secret", { LIANTU_SESSION_SECRET: "short" }, /LIANTU_SESSION_SECRET: must have at least 32/],
  ["an address of the page that is none", { LIANTU_PUBLIC_URL: "liantu" }, /LIANTU_PUBLIC_URL: must be like/],
])("%s is refused with the remedy", (_title, settings, message) => {
  expect(() => readConfig(settings)).toThrow(message);
});

test("every fault is listed, and no secret is", () => {
  const settings = { LIANTU_PORT: "many", LIANTU_SESSION_SECRET: "too-short", LIANTU_OIDC_CLIENT_SECRET: "hush-hush" };
  expect(() => readConfig(settings)).toThrow(/LIANTU_PORT[\s\S]*LIANTU_SESSION_SECRET[\s\S]*LIANTU_OIDC_ISSUER/);
  expect(() => readConfig(settings)).not.toThrow(/too-short|hush-hush/);
});
