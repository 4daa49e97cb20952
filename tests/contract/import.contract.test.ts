import { expect, test } from "vitest";
import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { GraphError } from "../../graph/errors.ts";
import { contentHash } from "../../graph/export/content-hash.ts";
import type { InputFault, RecordInput } from "../../graph/formats/input.ts";
import { abandonImport } from "../../graph/import/import-lock.ts";
import type { ImportOptions, Rejected } from "../../graph/import/import-options.ts";
import { importRecords, MOST_ROWS } from "../../graph/import/import-records.ts";
import { ingest } from "../../graph/import/ingest.ts";
import { loadNetwork } from "../../graph/projection/load.ts";
import { graphVersion } from "../../graph/queries/graph-version.ts";
import { importRun } from "../../graph/queries/import-run.ts";
import {
  type EntityRecord,
  type PropertyValues,
  type RelationshipRecord,
  relationshipId,
} from "../../graph/records.ts";
import { forwarding } from "../../graph/store/forwarding.ts";
import type { GraphStore, WriteTransaction } from "../../graph/store/store.ts";
import { expectChinese } from "../support/both-languages.ts";
import { describeEachEngine, describeEngine, neo4jEngine } from "../support/engines.ts";

const text = { zh: "测试", en: "Test" };
const dataset = { name: "test", title: text, licence: "MIT", description: text };

function node(row: number, kind: "Firm" | "Product", properties: PropertyValues = {}): EntityRecord {
  const needed = kind === "Product" ? { category: "MATERIAL" } : {};
  const id = `${kind.toLowerCase()}-${row}`;
  const shared = { name: id, dataset: "test", assertion: "ASSUMED" };
  return { id, kind, properties: { ...shared, ...needed, ...properties }, place: { file: "nodes.csv", row } };
}

function offer(row: number, from: string, to: string, properties: PropertyValues = {}): RelationshipRecord {
  const all = { dataset: "test", assertion: "ASSUMED", ...properties };
  return {
    ...{ id: relationshipId(from, "SUPPLIES", to, all), type: "SUPPLIES", from, to, properties: all },
    place: { file: "offers.csv", row },
  };
}

const firms = Array.from({ length: 30 }, (_, row) => node(row, "Firm"));
const products = Array.from({ length: 20 }, (_, row) => node(row + 100, "Product"));
const offers = firms.flatMap(({ id }, row) => [
  offer(row * 2, id, products[row % 20]!.id, { share: 0.25 }),
  offer(row * 2 + 1, id, products[(row + 7) % 20]!.id),
]);
const whole = inputOf([...firms, ...products], offers);

function inputOf(
  entities: readonly (EntityRecord | InputFault)[],
  relationships: readonly (RelationshipRecord | InputFault)[],
): RecordInput {
  return {
    ...{ dataset, size: 0 },
    async *entities() {
      yield entities;
    },
    async *relationships() {
      yield relationships;
    },
  };
}

/** Small batches, so that a small import has many. */
const BULK: ImportOptions = { bulk: true, key: "a", title: "test", rowsPerBatch: 9, leaseMs: 50 };
const PLAIN: ImportOptions = { key: "", title: "test" };

/** A store whose n-th statement within transactions is never answered: what a process killed there leaves behind. */
function dyingAt(store: GraphStore, statement: number): GraphStore {
  let count = 0;
  const dying = (tx: WriteTransaction): WriteTransaction => ({
    run: (query, params) => {
      count += 1;
      return count < statement ? tx.run(query, params) : Promise.reject(new Error("killed"));
    },
  });
  const write: GraphStore["write"] = (work) => store.write((tx) => work(dying(tx)));
  const writePart: GraphStore["writePart"] = (work) => store.writePart((tx) => work(dying(tx)));
  return new Proxy(store, {
    get: (target, name) => {
      if (name === "write") return write;
      if (name === "writePart") return writePart;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

async function versionOf(store: GraphStore): Promise<number> {
  return (await store.read(graphVersion, {}))[0]!.version;
}

describeEachEngine("importRecords", (engine) => {
  test("creates every record once; a second time it changes nothing, nor the version, in bulk or not", async () => {
    await using store = await engine.open();
    const first = await importRecords(store, whole, BULK);
    const hash = await contentHash(store);
    const again = await importRecords(store, whole, BULK);
    const plain = await importRecords(store, whole, PLAIN);
    const counts = ({ created, updated, unchanged, deleted, version }: typeof first) => {
      return [created, updated, unchanged, deleted, version];
    };
    expect([counts(first), counts(again), counts(plain)]).toStrictEqual([
      [110, 0, 0, 0, first.version],
      [0, 0, 110, 0, first.version],
      [0, 0, 110, 0, first.version],
    ]);
    expect(await contentHash(store)).toBe(hash);
  });

  test("ends in the same graph wherever a bulk import was killed; until then readers see the version before, others are refused", async () => {
    let expected: string;
    {
      await using store = await engine.open();
      await importRecords(store, inputOf(products, []), PLAIN);
      await importRecords(store, whole, PLAIN);
      expected = await contentHash(store);
    }
    const seed = 1 + Math.floor(Math.random() * 7);
    for (const statement of [seed, seed + 8, seed + 16]) {
      await using store = await engine.open();
      const { version } = await importRecords(store, inputOf(products, []), PLAIN);
      await expect(importRecords(dyingAt(store, statement), whole, BULK)).rejects.toThrow("killed");
      expect(await versionOf(store)).toBe(version);
      const [run] = await store.read(importRun, {});
      if (run !== undefined) {
        await expect(loadNetwork(store)).rejects.toMatchObject({ code: "OVERLOADED" });
        await expect(importRecords(store, whole, PLAIN)).rejects.toMatchObject({ code: "CONFLICT" });
        await expect(importRecords(store, whole, { ...BULK, key: "b" })).rejects.toMatchObject({ code: "CONFLICT" });
      }
      const report = await importRecords(store, whole, BULK);
      expect([report.created, await contentHash(store), statement]).toStrictEqual([90, expected, statement]);
      expect(await versionOf(store)).toBeGreaterThan(version!);
      expect((await loadNetwork(store)).firms).toHaveLength(30);
    }
  });

  test("goes on behind the last batch after Ctrl-C, and can be given up", async () => {
    await using store = await engine.open();
    const abort = new AbortController();
    const onProgress: ImportOptions["onProgress"] = ({ stage, done }) => {
      if (stage === "write" && done >= 18) abort.abort();
    };
    const failure = await importRecords(store, whole, { ...BULK, onProgress, signal: abort.signal }).catch(String);
    const done = Number(/Interrupted: (\d+) of 110 rows/.exec(String(failure))?.[1]);
    // Lanes beside the one that was told finish what they have begun.
    expect([18, 27, 36]).toContain(done);
    expect(await abandonImport(store)).toBe("test");
    expect(await abandonImport(store)).toBeUndefined();
    const report = await importRecords(store, whole, { ...BULK, key: "b" });
    expect([report.created, report.unchanged]).toStrictEqual([110 - done, done]);
  });

  test("tells a second bulk import that another is under way, and lets two small ones follow one another", async () => {
    await using store = await engine.open();
    let second: Promise<unknown> | undefined;
    const onProgress: ImportOptions["onProgress"] = ({ stage }) => {
      if (stage === "write") second ??= importRecords(store, whole, BULK).catch((error: unknown) => error);
    };
    await importRecords(store, whole, { ...BULK, onProgress });
    expect(await second).toMatchObject({ code: "CONFLICT", message: expect.stringContaining("under way") });
    const hash = await contentHash(store);
    const changed = firms.map(({ id }, row) => ({ ...node(row, "Firm", { country: "CN" }), id }));
    await Promise.all([importRecords(store, whole, PLAIN), importRecords(store, inputOf(changed, []), PLAIN)]);
    await importRecords(store, whole, PLAIN);
    expect(await contentHash(store)).toBe(hash);
  });

  test("goes on beside what somebody else makes of its records while it writes", async () => {
    await using store = await engine.open();
    const made = firms[25]!;
    let readings = 0;
    const input: RecordInput = {
      ...whole,
      async *entities() {
        readings += 1;
        for await (const items of whole.entities())
          for (const item of items) {
            // Read twice to be checked, and then to be written.
            if (readings === 3 && item === made) await ingest(store, { entities: [made], relationships: [] });
            yield [item];
          }
      },
    };
    expect(await importRecords(store, input, BULK)).toMatchObject({ stored: true, created: 109, unchanged: 1 });
    expect(readings).toBe(4);
    const hash = await contentHash(store);
    expect(await importRecords(store, whole, PLAIN)).toMatchObject({ created: 0, updated: 0, unchanged: 110 });
    expect(await contentHash(store)).toBe(hash);
  });

  test("stores nothing where a row is wrong or the store fails, and names every fault", async () => {
    await using store = await engine.open();
    await importRecords(store, inputOf(products, []), PLAIN);
    const hash = await contentHash(store);
    await expect(importRecords(dyingAt(store, 5), whole, PLAIN)).rejects.toThrow("killed");
    const unreadable = {
      fault: { place: { file: "nodes.csv", row: 9 }, code: "RAGGED_ROW", message: "ragged", messageZh: "参差——请补齐" },
    };
    const broken = inputOf(
      [...firms, node(3, "Firm"), unreadable],
      [...offers, offer(99, "firm-1", "nowhere"), offer(98, "firm-1", "product-115", { share: 2 })],
    );
    for (const options of [PLAIN, BULK]) {
      const { stored, created, faults } = await importRecords(store, broken, options);
      faults.first.forEach(expectChinese);
      expect({ stored, created, codes: faults.first.map(({ code }) => code).sort() }).toStrictEqual({
        stored: false,
        created: 0,
        codes: ["DANGLING", "DUPLICATE_ID", "OUT_OF_BOUNDS", "RAGGED_ROW"],
      });
      expect(await contentHash(store)).toBe(hash);
    }
  });

  test("leaves out what is wrong and what depends on it where it may, the same in bulk", async () => {
    const wrong = inputOf([...firms, ...products.slice(1), node(100, "Product", { category: "CANDY" })], offers);
    const hashes = new Set<string>();
    for (const options of [PLAIN, BULK]) {
      await using store = await engine.open();
      const rows: Rejected[] = [];
      const report = await importRecords(store, wrong, {
        ...options,
        skipInvalid: true,
        onRejected: (row) => rows.push(row),
      });
      const lost = offers.filter(({ to }) => to === "product-100").map(({ id }) => id);
      expect(rows.map(({ record }) => record?.id)).toStrictEqual(["product-100", ...lost]);
      expect([report.stored, report.rejected, report.created]).toStrictEqual([
        true,
        1 + lost.length,
        109 - lost.length,
      ]);
      hashes.add(await contentHash(store));
    }
    expect(hashes.size).toBe(1);
  });

  test("replaces a data set as a whole, the same in bulk", async () => {
    const hashes = new Set<string>();
    for (const options of [PLAIN, BULK]) {
      await using store = await engine.open();
      await importRecords(store, whole, PLAIN);
      const less = inputOf([...firms.slice(2), ...products], offers.slice(4));
      const report = await importRecords(store, less, { ...options, replace: true });
      expect([report.deleted, report.created, report.unchanged]).toStrictEqual([6, 0, 104]);
      hashes.add(await contentHash(store));
    }
    expect(hashes.size).toBe(1);
  });
});

describeEachEngine("An import of many records", (engine) => {
  test.each([
    { rows: 1_000, bulk: false, replans: 1 },
    { rows: 1_000, bulk: true, replans: 1 },
    { rows: 999, bulk: false, replans: 0 },
  ])("has statements planned anew (rows: $rows, bulk: $bulk)", async ({ rows, bulk, replans }) => {
    await using graph = await engine.open();
    let told = 0;
    const store = forwarding(graph, {
      replan: async () => {
        told += 1;
        return (await graph.replan?.()) ?? true;
      },
    });
    const many = Array.from({ length: rows }, (_, row) => node(row, "Firm"));
    const { created } = await importRecords(store, inputOf(many, []), { ...BULK, bulk, rowsPerBatch: 500 });
    expect([created, told]).toStrictEqual([rows, replans]);
  });
});

describeEngine(neo4jEngine, "a bulk import", () => {
  test("leaves the indexes as they were, though it fills an empty graph without them", async () => {
    await using store = await neo4jEngine.open();
    const indexes = {
      name: "indexes",
      row: z.object({ name: z.string(), state: z.string() }),
      text: cypher`SHOW INDEXES YIELD name, state RETURN name, state ORDER BY name`,
    };
    const before = await store.read(indexes, {});
    let during: Promise<unknown[]> | undefined;
    const onProgress: ImportOptions["onProgress"] = ({ stage }) => {
      if (stage === "write") during ??= store.read(indexes, {});
    };
    await importRecords(store, whole, { ...BULK, onProgress });
    expect((await during)!.length).toBeLessThan(before.length);
    expect(await store.read(indexes, {})).toStrictEqual(before);
    expect(before.every(({ state }) => state === "ONLINE")).toBe(true);
  });
});

test("more than 100,000 rows need --bulk", async () => {
  const many = async function* () {
    for (let row = 0; row <= MOST_ROWS; row += 1) yield [node(row, "Firm")];
  };
  const store = { read: async () => [] } as unknown as GraphStore;
  const failure = importRecords(store, { ...whole, entities: many }, PLAIN);
  await expect(failure).rejects.toBeInstanceOf(GraphError);
  await expect(failure).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringContaining("--bulk") });
});
