import { storedEntities, storedRelationships } from "../export/stored-records.ts";
import {
  entitySourceReferrers,
  productReferrers,
  type Referrer,
  relationshipReferrers,
  relationshipSourceReferrers,
} from "../queries/referrers.ts";
import { removeEntities, removeRelationships } from "../queries/remove.ts";
import type { Fault, RecordBatch } from "../records.ts";
import type { Query, WriteTransaction } from "../store/store.ts";
import { shown, zhOf } from "../validation/faults.ts";
import type { Runner } from "./ingest-stored.ts";

/** Records of a data set that a new edition of it does not hold, or holds as something else. */
export interface Outdated {
  /** Ids by kind. */
  readonly entities: ReadonlyMap<string, readonly string[]>;
  /** Ids by source. */
  readonly relationships: ReadonlyMap<string, readonly string[]>;
  readonly count: number;
}

const ROWS_PER_STATEMENT = 2_000;
const MOST_FAULTS = 1_000;

/** What the graph holds of a data set beyond `batch`: also what is there under another kind, type or between other ends. */
export async function outdatedRecords(runner: Runner, dataset: string, batch: RecordBatch): Promise<Outdated> {
  const kinds = new Map(batch.entities.map(({ id, kind }) => [id, kind]));
  const places = new Map(batch.relationships.map((relationship) => [relationship.id, relationship]));
  const entities = new Map<string, string[]>();
  const relationships = new Map<string, string[]>();
  let count = 0;
  for await (const { id, kind } of storedEntities(runner, dataset)) {
    if (kinds.get(id) === kind) continue;
    listAt(entities, kind).push(id);
    count += 1;
  }
  for await (const { id, type, from, to } of storedRelationships(runner, dataset)) {
    const wanted = places.get(id);
    if (wanted?.type === type && wanted.from === from && wanted.to === to) continue;
    listAt(relationships, from).push(id);
    count += 1;
  }
  return { entities, relationships, count };
}

/** One fault for each record of another data set that refers to what is outdated, at most 1,000 of each sort. */
export async function faultsOfReferrers(runner: Runner, dataset: string, outdated: Outdated): Promise<Fault[]> {
  const all = [...outdated.entities.values()].flat();
  const documents = outdated.entities.get("Source") ?? [];
  const items = outdated.entities.get("Product") ?? [];
  const questions: readonly (readonly [string, Query<Referrer>, readonly string[]])[] = [
    ["ends", relationshipReferrers, all],
    ["product", productReferrers, items],
    ["sources", entitySourceReferrers, documents],
    ["sources", relationshipSourceReferrers, documents],
  ];
  const faults: Fault[] = [];
  for (const [field, query, wanted] of questions)
    for (const ids of slices(wanted)) {
      const referrers = await runner.run(query, { ids, dataset, limit: MOST_FAULTS });
      faults.push(...referrers.map((referrer) => faultOf(field, dataset, referrer)));
    }
  return faults;
}

/** Removes what is outdated, its relationships first. */
export async function removeRecords(tx: WriteTransaction, { entities, relationships }: Outdated): Promise<void> {
  let rows: { from: string; ids: readonly string[] }[] = [];
  let waiting = 0;
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await tx.run(removeRelationships, { rows });
    rows = [];
    waiting = 0;
  };
  for (const [from, ids] of relationships) {
    rows.push({ from, ids });
    waiting += ids.length;
    if (waiting >= ROWS_PER_STATEMENT) await flush();
  }
  await flush();
  for (const ids of slices([...entities.values()].flat())) await tx.run(removeEntities, { ids });
}

function faultOf(field: string, dataset: string, { id, what, dataset: other, refersTo }: Referrer): Fault {
  return {
    field,
    value: refersTo,
    code: "STILL_REFERRED_TO",
    message: `${shown(refersTo)} of the data set ${shown(dataset)} would be removed, but ${what} ${shown(id)} of ${
      other === null ? "no data set" : `the data set ${shown(other)}`
    } still refers to it — keep it, or change or withdraw what refers to it first`,
    messageZh: `数据集 ${shown(dataset)} 中的 ${shown(refersTo)} 将被删除，但${
      other === null ? "不属于任何数据集" : `数据集 ${shown(other)} 中`
    }的${zhOf(what)} ${shown(id)} 仍引用它——请保留它，或先修改或撤下引用它的内容`,
  };
}

function* slices(ids: readonly string[]): Generator<readonly string[]> {
  for (let start = 0; start < ids.length; start += ROWS_PER_STATEMENT)
    yield ids.slice(start, start + ROWS_PER_STATEMENT);
}

function listAt(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
