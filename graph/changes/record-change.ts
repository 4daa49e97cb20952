import { appendToChangeLog, type ChangeAction, type ChangeLogState, type ChangeRow } from "../queries/changes.ts";
import type { WriteTransaction } from "../store/store.ts";
import type { ChangedRecords } from "./changed-records.ts";

/** Who writes: as an API's caller is known, or a command's user. */
export interface Author {
  readonly id: string;
  /** As a person would call them; may be empty. */
  readonly name: string;
}

/** Whoever writes without saying who it is: the service itself, or a script. */
export const SYSTEM: Author = { id: "system", name: "" };

/** What the log says of a write beside the records that it changed. */
export interface Occasion {
  readonly action: ChangeAction;
  readonly author?: Author | undefined;
  readonly dataset?: string | undefined;
  readonly clientMutationId?: string | undefined;
}

/**
 * Adds what this transaction changed to the log of changes, so that both are stored or neither; nothing where nothing was
 * changed. Call it once in a transaction, when its records are written.
 */
export async function recordChange(
  tx: WriteTransaction,
  { action, author = SYSTEM, dataset, clientMutationId }: Occasion,
  changed: ChangedRecords,
): Promise<ChangeLogState | undefined> {
  if (changed.total === 0) return undefined;
  const change: Omit<ChangeRow, "version"> = {
    at: new Date().toISOString(),
    authorId: author.id,
    authorName: author.name,
    action,
    dataset: dataset ?? null,
    clientMutationId: clientMutationId ?? null,
    ...changed.counts,
    truncated: changed.truncated,
    createdNodes: changed.nodes.created,
    updatedNodes: changed.nodes.updated,
    deletedNodes: changed.nodes.deleted,
    createdRelationships: changed.relationships.created,
    updatedRelationships: changed.relationships.updated,
    deletedRelationships: changed.relationships.deleted,
  };
  const [state] = await tx.run(appendToChangeLog, { change });
  return state;
}
