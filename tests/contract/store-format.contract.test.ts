import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { contentHash } from "../../graph/export/content-hash.ts";
import { ingest } from "../../graph/import/ingest.ts";
import { rewriteSearchTexts } from "../../graph/migrations/rewrite-search-texts.ts";
import { migrate, STORE_FORMAT, type Statements } from "../../graph/migrations/store-format.ts";
import { markStoreFormat, storeFormat } from "../../graph/queries/store-format.ts";
import { openGraph } from "../../graph/store/open.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { openApi } from "../support/api.ts";
import { describeEachEngine } from "../support/engines.ts";
import { FIRST_RELEASE, layFirstRelease } from "../support/stored-release.ts";
import { failure } from "./store.contract.ts";

const forgetFormat = { name: "forgetFormat", row: z.never(), text: cypher`MATCH (format:StoreFormat) DELETE format` };
const spoilSearch = {
  name: "spoilSearch",
  row: z.never(),
  text: cypher`MATCH (entity:Entity) SET entity.searchText = 'as it was'`,
};
const spoiled = {
  name: "spoiled",
  row: z.object({ count: z.int() }),
  text: cypher`MATCH (entity:Entity) WHERE entity.searchText = 'as it was' RETURN count(entity) AS count`,
};

/** Statements that end at the n-th, as those of a process that is killed. */
function dyingAt(store: GraphStore, last: number): Statements {
  let count = 0;
  return {
    async run(query, params) {
      count += 1;
      if (count > last) throw new Error("killed");
      return (await store.write((tx) => tx.run(query, params))).result;
    },
  };
}

describeEachEngine("The format of a store", (engine) => {
  test("is that of this version in a new one, and says so once", async () => {
    await using store = await engine.open();
    await store.prepare();
    await store.prepare();
    expect(await store.read(storeFormat, {})).toStrictEqual([{ format: STORE_FORMAT, isWritten: false }]);
  });

  test("is not written again where it stands", async () => {
    await using store = await engine.open();
    await store.prepare();
    const run: string[] = [];
    const statements: Statements = {
      run(query, params) {
        run.push(query.name);
        return store.read(query, params);
      },
    };
    await migrate(statements, STORE_FORMAT);
    expect(run).toStrictEqual([storeFormat.name]);
  });

  test("of an older version is brought to that of this one, wherever that was killed before", async () => {
    await using store = await engine.open();
    const entities = Array.from({ length: 7 }, (_, index) => ({
      id: `firm-${index}`,
      kind: "Firm" as const,
      properties: { name: `企业 ${index}`, assertion: "ASSUMED", dataset: "own" },
    }));
    await ingest(store, { entities, relationships: [] });
    const hash = await contentHash(store);
    const migrations = [(statements: Statements) => rewriteSearchTexts(statements, 2)];
    for (let last = 0; ; last += 1) {
      await store.write(async (tx) => {
        await tx.run(forgetFormat, {});
        await tx.run(spoilSearch, {});
      });
      const killed = await migrate(dyingAt(store, last), 1, migrations).then(
        () => false,
        () => true,
      );
      const [{ format } = { format: undefined }] = await store.read(storeFormat, {});
      const [{ count } = { count: undefined }] = await store.read(spoiled, {});
      // The mark never says more than was done.
      if (format !== null) expect(count).toBe(0);
      await store.prepare();
      expect(await store.read(spoiled, {})).toStrictEqual([{ count: 0 }]);
      expect(await store.read(storeFormat, {})).toStrictEqual([{ format: STORE_FORMAT, isWritten: true }]);
      expect(await contentHash(store)).toBe(hash);
      if (!killed) break;
      expect(last).toBeLessThan(20);
    }
  });

  test("of a newer version is refused with the remedy, and left as it is", async () => {
    await using store = await engine.open();
    await store.write((tx) => tx.run(markStoreFormat, { format: STORE_FORMAT + 1 }));
    const { message } = await failure(store.prepare(), "DB_UNAVAILABLE");
    expect(message).toMatch(/format \d+, which a newer Liantu made.*Start the newer version/);
    expect(await store.read(storeFormat, {})).toStrictEqual([{ format: STORE_FORMAT + 1, isWritten: true }]);
    await store.write((tx) => tx.run(forgetFormat, {}));
  });
});

test("the data directory of the first release opens and gives the same answers", async () => {
  const folder = await mkdtemp(join(tmpdir(), "liantu-release-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = await openGraph({ engine: "embedded", path: await layFirstRelease(folder) });
  await store.prepare();
  expect(await store.read(storeFormat, {})).toStrictEqual([{ format: STORE_FORMAT, isWritten: true }]);
  expect(await contentHash(store)).toBe(FIRST_RELEASE.hash);
  await using api = openApi(store);
  for (const { query, data } of FIRST_RELEASE.queries)
    expect(await api.ask(query)).toStrictEqual({ status: 200, data });
});
