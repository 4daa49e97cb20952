import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

/** What a write did, in a word. */
export const CHANGE_ACTIONS = [
  "UPSERT",
  "DELETE",
  "IMPORT",
  "REPLACE",
  "WITHDRAW",
  "BULK_IMPORT",
  "MERGE",
  "SEED",
] as const;
export type ChangeAction = (typeof CHANGE_ACTIONS)[number];

const ids = z.array(z.string());
const row = z.object({
  version: z.int(),
  at: z.string(),
  authorId: z.string(),
  authorName: z.string(),
  action: z.enum(CHANGE_ACTIONS),
  dataset: z.string().nullable(),
  clientMutationId: z.string().nullable(),
  created: z.int(),
  updated: z.int(),
  deleted: z.int(),
  truncated: z.boolean(),
  createdNodes: ids,
  updatedNodes: ids,
  deletedNodes: ids,
  createdRelationships: ids,
  updatedRelationships: ids,
  deletedRelationships: ids,
});

/** One write as the log of changes keeps it: who, when, what, and the version of the graph that it made. */
export type ChangeRow = z.infer<typeof row>;

const stateRow = z.object({ version: z.int(), prunedTo: z.int() });
export type ChangeLogState = z.infer<typeof stateRow>;

/**
 * Adds one entry to the log of changes, under the version that this transaction makes (`change`: a `ChangeRow` without
 * `version`). At most once in a transaction. One row: that version, and the one up to which entries are no longer kept.
 */
export const appendToChangeLog: Query<ChangeLogState> = {
  name: "appendToChangeLog",
  row: stateRow,
  text: cypher`
    MATCH (version:GraphVersion {id: "graph"})
    MERGE (log:ChangeLog {id: "changes"})
    SET log.prunedTo = coalesce(log.prunedTo, version.counter - 1)
    CREATE (change:Change {version: version.counter})
    SET change += $change
    RETURN version.counter AS version, log.prunedTo AS prunedTo
  `,
};

/** Forgets the entries up to a version (`upTo`). */
export const pruneChangeLog: Query<never> = {
  name: "pruneChangeLog",
  row: z.never(),
  text: cypher`
    MATCH (log:ChangeLog {id: "changes"})
    SET log.prunedTo = $upTo
    WITH log
    MATCH (change:Change)
    WHERE change.version <= $upTo
    DELETE change
  `,
};

/**
 * How far does the log reach? One row: the graph's version, and the one up to which entries are not kept (which is the
 * former where there is no log yet).
 */
export const changeLogState: Query<ChangeLogState> = {
  name: "changeLogState",
  row: stateRow,
  text: cypher`
    OPTIONAL MATCH (version:GraphVersion {id: "graph"})
    OPTIONAL MATCH (log:ChangeLog {id: "changes"})
    RETURN coalesce(version.counter, 0) AS version, coalesce(log.prunedTo, version.counter, 0) AS prunedTo
  `,
};

/** What was changed after a version (`since`)? Up to `limit` entries, in order of version. */
export const changesSince: Query<ChangeRow> = {
  name: "changesSince",
  row,
  text: cypher`
    MATCH (change:Change)
    WHERE change.version > $since
    RETURN change.version AS version, change.at AS at, change.authorId AS authorId, change.authorName AS authorName,
           change.action AS action, change.dataset AS dataset, change.clientMutationId AS clientMutationId,
           change.created AS created, change.updated AS updated, change.deleted AS deleted,
           change.truncated AS truncated, change.createdNodes AS createdNodes, change.updatedNodes AS updatedNodes,
           change.deletedNodes AS deletedNodes, change.createdRelationships AS createdRelationships,
           change.updatedRelationships AS updatedRelationships, change.deletedRelationships AS deletedRelationships
    ORDER BY version
    LIMIT $limit
  `,
};
