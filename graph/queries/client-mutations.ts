import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const row = z.object({
  content: z.string(),
  version: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  deleted: z.int(),
});

/** What a mutation did that its caller gave an id, and the SHA-256 of what it was asked. */
export type ClientMutation = z.infer<typeof row>;

/** What did the mutation with this `key` (whose it was, and its id) do? One row, or none where it is not known. */
export const clientMutation: Query<ClientMutation> = {
  name: "clientMutation",
  row,
  text: cypher`
    MATCH (mutation:ClientMutation {key: $key})
    RETURN mutation.content AS content, mutation.version AS version, mutation.created AS created,
           mutation.updated AS updated, mutation.unchanged AS unchanged, mutation.deleted AS deleted
  `,
};

/**
 * Remembers under `key` what this mutation did (`mutation`: a `ClientMutation` with `at`, in milliseconds). One row: how
 * many were ever remembered.
 */
export const rememberClientMutation: Query<{ remembered: number }> = {
  name: "rememberClientMutation",
  row: z.object({ remembered: z.int() }),
  text: cypher`
    CREATE (mutation:ClientMutation {key: $key})
    SET mutation += $mutation
    MERGE (log:ChangeLog {id: "mutations"})
    SET log.remembered = coalesce(log.remembered, 0) + 1
    RETURN log.remembered AS remembered
  `,
};

/** Forgets mutations from before a time (`before`, in milliseconds) or of versions up to one (`upTo`). */
export const pruneClientMutations: Query<never> = {
  name: "pruneClientMutations",
  row: z.never(),
  text: cypher`
    MATCH (mutation:ClientMutation)
    WHERE mutation.at < $before OR mutation.version <= $upTo
    DELETE mutation
  `,
};
