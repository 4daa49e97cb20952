import { storedEntities, storedRelationships } from "../export/stored-records.ts";
import type { BulkCheck } from "./bulk-check.ts";
import type { Runner } from "./ingest-stored.ts";
import type { Outdated } from "./replace-plan.ts";

/** Rows of one transaction that removes. */
const ROWS = 10_000;

export const NOTHING_OUTDATED: Outdated = { entities: new Map(), relationships: new Map(), count: 0 };

/** What the graph holds of a data set and the input does not. Only the ids of what is to go are in memory. */
export async function outdatedBeside(runner: Runner, dataset: string, check: BulkCheck): Promise<Outdated> {
  const entities = new Map<string, string[]>();
  const relationships = new Map<string, string[]>();
  let count = 0;
  for await (const { id, kind } of storedEntities(runner, dataset))
    if (!check.hasEntity(id)) {
      entities.set(kind, [...(entities.get(kind) ?? []), id]);
      count += 1;
    }
  for await (const { id, from } of storedRelationships(runner, dataset))
    if (!check.hasRelationship(id)) {
      relationships.set(from, [...(relationships.get(from) ?? []), id]);
      count += 1;
    }
  return { entities, relationships, count };
}

/** Parts of what is to go, relationships before the nodes they join. */
export function* piecesOf({ entities, relationships }: Outdated): Generator<Outdated> {
  let some = new Map<string, readonly string[]>();
  let count = 0;
  for (const [from, ids] of relationships) {
    some.set(from, ids);
    count += ids.length;
    if (count < ROWS) continue;
    yield { ...NOTHING_OUTDATED, relationships: some, count };
    some = new Map();
    count = 0;
  }
  if (count > 0) yield { ...NOTHING_OUTDATED, relationships: some, count };
  for (const [kind, ids] of entities)
    for (let start = 0; start < ids.length; start += ROWS) {
      const piece = ids.slice(start, start + ROWS);
      yield { ...NOTHING_OUTDATED, entities: new Map([[kind, piece]]), count: piece.length };
    }
}
