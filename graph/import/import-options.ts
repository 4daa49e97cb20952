import type { Author } from "../changes/record-change.ts";
import type { EntityRecord, Fault, RelationshipRecord } from "../records.ts";
import type { FaultTally } from "./fault-tally.ts";

export interface ImportOptions {
  /** Who imports, for the log of changes. */
  readonly author?: Author | undefined;
  /** The id that its caller gave it, for the log too. */
  readonly clientMutationId?: string | undefined;
  /** Removes what the graph holds of the data set beyond these records. */
  readonly replace?: boolean;
  /** Leaves out rows that are wrong, and those that depend on them, instead of refusing all. */
  readonly skipInvalid?: boolean;
  /** Takes more than 100,000 rows: writes them in batches, resumable; readers see the version before until the last. */
  readonly bulk?: boolean;
  /** Rows of one transaction of a bulk import; what suits the engine where absent. */
  readonly rowsPerBatch?: number;
  /** How long a bulk import waits for readers between saying that it begins and its first batch; `LEASE_MS` where absent. */
  readonly leaseMs?: number;
  /** Names the content of the input, so that an interrupted bulk import goes on only with the same. */
  readonly key: string;
  /** What the input is called where somebody waits for it. */
  readonly title: string;
  /** Is told each row that is left out, with why. */
  readonly onRejected?: (rejected: Rejected) => void;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Ends the import: nothing is stored, or of a bulk import what its last batch held. */
  readonly signal?: AbortSignal;
}

/** A row that was left out. */
export interface Rejected {
  readonly faults: readonly Fault[];
  /** Absent where the row could not be read as a record. */
  readonly record?: EntityRecord | RelationshipRecord;
}

export interface ImportProgress {
  readonly stage: "read" | "check" | "write" | "withdraw";
  /** Rows so far. */
  readonly done: number;
  /** Rows in all, where that is known. */
  readonly total?: number;
}

export interface ImportReport {
  /** False where faults kept everything out of the graph. */
  readonly stored: boolean;
  readonly dataset: string;
  readonly nodes: number;
  readonly relationships: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  /** Rows left out. */
  readonly rejected: number;
  readonly faults: FaultTally;
  /** Rows of an interrupted import that were stored before, so that this one began behind them. */
  readonly resumedAt: number;
  /** The graph's version with the records; absent where nothing is stored. */
  readonly version?: number;
}
