import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { boundedText } from "../body.ts";
import { refusal } from "../refusal.ts";
import { type Access, CSRF_HEADER } from "./access.ts";
import { cookieOf, setCookie } from "./cookies.ts";
import { ProviderUnavailable } from "./identity-provider.ts";
import { signInPage } from "./sign-in-page.ts";

const LONGEST_BODY = 10_000;
const STATE_COOKIE = "liantu_sign_in";
const STATE_SECONDS = 600;
const LIMIT_MS = 5_000;

/**
 * What the page needs to know who is signed in, under `/auth/`:
 *
 * - `GET session`: `{ asked, oidc, name, role }`; `asked` is false where nobody is asked who they are
 * - `POST sign-in` `{ key }`, `POST sign-out`: both with the header `x-liantu-csrf`
 * - `GET oidc`, `GET callback`: to the identity provider and back, as an authorization code with PKCE
 *
 * Null for any other address.
 */
export async function answerAuth(
  access: Access,
  request: Request,
  url: URL,
  address: string,
): Promise<Response | null> {
  const route = `${request.method} ${url.pathname}`;
  if (route === "GET /auth/session") return session(access, request, address);
  if (route === "POST /auth/sign-in" || route === "POST /auth/sign-out") {
    if (!request.headers.has(CSRF_HEADER)) return refusal("FORBIDDEN", `Send the header ${CSRF_HEADER}: 1.`);
    return route.endsWith("in") ? signIn(access, request, url, address) : signOut(access, url);
  }
  if (route === "GET /auth/oidc") return toProvider(access, url);
  if (route === "GET /auth/callback") return fromProvider(access, request, url, address);
  return null;
}

async function session(access: Access, request: Request, address: string): Promise<Response> {
  const asked = !(await access.isOpen());
  const caller = await access.identify(request, address);
  if (caller instanceof Response) return caller;
  const { name, role } = caller;
  return uncached(Response.json({ asked, oidc: access.oidc?.client != null, name, role }));
}

const signInBody = z.object({ key: z.string() });

async function signIn(access: Access, request: Request, url: URL, address: string): Promise<Response> {
  const body = await boundedText(request, LONGEST_BODY);
  const read = signInBody.safeParse(parsed(body ?? ""));
  if (!read.success) return refusal("BAD_USER_INPUT", 'The body is {"key": "liantu_…"}.');
  const begun = await access.begin(read.data.key.trim(), address);
  if (begun instanceof Response) return begun;
  const { name, role } = begun.caller;
  return uncached(Response.json({ name, role }), await access.sessions.begin(begun.how, placeOf(access, url)));
}

function signOut(access: Access, url: URL): Response {
  return uncached(new Response(null, { status: 204 }), access.sessions.end(placeOf(access, url)));
}

const flow = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), view: z.string() });

async function toProvider(access: Access, url: URL): Promise<Response> {
  const { provider, oidc } = access;
  if (provider === null || oidc?.client == null) return refusal("NOT_FOUND");
  const [state, nonce, verifier] = [secret(), secret(), secret()];
  const view = url.searchParams.get("view") ?? "";
  try {
    const { authorization_endpoint } = await provider.discover();
    const there = new URL(authorization_endpoint);
    for (const [name, value] of Object.entries({
      response_type: "code",
      client_id: oidc.client.id,
      redirect_uri: callbackOf(access, url),
      scope: "openid profile",
      state,
      nonce,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    }))
      there.searchParams.set(name, value);
    const sealed = await access.seal.close("sign-in", { state, nonce, verifier, view }, STATE_SECONDS);
    return redirect(there, stateCookie(sealed, STATE_SECONDS, access, url));
  } catch (error) {
    if (error instanceof ProviderUnavailable) return signInPage("DB_UNAVAILABLE", "../");
    throw error;
  }
}

async function fromProvider(access: Access, request: Request, url: URL, address: string): Promise<Response> {
  const { provider, oidc } = access;
  if (provider === null || oidc?.client == null) return refusal("NOT_FOUND");
  const sealed = cookieOf(request, STATE_COOKIE);
  const begun = sealed === null ? null : await access.seal.open("sign-in", sealed, flow);
  const { state = "", code, iss = oidc.issuer } = Object.fromEntries(url.searchParams);
  if (begun === null || !isSame(state, begun.state) || code === undefined || iss !== oidc.issuer)
    return signInPage("UNAUTHENTICATED", "../");
  try {
    const token = await tokenFor(access, { code, verifier: begun.verifier, redirectUri: callbackOf(access, url) });
    const expected = { audience: oidc.client.id, nonce: begun.nonce };
    const caller = token === null ? null : await provider.verify(token, expected);
    if (caller?.role == null) {
      access.refuse(address);
      return signInPage("UNAUTHENTICATED", "../");
    }
    const { id, name, role } = caller;
    const here = baseOf(access, url);
    // Only a view of the page itself: never an address of somebody's choice.
    here.search = new URLSearchParams(begun.view).toString();
    const session = await access.sessions.begin({ id, name, role }, placeOf(access, url));
    return redirect(here, session, stateCookie("", 0, access, url));
  } catch (error) {
    if (error instanceof ProviderUnavailable) return signInPage("DB_UNAVAILABLE", "../");
    throw error;
  }
}

const tokens = z.object({ id_token: z.string() });

/** The ID token for a code, or null where the provider refuses it. */
async function tokenFor(
  { provider, oidc }: Access,
  { code, verifier, redirectUri }: { readonly code: string; readonly verifier: string; readonly redirectUri: string },
): Promise<string | null> {
  const { token_endpoint } = await provider!.discover();
  const { id, secret } = oidc!.client!;
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    client_id: id,
    code_verifier: verifier,
    ...(secret === null ? {} : { client_secret: secret }),
  });
  const limits = { signal: AbortSignal.timeout(LIMIT_MS), redirect: "error" } as const;
  const response = await fetch(token_endpoint, { method: "POST", body: form, ...limits }).catch((cause: unknown) => {
    throw new ProviderUnavailable("The identity provider does not answer", { cause });
  });
  if (response.status >= 500) throw new ProviderUnavailable(`The identity provider answers ${response.status}`);
  const read = tokens.safeParse(parsed(await response.text()));
  return response.ok && read.success ? read.data.id_token : null;
}

/** Where people open the page. The host that was called is one of those that are served. */
function baseOf({ publicUrl }: Access, url: URL): URL {
  return new URL(publicUrl?.href.replace(/\/?$/, "/") ?? "/", url);
}

function callbackOf(access: Access, url: URL): string {
  return new URL("auth/callback", baseOf(access, url)).href;
}

function placeOf(access: Access, url: URL) {
  const { pathname, protocol } = baseOf(access, url);
  return { path: pathname, secure: protocol === "https:" };
}

/** Comes back with the provider's redirect, which SameSite=Strict would not. */
function stateCookie(value: string, seconds: number, access: Access, url: URL): string {
  return setCookie(STATE_COOKIE, value, { ...placeOf(access, url), sameSite: "Lax", seconds });
}

function redirect(to: URL, ...cookies: readonly string[]): Response {
  return uncached(new Response(null, { status: 303, headers: { location: to.href } }), ...cookies);
}

function uncached(response: Response, ...cookies: readonly string[]): Response {
  response.headers.set("cache-control", "no-store");
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}

function isSame(one: string, other: string): boolean {
  const [given, wanted] = [Buffer.from(one), Buffer.from(other)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
