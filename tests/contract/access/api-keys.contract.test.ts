import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { backup } from "../../../graph/backup/backup.ts";
import { restore } from "../../../graph/backup/restore.ts";
import { cypher } from "../../../graph/cypher.ts";
import { contentHash } from "../../../graph/export/content-hash.ts";
import { exportRecords } from "../../../graph/export/export-records.ts";
import { ingest } from "../../../graph/import/ingest.ts";
import { createKey, createKeyRing, KEY_MEMORY_MS, listKeys, revokeKey } from "../../../server/access/api-keys.ts";
import { openApi } from "../../support/api.ts";
import { describeEachEngine, describeEngine, embedded } from "../../support/engines.ts";

const firm = { name: "企业", dataset: "test", assertion: "ASSUMED" } as const;
const records = { entities: [{ id: "firm", kind: "Firm" as const, properties: firm }], relationships: [] };
const day = (text: string) => new Date(`2026-01-${text}T00:00:00.000Z`);
const everything = {
  name: "test.everything",
  row: z.object({ all: z.array(z.record(z.string(), z.unknown())) }),
  text: cypher`MATCH (node) RETURN collect(properties(node)) AS all`,
};

describeEachEngine("keys", (engine) => {
  test("are known by what they are and by nothing near it, until they are withdrawn", async () => {
    await using store = await engine.open();
    const one = await createKey(store, { role: "editor", name: "导入", at: day("01") });
    const two = await createKey(store, { role: "viewer", name: "", at: day("02") });
    let time = 0;
    const ring = createKeyRing(store, () => time);
    expect(await ring.verify(one.key)).toMatchObject({ prefix: one.prefix, role: "editor", name: "导入" });
    expect(await ring.verify(two.key)).toMatchObject({ prefix: two.prefix, role: "viewer" });
    const secret = one.key.slice(-43);
    const near = [
      one.key.slice(0, -1),
      `${one.key}A`,
      one.key.toUpperCase(),
      `${one.key.slice(0, -1)}${one.key.endsWith("A") ? "E" : "A"}`,
      `liantu_${two.prefix}_${secret}`,
      `liantu_${"0".repeat(12)}_${secret}`,
      secret,
      one.prefix,
      "",
    ];
    for (const text of near) expect(await ring.verify(text), text).toBeNull();

    expect(await revokeKey(store, one.prefix, day("03"))).toBe(true);
    expect(await revokeKey(store, one.prefix, day("04"))).toBe(true);
    expect(await revokeKey(store, "unknown", day("04"))).toBe(false);
    time += KEY_MEMORY_MS;
    expect([await ring.verify(one.key), await ring.find(one.prefix)]).toStrictEqual([null, null]);
    expect(await ring.verify(two.key)).toMatchObject({ prefix: two.prefix });
    expect(await listKeys(store)).toStrictEqual([
      {
        prefix: one.prefix,
        name: "导入",
        role: "editor",
        createdAt: day("01").toISOString(),
        revokedAt: day("03").toISOString(),
      },
      { prefix: two.prefix, name: "", role: "viewer", createdAt: day("02").toISOString(), revokedAt: null },
    ]);
  });

  test("stand in the graph as hashes, and in nothing that is read out of it", async () => {
    await using store = await engine.open();
    await ingest(store, records);
    const hash = await contentHash(store);
    const counted = '{ statistics { entities { kind count } } search(text: "liantu") { match } }';
    await using api = openApi(store);
    const before = await api.ask(counted);
    const { key, prefix } = await createKey(store, { role: "admin", name: "liantu", at: day("01") });
    expect(await contentHash(store)).toBe(hash);
    expect(await api.ask(counted)).toStrictEqual(before);
    const [row] = await store.read(everything, {});
    const stored = JSON.stringify(row);
    expect([stored.includes(prefix), stored.includes(key), stored.includes(key.slice(-43))]).toStrictEqual([
      true,
      false,
      false,
    ]);
    expect(await api.ask("query ($id: ID!) { node(id: $id) { id } }", { id: prefix })).toMatchObject({
      data: { node: null },
    });
    const exported = await exportRecords(store);
    const ids: string[] = [];
    for await (const { id } of exported.entities()) ids.push(id);
    expect([ids, exported.datasets.map(({ name }) => name)]).toStrictEqual([["firm"], ["test"]]);
  });
});

describeEngine(embedded, "a backup", (engine) => {
  test("brings the keys back, withdrawn ones as withdrawn, beside those that are there", async () => {
    const folder = await mkdtemp(join(tmpdir(), "liantu-keys-"));
    try {
      await using store = await engine.open();
      await ingest(store, records);
      const one = await createKey(store, { role: "editor", name: "one", at: day("01") });
      const two = await createKey(store, { role: "admin", name: "two", at: day("02") });
      await revokeKey(store, two.prefix, day("03"));
      await backup(store, join(folder, "backup"));
      await using target = await engine.open();
      const here = await createKey(target, { role: "admin", name: "here", at: day("04") });
      await restore(target, join(folder, "backup"));
      expect((await listKeys(target)).map(({ prefix, revokedAt }) => [prefix, revokedAt !== null])).toStrictEqual([
        [one.prefix, false],
        [two.prefix, true],
        [here.prefix, false],
      ]);
      expect((await createKeyRing(target).verify(one.key))?.role).toBe("editor");
      expect(await contentHash(target)).toBe(await contentHash(store));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
