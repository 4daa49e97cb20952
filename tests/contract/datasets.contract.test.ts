import { expect, test } from "vitest";
import { contentHash, contentHashOf } from "../../graph/export/content-hash.ts";
import type { Dataset } from "../../graph/formats/dataset.ts";
import { readDatasets } from "../../graph/formats/datasets.ts";
import { importDataset, listDatasets, replaceDataset, withdrawDataset } from "../../graph/import/datasets.ts";
import type { Kind, RelationshipType } from "../../graph/ontology.ts";
import {
  type EntityRecord,
  type PropertyValues,
  type RecordBatch,
  type RelationshipRecord,
  relationshipId,
} from "../../graph/records.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { InvalidRecordsError } from "../../graph/validation/faults.ts";
import { expectChinese } from "../support/both-languages.ts";
import { describeEachEngine } from "../support/engines.ts";

const SEEDS = new URL("../../seeds", import.meta.url).pathname;

function described(name: string, changes: Partial<Dataset> = {}): Dataset {
  const both = { zh: `数据 ${name}`, en: `data ${name}` };
  return { name, title: both, licence: "CC BY 4.0", description: both, ...changes };
}

function entity(dataset: string, id: string, kind: Kind = "Firm", properties: PropertyValues = {}): EntityRecord {
  return { id, kind, properties: { name: id, dataset, assertion: "ASSUMED", ...properties } };
}

function edge(
  dataset: string,
  from: string,
  type: RelationshipType,
  to: string,
  properties: PropertyValues = {},
): RelationshipRecord {
  const id = relationshipId(from, type, to, properties);
  return { id, type, from, to, properties: { dataset, assertion: "ASSUMED", ...properties } };
}

const first: RecordBatch = {
  entities: [entity("mine", "a"), entity("mine", "b"), entity("mine", "item", "Product", { category: "PART" })],
  relationships: [edge("mine", "a", "OWNS", "b"), edge("mine", "a", "SUPPLIES", "item", { share: 0.5 })],
};
const second: RecordBatch = {
  entities: [entity("mine", "a", "Firm", { country: "CN" }), entity("mine", "c")],
  relationships: [edge("mine", "c", "OWNS", "a")],
};

async function codes(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => "no error",
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InvalidRecordsError)) return error;
  error.faults.forEach(expectChinese);
  return error.faults.map(({ field, value, code }) => [field, value, code]);
}

async function state(store: GraphStore) {
  return { hash: await contentHash(store), datasets: await listDatasets(store) };
}

describeEachEngine("data sets", (engine) => {
  test("are stored with name, title, licence and description; the same a second time changes nothing", async () => {
    await using store = await engine.open();
    const done = await importDataset(store, described("mine", { nameEn: "My data" }), first);
    expect(done).toStrictEqual({ created: 5, updated: 0, unchanged: 0, deleted: 0, version: 1 });
    const description = described("mine", { nameEn: "My data" });
    expect(await listDatasets(store)).toStrictEqual([{ name: "mine", description }]);
    for (const again of [importDataset, replaceDataset])
      expect(await again(store, description, first)).toStrictEqual({
        created: 0,
        updated: 0,
        unchanged: 5,
        deleted: 0,
        version: 1,
      });
    expect(await importDataset(store, described("mine", { licence: "MIT" }), first)).toMatchObject({
      created: 0,
      updated: 0,
      version: 2,
    });
    expect(await listDatasets(store)).toStrictEqual([
      { name: "mine", description: described("mine", { licence: "MIT" }) },
    ]);
  });

  test("lists also those that records name and nobody described", async () => {
    await using store = await engine.open();
    await importDataset(store, described("mine"), { entities: [entity("other", "x")], relationships: [] });
    expect(await listDatasets(store)).toStrictEqual([
      { name: "mine", description: described("mine") },
      { name: "other" },
    ]);
  });

  test("replaced, hold the new edition and nothing of the old one, and leave the others alone", async () => {
    await using store = await engine.open();
    const theirs = { entities: [entity("theirs", "t")], relationships: [edge("theirs", "t", "OWNS", "a")] };
    await importDataset(store, described("mine"), first);
    await importDataset(store, described("theirs"), theirs);
    expect(await replaceDataset(store, described("mine"), second)).toStrictEqual({
      created: 2,
      updated: 1,
      unchanged: 0,
      deleted: 4,
      version: 3,
    });
    const wanted = {
      entities: [...second.entities, ...theirs.entities],
      relationships: [...second.relationships, ...theirs.relationships],
    };
    expect(await contentHash(store)).toBe(contentHashOf(wanted));
    expect(await replaceDataset(store, described("mine"), second)).toMatchObject({ deleted: 0, version: 3 });
  });

  test("may turn a node into another kind, a relationship round, and a circle of variants", async () => {
    await using store = await engine.open();
    const items = ["p", "q"].map((id) => entity("mine", id, "Product", { category: "PART" }));
    const upward = { ...edge("mine", "p", "VARIANT_OF", "q"), id: "v" };
    const downward = { ...edge("mine", "q", "VARIANT_OF", "p"), id: "v" };
    await importDataset(store, described("mine"), {
      entities: [...items, entity("mine", "x")],
      relationships: [upward],
    });
    const turned = { entities: [...items, entity("mine", "x", "Fund")], relationships: [downward] };
    expect(await replaceDataset(store, described("mine"), turned)).toMatchObject({ created: 2, deleted: 2 });
    expect(await contentHash(store)).toBe(contentHashOf(turned));
  });

  test("are neither replaced nor withdrawn while others refer to what would go: every reference is named", async () => {
    await using store = await engine.open();
    const document = entity("mine", "paper", "Source", { title: "文" });
    await importDataset(store, described("mine"), { ...first, entities: [...first.entities, document] });
    const cited = { assertion: "STATED", sources: ["paper"] };
    await importDataset(store, described("theirs"), {
      entities: [entity("theirs", "t", "Firm", cited), entity("theirs", "wafer", "Product", { category: "PART" })],
      relationships: [
        edge("theirs", "t", "OWNS", "b"),
        edge("theirs", "t", "REQUIRES", "wafer", { product: "item" }),
        edge("theirs", "t", "SUPPLIES", "wafer", cited),
      ],
    });
    const before = await state(store);
    const wanted = [
      ["ends", "b", "STILL_REFERRED_TO"],
      ["product", "item", "STILL_REFERRED_TO"],
      ["sources", "paper", "STILL_REFERRED_TO"],
      ["sources", "paper", "STILL_REFERRED_TO"],
    ];
    expect(await codes(replaceDataset(store, described("mine"), second))).toStrictEqual(wanted);
    expect(await codes(withdrawDataset(store, "mine"))).toStrictEqual(wanted);
    expect(await state(store)).toStrictEqual(before);
    expect(await withdrawDataset(store, "theirs")).toStrictEqual({ deleted: 5, version: 3 });
    expect(await withdrawDataset(store, "mine")).toStrictEqual({ deleted: 6, version: 4 });
    expect(await state(store)).toStrictEqual({
      hash: contentHashOf({ entities: [], relationships: [] }),
      datasets: [],
    });
  });

  test("are not replaced by records that point to what goes, or that are another data set's", async () => {
    await using store = await engine.open();
    await importDataset(store, described("mine"), first);
    const before = await state(store);
    const dangling = { entities: [entity("mine", "a")], relationships: [edge("mine", "a", "OWNS", "b")] };
    expect(await codes(replaceDataset(store, described("mine"), dangling))).toStrictEqual([
      [":END_ID", "b", "DANGLING"],
    ]);
    const foreign = { entities: [entity("theirs", "a")], relationships: [] };
    expect(await codes(replaceDataset(store, described("mine"), foreign))).toStrictEqual([
      ["dataset", "theirs", "OTHER_DATASET"],
    ]);
    expect(await state(store)).toStrictEqual(before);
  });

  test("withdrawn when they are not there, change nothing", async () => {
    await using store = await engine.open();
    await importDataset(store, described("mine"), first);
    expect(await withdrawDataset(store, "nobody's")).toStrictEqual({ deleted: 0, version: 1 });
  });

  test("of the seeds can be replaced by themselves and withdrawn one after the other", async () => {
    await using store = await engine.open();
    const { datasets, batch } = await readDatasets([`${SEEDS}/quanzhou`, `${SEEDS}/reference`]);
    const of = (name: string): RecordBatch => ({
      entities: batch.entities.filter(({ properties }) => properties["dataset"] === name),
      relationships: batch.relationships.filter(({ properties }) => properties["dataset"] === name),
    });
    const [quanzhou, reference] = datasets;
    await importDataset(store, quanzhou!, batch);
    await importDataset(store, reference!, of("reference"));
    expect(await replaceDataset(store, quanzhou!, of("quanzhou"))).toMatchObject({
      deleted: 0,
      created: 0,
      version: 2,
    });
    await withdrawDataset(store, "reference");
    expect(await contentHash(store)).toBe(contentHashOf(of("quanzhou")));
  });
});
