import { GraphError } from "../errors.ts";
import type { Kind, RelationshipType } from "../ontology.ts";
import { entitiesById } from "../queries/entities-by-id.ts";
import { kindsOfIds } from "../queries/kinds-of-ids.ts";
import { relationshipsById } from "../queries/relationships-by-id.ts";
import { relationshipsOfSources } from "../queries/relationships-of-sources.ts";
import { variantPairs } from "../queries/variant-pairs.ts";
import type { PropertyValues, RecordBatch, RelationshipRecord } from "../records.ts";
import { isNamedAfterSource } from "../relationship-ids.ts";
import type { WriteTransaction } from "../store/store.ts";
import type { KnownRecords } from "../validation/validate.ts";

/** Whatever runs a query: a transaction, or a store that reads. */
export type Runner = Pick<WriteTransaction, "run">;

/** What the store holds of a batch. */
export interface Stored {
  readonly entities: ReadonlyMap<string, PropertyValues>;
  readonly relationships: ReadonlyMap<string, Pick<RelationshipRecord, "type" | "from" | "to" | "properties">>;
  readonly known: KnownRecords;
}

const IDS_PER_STATEMENT = 2_000;
/** Up to so many ids the engine picks them out of a source's relationships; beyond, all of the source's are read. */
const FEW = 200;

/** Reads what the store holds of the records of a batch and of what they refer to. */
export async function readStored(runner: Runner, batch: RecordBatch, signal: AbortSignal | undefined): Promise<Stored> {
  const run: Runner["run"] = (query, params) => {
    if (signal?.aborted === true) throw new GraphError("CANCELLED", "The ingest was cancelled before it wrote");
    return runner.run(query, params);
  };
  const kinds = new Map<string, Kind>();
  const entities = new Map<string, PropertyValues>();
  for (const ids of slices(new Set(batch.entities.map(({ id }) => id))))
    for (const { id, kind, properties } of await run(entitiesById, { ids })) {
      kinds.set(id, kind);
      entities.set(id, properties);
    }
  for (const ids of slices(referredIds(batch)))
    for (const { id, kind } of await run(kindsOfIds, { ids })) kinds.set(id, kind);
  const relationships = await readRelationships({ run }, batch.relationships);
  const variants: (readonly [string, string])[] = [];
  if (batch.relationships.some(({ type }) => type === "VARIANT_OF"))
    for (const { variant, itemClass } of await run(variantPairs, {})) variants.push([variant, itemClass]);
  return {
    entities,
    relationships: relationships.stored,
    known: {
      kindOf: (id) => kinds.get(id),
      relationshipOf: (id) => relationships.stored.get(id) ?? relationships.elsewhere.get(id),
      variants,
    },
  };
}

/** The ids that records of the batch name and the batch itself does not hold. */
function referredIds({ entities, relationships }: RecordBatch): Set<string> {
  const ids = new Set<string>();
  for (const { properties } of [...entities, ...relationships])
    if (Array.isArray(properties["sources"])) for (const id of properties["sources"]) ids.add(id);
  for (const { from, to, properties } of relationships) {
    ids.add(from).add(to);
    if (typeof properties["product"] === "string") ids.add(properties["product"]);
  }
  for (const { id } of entities) ids.delete(id);
  return ids;
}

async function readRelationships(runner: Runner, records: readonly RelationshipRecord[]) {
  const stored = new Map<string, Pick<RelationshipRecord, "type" | "from" | "to" | "properties">>();
  const sources = new Map<RelationshipType, Set<string>>();
  for (const { type, from } of records) sources.set(type, (sources.get(type) ?? new Set()).add(from));
  const wanted = new Set(records.map(({ id }) => id));
  for (const [type, froms] of sources)
    for (const some of slices(froms)) {
      const ids = wanted.size > FEW ? null : [...wanted];
      for (const row of await runner.run(relationshipsOfSources(type), { froms: some, ids }))
        if (wanted.has(row.id)) stored.set(row.id, row);
    }
  // An id that is named after its source and type can stand nowhere else, so only the others cost a pass over the graph.
  const free = records.filter((record) => !stored.has(record.id) && !isNamedAfterSource(record)).map(({ id }) => id);
  const elsewhere = new Map<string, Pick<RelationshipRecord, "type" | "from" | "to">>();
  for (const ids of slices(new Set(free)))
    for (const row of await runner.run(relationshipsById, { ids })) elsewhere.set(row.id, row);
  return { stored, elsewhere };
}

function* slices(ids: ReadonlySet<string>): Generator<string[]> {
  const all = [...ids];
  for (let start = 0; start < all.length; start += IDS_PER_STATEMENT) yield all.slice(start, start + IDS_PER_STATEMENT);
}
