import fc from "fast-check";
import neo4j from "neo4j-driver";
import { expect, test } from "vitest";
import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { ingest } from "../../graph/import/ingest.ts";
import { buildNetwork } from "../../graph/projection/build.ts";
import { createProjection } from "../../graph/projection/cache.ts";
import { offerId } from "../../graph/projection/edge-ids.ts";
import { loadNetwork } from "../../graph/projection/load.ts";
import type { NetworkRows } from "../../graph/projection/rows.ts";
import { beginImportRun, endImportRun } from "../../graph/queries/import-run.ts";
import { forwarding } from "../../graph/store/forwarding.ts";
import { noticedWrites } from "../../graph/store/noticed-writes.ts";
import type { GraphStore, Params, Query } from "../../graph/store/store.ts";
import { describeEachEngine, describeEngine, embedded, neo4jEngine, testNeo4jOptions } from "../support/engines.ts";
import { randomNetwork } from "../support/random-network.ts";
import { recordsOfRows } from "../support/records-of-rows.ts";
import { facts } from "../support/rows.ts";

const rename = {
  name: "test.rename",
  row: z.never(),
  text: cypher`MATCH (firm:Firm) SET firm.region = $region`,
};
const withdraw = {
  name: "test.withdraw",
  row: z.never(),
  text: cypher`MATCH (item:Product {id: "i0"}) DETACH DELETE item`,
};

/** Rich networks, the same at every run, with the categories that the ontology wants and a purchase each. */
const samples: readonly NetworkRows[] = fc
  .sample(randomNetwork({ items: 9, firms: 5 }), { seed: 20251123, numRuns: 40 })
  .filter((rows) => rows.variants.length > 0 && rows.stakes.length > 0 && rows.requirements.length > 3)
  .slice(0, 4)
  .map((rows) => ({
    ...rows,
    items: rows.items.map((row) => ({ ...row, category: row.category ?? "DEVICE" })),
    purchases: [
      { ...facts("p0"), buyer: rows.firms[0]!.id, seller: rows.firms[1]!.id, item: "i0", share: 0.5 },
      { ...facts("p1"), buyer: rows.firms[1]!.id, seller: rows.firms[0]!.id, item: null, share: null },
    ],
  }));

describeEachEngine("The projection", (engine) => {
  test.each(samples.map((rows, position) => ({ name: `${position + 1}`, rows })))(
    "is what was written, whatever the order of the engine's rows (network $name)",
    async ({ rows }) => {
      await using store = await engine.open();
      const { version } = await ingest(store, recordsOfRows(rows));
      expect(await loadNetwork(store)).toStrictEqual(buildNetwork(rows, version));
    },
  );

  test("of an empty graph is empty", async () => {
    await using store = await engine.open();
    const { items, firms, offerItem, chains } = await loadNetwork(store);
    expect({ items, firms, offers: offerItem.length, chains }).toStrictEqual({
      items: [],
      firms: [],
      offers: 0,
      chains: [],
    });
  });

  test("leaves out recipes for an item that is gone, and forgets what was bought of it", async () => {
    await using store = await engine.open();
    await ingest(store, recordsOfRows(samples[0]!));
    await store.write((tx) => tx.run(withdraw, {}));
    const network = await loadNetwork(store);
    expect(network.items).not.toContain("i0");
    expect([...network.purchaseItem]).toStrictEqual([-1, -1]);
  });

  test("is read once for all that ask together, and again only when the graph has moved on", async () => {
    await using store = await engine.open();
    const { version } = await ingest(store, recordsOfRows(samples[0]!));
    const counted = counting(store);
    const projection = createProjection(counted.store, { refreshMs: 60_000 });
    const [first, second] = await Promise.all([projection.current(), projection.current()]);
    expect(second).toBe(first);
    expect(counted.reads("networkItems")).toBe(1);
    const asked = counted.reads("graphVersion");
    expect(await projection.current()).toBe(first);
    expect(counted.reads("graphVersion")).toBe(asked);
    const written = await store.write((tx) => tx.run(rename, { region: "厦门" }));
    expect((await projection.current()).version).toBe(version);
    const third = await projection.current(written.version);
    expect(third.version).toBe(version + 1);
    expect(new Set(third.firmRegion)).toStrictEqual(new Set(["厦门"]));
  });

  test("has a write of ours at once, however long it may be used", async () => {
    await using graph = await engine.open();
    await ingest(graph, recordsOfRows(samples[0]!));
    const projection = createProjection(graph, { refreshMs: 600_000 });
    const store = noticedWrites(graph, projection.noticed);
    await projection.current();
    const { version } = await store.write((tx) => tx.run(rename, { region: "厦门" }));
    const after = await projection.current();
    expect(after.version).toBe(version);
    expect(new Set(after.firmRegion)).toStrictEqual(new Set(["厦门"]));
  });
});

describeEngine(neo4jEngine, "The projection, while others write", (engine) => {
  test("is read again when a write lands between its statements", async () => {
    await using store = await engine.open();
    await ingest(store, recordsOfRows(samples[0]!));
    const counted = counting(store, async (name, times) => {
      if (name === "networkOffers" && times === 1) await store.write((tx) => tx.run(rename, { region: "厦门" }));
    });
    const network = await loadNetwork(counted.store);
    expect(new Set(network.firmRegion)).toStrictEqual(new Set(["厦门"]));
    expect(counted.reads("networkOffers")).toBe(2);
  });

  test("is read whole however often others write, who wait for it in the end", async () => {
    await using store = await engine.open();
    const { version } = await ingest(store, recordsOfRows(samples[0]!));
    const waiting: Promise<unknown>[] = [];
    const counted = counting(store, async (name, times) => {
      if (name !== "networkChains") return;
      const written = store.write((tx) => tx.run(rename, { region: `厦门 ${times}` }));
      if (times <= 2) await written;
      else waiting.push(written);
    });
    const network = await loadNetwork(counted.store);
    expect([network.version, counted.reads("networkChains")]).toStrictEqual([version + 2, 3]);
    expect(new Set(network.firmRegion)).toStrictEqual(new Set(["厦门 2"]));
    expect(await Promise.all(waiting)).toMatchObject([{ version: version + 3 }]);
  });
});

describeEngine(embedded, "The projection, while others write", (engine) => {
  test("is of the moment in which its reading began, and nobody waits for it", async () => {
    await using store = await engine.open();
    const { version } = await ingest(store, recordsOfRows(samples[0]!));
    const before = await loadNetwork(store);
    const counted = counting(store, async (name) => {
      if (name === "networkItems" || name === "networkOffers")
        await store.write((tx) => tx.run(rename, { region: "厦门" }));
    });
    expect(await loadNetwork(counted.store)).toStrictEqual(before);
    expect(counted.reads("networkOffers")).toBe(1);
    const after = await loadNetwork(store);
    expect(after.version).toBe(version + 2);
    expect(new Set(after.firmRegion)).toStrictEqual(new Set(["厦门"]));
  });
});

describeEngine(neo4jEngine, "The projection of a graph that others write to with tools of their own", () => {
  test("has what they wrote at its next refresh, and is not read again for nothing", async () => {
    await using store = await neo4jEngine.open();
    const { version } = await ingest(store, recordsOfRows(samples[0]!));
    const counted = counting(store);
    const projection = createProjection(counted.store, { refreshMs: 0 });
    const before = await projection.current();
    expect(await projection.current()).toBe(before);
    await writeWithNeo4j(rename.text, { region: "厦门" });
    const after = await projection.current();
    expect(new Set(after.firmRegion)).toStrictEqual(new Set(["厦门"]));
    expect(after.version).toBe(version);
    expect(await projection.current()).toBe(after);
    expect(counted.reads("networkItems")).toBe(2);
  });

  test("has what they wrote beside a write of ours once no more is written", async () => {
    await using store = await neo4jEngine.open();
    await ingest(store, recordsOfRows(samples[0]!));
    const projection = createProjection(store, { refreshMs: 0 });
    await projection.current();
    await writeWithNeo4j(rename.text, { region: "厦门" });
    const firm = { name: "new", dataset: "test", assertion: "ASSUMED" } as const;
    const { version } = await ingest(store, {
      entities: [{ id: "z-new", kind: "Firm", properties: firm }],
      relationships: [],
    });
    const renewed = await projection.current();
    expect(renewed.version).toBe(version);
    expect(renewed.firms).toContain("z-new");
    const regions = async () => new Set((await projection.current()).firmRegion);
    await expect.poll(regions, { timeout: 20_000 }).toStrictEqual(new Set(["厦门", null]));
  });

  test("takes relationships without an id of their own for what their ends make of them", async () => {
    await using store = await neo4jEngine.open();
    await ingest(store, recordsOfRows(samples[0]!));
    const made = await loadNetwork(store);
    const ids = [...made.offerItem.keys()].map((offer) => offerId(made, offer));
    await writeWithNeo4j(
      'MATCH (a)-[r]->(b) WHERE r.product IS NULL AND r.slot IS NULL AND r.id = a.id + ":" + type(r) + ":" + b.id REMOVE r.id',
      {},
    );
    const after = await loadNetwork(store);
    expect([...after.offerItem.keys()].map((offer) => offerId(after, offer))).toStrictEqual(ids);
  });

  test("stays as it was while a bulk import is under way", async () => {
    await using store = await neo4jEngine.open();
    await ingest(store, recordsOfRows(samples[0]!));
    const projection = createProjection(store, { refreshMs: 0 });
    const before = await projection.current();
    const run = { owner: "test", key: "test" };
    await store.write(async (tx) => {
      await tx.run(beginImportRun, { run });
      await tx.run(rename, { region: "厦门" });
    });
    expect(await projection.current()).toBe(before);
    const { version } = await store.write((tx) => tx.run(endImportRun, {}));
    const after = await projection.current();
    expect(after.version).toBe(version);
    expect(new Set(after.firmRegion)).toStrictEqual(new Set(["厦门"]));
  });
});

async function writeWithNeo4j(text: string, params: Params): Promise<void> {
  const { uri, username, password } = testNeo4jOptions();
  const driver = neo4j.driver(uri, username === undefined ? undefined : neo4j.auth.basic(username, password ?? ""));
  try {
    await driver.executeQuery(text, params, { database: "neo4j" });
  } finally {
    await driver.close();
  }
}

/** A store that counts its reads by name and lets a test act after each. */
function counting(store: GraphStore, after: (name: string, times: number) => Promise<void> = async () => undefined) {
  const counts = new Map<string, number>();
  const counting = async <Row>({ name }: Query<Row>, rows: Promise<Row[]>): Promise<Row[]> => {
    await rows;
    const times = (counts.get(name) ?? 0) + 1;
    counts.set(name, times);
    await after(name, times);
    return rows;
  };
  const counted = forwarding(store, {
    read: (query, params) => counting(query, store.read(query, params)),
    ...(store.snapshot && {
      snapshot: (work) =>
        store.snapshot!((moment) => work({ run: (query, params) => counting(query, moment.run(query, params)) })),
    }),
  });
  return { store: counted, reads: (name: string) => counts.get(name) ?? 0 };
}
