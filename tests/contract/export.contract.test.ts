import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { GraphError } from "../../graph/errors.ts";
import { contentHash, contentHashOf } from "../../graph/export/content-hash.ts";
import { exportRecords } from "../../graph/export/export-records.ts";
import { openCsvInput } from "../../graph/formats/csv-input.ts";
import { readDatasets } from "../../graph/formats/datasets.ts";
import type { InputFault, RecordInput } from "../../graph/formats/input.ts";
import { openJsonlInput } from "../../graph/formats/jsonl-input.ts";
import { writeCsv } from "../../graph/formats/write/csv.ts";
import { writeCsvExcel } from "../../graph/formats/write/csv-excel.ts";
import { writeCypher } from "../../graph/formats/write/cypher.ts";
import { writeGraphml } from "../../graph/formats/write/graphml.ts";
import { writeJsonl } from "../../graph/formats/write/jsonl.ts";
import { writeXlsx } from "../../graph/formats/write/xlsx.ts";
import { openXlsxInput } from "../../graph/formats/xlsx-input.ts";
import { importDataset, listDatasets } from "../../graph/import/datasets.ts";
import type { RecordBatch } from "../../graph/records.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { describeEachEngine, embedded, neo4jEngine } from "../support/engines.ts";
import { hardRecords } from "../support/hard-records.ts";
import { parseXml } from "../support/strict-xml.ts";

const SEEDS = new URL("../../seeds", import.meta.url).pathname;
const { batch: seeds, datasets } = await readDatasets([`${SEEDS}/quanzhou`, `${SEEDS}/reference`]);
const both = { zh: "难", en: "hard" };
const hard = { name: "hard", title: both, licence: "CC0", description: both };
const everything: RecordBatch = {
  entities: [...seeds.entities, ...hardRecords.entities],
  relationships: [...seeds.relationships, ...hardRecords.relationships],
};
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "liantu-export-"));
  folders.push(folder);
  return folder;
}

async function fill(store: GraphStore): Promise<void> {
  await importDataset(store, datasets[0]!, seeds);
  await importDataset(store, hard, hardRecords);
}

async function all<Item extends object>(pieces: AsyncIterable<readonly (Item | InputFault)[]>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const items of pieces)
    for (const item of items) {
      if ("fault" in item) throw new Error(JSON.stringify(item.fault));
      list.push(item);
    }
  return list;
}

async function read(input: RecordInput): Promise<RecordBatch> {
  return { entities: await all(input.entities()), relationships: await all(input.relationships()) };
}

async function datasetFolders(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}

/** How each format is written below a folder and read again. */
const FORMATS = {
  csv: {
    write: async (store: GraphStore, folder: string) => writeCsv(await exportRecords(store), join(folder, "out")),
    read: async (folder: string) => openCsvInput(await datasetFolders(join(folder, "out"))),
  },
  "csv-excel": {
    write: async (store: GraphStore, folder: string) => writeCsvExcel(await exportRecords(store), join(folder, "out")),
    read: async (folder: string) => openCsvInput(await datasetFolders(join(folder, "out"))),
  },
  jsonl: {
    write: async (store: GraphStore, folder: string) => writeJsonl(await exportRecords(store), join(folder, "x.jsonl")),
    read: (folder: string) => openJsonlInput([join(folder, "x.jsonl")]),
  },
  xlsx: {
    write: async (store: GraphStore, folder: string) => writeXlsx(await exportRecords(store), join(folder, "x.xlsx")),
    read: (folder: string) => openXlsxInput(join(folder, "x.xlsx")),
  },
  "jsonl.gz": {
    write: async (store: GraphStore, folder: string) =>
      writeJsonl(await exportRecords(store), join(folder, "x.jsonl.gz")),
    read: (folder: string) => openJsonlInput([join(folder, "x.jsonl.gz")]),
  },
} as const;

async function isFault(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  return error instanceof GraphError ? error.code : error;
}

describeEachEngine("export", (engine) => {
  const other = engine === embedded && neo4jEngine.missing === null ? neo4jEngine : embedded;

  test.each(Object.keys(FORMATS) as (keyof typeof FORMATS)[])(
    "to %s, imported into an empty store of the other engine, is the same graph",
    async (format) => {
      const folder = await newFolder();
      {
        await using store = await engine.open();
        await fill(store);
        await FORMATS[format].write(store, folder);
      }
      const input = await FORMATS[format].read(folder);
      const batch = await read(input);
      expect(contentHashOf(batch)).toBe(contentHashOf(everything));
      await using target = await other.open();
      await importDataset(target, input.dataset, batch);
      expect(await contentHash(target)).toBe(contentHashOf(everything));
      expect((await readdir(folder)).filter((name) => name.includes(".part-"))).toStrictEqual([]);
    },
  );

  test("to csv keeps title, licence and description of each data set in its folder", async () => {
    const folder = await newFolder();
    await using store = await engine.open();
    await fill(store);
    await FORMATS.csv.write(store, folder);
    expect((await readdir(join(folder, "out"))).sort()).toStrictEqual(["hard", "quanzhou", "reference"]);
    const read = await readDatasets([join(folder, "out", "quanzhou"), join(folder, "out", "reference")]);
    expect(read.faults).toStrictEqual([]);
    expect(contentHashOf(read.batch)).toBe(contentHashOf(seeds));
    expect(read.datasets[0]).toStrictEqual(datasets[0]);
    expect(read.datasets[1]).toMatchObject({ name: "reference", licence: "未注明 unstated" });
  });

  test("to csv refuses a folder that holds something, and leaves nothing where the graph changed meanwhile", async () => {
    const folder = await newFolder();
    await using store = await engine.open();
    await fill(store);
    await mkdir(join(folder, "out", "mine"), { recursive: true });
    expect(await isFault(FORMATS.csv.write(store, folder))).toBe("BAD_INPUT");
    const records = await exportRecords(store);
    await store.write(async () => undefined);
    for (const write of [writeCsv, writeJsonl, writeXlsx, writeGraphml, writeCypher])
      expect(await isFault(write(records, join(folder, "new")))).toBe("CONFLICT");
    expect(await readdir(folder)).toStrictEqual(["out"]);
  });

  test("to GraphML is well-formed XML with typed keys that holds every record", async () => {
    const folder = await newFolder();
    await using store = await engine.open();
    await fill(store);
    await writeGraphml(await exportRecords(store), join(folder, "x.graphml"));
    const graphml = parseXml(await readFile(join(folder, "x.graphml"), "utf8"));
    expect([graphml.name, graphml.attributes["xmlns"]]).toStrictEqual([
      "graphml",
      "http://graphml.graphdrawing.org/xmlns",
    ]);
    const keys = graphml.children.filter(({ name }) => name === "key").map(({ attributes }) => attributes);
    const graph = graphml.children.find(({ name }) => name === "graph");
    const elements = graph!.children.map(({ name, attributes: { id, source, target }, children }) => {
      const texts = Object.fromEntries(children.map(({ attributes, text }) => [attributes["key"]!, text]));
      for (const used of Object.keys(texts)) expect(keys.map((key) => key["id"])).toContain(used);
      return { name, id, source, target, texts };
    });
    expect(elements.filter(({ name }) => name === "node").length).toBe(everything.entities.length);
    const ids = new Set(elements.filter(({ name }) => name === "node").map(({ id }) => id));
    const edges = elements.filter(({ name }) => name === "edge");
    expect(edges.length).toBe(everything.relationships.length);
    expect(edges.filter(({ source, target }) => !ids.has(source) || !ids.has(target))).toStrictEqual([]);
    for (const { id, kind, properties } of hardRecords.entities) {
      const { texts } = elements.find((element) => element.id === id)!;
      expect(texts["labels"]).toBe(`:Entity:${kind}`);
      expect(texts["node.name"]).toBe(properties["name"]);
      if (properties["aliases"] !== undefined)
        expect(JSON.parse(texts["node.aliases"]!)).toStrictEqual(properties["aliases"]);
    }
    expect(keys).toContainEqual({ id: "edge.share", for: "edge", "attr.name": "share", "attr.type": "double" });
    expect(keys).toContainEqual({ id: "node.order", for: "node", "attr.name": "order", "attr.type": "long" });
  });

  test("to a Cypher script gives the same graph on both engines, also when it is run twice", async () => {
    const folder = await newFolder();
    {
      await using store = await engine.open();
      await fill(store);
      await writeCypher(await exportRecords(store, { dataset: "hard" }), join(folder, "x.cypher"));
    }
    const lines = (await readFile(join(folder, "x.cypher"), "utf8")).trimEnd().split("\n");
    const statements = lines.filter((line) => !line.startsWith("//")).map((line) => line.replace(/;$/, ""));
    expect(statements.length).toBe(hardRecords.entities.length + hardRecords.relationships.length + 2);
    for (const target of new Set([embedded, other])) {
      await using store = await target.open();
      for (let times = 0; times < 2; times += 1) {
        await store.write(async (tx) => {
          for (const text of statements) await tx.run({ name: "script", text, row: z.any() }, {});
        });
        expect(await contentHash(store)).toBe(contentHashOf(hardRecords));
        expect(await listDatasets(store)).toStrictEqual([{ name: "hard", description: hard }]);
      }
    }
  });
});
