import { createHash } from "node:crypto";
import type { Author } from "../changes/record-change.ts";
import { GraphError } from "../errors.ts";
import { occupied } from "../import/import-lock.ts";
import { changeLogState, pruneChangeLog } from "../queries/changes.ts";
import { clientMutation, pruneClientMutations, rememberClientMutation } from "../queries/client-mutations.ts";
import { importRun } from "../queries/import-run.ts";
import { writeCounter } from "../queries/write-counter.ts";
import type { GraphStore, WriteTransaction } from "../store/store.ts";
import { InvalidRecordsError } from "../validation/faults.ts";
import { Refused, type UserError, userErrorOf } from "./user-error.ts";

/** Who asks for a change, and under which id of theirs. */
export interface MutationRequest {
  readonly author: Author;
  /** The same id with the same content is carried out once, however often it comes. */
  readonly clientMutationId: string | undefined;
  /** What is asked: compared where the same id comes again. */
  readonly content: unknown;
  /** So many versions back the log of changes reaches. */
  readonly changesKept: number;
}

/** How many records a mutation made, changed, found as they are and removed. */
export interface MutationCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
}

export interface MutationResult extends MutationCounts {
  /** The graph's version with the change, or the one in which nothing was to be changed. */
  readonly version: number;
  /** Why nothing was stored; empty where it was. */
  readonly errors: readonly UserError[];
}

/** Ids of mutations are remembered for a week, and at most for so many versions of the graph. */
const REMEMBERED = { milliseconds: 7 * 24 * 3_600_000, versions: 10_000 };
/** Mutations between two times of forgetting the oldest. */
const FORGETTING = 64;
const NOTHING: MutationCounts = { created: 0, updated: 0, unchanged: 0, deleted: 0 };

/**
 * Carries out a change in one transaction with its entry in the log and the memory of its id, so that all three are stored
 * or none: where the reply of the commit was lost, the same request again gives the reply of the first and changes nothing.
 * Where `work` throws `Refused` or `InvalidRecordsError`, or changes nothing and has no id, the graph stays as it is, its
 * version too.
 *
 * @throws GraphError CONFLICT where the id came with other content before or while a bulk import is under way, and what
 * the store throws
 */
export async function runMutation(
  store: GraphStore,
  request: MutationRequest,
  work: (tx: WriteTransaction) => Promise<MutationCounts>,
): Promise<MutationResult> {
  let version = 0;
  try {
    const written = await store.write(async (tx) => {
      const [state] = await tx.run(writeCounter, {});
      // The transaction has advanced the counter already.
      version = state!.counter - 1;
      const counts = await carriedOutBefore(tx, request);
      if (counts !== undefined) throw new Ended(counts);
      const [run] = state!.isPartial ? await tx.run(importRun, {}) : [];
      if (run !== undefined) throw occupied(run);
      const done = await work(tx);
      const isChanged = done.created + done.updated + done.deleted > 0;
      if (!isChanged && request.clientMutationId === undefined) throw new Ended({ ...done, version });
      await remember(tx, request, { ...done, version: isChanged ? version + 1 : version });
      await forgetOldChanges(tx, request.changesKept, version + 1);
      return { ...done, isChanged };
    });
    const { isChanged, ...counts } = written.result;
    return { ...counts, version: isChanged ? written.version : written.version - 1, errors: [] };
  } catch (error) {
    if (error instanceof Ended) return { ...error.reply, errors: [] };
    if (error instanceof Refused) return { ...NOTHING, version, errors: error.errors };
    if (error instanceof InvalidRecordsError) return { ...NOTHING, version, errors: error.faults.map(userErrorOf) };
    throw error;
  }
}

type Reply = MutationCounts & { readonly version: number };

/** Ends a transaction in which there is nothing to store. */
class Ended extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super("There is nothing to store");
    this.reply = reply;
  }
}

async function carriedOutBefore(tx: WriteTransaction, request: MutationRequest): Promise<Reply | undefined> {
  if (request.clientMutationId === undefined) return undefined;
  const [before] = await tx.run(clientMutation, { key: keyOf(request) });
  if (before === undefined) return undefined;
  const { content, ...reply } = before;
  if (content === digestOf(request)) return reply;
  throw new GraphError(
    "CONFLICT",
    `The clientMutationId ${JSON.stringify(request.clientMutationId)} stands for another change already: give each change an id of its own`,
  );
}

async function remember(tx: WriteTransaction, request: MutationRequest, reply: Reply): Promise<void> {
  if (request.clientMutationId === undefined) return;
  const at = Date.now();
  const mutation = { ...reply, content: digestOf(request), at };
  const [row] = await tx.run(rememberClientMutation, { key: keyOf(request), mutation });
  if (row!.remembered % FORGETTING !== 0) return;
  const upTo = reply.version - REMEMBERED.versions;
  await tx.run(pruneClientMutations, { before: at - REMEMBERED.milliseconds, upTo });
}

/** In steps of a tenth, because finding the old entries is a pass over all; in between nothing is asked. */
async function forgetOldChanges(tx: WriteTransaction, kept: number, version: number): Promise<void> {
  if (version % Math.ceil(kept / 10) !== 0) return;
  const [log] = await tx.run(changeLogState, {});
  if (log!.version - log!.prunedTo > kept) await tx.run(pruneChangeLog, { upTo: log!.version - kept });
}

/** Ids of one author never meet those of another. */
function keyOf({ author, clientMutationId }: MutationRequest): string {
  return JSON.stringify([author.id, clientMutationId]);
}

function digestOf({ content }: MutationRequest): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}
