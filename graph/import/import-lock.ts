import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { GraphError } from "../errors.ts";
import { endImportRun, type ImportRun, importRun, removeImportLanes } from "../queries/import-run.ts";
import type { GraphStore } from "../store/store.ts";

/** Milliseconds without a sign of life after which an owner on another machine counts as gone. */
const STALE_MS = 120_000;

/** Who a bulk import belongs to: this process, and this one run of it. */
export interface Owner {
  readonly owner: string;
  readonly host: string;
  readonly pid: number;
}

/** A new owner in this process. */
export function newOwner(): Owner {
  return { owner: randomUUID(), host: hostname(), pid: process.pid };
}

/** Owners of this process that write right now. */
const writing = new Set<string>();

/** Marks an owner of this process as alive for as long as `work` takes. */
export async function whileWriting<Result>({ owner }: Owner, work: () => Promise<Result>): Promise<Result> {
  writing.add(owner);
  try {
    return await work();
  } finally {
    writing.delete(owner);
  }
}

/** Whether the owner of a bulk import still writes: its process lives (here), or gave a sign of life (elsewhere). */
export function isAlive({ owner, host, pid, heartbeat }: ImportRun, now: number): boolean {
  if (host !== hostname()) return now - heartbeat < STALE_MS;
  if (pid === process.pid) return writing.has(owner);
  return hasProcess(pid) && now - heartbeat < STALE_MS;
}

/**
 * Refuses while a bulk import is under way, or was interrupted and waits to be finished.
 *
 * @throws GraphError CONFLICT that says which one, and what to do
 */
export async function refuseWhileRunning(store: GraphStore): Promise<void> {
  const [run] = await store.read(importRun, {});
  if (run !== undefined) throw occupied(run);
}

/** Why another import has to wait. */
export function occupied(run: ImportRun): GraphError {
  return isAlive(run, Date.now())
    ? new GraphError(
        "CONFLICT",
        `The bulk import of ${run.title} is under way (process ${run.pid} on ${run.host}): try again when it is done`,
      )
    : new GraphError(
        "CONFLICT",
        `The bulk import of ${run.title} was interrupted: run the same import again to finish it, or \`liantu import --abandon\` to leave the graph with what it has stored`,
      );
}

/**
 * Ends an interrupted bulk import: readers see what it has stored so far. Returns what it was called; undefined where
 * none was interrupted.
 *
 * @throws GraphError CONFLICT while its owner still writes
 */
export async function abandonImport(store: GraphStore): Promise<string | undefined> {
  const [run] = await store.read(importRun, {});
  if (run === undefined) return undefined;
  if (isAlive(run, Date.now())) throw occupied(run);
  await store.write(async (tx) => {
    await tx.run(endImportRun, {});
    await tx.run(removeImportLanes, {});
  });
  return run.title;
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
