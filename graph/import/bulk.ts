import type { RecordInput } from "../formats/input.ts";
import { importRun } from "../queries/import-run.ts";
import { seedState } from "../queries/seed-marker.ts";
import type { GraphStore } from "../store/store.ts";
import { BulkCheck } from "./bulk-check.ts";
import { NOTHING_OUTDATED, outdatedBeside } from "./bulk-outdated.ts";
import { BulkWriter } from "./bulk-writer.ts";
import { isAlive, occupied, whileWriting } from "./import-lock.ts";
import type { ImportOptions, ImportReport } from "./import-options.ts";
import { faultsOfReferrers } from "./replace-plan.ts";
import { storeRunner } from "./store-runner.ts";

/**
 * Imports an input of any size: checks all of it, then writes it in transactions, each of which also records how far the
 * import is. Killed at any moment, the same import goes on behind what is stored and ends in the same graph.
 *
 * @throws GraphError CONFLICT while another bulk import is under way or waits to be finished, CANCELLED by the signal
 */
export async function importBulk(store: GraphStore, input: RecordInput, options: ImportOptions): Promise<ImportReport> {
  const [before] = await store.read(importRun, {});
  if (before !== undefined && (before.key !== options.key || isAlive(before, Date.now()))) throw occupied(before);
  const [state] = await store.read(seedState, {});
  const check = new BulkCheck(store, input, options, before?.wasEmpty ?? state?.filled === false);
  await check.run();
  const runner = storeRunner(store, options.signal);
  const outdated =
    options.replace === true ? await outdatedBeside(runner, input.dataset.name, check) : NOTHING_OUTDATED;
  const referrers = await faultsOfReferrers(runner, input.dataset.name, outdated);
  for (const fault of referrers) check.faults.add(fault);
  const { nodes, relationships } = check;
  const faults = check.faults.tally;
  const report = { dataset: input.dataset.name, nodes, relationships, faults, deleted: 0, resumedAt: 0 };
  if (check.refused || referrers.length > 0)
    return { stored: false, ...report, created: 0, updated: 0, unchanged: 0, rejected: 0 };
  check.release();
  const writer = new BulkWriter(store, input, options, check, before);
  return whileWriting(writer.me, async () => {
    const result = await writer.write(outdated);
    return { stored: true, ...report, rejected: check.rejected, resumedAt: writer.resumedAt, ...result };
  });
}
