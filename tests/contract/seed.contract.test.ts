import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { readDatasets } from "../../graph/formats/datasets.ts";
import { listDatasets } from "../../graph/import/datasets.ts";
import { seedIfEmpty } from "../../graph/import/seed.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { InvalidRecordsError } from "../../graph/validation/faults.ts";
import { describeEachEngine } from "../support/engines.ts";

const SEEDS = new URL("../../seeds", import.meta.url).pathname;
const log = { info: () => undefined };
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

const count = {
  name: "test.count",
  row: z.object({ count: z.number() }),
  text: cypher`MATCH (entity:Entity) RETURN count(entity) AS count`,
};
const clear = { name: "test.clear", row: z.never(), text: cypher`MATCH (entity:Entity) DETACH DELETE entity` };
const one = {
  name: "test.one",
  row: z.never(),
  text: cypher`CREATE (:Entity:Firm {id: "mine", name: "mine", dataset: "mine", assertion: "ASSUMED"})`,
};

async function countOf(store: GraphStore): Promise<number | undefined> {
  return (await store.read(count, {}))[0]?.count;
}

/** A copy of the Quanzhou seeds that a test may break. */
async function copyOfSeeds(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "liantu-seeds-"));
  folders.push(folder);
  await cp(join(SEEDS, "quanzhou"), join(folder, "quanzhou"), { recursive: true });
  return folder;
}

describeEachEngine("seedIfEmpty", (engine) => {
  test("loads every data set into an empty graph, and only the first time", async () => {
    await using store = await engine.open();
    const seeds = await copyOfSeeds();
    const counts = await seedIfEmpty(store, seeds, log);
    const loaded = await countOf(store);
    expect(counts?.created).toBeGreaterThan(loaded ?? 0);
    const { datasets } = await readDatasets([join(seeds, "quanzhou")]);
    expect(await listDatasets(store)).toStrictEqual([{ name: "quanzhou", description: datasets[0] }]);
    expect(await seedIfEmpty(store, seeds, log)).toBeUndefined();
    expect(await countOf(store)).toBe(loaded);
  });

  test("does not bring back what was deleted", async () => {
    await using store = await engine.open();
    const seeds = await copyOfSeeds();
    await seedIfEmpty(store, seeds, log);
    await store.write((tx) => tx.run(clear, {}));
    expect(await seedIfEmpty(store, seeds, log)).toBeUndefined();
    expect(await countOf(store)).toBe(0);
  });

  test("leaves a graph alone that holds somebody's data", async () => {
    await using store = await engine.open();
    await store.write((tx) => tx.run(one, {}));
    expect(await seedIfEmpty(store, await copyOfSeeds(), log)).toBeUndefined();
    expect(await countOf(store)).toBe(1);
  });

  test("loads nothing from broken files, names every fault with file and row, and loads once they are mended", async () => {
    await using store = await engine.open();
    const seeds = await copyOfSeeds();
    const broken = join(seeds, "quanzhou", "nodes", "zz-broken.csv");
    await writeFile(broken, "id:ID,name,assertion,:LABEL\nx 1,甲,ASSUMED,Firm\nx2,乙,ASSUMED,Frim\n");
    const error: unknown = await seedIfEmpty(store, seeds, log).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidRecordsError);
    expect(error instanceof Error ? error.message : "").toBe(
      [
        "2 faults",
        'quanzhou/nodes/zz-broken.csv:3 :LABEL: there is no kind "Frim" — did you mean "Firm"?',
        'quanzhou/nodes/zz-broken.csv:2 id: the id "x 1" is not URL-safe — use 1 to 200 of the characters A-Z a-z 0-9 . _ ~ : -',
      ].join("\n"),
    );
    expect(await countOf(store)).toBe(0);
    await rm(broken);
    expect((await seedIfEmpty(store, seeds, log))?.updated).toBe(0);
  });
});
