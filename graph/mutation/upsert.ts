import { ChangedRecords } from "../changes/changed-records.ts";
import { recordChange } from "../changes/record-change.ts";
import { carryOut } from "../import/ingest.ts";
import { planAgainst } from "../import/ingest-plan.ts";
import { readStored } from "../import/ingest-stored.ts";
import type { EntityRecord, PropertyValues, RecordBatch, RelationshipRecord } from "../records.ts";
import type { GraphStore } from "../store/store.ts";
import { validateBatch } from "../validation/validate.ts";
import {
  type EntityInput,
  type InputRecords,
  type RelationshipInput,
  readEntityInputs,
  readRelationshipInputs,
} from "./input-records.ts";
import { type MutationRequest, type MutationResult, runMutation } from "./run-mutation.ts";
import { Refused, userErrorOf, versionMismatch } from "./user-error.ts";

export interface Upserted extends MutationResult {
  /** Ids of the records, in the order of the input. */
  readonly ids: readonly string[];
}

/**
 * Stores nodes, each whole: a property that is left out is removed. All of them or, where anything is wrong (listed in
 * `errors`), none.
 *
 * @throws GraphError as `runMutation`
 */
export function upsertEntities(
  store: GraphStore,
  request: MutationRequest,
  inputs: readonly EntityInput[],
  dataset: string | undefined,
): Promise<Upserted> {
  return upsert(store, request, readEntityInputs(inputs, dataset), (entities) => ({ entities, relationships: [] }));
}

/** As `upsertEntities`, for relationships between nodes that are there. */
export function upsertRelationships(
  store: GraphStore,
  request: MutationRequest,
  inputs: readonly RelationshipInput[],
  dataset: string | undefined,
): Promise<Upserted> {
  return upsert(store, request, readRelationshipInputs(inputs, dataset), (relationships) => ({
    entities: [],
    relationships,
  }));
}

async function upsert<Item extends EntityRecord | RelationshipRecord>(
  store: GraphStore,
  request: MutationRequest,
  { records, errors, unread }: InputRecords<Item>,
  batchOf: (records: readonly Item[]) => RecordBatch,
): Promise<Upserted> {
  const batch = batchOf(records.map(({ record }) => record));
  const result = await runMutation(store, request, async (tx) => {
    const stored = await readStored(tx, batch, undefined);
    const faults = validateBatch(batch, { ...stored.known, unread });
    const mismatches = records.flatMap(({ record: { id }, ifVersion, path }) => {
      const current = versionOf(stored.entities.get(id) ?? stored.relationships.get(id)?.properties);
      return ifVersion === undefined || ifVersion === current ? [] : versionMismatch(path, ifVersion, current);
    });
    const all = [...errors, ...faults.map(userErrorOf), ...mismatches];
    if (all.length > 0) throw new Refused(all);
    const changed = new ChangedRecords();
    const counts = await carryOut(tx, planAgainst(batch, stored), { changed });
    const { author, clientMutationId } = request;
    await recordChange(tx, { action: "UPSERT", author, clientMutationId }, changed);
    return { ...counts, deleted: 0 };
  });
  return { ...result, ids: result.errors.length > 0 ? [] : records.map(({ record }) => record.id) };
}

/** The version of a stored record; 0 where there is none. */
export function versionOf(properties: PropertyValues | undefined): number {
  if (properties === undefined) return 0;
  return typeof properties["version"] === "number" ? properties["version"] : 0;
}
