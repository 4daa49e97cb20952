import { expect, test } from "vitest";
import { GraphError } from "../../graph/errors.ts";
import { contentHash, contentHashOf } from "../../graph/export/content-hash.ts";
import { readDatasets } from "../../graph/formats/datasets.ts";
import { ingest } from "../../graph/import/ingest.ts";
import { merge, resolve } from "../../graph/merge/resolve.ts";
import type { Kind, RelationshipType } from "../../graph/ontology.ts";
import { graphVersion } from "../../graph/queries/graph-version.ts";
import {
  type EntityRecord,
  type PropertyValues,
  type RecordBatch,
  type RelationshipRecord,
  relationshipId,
} from "../../graph/records.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { describeEachEngine } from "../support/engines.ts";

const SEEDS = new URL("../../seeds", import.meta.url).pathname;
const yes = { confirmed: true } as const;

function entity(id: string, kind: Kind = "Firm", properties: PropertyValues = {}): EntityRecord {
  return { id, kind, properties: { name: id, dataset: "test", assertion: "ASSUMED", ...properties } };
}

function edge(
  from: string,
  type: RelationshipType,
  to: string,
  properties: PropertyValues = {},
  id = relationshipId(from, type, to, properties),
): RelationshipRecord {
  return { id, type, from, to, properties: { dataset: "test", assertion: "ASSUMED", ...properties } };
}

const item = (id: string) => entity(id, "Product", { category: "PART" });
const document = (id: string) => entity(id, "Source", { title: id });
const stated = (...sources: string[]) => ({ assertion: "STATED", sources });

async function refusal(store: GraphStore, work: () => Promise<unknown>): Promise<unknown> {
  const before = [await contentHash(store), await store.read(graphVersion, {})];
  const error: unknown = await work().then(
    () => "no error",
    (thrown: unknown) => thrown,
  );
  expect([await contentHash(store), await store.read(graphVersion, {})]).toStrictEqual(before);
  return error instanceof GraphError ? error.code : error;
}

describeEachEngine("resolve", (engine) => {
  test("proposes without changing anything", async () => {
    await using store = await engine.open();
    const batch = {
      entities: [
        entity("a", "Firm", { name: "北方华创科技集团股份有限公司" }),
        entity("b", "Firm", { name: "北方华创科技" }),
      ],
      relationships: [],
    };
    await ingest(store, batch);
    expect(await resolve(store)).toMatchObject([
      { kind: "Firm", keep: "a", drop: "b", reasons: [{ code: "SAME_CORE_NAME" }] },
    ]);
    expect(await resolve(store, { kind: "Fund" })).toStrictEqual([]);
    expect(await resolve(store, { minScore: 0.9 })).toStrictEqual([]);
    expect(await contentHash(store)).toBe(contentHashOf(batch));
  });

  test("merges two firms: names, sources and relationships of both, and nothing of the second is left", async () => {
    await using store = await engine.open();
    const others = [document("s1"), document("s2"), item("p"), item("q"), entity("c")];
    const a = entity("a", "Firm", {
      name: "北方华创",
      aliases: ["NAURA"],
      country: "CN",
      ...stated("s1"),
      locator: "1.2",
      statement: "甲。",
    });
    const b = entity("b", "Firm", {
      ...{ name: "北方华创科技", nameEn: "NAURA Tech", aliases: ["七星"], country: "US", region: "北京" },
      ...{ ...stated("s2", "s1"), locator: "3.4", statement: "乙。" },
    });
    await ingest(store, {
      entities: [a, b, ...others],
      relationships: [
        edge("a", "SUPPLIES", "p", { readiness: "SAMPLE" }),
        edge("b", "SUPPLIES", "p", { share: 0.5, ...stated("s2") }),
        edge("b", "SUPPLIES", "q"),
        edge("c", "OWNS", "b", { stake: 0.2 }),
        edge("c", "OWNS", "a", { stake: 0.3 }),
        edge("a", "OWNS", "b"),
        edge("b", "SOURCES_FROM", "c", {}, "deal"),
      ],
    });
    expect(await merge(store, "a", "b", yes)).toStrictEqual({ moved: 3, united: 1, removed: 1, version: 2 });
    const wanted: RecordBatch = {
      entities: [
        entity("a", "Firm", {
          ...{ name: "北方华创", nameEn: "NAURA Tech", aliases: ["NAURA", "北方华创科技", "七星", "b"] },
          ...{ country: "CN", region: "北京", ...stated("s1", "s2"), locator: "1.2; 3.4", statement: "甲。\n乙。" },
        }),
        ...others,
      ],
      relationships: [
        edge("a", "SUPPLIES", "p", { readiness: "SAMPLE", share: 0.5, ...stated("s2") }),
        edge("a", "SUPPLIES", "q"),
        edge("c", "OWNS", "a", { stake: 0.3 }),
        edge("c", "OWNS", "a", { stake: 0.2 }, "c:OWNS:a:b"),
        edge("a", "SOURCES_FROM", "c", {}, "deal"),
      ],
    };
    expect(await contentHash(store)).toBe(contentHashOf(wanted));
  });

  test("merges products and documents where others name them", async () => {
    await using store = await engine.open();
    await ingest(store, {
      entities: [
        ...[item("p"), item("p2"), item("wafer"), document("s"), document("s2")],
        entity("f", "Firm", stated("s2")),
        entity("g", "Firm", stated("s", "s2")),
      ],
      relationships: [
        edge("f", "REQUIRES", "wafer", { product: "p2" }),
        edge("f", "SUPPLIES", "p2", stated("s2")),
        edge("wafer", "VARIANT_OF", "p2"),
      ],
    });
    expect(await merge(store, "p", "p2", yes)).toMatchObject({ moved: 3, united: 0, removed: 0 });
    expect(await merge(store, "s", "s2", yes)).toMatchObject({ moved: 1, united: 0, removed: 0 });
    const alias = (record: EntityRecord, ...aliases: string[]) => ({
      ...record,
      properties: { ...record.properties, aliases },
    });
    expect(await contentHash(store)).toBe(
      contentHashOf({
        entities: [
          ...[alias(item("p"), "p2"), item("wafer"), alias(document("s"), "s2")],
          entity("f", "Firm", stated("s")),
          entity("g", "Firm", stated("s")),
        ],
        relationships: [
          edge("f", "REQUIRES", "wafer", { product: "p" }),
          edge("f", "SUPPLIES", "p", stated("s")),
          edge("wafer", "VARIANT_OF", "p"),
        ],
      }),
    );
  });

  test("refuses what is missing, of two kinds, the same, unconfirmed, or would break a rule, and changes nothing", async () => {
    await using store = await engine.open();
    await ingest(store, {
      entities: [entity("a"), entity("fund", "Fund"), item("p"), item("q"), item("r")],
      relationships: [edge("p", "VARIANT_OF", "q"), edge("q", "VARIANT_OF", "r")],
    });
    for (const [keep, drop] of [
      ["a", "nobody"],
      ["nobody", "a"],
      ["a", "fund"],
      ["a", "a"],
      ["p", "r"],
    ] as const)
      expect(await refusal(store, () => merge(store, keep, drop, yes)), `${keep} ${drop}`).toBe("BAD_INPUT");
    const unconfirmed = { confirmed: false } as unknown as typeof yes;
    expect(await refusal(store, () => merge(store, "p", "q", unconfirmed))).toBe("BAD_INPUT");
  });

  test("finds nothing sure to merge in the seeds", async () => {
    await using store = await engine.open();
    const { batch } = await readDatasets([`${SEEDS}/quanzhou`, `${SEEDS}/reference`]);
    await ingest(store, batch);
    expect((await resolve(store)).map(({ keep, drop, score }) => [keep, drop, score])).toStrictEqual([]);
  });
});
