import { expect, test } from "vitest";
import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { GraphError } from "../../graph/errors.ts";
import { ingest } from "../../graph/import/ingest.ts";
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
import { InvalidRecordsError } from "../../graph/validation/faults.ts";
import { describeEachEngine } from "../support/engines.ts";

const nodeRow = z.object({
  id: z.string(),
  labels: z.array(z.string()),
  properties: z.record(z.string(), z.unknown()),
});
const nodes = {
  name: "test.nodes",
  row: nodeRow,
  text: cypher`
    MATCH (entity:Entity)
    RETURN entity.id AS id, labels(entity) AS labels, properties(entity) AS properties
    ORDER BY id
  `,
};
const edges = {
  name: "test.edges",
  row: z.object({
    type: z.string(),
    from: z.string(),
    to: z.string(),
    properties: z.record(z.string(), z.unknown()),
  }),
  text: cypher`
    MATCH (source:Entity)-[edge]->(target:Entity)
    RETURN type(edge) AS type, source.id AS from, target.id AS to, properties(edge) AS properties, edge.id AS id
    ORDER BY id
  `,
};

function entity(id: string, kind: Kind, properties: PropertyValues = {}): EntityRecord {
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

const jhicc = entity("firm-jhicc", "Firm", { name: "晋华", nameEn: "JHICC", aliases: ["福建晋华"], country: "CN" });
const dram = entity("dram", "Product", { name: "存储芯片", category: "DEVICE", developCost: 2.5, elementary: false });
const offer = edge("firm-jhicc", "SUPPLIES", "dram", { share: 0.25, readiness: "MASS_PRODUCTION" });
const batch: RecordBatch = { entities: [jhicc, dram], relationships: [offer] };

async function content(store: GraphStore) {
  const strip = ({ updatedAt, ...properties }: Record<string, unknown>) => {
    expect(updatedAt).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
    return properties;
  };
  return {
    nodes: (await store.read(nodes, {})).map((row) => ({
      ...row,
      labels: row.labels.toSorted(),
      properties: strip(row.properties),
    })),
    edges: (await store.read(edges, {})).map((row) => ({ ...row, properties: strip(row.properties) })),
  };
}

async function versionOf(store: GraphStore): Promise<number | undefined> {
  return (await store.read(graphVersion, {}))[0]?.version;
}

async function refusal(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => "no error",
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InvalidRecordsError);
  return error instanceof InvalidRecordsError ? error.faults.map(({ field, code }) => ({ field, code })) : error;
}

describeEachEngine("ingest", (engine) => {
  test("stores nodes under Entity and their kind, with their search text, and the relationships between them", async () => {
    await using store = await engine.open();
    expect(await ingest(store, batch)).toStrictEqual({ created: 3, updated: 0, unchanged: 0, version: 1 });
    expect(await content(store)).toStrictEqual({
      nodes: [
        {
          id: "dram",
          labels: ["Entity", "Product"],
          properties: { ...dram.properties, id: "dram", searchText: "存储芯片\ndram", version: 1 },
        },
        {
          id: "firm-jhicc",
          labels: ["Entity", "Firm"],
          properties: {
            ...jhicc.properties,
            id: "firm-jhicc",
            searchText: "晋华\njhicc\n福建晋华\nfirm-jhicc",
            version: 1,
          },
        },
      ],
      edges: [
        {
          type: "SUPPLIES",
          from: "firm-jhicc",
          to: "dram",
          properties: { ...offer.properties, id: "firm-jhicc:SUPPLIES:dram", version: 1 },
        },
      ],
    });
  });

  test("touches nothing and advances no version when the same records come twice", async () => {
    await using store = await engine.open();
    const { version } = await ingest(store, batch);
    const before = await store.read(nodes, {});
    expect(await ingest(store, batch)).toStrictEqual({ created: 0, updated: 0, unchanged: 3, version });
    expect(await store.read(nodes, {})).toStrictEqual(before);
    expect(await versionOf(store)).toBe(version);
  });

  test("takes the record as the whole: changes what differs, removes what it lacks, counts the version up", async () => {
    await using store = await engine.open();
    const other = entity("firm-sanan", "Firm", { name: "三安" });
    await ingest(store, { entities: [...batch.entities, other], relationships: batch.relationships });
    const changed: RecordBatch = {
      entities: [entity("firm-jhicc", "Firm", { name: "晋华集成", aliases: [], country: "CN" }), other],
      relationships: [edge("firm-jhicc", "SUPPLIES", "dram", { readiness: "SAMPLE" })],
    };
    expect(await ingest(store, changed)).toStrictEqual({ created: 0, updated: 2, unchanged: 1, version: 2 });
    const { nodes: stored, edges: storedEdges } = await content(store);
    const common = { dataset: "test", assertion: "ASSUMED" };
    expect(stored.slice(1).map(({ properties }) => properties)).toStrictEqual([
      {
        ...common,
        id: "firm-jhicc",
        name: "晋华集成",
        country: "CN",
        searchText: "晋华集成\nfirm-jhicc",
        version: 2,
      },
      { ...common, id: "firm-sanan", name: "三安", searchText: "三安\nfirm-sanan", version: 1 },
    ]);
    expect(storedEdges.map(({ properties }) => properties)).toStrictEqual([
      { ...common, id: "firm-jhicc:SUPPLIES:dram", readiness: "SAMPLE", version: 2 },
    ]);
  });

  test("refuses all of a batch with one wrong record, and says which", async () => {
    await using store = await engine.open();
    const wrong = edge("firm-jhicc", "SUPPLIES", "nand", { share: 2 });
    expect(await refusal(ingest(store, { ...batch, relationships: [offer, wrong] }))).toStrictEqual([
      { field: "share", code: "OUT_OF_BOUNDS" },
      { field: ":END_ID", code: "DANGLING" },
    ]);
    expect(await content(store)).toStrictEqual({ nodes: [], edges: [] });
    expect(await versionOf(store)).toBe(0);
  });

  test("joins new records to nodes that are stored already", async () => {
    await using store = await engine.open();
    await ingest(store, { entities: [dram, entity("paper", "Source", { title: "文" })], relationships: [] });
    const later: RecordBatch = {
      entities: [entity("firm-x", "Firm", { assertion: "STATED", sources: ["paper"] })],
      relationships: [edge("firm-x", "REQUIRES", "dram", { product: "dram" })],
    };
    expect(await ingest(store, later)).toStrictEqual({ created: 2, updated: 0, unchanged: 0, version: 2 });
  });

  test("refuses a node that is stored under another kind", async () => {
    await using store = await engine.open();
    await ingest(store, batch);
    const clash = { entities: [entity("dram", "Firm")], relationships: [] };
    expect(await refusal(ingest(store, clash))).toStrictEqual([{ field: "id", code: "KIND_CHANGED" }]);
  });

  test("refuses the id of a relationship that is stored with other ends or another type", async () => {
    await using store = await engine.open();
    const firms = [entity("firm-a", "Firm"), entity("firm-b", "Firm"), entity("firm-c", "Firm")];
    await ingest(store, { entities: firms, relationships: [edge("firm-a", "OWNS", "firm-b", {}, "deal-1")] });
    for (const moved of [
      edge("firm-b", "OWNS", "firm-a", {}, "deal-1"),
      edge("firm-a", "OWNS", "firm-c", {}, "deal-1"),
      edge("firm-a", "SOURCES_FROM", "firm-b", {}, "deal-1"),
    ])
      expect(await refusal(ingest(store, { entities: [], relationships: [moved] }))).toStrictEqual([
        { field: "id", code: "ENDS_CHANGED" },
      ]);
    const same = { entities: [], relationships: [edge("firm-a", "OWNS", "firm-b", { stake: 0.5 }, "deal-1")] };
    expect(await ingest(store, same)).toStrictEqual({ created: 0, updated: 1, unchanged: 0, version: 2 });
  });

  test("refuses a VARIANT_OF that closes a circle with what is stored", async () => {
    await using store = await engine.open();
    const items = ["a", "b", "c"].map((id) => entity(id, "Product", { category: "PART" }));
    await ingest(store, {
      entities: items,
      relationships: [edge("a", "VARIANT_OF", "b"), edge("b", "VARIANT_OF", "c")],
    });
    const closing = { entities: [], relationships: [edge("c", "VARIANT_OF", "a")] };
    expect(await refusal(ingest(store, closing))).toStrictEqual([{ field: undefined, code: "VARIANT_CYCLE" }]);
  });

  test("stores nothing when it is cancelled between two statements", async () => {
    await using store = await engine.open();
    const cancelling = new AbortController();
    const ingesting = ingest(store, batch, { signal: cancelling.signal, onProgress: () => cancelling.abort() });
    const error: unknown = await ingesting.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GraphError);
    expect(error instanceof GraphError ? error.code : undefined).toBe("CANCELLED");
    expect(await content(store)).toStrictEqual({ nodes: [], edges: [] });
  });

  test("writes and changes many relationships of one hub, in more than one statement, and reports its progress", async () => {
    await using store = await engine.open();
    const items = Array.from({ length: 5_500 }, (_, i) => entity(`item-${i}`, "Product", { category: "PART" }));
    const entities = [entity("hub", "Firm"), ...items];
    const offers = (share: number) => items.map(({ id }) => edge("hub", "SUPPLIES", id, { share }));
    const progress: [number, number][] = [];
    const onProgress = (done: number, total: number): void => void progress.push([done, total]);
    await ingest(store, { entities, relationships: offers(0.25) }, { onProgress });
    expect(progress).toStrictEqual([
      [1, 11_001],
      [5_001, 11_001],
      [5_501, 11_001],
      [10_501, 11_001],
      [11_001, 11_001],
    ]);
    const half = [...offers(0.5).slice(0, 1_000), ...offers(0.25).slice(1_000)];
    expect(await ingest(store, { entities, relationships: half })).toStrictEqual({
      created: 0,
      updated: 1_000,
      unchanged: 10_001,
      version: 2,
    });
    const stored = await store.read(edges, {});
    expect(stored.filter(({ properties }) => properties["share"] === 0.5).length).toBe(1_000);
  });
});
