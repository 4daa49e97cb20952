import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";
import { greatestRole } from "../../graph/roles.ts";
import type { Caller } from "./caller.ts";
import type { OidcConfig } from "./oidc-config.ts";

/** The provider cannot be asked right now: nothing is known of the token. */
export class ProviderUnavailable extends Error {}

/** What the provider's discovery document must say. */
const discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
});
export type Discovery = z.infer<typeof discovery>;

/** The identity provider that the settings name. */
export interface IdentityProvider {
  /** Where it does what, by its discovery document. @throws ProviderUnavailable */
  discover(): Promise<Discovery>;
  /**
   * Whose token this is, or null for one that is not to be trusted: of another signature, issuer or audience, too old, or
   * that names no role.
   *
   * @throws ProviderUnavailable where its keys cannot be had
   */
  verify(token: string, expected: { readonly audience: string; readonly nonce?: string }): Promise<Caller | null>;
}

/** Seconds by which the provider's clock may differ from ours. */
const CLOCK_SKEW_S = 60;
const LIMIT_MS = 5_000;

/** Asks the provider for its addresses and keys when they are first needed. */
export function createIdentityProvider(config: OidcConfig): IdentityProvider {
  let found: Promise<Discovery> | undefined;
  const discover = (): Promise<Discovery> => {
    found ??= fetchDiscovery(config.issuer).catch((cause: unknown) => {
      found = undefined;
      throw new ProviderUnavailable("The discovery document of the identity provider cannot be had", { cause });
    });
    return found;
  };
  const keys = keysOf(config, discover);
  return {
    discover,
    async verify(token, { audience, nonce }) {
      try {
        const { payload } = await jwtVerify(token, keys, {
          algorithms: [...config.algorithms],
          issuer: config.issuer,
          audience,
          clockTolerance: CLOCK_SKEW_S,
          requiredClaims: ["sub", "exp"],
        });
        return nonce === undefined || payload["nonce"] === nonce ? callerOf(payload, config.roleClaim) : null;
      } catch (error) {
        if (error instanceof ProviderUnavailable) throw error;
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}

async function fetchDiscovery(issuer: string): Promise<Discovery> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(LIMIT_MS), redirect: "error" });
  const read = discovery.parse(await response.json());
  if (read.issuer !== issuer) throw new Error(`it is of ${read.issuer}`);
  return read;
}

/** The public key for a token, of the provider's own set alone: what a token's header says of keys and places is not read. */
function keysOf({ jwks }: OidcConfig, discover: () => Promise<Discovery>): JWTVerifyGetKey {
  if (jwks !== null && !(jwks instanceof URL)) return createLocalJWKSet(jwks);
  let remote: JWTVerifyGetKey | undefined;
  return async (header, token) => {
    remote ??= createRemoteJWKSet(jwks ?? new URL((await discover()).jwks_uri), { timeoutDuration: LIMIT_MS });
    try {
      return await remote(header, token);
    } catch (cause) {
      const isOurs = cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys;
      if (isOurs || cause instanceof errors.JOSENotSupported) throw cause;
      throw new ProviderUnavailable("The keys of the identity provider cannot be had", { cause });
    }
  };
}

function callerOf(payload: JWTPayload, roleClaim: readonly string[]): Caller | null {
  let claim: unknown = payload;
  for (const step of roleClaim)
    claim =
      typeof claim === "object" && claim !== null && Object.hasOwn(claim, step) ? Reflect.get(claim, step) : undefined;
  const role = greatestRole(Array.isArray(claim) ? claim : [claim]);
  if (role === null) return null;
  const { sub = "", name, preferred_username: username } = payload;
  const shown = [name, username, sub].find((each) => typeof each === "string" && each !== "") as string;
  return { role, id: `user:${sub}`, name: shown };
}
