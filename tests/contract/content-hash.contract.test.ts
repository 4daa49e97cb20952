import { expect, test } from "vitest";
import { GraphError } from "../../graph/errors.ts";
import { contentHash, contentHashOf } from "../../graph/export/content-hash.ts";
import { exportRecords } from "../../graph/export/export-records.ts";
import { storedEntities, storedRelationships } from "../../graph/export/stored-records.ts";
import { readDatasets } from "../../graph/formats/datasets.ts";
import { ingest } from "../../graph/import/ingest.ts";
import { beginImportRun, endImportRun } from "../../graph/queries/import-run.ts";
import { describeEachEngine } from "../support/engines.ts";

const SEEDS = new URL("../../seeds", import.meta.url).pathname;
const { batch: seeds } = await readDatasets([`${SEEDS}/quanzhou`, `${SEEDS}/reference`]);

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

describeEachEngine("content hash and export", (engine) => {
  test("the hash of a store is the hash of the records that it was given", async () => {
    await using store = await engine.open();
    expect(await contentHash(store)).toBe(contentHashOf({ entities: [], relationships: [] }));
    await ingest(store, seeds);
    expect(await contentHash(store)).toBe(contentHashOf(seeds));
  });

  test("streams every record once and in order, whatever the size of a page and the degree of a node", async () => {
    await using store = await engine.open();
    await ingest(store, seeds);
    const run = store.read.bind(store);
    for (const sizes of [
      { ids: 100, rows: 7 },
      { ids: 1_000, rows: 1_000 },
    ]) {
      const entities = await all(storedEntities({ run }, null, sizes));
      expect(entities.map(({ id }) => id)).toStrictEqual(seeds.entities.map(({ id }) => id).toSorted(compare));
      const relationships = await all(storedRelationships({ run }, null, sizes));
      const inOrder = seeds.relationships.toSorted((a, b) => compare(a.from, b.from) || compare(a.id, b.id));
      expect(relationships.map(({ id }) => id)).toStrictEqual(inOrder.map(({ id }) => id));
    }
  });

  test("exports one data set alone", async () => {
    await using store = await engine.open();
    await ingest(store, seeds);
    const records = await exportRecords(store, { dataset: "quanzhou" });
    const own = ({ properties }: { readonly properties: Readonly<Record<string, unknown>> }) =>
      properties["dataset"] === "quanzhou";
    const exported = {
      entities: await all(records.entities()),
      relationships: await all(records.relationships()),
    };
    expect(exported.entities.length).toBeGreaterThan(90);
    const wanted = { entities: seeds.entities.filter(own), relationships: seeds.relationships.filter(own) };
    expect(contentHashOf(exported)).toBe(contentHashOf(wanted));
  });

  test("refuses to give records of two versions as one graph", async () => {
    await using store = await engine.open();
    await ingest(store, seeds);
    const records = await exportRecords(store);
    await store.write(async () => undefined);
    const error: unknown = await all(records.entities()).catch((thrown: unknown) => thrown);
    expect(error instanceof GraphError ? error.code : error).toBe("CONFLICT");
  });

  test("refuses to give a part of a bulk import", async () => {
    await using store = await engine.open();
    await store.write((tx) => tx.run(beginImportRun, { run: { key: "k", title: "t" } }));
    const error: unknown = await exportRecords(store).catch((thrown: unknown) => thrown);
    expect(error instanceof GraphError ? error.code : error).toBe("CONFLICT");
    await store.write((tx) => tx.run(endImportRun, {}));
    expect(await contentHash(store)).toBe(contentHashOf({ entities: [], relationships: [] }));
  });
});
