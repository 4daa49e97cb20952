import { z } from "zod";
import { cypher } from "../cypher.ts";
import { ROLES } from "../roles.ts";
import type { Query } from "../store/store.ts";

/** What the graph keeps of a key: never the key itself. */
export const apiKeyRow = z.object({
  /** The part of the key by which it is found; no secret. */
  prefix: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  /** SHA-256 of the whole key, in hexadecimal. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.string(),
  /** When it was withdrawn; null while it works. */
  revokedAt: z.string().nullable(),
});
export type ApiKey = z.infer<typeof apiKeyRow>;
const prefixRow = z.object({ prefix: z.string() });

/**
 * Which keys are there, also withdrawn ones? In order of their making. They are no entities: no export, search, analysis
 * or content hash sees them.
 */
export const apiKeys: Query<ApiKey> = {
  name: "apiKeys",
  row: apiKeyRow,
  text: cypher`
    MATCH (key:ApiKey)
    RETURN key.prefix AS prefix, key.name AS name, key.role AS role, key.hash AS hash, key.createdAt AS createdAt,
           key.revokedAt AS revokedAt
    ORDER BY createdAt, prefix
  `,
};

/** Which key has this `prefix`? One row, or none. */
export const apiKeyOfPrefix: Query<ApiKey> = {
  name: "apiKeyOfPrefix",
  row: apiKeyRow,
  text: cypher`
    MATCH (key:ApiKey {prefix: $prefix})
    RETURN key.prefix AS prefix, key.name AS name, key.role AS role, key.hash AS hash, key.createdAt AS createdAt,
           key.revokedAt AS revokedAt
  `,
};

/** Was a key ever made? One row. */
export const hasApiKeys: Query<{ some: boolean }> = {
  name: "hasApiKeys",
  row: z.object({ some: z.boolean() }),
  text: cypher`
    OPTIONAL MATCH (key:ApiKey)
    WITH key LIMIT 1
    RETURN key IS NOT NULL AS some
  `,
};

/** Stores a key (`prefix`, and `key`: an `ApiKey`), in the place of one with the same prefix. */
export const storeApiKey: Query<never> = {
  name: "storeApiKey",
  row: z.never(),
  text: cypher`
    MERGE (key:ApiKey {prefix: $prefix})
    SET key += $key
  `,
};

/** Withdraws the key of this `prefix`, `at` this time; one that was withdrawn before stays as it is. One row, or none. */
export const revokeApiKey: Query<{ prefix: string }> = {
  name: "revokeApiKey",
  row: prefixRow,
  text: cypher`
    MATCH (key:ApiKey {prefix: $prefix})
    SET key.revokedAt = coalesce(key.revokedAt, $at)
    RETURN key.prefix AS prefix
  `,
};
