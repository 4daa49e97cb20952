import { expect, test } from "vitest";
import type { RecordInput } from "../../graph/formats/input.ts";
import { importRecords } from "../../graph/import/import-records.ts";
import { SettledStore } from "../../graph/import/settled-store.ts";
import { entitiesById } from "../../graph/queries/entities-by-id.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { describeEachEngine } from "../support/engines.ts";

const text = { zh: "测试", en: "Test" };
const firms = ["a", "b", "c"].map((id) => ({
  id,
  kind: "Firm" as const,
  properties: { name: id, assertion: "ASSUMED", dataset: "mine" },
}));
const input: RecordInput = {
  dataset: { name: "mine", title: text, licence: "CC0-1.0", description: text },
  size: 0,
  async *entities() {
    yield firms;
  },
  async *relationships() {},
};

function read(store: GraphStore): Promise<readonly unknown[]> {
  return store.read(entitiesById, { ids: firms.map(({ id }) => id) });
}

describeEachEngine("a settled store", (engine) => {
  test("shows nothing of a bulk import until its last batch, and all of it then", async () => {
    await using store = await engine.open();
    const readers = [new SettledStore(store), new SettledStore(store)];
    const counts = await Promise.all(readers.map(read));
    expect(counts.map((rows) => rows.length)).toStrictEqual([0, 0]);
    const seen: Promise<unknown>[] = [];
    await importRecords(store, input, {
      ...{ bulk: true, rowsPerBatch: 1, leaseMs: 0, key: "", title: "mine" },
      onProgress: ({ stage }) => {
        // One that knows nothing yet; what the others know is as old as their lease allows.
        if (stage === "write") seen.push(read(new SettledStore(store)).catch((error: unknown) => error));
      },
    });
    const answers = await Promise.all(seen);
    expect(answers).toHaveLength(3);
    for (const answer of answers) {
      // A question that is late comes after the last batch.
      if (Array.isArray(answer)) expect(answer).toHaveLength(3);
      else expect(answer).toMatchObject({ code: "OVERLOADED" });
    }
    expect(await read(new SettledStore(store))).toHaveLength(3);
  });

  test("refuses what took so long that a bulk import may have begun meanwhile, and keeps what none disturbed", async () => {
    await using store = await engine.open();
    const slow = (during: () => Promise<unknown>): GraphStore => {
      let reads = 0;
      const late: GraphStore = Object.create(store);
      late.read = async (query, params, options) => {
        const rows = await store.read(query, params, options);
        if (++reads === 2) {
          await during();
          await new Promise((resolve) => setTimeout(resolve, 2_100));
        }
        return rows;
      };
      return late;
    };
    expect(await read(new SettledStore(slow(async () => undefined)))).toStrictEqual([]);
    const importing = () => importRecords(store, input, { bulk: true, leaseMs: 0, key: "", title: "mine" });
    await expect(read(new SettledStore(slow(importing)))).rejects.toMatchObject({ code: "OVERLOADED" });
  });

  test("answers its caller in time where it is not told in time whether a bulk import is under way", async () => {
    await using store = await engine.open();
    const silent: GraphStore = Object.create(store);
    silent.read = () => new Promise(() => undefined);
    const reading = new SettledStore(silent).read(entitiesById, { ids: [] }, { signal: AbortSignal.timeout(50) });
    await expect(reading).rejects.toMatchObject({ code: "TIMEOUT" });
  });
});
