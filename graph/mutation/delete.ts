import { ChangedRecords } from "../changes/changed-records.ts";
import { recordChange } from "../changes/record-change.ts";
import type { Bilingual } from "../ontology.ts";
import { entitiesById } from "../queries/entities-by-id.ts";
import {
  entitySourceReferrers,
  productReferrers,
  type Referrer,
  relationshipReferrers,
  relationshipSourceReferrers,
} from "../queries/referrers.ts";
import { relationshipsById } from "../queries/relationships-by-id.ts";
import { relationshipsByKey } from "../queries/relationships-by-key.ts";
import { removeEntities, removeRelationships } from "../queries/remove.ts";
import type { PropertyValues } from "../records.ts";
import { sourceOfReservedForm } from "../relationship-ids.ts";
import type { GraphStore, Query, WriteTransaction } from "../store/store.ts";
import { shown, zhOf } from "../validation/faults.ts";
import { type MutationRequest, type MutationResult, runMutation } from "./run-mutation.ts";
import { versionOf } from "./upsert.ts";
import { Refused, type UserError, versionMismatch } from "./user-error.ts";

/** A record to remove. */
export interface DeletionInput {
  readonly id: string;
  /** The version that it must have now. */
  readonly ifVersion?: number | null | undefined;
}

/** References that one refusal lists at most of each sort. */
const MOST_LISTED = 100;
/** Relationships that go with nodes at most. */
const MOST_CASCADED = 100_000;
/** No data set has this name: what refers from any counts. */
const ANY_DATASET = "";

/**
 * Removes nodes: all of them or none. One that is not there counts as unchanged. Where something still refers to one, all
 * are refused with the list; with `cascade` the relationships at the nodes go with them, and what names one as product or
 * source still refuses.
 *
 * @throws GraphError as `runMutation`
 */
export function deleteEntities(
  store: GraphStore,
  request: MutationRequest,
  inputs: readonly DeletionInput[],
  cascade: boolean,
): Promise<MutationResult> {
  return runMutation(store, request, async (tx) => {
    const wanted = [...new Set(inputs.map(({ id }) => id))];
    const rows = new Map((await tx.run(entitiesById, { ids: wanted })).map((row) => [row.id, row]));
    refuseOtherVersions("entities", inputs, (id) => rows.get(id)?.properties);
    const ids = [...rows.keys()].sort();
    const limit = cascade ? MOST_CASCADED + 1 : MOST_LISTED;
    const attached = await tx.run(relationshipReferrers, { ids, dataset: ANY_DATASET, limit });
    if (!cascade)
      refuseReferrers(inputs, attached, {
        en: "delete it first, or say cascade: true",
        zh: "请先删除它，或设 cascade: true 一并删除",
      });
    if (attached.length > MOST_CASCADED) throw new Refused([tooMany()]);
    const changed = new ChangedRecords();
    if (ids.length > 0) await tx.run(removeEntities, { ids });
    await refuseWhatStillNames(tx, inputs, ids);
    const relationships = new Set(attached.map(({ id }) => id));
    changed.addDeleted(ids, relationships);
    await recordDeletion(tx, request, changed);
    return { created: 0, updated: 0, unchanged: wanted.length - ids.length, deleted: changed.counts.deleted };
  });
}

/**
 * Removes relationships: all of them or none. One that is not there counts as unchanged.
 *
 * @throws GraphError as `runMutation`
 */
export function deleteRelationships(
  store: GraphStore,
  request: MutationRequest,
  inputs: readonly DeletionInput[],
): Promise<MutationResult> {
  return runMutation(store, request, async (tx) => {
    const wanted = [...new Set(inputs.map(({ id }) => id))];
    const rows = new Map((await tx.run(relationshipsByKey, { keys: await keysOf(tx, wanted) })).map((r) => [r.id, r]));
    refuseOtherVersions("relationships", inputs, (id) => rows.get(id)?.properties);
    const changed = new ChangedRecords();
    changed.addDeleted([], [...rows.keys()].sort());
    if (rows.size > 0) await tx.run(removeRelationships, { rows: idsBySource([...rows.values()]) });
    await recordDeletion(tx, request, changed);
    return { created: 0, updated: 0, unchanged: wanted.length - rows.size, deleted: rows.size };
  });
}

/** Where the relationships start: told by the id where it is made of the ends, else by a pass over all. */
async function keysOf(tx: WriteTransaction, ids: readonly string[]): Promise<{ id: string; from: string }[]> {
  const keys: { id: string; from: string }[] = [];
  const free: string[] = [];
  for (const id of ids) {
    const from = sourceOfReservedForm(id);
    if (from === undefined) free.push(id);
    else keys.push({ id, from });
  }
  if (free.length > 0)
    for (const { id, from } of await tx.run(relationshipsById, { ids: free })) keys.push({ id, from });
  return keys;
}

function idsBySource(rows: readonly { readonly id: string; readonly from: string }[]) {
  const bySource = new Map<string, string[]>();
  for (const { id, from } of rows) bySource.set(from, [...(bySource.get(from) ?? []), id]);
  return [...bySource].map(([from, ids]) => ({ from, ids }));
}

async function recordDeletion(tx: WriteTransaction, request: MutationRequest, changed: ChangedRecords): Promise<void> {
  const { author, clientMutationId } = request;
  await recordChange(tx, { action: "DELETE", author, clientMutationId }, changed);
}

function refuseOtherVersions(
  list: string,
  inputs: readonly DeletionInput[],
  stored: (id: string) => PropertyValues | undefined,
): void {
  const errors = inputs.flatMap(({ id, ifVersion }, index) => {
    const current = versionOf(stored(id));
    return ifVersion == null || ifVersion === current ? [] : versionMismatch(`${list}[${index}]`, ifVersion, current);
  });
  if (errors.length > 0) throw new Refused(errors);
}

/** Asked when the nodes are gone, so that what went with them does not count. */
async function refuseWhatStillNames(
  tx: WriteTransaction,
  inputs: readonly DeletionInput[],
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const referrers: Referrer[] = [];
  const questions: readonly Query<Referrer>[] = [productReferrers, entitySourceReferrers, relationshipSourceReferrers];
  for (const query of questions)
    referrers.push(...(await tx.run(query, { ids, dataset: ANY_DATASET, limit: MOST_LISTED })));
  refuseReferrers(inputs, referrers, { en: "change or delete it first", zh: "请先修改或删除它" });
}

function refuseReferrers(inputs: readonly DeletionInput[], referrers: readonly Referrer[], remedy: Bilingual): void {
  if (referrers.length === 0) return;
  const places = new Map(inputs.map(({ id }, index) => [id, `entities[${index}].id`]));
  const errors: UserError[] = referrers.map(({ id, what, refersTo }) => ({
    code: "STILL_REFERRED_TO",
    message: `${what} ${shown(id)} still refers to ${shown(refersTo)} — ${remedy.en}`,
    messageZh: `${zhOf(what)} ${shown(id)} 仍引用 ${shown(refersTo)}——${remedy.zh}`,
    path: places.get(refersTo) ?? null,
    currentVersion: null,
  }));
  throw new Refused(errors);
}

function tooMany(): UserError {
  const most = MOST_CASCADED.toLocaleString("en");
  return {
    code: "TOO_MANY",
    message: `more than ${most} relationships would go with these nodes — delete fewer nodes at a time`,
    messageZh: `随这些节点一并删除的关系将超过 ${most} 条——请一次少删一些节点`,
    path: "entities",
    currentVersion: null,
  };
}
