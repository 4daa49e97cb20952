import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** What a sign-in at the provider ends in: claims beside those that every ID token has. */
export type Person = JWTPayload & { readonly sub: string };

/** An identity provider of a test, on loopback: discovery, keys, and the code flow with PKCE for whoever `person` is. */
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string;
  person: Person;
  /** Signs claims as the provider does. */
  sign(claims: JWTPayload, audience?: string, expiresAt?: number): Promise<string>;
  /** The public keys as text. */
  readonly jwks: string;
}

export const AUDIENCE = "liantu-api";
export const CLIENT = "liantu-page";

/** `host`: another name of this machine makes it another site to a browser. */
export async function startProvider(host: "127.0.0.1" | "localhost" = "127.0.0.1"): Promise<TestProvider> {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "one", alg: "ES256", use: "sig" }] });
  const asked = new Map<string, URLSearchParams>();
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? "/", provider.issuer);
      const reply = (status: number, body: unknown) =>
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      if (url.pathname === "/.well-known/openid-configuration")
        reply(200, {
          issuer: provider.issuer,
          authorization_endpoint: `${provider.issuer}/authorize`,
          token_endpoint: `${provider.issuer}/token`,
          jwks_uri: `${provider.issuer}/keys`,
        });
      else if (url.pathname === "/keys") reply(200, JSON.parse(jwks));
      else if (url.pathname === "/authorize") {
        const code = `code-${asked.size}`;
        asked.set(code, url.searchParams);
        const back = new URL(url.searchParams.get("redirect_uri")!);
        back.searchParams.set("code", code);
        back.searchParams.set("state", url.searchParams.get("state")!);
        response.writeHead(302, { location: back.href }).end();
      } else if (url.pathname === "/token") {
        let body = "";
        for await (const chunk of request) body += chunk;
        const form = new URLSearchParams(body);
        const begun = asked.get(form.get("code") ?? "");
        asked.delete(form.get("code") ?? "");
        const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(form.get("code_verifier") ?? ""));
        const isProven = Buffer.from(digest).toString("base64url") === begun?.get("code_challenge");
        if (!isProven || form.get("redirect_uri") !== begun?.get("redirect_uri"))
          reply(400, { error: "invalid_grant" });
        else reply(200, { id_token: await provider.sign({ ...provider.person, nonce: begun.get("nonce") }, CLIENT) });
      } else reply(404, {});
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const provider: TestProvider = {
    issuer: `http://${host}:${(server.address() as AddressInfo).port}`,
    person: { sub: "nobody" },
    jwks,
    sign: (claims, audience = AUDIENCE, expiresAt = Math.floor(Date.now() / 1_000) + 300) =>
      new SignJWT({ iss: provider.issuer, ...claims })
        .setProtectedHeader({ alg: "ES256", kid: "one" })
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(privateKey),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return provider;
}
