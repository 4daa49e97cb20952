import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const row = z.object({
  key: z.string(),
  title: z.string(),
  owner: z.string(),
  host: z.string(),
  pid: z.int(),
  heartbeat: z.number(),
  stage: z.enum(["entities", "relationships", "withdraw"]),
  position: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  wasEmpty: z.boolean(),
});

/** A bulk import that is under way or was interrupted: who writes it, and how far it is. */
export type ImportRun = z.infer<typeof row>;

/** Which bulk import is under way, or was interrupted? One row, or none. */
export const importRun: Query<ImportRun> = {
  name: "importRun",
  row,
  text: cypher`
    MATCH (run:ImportRun {id: "import"})
    RETURN run.key AS key, run.title AS title, run.owner AS owner, run.host AS host, run.pid AS pid,
           run.heartbeat AS heartbeat, run.stage AS stage, run.position AS position, run.created AS created,
           run.updated AS updated, run.unchanged AS unchanged, run.wasEmpty AS wasEmpty
  `,
};

/**
 * Begins a bulk import, or goes on with one: `run` is an `ImportRun`. From here on readers are shown the version before
 * the first batch (`graphVersion`), until `endImportRun`.
 */
export const beginImportRun: Query<never> = {
  name: "beginImportRun",
  row: z.never(),
  text: cypher`
    MATCH (version:GraphVersion {id: "graph"})
    SET version.published = coalesce(version.published, version.counter - 1),
        version.bulkImports = coalesce(version.bulkImports, 0) + 1
    MERGE (run:ImportRun {id: "import"})
    SET run += $run
  `,
};

/** Says how far the bulk import of this `owner` is (`progress`). One row; none where another has taken it over. */
export const advanceImportRun: Query<{ owner: string }> = {
  name: "advanceImportRun",
  row: z.object({ owner: z.string() }),
  text: cypher`
    MATCH (run:ImportRun {id: "import"})
    WHERE run.owner = $owner
    SET run += $progress
    RETURN run.owner AS owner
  `,
};

/** Ends the bulk import: readers are shown what it wrote. */
export const endImportRun: Query<never> = {
  name: "endImportRun",
  row: z.never(),
  text: cypher`
    MATCH (run:ImportRun {id: "import"}), (version:GraphVersion {id: "graph"})
    SET version.published = null
    DELETE run
  `,
};

const bulkRow = z.object({ running: z.boolean(), begun: z.int() });

/**
 * Is a bulk import under way or interrupted, so that the store holds half of it, and how many have ever begun? One row.
 * What was read between two equal answers that say no is whole.
 */
export const bulkState: Query<z.infer<typeof bulkRow>> = {
  name: "bulkState",
  row: bulkRow,
  text: cypher`
    OPTIONAL MATCH (version:GraphVersion {id: "graph"})
    RETURN version.published IS NOT NULL AS running, coalesce(version.bulkImports, 0) AS begun
  `,
};
