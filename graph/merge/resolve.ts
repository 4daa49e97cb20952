import { ChangedRecords } from "../changes/changed-records.ts";
import { type Author, recordChange } from "../changes/record-change.ts";
import { GraphError } from "../errors.ts";
import { exportRecords, ownProperties } from "../export/export-records.ts";
import { ingestWithin } from "../import/ingest.ts";
import type { Kind } from "../ontology.ts";
import { entitiesById } from "../queries/entities-by-id.ts";
import { outgoing } from "../queries/outgoing.ts";
import { entitiesCiting, incoming, relationshipsNaming } from "../queries/references.ts";
import { removeEntities, removeRelationships } from "../queries/remove.ts";
import { type EntityRecord, type PropertyValue, type RelationshipRecord, relationshipId } from "../records.ts";
import { isNamedAfterSource } from "../relationship-ids.ts";
import type { GraphStore, WriteTransaction } from "../store/store.ts";
import { shown } from "../validation/faults.ts";
import { type MergeProposal, proposeMerges } from "./same-thing.ts";
import { areCompatible, uniteEntities, uniteProperties } from "./unite-records.ts";

export interface ResolveOptions {
  /** Only things of this kind. */
  readonly kind?: Kind;
  /** In [0, 1]; 0.5 where absent. */
  readonly minScore?: number;
  readonly signal?: AbortSignal;
}

/**
 * Which entities of the graph may be the same thing under another name (see `proposeMerges`)? Changes nothing.
 *
 * @throws GraphError CONFLICT where the graph changed meanwhile, and what the store throws
 */
export async function resolve(store: GraphStore, options: ResolveOptions = {}): Promise<MergeProposal[]> {
  const { kind, minScore, signal } = options;
  const records = await exportRecords(store, signal === undefined ? {} : { signal });
  const entities: EntityRecord[] = [];
  for await (const entity of records.entities()) if (kind === undefined || entity.kind === kind) entities.push(entity);
  return proposeMerges(entities, minScore);
}

export interface MergeOptions {
  /** A person's explicit consent to this very merge: nothing is merged on a proposal alone. */
  readonly confirmed: true;
  /** Who says so, for the log of changes. */
  readonly author?: Author;
}

export interface MergeResult {
  /** Relationships that lead from, to or by the way of the kept entity now. */
  readonly moved: number;
  /** Relationships that were recorded of both, and are one with both provenances now. */
  readonly united: number;
  /** Relationships between the two, which would lead from the entity to itself. */
  readonly removed: number;
  readonly version: number;
}

/**
 * Makes two entities of one kind one, in one transaction: `keep` gets what only `drop` says, its names and id as aliases,
 * and the sources of both; the relationships of `drop`, and what names it as product or source, go to `keep`. A
 * relationship that both have becomes one with both provenances, or stays two where they contradict each other. Then
 * `drop` is removed. It belongs to the data set of `keep` from then on; an import that holds `drop` brings it back.
 *
 * @throws GraphError BAD_INPUT where there are no two such entities, InvalidRecordsError where the result would break a
 * rule (say, a circle of variants); nothing is changed then
 */
export async function merge(
  store: GraphStore,
  keep: string,
  drop: string,
  { confirmed, author }: MergeOptions,
): Promise<MergeResult> {
  if (confirmed !== true) throw new GraphError("BAD_INPUT", "A merge needs an explicit yes");
  if (keep === drop) throw new GraphError("BAD_INPUT", `${shown(keep)} cannot be merged with itself`);
  const { result, version } = await store.write((tx) => mergeWithin(tx, keep, drop, author));
  return { ...result, version };
}

async function mergeWithin(
  tx: WriteTransaction,
  keep: string,
  drop: string,
  author: Author | undefined,
): Promise<Omit<MergeResult, "version">> {
  const [kept, dropped] = await readBoth(tx, keep, drop);
  const affected = await affectedRelationships(tx, dropped);
  const outdated = new Set(affected.map(({ id }) => id));
  const own = (await relationshipsAt(tx, keep)).filter(({ id }) => !outdated.has(id));
  const citing = dropped.kind === "Source" ? await tx.run(entitiesCiting, { id: drop }) : [];
  const written = new Map<string, RelationshipRecord>();
  const counts = { moved: 0, united: 0, removed: 0 };
  for (const before of affected) {
    const after = redirected(before, keep, drop);
    if (after.from === after.to) {
      counts.removed += 1;
      continue;
    }
    const others = [...written.values(), ...own.filter(({ id }) => !written.has(id))];
    const twin = others.find((other) => isSameFact(other, after));
    if (twin !== undefined) {
      written.set(twin.id, { ...twin, properties: uniteProperties(twin.properties, after.properties) });
      counts.united += 1;
    } else {
      const isTaken = others.some(({ id }) => id === after.id);
      const id = isTaken ? `${after.id}:${drop}` : after.id;
      written.set(id, { ...after, id });
      counts.moved += 1;
    }
  }
  const rows = affected.map(({ from, id }) => ({ from, ids: [id] }));
  await tx.run(removeRelationships, { rows });
  await tx.run(removeEntities, { ids: [drop] });
  const entities = citing.filter(({ id }) => id !== keep && id !== drop).map((entity) => recited(entity, keep, drop));
  const changed = new ChangedRecords();
  changed.addDeleted([drop], outdated);
  const batch = {
    entities: [recited(uniteEntities(kept, dropped), keep, drop), ...entities],
    relationships: [...written.values()],
  };
  await ingestWithin(tx, batch, { changed });
  await recordChange(tx, { action: "MERGE", author }, changed);
  return counts;
}

async function readBoth(tx: WriteTransaction, keep: string, drop: string): Promise<[EntityRecord, EntityRecord]> {
  const rows = (await tx.run(entitiesById, { ids: [keep, drop] })).map(recordOf);
  const [kept, dropped] = [keep, drop].map((id) => rows.find((row) => row.id === id));
  if (kept === undefined || dropped === undefined)
    throw new GraphError("BAD_INPUT", `There is no ${shown(kept === undefined ? keep : drop)} in the graph`);
  if (kept.kind !== dropped.kind)
    throw new GraphError(
      "BAD_INPUT",
      `${shown(keep)} is a ${kept.kind} and ${shown(drop)} a ${dropped.kind}: only things of one kind can be the same`,
    );
  return [kept, dropped];
}

async function affectedRelationships(tx: WriteTransaction, { id, kind }: EntityRecord): Promise<RelationshipRecord[]> {
  const found = await relationshipsAt(tx, id);
  if (kind === "Product" || kind === "Source") found.push(...(await tx.run(relationshipsNaming, { id })).map(recordOf));
  return [...new Map(found.map((row) => [row.id, row])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function relationshipsAt(tx: WriteTransaction, id: string): Promise<RelationshipRecord[]> {
  const rows = [...(await tx.run(outgoing, { ids: [id], dataset: null })), ...(await tx.run(incoming, { id }))];
  return rows.map(recordOf);
}

/** A relationship with `keep` in place of `drop`; an id that is made of its ends is made anew. */
function redirected(before: RelationshipRecord, keep: string, drop: string): RelationshipRecord {
  const { id, type, properties } = before;
  const swapped = (end: string): string => (end === drop ? keep : end);
  const from = swapped(before.from);
  const to = swapped(before.to);
  const changed = recitedProperties(properties, keep, drop);
  const after = typeof changed["product"] === "string" ? { ...changed, product: swapped(changed["product"]) } : changed;
  if (!isNamedAfterSource(before)) return { id, type, from, to, properties: after };
  const isMade = id === relationshipId(before.from, type, before.to, properties);
  const rest = id.slice(`${before.from}:${type}:`.length);
  return {
    id: isMade ? relationshipId(from, type, to, after) : `${from}:${type}:${rest}`,
    type,
    from,
    to,
    properties: after,
  };
}

function isSameFact(one: RelationshipRecord, other: RelationshipRecord): boolean {
  return (
    one.type === other.type &&
    one.from === other.from &&
    one.to === other.to &&
    one.properties["product"] === other.properties["product"] &&
    one.properties["slot"] === other.properties["slot"] &&
    areCompatible(one.properties, other.properties)
  );
}

function recited(entity: EntityRecord, keep: string, drop: string): EntityRecord {
  const { id, kind } = entity;
  return { id, kind, properties: recitedProperties(ownProperties(entity.properties), keep, drop) };
}

function recitedProperties(
  properties: EntityRecord["properties"],
  keep: string,
  drop: string,
): Record<string, PropertyValue> {
  const sources = properties["sources"];
  if (!Array.isArray(sources) || !sources.includes(drop)) return { ...properties };
  return { ...properties, sources: [...new Set(sources.map((id) => (id === drop ? keep : id)))] };
}

function recordOf<Row extends EntityRecord | RelationshipRecord>(row: Row): Row {
  return { ...row, properties: ownProperties(row.properties) };
}
