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
  rowsPerPiece: z.int(),
  wasEmpty: z.boolean(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
});

/** A bulk import that is under way or was interrupted: who writes it, and how far it is over all its lanes. */
export type ImportRun = z.infer<typeof row>;

/** Which bulk import is under way, or was interrupted? One row, or none. */
export const importRun: Query<ImportRun> = {
  name: "importRun",
  row,
  text: cypher`
    MATCH (run:ImportRun {id: "import"})
    OPTIONAL MATCH (lane:ImportLane)
    RETURN run.key AS key, run.title AS title, run.owner AS owner, run.host AS host, run.pid AS pid,
           run.stage AS stage, run.rowsPerPiece AS rowsPerPiece, run.wasEmpty AS wasEmpty,
           coalesce(max(lane.heartbeat), 0) AS heartbeat, coalesce(sum(lane.created), 0) AS created,
           coalesce(sum(lane.updated), 0) AS updated, coalesce(sum(lane.unchanged), 0) AS unchanged
  `,
};

const laneRow = z.object({
  number: z.int(),
  position: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
});

/** One of the writers of a bulk import: up to where in the input of this stage it has written its pieces. */
export type ImportLane = z.infer<typeof laneRow>;

/** How far is each lane of the bulk import? Rows by number. */
export const importLanes: Query<ImportLane> = {
  name: "importLanes",
  row: laneRow,
  text: cypher`
    MATCH (lane:ImportLane)
    RETURN lane.number AS number, lane.position AS position, lane.created AS created, lane.updated AS updated,
           lane.unchanged AS unchanged
    ORDER BY number
  `,
};

/**
 * Begins a bulk import, or goes on with one: `run` is an `ImportRun` without what its lanes know. From here on readers are
 * shown the version before the first batch (`graphVersion`), until `endImportRun`.
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

/**
 * Makes the lanes of a bulk import (`lanes`), where they are not there yet, and gives them to this `owner`: whoever had
 * them before can write no more.
 */
export const takeImportLanes: Query<never> = {
  name: "takeImportLanes",
  row: z.never(),
  text: cypher`
    UNWIND $lanes AS number
    MERGE (lane:ImportLane {number: number})
    SET lane.owner = $owner, lane.heartbeat = $heartbeat, lane.position = coalesce(lane.position, 0),
        lane.created = coalesce(lane.created, 0), lane.updated = coalesce(lane.updated, 0),
        lane.unchanged = coalesce(lane.unchanged, 0)
  `,
};

/** Says how far a lane of this `owner` is (`progress`). One row; none where another has taken the import over. */
export const advanceImportLane: Query<{ number: number }> = {
  name: "advanceImportLane",
  row: z.object({ number: z.int() }),
  text: cypher`
    MATCH (lane:ImportLane {number: $number})
    WHERE lane.owner = $owner
    SET lane += $progress
    RETURN lane.number AS number
  `,
};

/** Begins a `stage` of the bulk import of this `owner`, its lanes at its first row. A row for each lane. */
export const beginImportStage: Query<{ number: number }> = {
  name: "beginImportStage",
  row: z.object({ number: z.int() }),
  text: cypher`
    MATCH (run:ImportRun {id: "import"}), (lane:ImportLane)
    WHERE run.owner = $owner AND lane.owner = $owner
    SET run.stage = $stage, lane.position = 0, lane.heartbeat = $heartbeat
    RETURN lane.number AS number
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

/** Removes the lanes of a bulk import that has ended. */
export const removeImportLanes: Query<never> = {
  name: "removeImportLanes",
  row: z.never(),
  text: cypher`
    MATCH (lane:ImportLane)
    DELETE lane
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
