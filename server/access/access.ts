import { hasApiKeys } from "../../graph/queries/api-keys.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { refusal } from "../refusal.ts";
import { createKeyRing, type KeyRing, looksLikeKey } from "./api-keys.ts";
import { ANONYMOUS, type Caller, OPEN, PUBLIC_READER } from "./caller.ts";
import { createFailedTries } from "./failed-tries.ts";
import { createIdentityProvider, type IdentityProvider, ProviderUnavailable } from "./identity-provider.ts";
import type { OidcConfig } from "./oidc-config.ts";
import { createSeal, type Seal } from "./seal.ts";
import { type Begun, createSessions, type Sessions } from "./sessions.ts";

/** A header that no form and no page of another site can send: what a POST with a cookie must have. */
export const CSRF_HEADER = "x-liantu-csrf";

export interface AccessOptions {
  readonly store: GraphStore;
  readonly oidc: OidcConfig | null;
  readonly sessionSecret: string | null;
  /** Where people open the page; null where it is the address that was called. */
  readonly publicUrl: URL | null;
  /** True where those who have not said who they are may read what is not internal; false where absent. */
  readonly publicRead?: boolean;
  readonly now?: () => number;
}

/** Who the callers are, and who they may be. */
export interface Access {
  readonly oidc: OidcConfig | null;
  readonly provider: IdentityProvider | null;
  readonly sessions: Sessions;
  readonly seal: Seal;
  readonly publicUrl: URL | null;
  /** True where nobody is asked who they are: no provider is named, and no key was ever made in this graph. */
  isOpen(): Promise<boolean>;
  /** Who sends this request, or the refusal of one whose key, token or cookie is not to be trusted. */
  identify(request: Request, address: string): Promise<Caller | Response>;
  /** Who this key is, as a session is begun with it, or the refusal. */
  begin(key: string, address: string): Promise<{ readonly caller: Caller; readonly how: Begun } | Response>;
  /** Counts a failed try of an address and gives its refusal. */
  refuse(address: string): Response;
}

/** Milliseconds for which an open service takes it that still no key was made. */
const OPEN_MS = 1_000;

/** Checks keys against the graph, tokens against the provider and cookies against the seal. */
export function createAccess(options: AccessOptions): Access {
  const { store, oidc, publicUrl, publicRead = false, now = Date.now } = options;
  const keys = createKeyRing(store, now);
  const tries = createFailedTries(now);
  const provider = oidc === null ? null : createIdentityProvider(oidc);
  const seal = createSeal(options.sessionSecret);
  const sessions = createSessions(seal, keys);
  const isOpen = openness(store, oidc !== null, now);

  const refuse = (address: string): Response => {
    tries.record(address);
    return refusal("UNAUTHENTICATED", "This key or token is not known here, or no longer valid.");
  };
  const mustWait = (address: string): Response | null => {
    const seconds = tries.secondsToWait(address);
    if (seconds === 0) return null;
    const text = `Too many wrong keys or tokens from this address: try again in ${seconds} s.`;
    return refusal("RATE_LIMITED", text, { "retry-after": String(seconds) });
  };
  const withCredential = async (text: string, address: string): Promise<Caller | Response> => {
    const wait = mustWait(address);
    if (wait !== null) return wait;
    try {
      return (await verified(text, keys, provider, oidc)) ?? refuse(address);
    } catch (error) {
      if (!(error instanceof ProviderUnavailable)) throw error;
      const text = "The identity provider does not answer right now; try again.";
      return refusal("DB_UNAVAILABLE", text, { "retry-after": "5" });
    }
  };

  return {
    ...{ oidc, provider, sessions, seal, publicUrl, isOpen, refuse },
    async identify(request, address) {
      if (await isOpen()) return OPEN;
      const header = request.headers.get("authorization");
      if (header !== null) return withCredential(/^Bearer +(\S+)$/i.exec(header)?.[1] ?? "", address);
      const caller = await sessions.caller(request);
      if (caller === null) return publicRead ? PUBLIC_READER : ANONYMOUS;
      if (request.method === "POST" && !request.headers.has(CSRF_HEADER))
        return refusal("FORBIDDEN", `A POST with the page's cookie needs the header ${CSRF_HEADER}: 1.`);
      return caller;
    },
    async begin(text, address) {
      const caller = await withCredential(looksLikeKey(text) ? text : "", address);
      return caller instanceof Response ? caller : { caller, how: { key: caller.id.slice("key:".length) } };
    },
  };
}

async function verified(
  text: string,
  keys: KeyRing,
  provider: IdentityProvider | null,
  oidc: OidcConfig | null,
): Promise<Caller | null> {
  if (looksLikeKey(text)) {
    const key = await keys.verify(text);
    return key === null ? null : { role: key.role, id: `key:${key.prefix}`, name: key.name };
  }
  return provider === null ? null : provider.verify(text, { audience: oidc!.audience });
}

/** Whether the service is open, asked of the graph at most once a second while it is, and never again once it is not. */
function openness(store: GraphStore, isAsked: boolean, now: () => number): () => Promise<boolean> {
  let closed = isAsked;
  let answered = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    try {
      const [row] = await store.read(hasApiKeys, {}, { timeoutMs: OPEN_MS });
      closed ||= row!.some;
      answered = now();
    } catch (error) {
      // Before the first answer nothing is known; later what was known a moment ago still holds.
      if (answered === Number.NEGATIVE_INFINITY) throw error;
    } finally {
      asking = undefined;
    }
  };
  return async () => {
    if (!closed && now() - answered >= OPEN_MS) {
      asking ??= ask();
      await asking;
    }
    return !closed;
  };
}
