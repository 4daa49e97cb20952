import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { contentHash } from "../../graph/export/content-hash.ts";
import { openCsvInput } from "../../graph/formats/csv-input.ts";
import { importRecords } from "../../graph/import/import-records.ts";
import { openGraph } from "../../graph/store/open.ts";
import { writeRows } from "../bench/rows.ts";
import { run, start } from "../support/command-line.ts";
import { describeEngine, neo4jEngine, testNeo4jSettings } from "../support/engines.ts";
import { temporaryFolder } from "../support/service.ts";

/** Kills a bulk import at random moments, imports again, and compares with an import that was left alone. */
async function killed(settings: Readonly<Record<string, string>>, rows: string, kills: number): Promise<void> {
  for (let kill = 0; kill < kills; kill += 1) {
    const { child, ended } = start(settings, "import", rows, "--bulk", "--json");
    await Promise.race([sleep(500 + Math.random() * 2_500), ended]);
    child.kill("SIGKILL");
    await ended;
  }
  const last = await run(settings, "import", rows, "--bulk", "--json");
  expect(last).toMatchObject({ code: 0 });
}

async function expectedHash(rows: string): Promise<string> {
  await using store = await openGraph({ engine: "embedded", path: null });
  await store.prepare();
  await importRecords(store, await openCsvInput([rows]), { bulk: true, key: "", title: "" });
  return await contentHash(store);
}

const SIZES = { nodes: 4_000, relationships: 12_000 };

test("an import that is killed and run again ends in the same graph", async () => {
  using folder = temporaryFolder();
  const settings = { LIANTU_DATA: join(folder.path, "data") };
  const rows = join(folder.path, "bench");
  await writeRows(rows, SIZES);
  await killed(settings, rows, 2);
  await using store = await openGraph({ engine: "embedded", path: join(settings.LIANTU_DATA, "graph.grafeo") });
  expect(await contentHash(store)).toBe(await expectedHash(rows));
}, 240_000);

describeEngine(neo4jEngine, "an import", () => {
  test("that is killed and run again ends in the same graph", async () => {
    using folder = temporaryFolder();
    const rows = join(folder.path, "bench");
    await writeRows(rows, SIZES);
    await using store = await neo4jEngine.open();
    await killed(testNeo4jSettings(), rows, 1);
    expect(await contentHash(store)).toBe(await expectedHash(rows));
  }, 240_000);
});
