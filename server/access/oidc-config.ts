import { readFileSync } from "node:fs";
import type { JSONWebKeySet } from "jose";
import { z } from "zod";

/** Signatures that an allowlist may name: those of key pairs only, so that nobody can sign with what all may read. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

const text = z.string();
const url = z
  .url({ protocol: /^https?$/, error: "must be an address like https://id.example" })
  .refine(isSafe, "must begin with https:// (http:// only for 127.0.0.1 and localhost)");

/** The settings of the identity provider. */
export const OIDC_SETTINGS = {
  LIANTU_OIDC_ISSUER: {
    default: "",
    type: z.union([z.literal(""), url]),
    text: "Identity provider whose tokens (JWT) are taken: its `iss`, exactly as the tokens have it.",
  },
  LIANTU_OIDC_AUDIENCE: {
    default: "",
    type: text,
    text: "What tokens sent to the API must have as `aud`; empty = LIANTU_OIDC_CLIENT_ID.",
  },
  LIANTU_OIDC_JWKS: {
    default: "",
    type: text,
    text: "The provider's public keys (JWKS): an address or a file; empty = what the provider's discovery document names.",
  },
  LIANTU_OIDC_ALGORITHMS: {
    default: "RS256,ES256",
    type: text,
    text: `Signatures that are taken, separated by commas, of ${ALGORITHMS.join(", ")}.`,
  },
  LIANTU_OIDC_ROLE_CLAIM: {
    default: "roles",
    type: z.string().regex(/^[^.\s]+(\.[^.\s]+)*$/, "must be the name of a claim, such as roles or realm_access.roles"),
    text: "Claim that names the role (viewer, editor or admin), alone or in a list; a dot leads into an object.",
  },
  LIANTU_OIDC_CLIENT_ID: {
    default: "",
    type: text,
    text: "Client id of the page at the provider; its redirect address is /auth/callback. Empty = no sign-in through the provider.",
  },
  LIANTU_OIDC_CLIENT_SECRET: {
    default: "",
    type: text,
    text: "Client secret, where the provider wants one beside PKCE.",
  },
} as const;

export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly roleClaim: readonly string[];
  /** The keys themselves, where to fetch them, or null: the provider's discovery document says. */
  readonly jwks: JSONWebKeySet | URL | null;
  /** Null where the page offers no sign-in through the provider. */
  readonly client: { readonly id: string; readonly secret: string | null } | null;
}

type Take = (name: keyof typeof OIDC_SETTINGS) => string;

/** The provider that the settings name, or null where they name none; adds what is wrong to `faults`. */
export function readOidc(take: Take, faults: string[]): OidcConfig | null {
  const issuer = take("LIANTU_OIDC_ISSUER");
  const clientId = take("LIANTU_OIDC_CLIENT_ID");
  const audience = take("LIANTU_OIDC_AUDIENCE") || clientId;
  const algorithms = take("LIANTU_OIDC_ALGORITHMS")
    .split(",")
    .map((name) => name.trim());
  for (const name of algorithms)
    if (!ALGORITHMS.includes(name))
      faults.push(
        `LIANTU_OIDC_ALGORITHMS: ${JSON.stringify(name)} is not taken. ${OIDC_SETTINGS.LIANTU_OIDC_ALGORITHMS.text}`,
      );
  const jwks = readJwks(take("LIANTU_OIDC_JWKS"), faults);
  const roleClaim = take("LIANTU_OIDC_ROLE_CLAIM").split(".");
  const secret = take("LIANTU_OIDC_CLIENT_SECRET") || null;
  if (issuer === "") {
    if (audience !== "" || jwks !== null || secret !== null)
      faults.push(
        "LIANTU_OIDC_ISSUER: is missing, and the other settings of the provider have no use without it. Set it, or unset them.",
      );
    return null;
  }
  if (audience === "")
    faults.push(
      "LIANTU_OIDC_AUDIENCE: is missing, so tokens made for other services would be taken. Set it, or LIANTU_OIDC_CLIENT_ID.",
    );
  const client = clientId === "" ? null : { id: clientId, secret };
  return { issuer, audience, algorithms, roleClaim, jwks, client };
}

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

function readJwks(place: string, faults: string[]): OidcConfig["jwks"] {
  if (place === "") return null;
  if (/^https?:/i.test(place)) {
    const checked = url.safeParse(place);
    if (checked.success) return new URL(checked.data);
    faults.push(`LIANTU_OIDC_JWKS: ${checked.error.issues.map(({ message }) => message).join("; ")}.`);
    return null;
  }
  try {
    return keySet.parse(JSON.parse(readFileSync(place, "utf8")));
  } catch {
    faults.push(`LIANTU_OIDC_JWKS: ${place} is no file with public keys ({"keys": [...]}) that can be read.`);
    return null;
  }
}

function isSafe(address: string): boolean {
  const parsed = URL.canParse(address) ? new URL(address) : null;
  return parsed?.protocol === "https:" || ["127.0.0.1", "localhost", "[::1]"].includes(parsed?.hostname ?? "");
}
