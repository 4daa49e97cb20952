import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { backup } from "../../graph/backup/backup.ts";
import { restore } from "../../graph/backup/restore.ts";
import { cypher } from "../../graph/cypher.ts";
import { GraphError } from "../../graph/errors.ts";
import { contentHash, contentHashOf } from "../../graph/export/content-hash.ts";
import { importDataset, listDatasets } from "../../graph/import/datasets.ts";
import { ingest } from "../../graph/import/ingest.ts";
import { graphVersion } from "../../graph/queries/graph-version.ts";
import { markSeeded, seedState } from "../../graph/queries/seed-marker.ts";
import type { RecordBatch } from "../../graph/records.ts";
import { openGraph } from "../../graph/store/open.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { describeEachEngine, describeEngine, embedded, neo4jEngine } from "../support/engines.ts";
import { hardRecords } from "../support/hard-records.ts";

const OLD_BACKUP = new URL("../fixtures/backup-format-1.jsonl.gz", import.meta.url).pathname;
const both = { zh: "难", en: "hard" };
const hard = { name: "hard", title: both, licence: "CC0", description: both };
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "liantu-backup-"));
  folders.push(folder);
  return folder;
}

/** A prepared graph in a new file. */
async function openFile(folder: string): Promise<GraphStore> {
  const store = await openGraph({ engine: "embedded", path: join(folder, "graph.grafeo") });
  await store.prepare();
  return store;
}

async function fill(store: GraphStore): Promise<void> {
  await importDataset(store, hard, hardRecords);
  const [first, ...others] = hardRecords.entities;
  const renamed = { ...first!, properties: { ...first!.properties, name: "改名" } };
  await ingest(store, { entities: [renamed, ...others], relationships: [] });
  await store.write((tx) => tx.run(markSeeded, { datasets: ["hard"], at: "2026-01-01T00:00:00.000Z" }));
}

const bookkeeping = {
  name: "test.bookkeeping",
  row: z.object({ id: z.string(), version: z.int(), updatedAt: z.string(), searchText: z.string() }),
  text: cypher`
    MATCH (entity:Entity)
    RETURN entity.id AS id, entity.version AS version, entity.updatedAt AS updatedAt, entity.searchText AS searchText
    ORDER BY id
  `,
};

async function stateOf(store: GraphStore) {
  return {
    hash: await contentHash(store),
    version: await store.read(graphVersion, {}),
    seeds: await store.read(seedState, {}),
    datasets: await listDatasets(store),
    bookkeeping: await store.read(bookkeeping, {}),
  };
}

async function refusal(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => "no error",
    (thrown: unknown) => thrown,
  );
  return error instanceof GraphError ? error.code : error;
}

describeEngine(embedded, "backup", (engine) => {
  test("restored into a new folder is the same graph, with versions, dates, data sets and marker of seeds", async () => {
    const folder = await newFolder();
    const path = join(folder, "graph.backup");
    await using store = await engine.open();
    await fill(store);
    const before = await stateOf(store);
    const progress: number[] = [];
    const made = await backup(store, path, { onProgress: (done, total) => progress.push(done / total) });
    expect(made).toStrictEqual({
      version: 3,
      nodes: hardRecords.entities.length,
      relationships: hardRecords.relationships.length,
      hash: before.hash,
    });
    expect(progress.at(-1)).toBe(1);
    expect(await stateOf(store)).toStrictEqual(before);
    {
      await using target = await openFile(folder);
      expect(await restore(target, path)).toStrictEqual(made);
      expect(await stateOf(target)).toStrictEqual(before);
    }
    await using reopened = await openFile(folder);
    expect(await stateOf(reopened)).toStrictEqual(before);
  });

  test("made while others write is the graph of one moment", async () => {
    const folder = await newFolder();
    await using store = await engine.open();
    const round = (number: number): RecordBatch => ({
      entities: Array.from({ length: 200 }, (_, index) => ({
        id: `firm-${index}`,
        kind: "Firm",
        properties: { name: `第${number}轮`, dataset: "test", assertion: "ASSUMED" },
      })),
      relationships: [],
    });
    await ingest(store, round(0));
    let goesOn = true;
    const writing = (async () => {
      for (let number = 1; goesOn; number += 1) await ingest(store, round(number));
    })();
    for (let times = 0; times < 5; times += 1) {
      const path = join(folder, `${times}.backup`);
      const { version, hash } = await backup(store, path);
      expect(hash).toBe(contentHashOf(round(version - 1)));
      await using target = await engine.open();
      expect((await restore(target, path)).hash).toBe(hash);
    }
    goesOn = false;
    await writing;
  });

  test("of an empty graph is restored too", async () => {
    const path = join(await newFolder(), "empty.backup");
    await using store = await engine.open();
    const { hash, ...counts } = await backup(store, path);
    expect(counts).toStrictEqual({ version: 0, nodes: 0, relationships: 0 });
    await using target = await engine.open();
    expect((await restore(target, path)).hash).toBe(hash);
  });

  test("is not there when it was cancelled or its folder is missing", async () => {
    const folder = await newFolder();
    await using store = await engine.open();
    await fill(store);
    const signal = AbortSignal.abort();
    expect(await refusal(backup(store, join(folder, "x.backup"), { signal }))).toBe("CANCELLED");
    expect(await readdir(folder)).toStrictEqual([]);
    expect(await refusal(backup(store, join(folder, "no", "x.backup")))).toBe("BAD_INPUT");
    expect((await store.read(graphVersion, {}))[0]?.version).toBe(3);
  });

  test("is refused, and nothing of it stored, when it is damaged, cut, changed, newer or no backup", async () => {
    const folder = await newFolder();
    const path = join(folder, "x.backup");
    await using store = await engine.open();
    await fill(store);
    await backup(store, path);
    const bytes = await readFile(path);
    const text = gunzipSync(bytes).toString();
    const rewritten = (changed: string) => (file: string) => writeFile(file, gzipSync(changed));
    const damages: readonly ((file: string) => Promise<unknown>)[] = [
      (file) => truncate(file, bytes.length - 20),
      (file) =>
        writeFile(
          file,
          bytes.map((byte, index) => (index === 2_000 ? byte ^ 1 : byte)),
        ),
      rewritten(text.split("\n").slice(0, -2).join("\n")),
      rewritten(text.split("\n").toSpliced(5, 1).join("\n")),
      rewritten(text.replace("改名", "改了")),
      rewritten(text.replace('"kind":"Firm"', '"kind":"Company"')),
      rewritten(text.replace('"liantuBackup":2', '"liantuBackup":3')),
      rewritten('{"kind":"Firm"}\n'),
      rewritten(""),
      (file) => writeFile(file, "no gzip"),
      (file) => rm(file),
    ];
    await using target = await engine.open();
    for (const damage of damages) {
      await writeFile(path, bytes);
      await damage(path);
      expect(await refusal(restore(target, path)), damage.toString()).toBe("BAD_INPUT");
    }
    expect((await stateOf(target)).version).toStrictEqual([{ version: 0 }]);
    await writeFile(path, bytes);
    await appendFile(path, gzipSync('{"kind":"Firm","id":"x","properties":{}}\n'));
    expect(await refusal(restore(target, path))).toBe("BAD_INPUT");
    await writeFile(path, bytes);
    await restore(target, path);
    expect(await refusal(restore(target, path))).toBe("CONFLICT");
  });
});

describeEngine(neo4jEngine, "backup", (engine) => {
  test("is for the embedded graph alone, and says what Neo4j has", async () => {
    await using store = await engine.open();
    const error: unknown = await backup(store, "nowhere").catch((thrown: unknown) => thrown);
    expect(error instanceof GraphError ? error.message : error).toContain("neo4j-admin database dump");
  });
});

describeEachEngine("an old backup", (engine) => {
  test("of format 1 restores", async () => {
    await using store = await engine.open();
    expect(await restore(store, OLD_BACKUP)).toMatchObject({
      version: 3,
      nodes: 38,
      relationships: 52,
      hash: "7c9b8d044d80ec4aa7c1b540308934311796fcf70fc36489b4c352692ab64923",
    });
    expect(await listDatasets(store)).toStrictEqual([{ name: "hard", description: hard }]);
    expect((await store.read(bookkeeping, {})).find(({ id }) => id === "firm-0")).toMatchObject({
      version: 2,
      searchText: expect.stringContaining("改名"),
    });
  });
});
