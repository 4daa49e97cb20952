import { expect, test } from "vitest";
import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import type { GraphErrorCode } from "../../graph/errors.ts";
import { GraphError } from "../../graph/errors.ts";
import { graphVersion } from "../../graph/queries/graph-version.ts";
import { relationshipsById } from "../../graph/queries/relationships-by-id.ts";
import type { GraphStore, Params, Query } from "../../graph/store/store.ts";
import type { Engine } from "../support/engines.ts";

const none = z.object({});
const anything = z.record(z.string(), z.unknown());

const putEntities: Query<Record<string, never>> = {
  name: "putEntities",
  row: z.object({}).strict() as z.ZodType<Record<string, never>>,
  text: cypher`
    UNWIND $rows AS row
    MERGE (entity:Entity {id: row.id})
    SET entity = row.properties
    SET entity.id = row.id
  `,
};
const createEntity: Query<object> = { name: "createEntity", row: none, text: cypher`CREATE (entity:Entity {id: $id})` };
const entityIds: Query<{ id: string }> = {
  name: "entityIds",
  row: z.object({ id: z.string() }),
  text: cypher`MATCH (entity:Entity) RETURN entity.id AS id ORDER BY id`,
};

function ask(text: string): Query<Record<string, unknown>> {
  return { name: "ask", row: anything, text };
}

async function put(graph: GraphStore, ...entities: readonly ({ id: string } & Params)[]): Promise<number> {
  const rows = entities.map(({ id, ...properties }) => ({ id, properties }));
  return (await graph.write((tx) => tx.run(putEntities, { rows }))).version;
}

async function ids(graph: GraphStore): Promise<string[]> {
  return (await graph.read(entityIds, {})).map((row) => row.id);
}

/** Expects a rejection with a `GraphError` of this code and gives the error. */
export async function failure(promise: Promise<unknown>, code: GraphErrorCode): Promise<GraphError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GraphError);
  expect((error as GraphError).code).toBe(code);
  return error as GraphError;
}

/** What every store must do, whichever engine it stands on. */
export function storeContract({ open }: Engine): void {
  test("gives back every kind of value as it was stored", async () => {
    await using graph = await open();
    const properties = {
      name: "中芯国际",
      quoted: `it's "so" \\ \u0060x\u0060 // $name`,
      aliases: ["SMIC", "688981.SH", "中芯"],
      none: [] as string[],
      yes: true,
      no: false,
      zero: 0,
      negative: -7,
      whole: 1,
      share: 0.35,
      tiny: 1e-9,
      large: 490_900_000_000,
    };
    await put(graph, { id: "smic", ...properties, unknown: null });
    const rows = await graph.read(
      ask(cypher`MATCH (entity:Entity {id: $id}) RETURN properties(entity) AS properties, entity.unknown AS unknown`),
      { id: "smic" },
    );
    expect(rows).toStrictEqual([{ properties: { id: "smic", ...properties }, unknown: null }]);
  });

  test("passes every kind of parameter through", async () => {
    await using graph = await open();
    const value = { text: "链", list: [1, 2.5, "三", null, true], map: { deep: { whole: 3 } }, nothing: null };
    const rows = await graph.read(ask(cypher`RETURN $value AS value, $missing AS missing`), {
      value,
      missing: undefined,
    });
    expect(rows).toStrictEqual([{ value, missing: null }]);
  });

  test("counts, sums, averages and compares whole and broken numbers alike", async () => {
    await using graph = await open();
    await put(graph, { id: "a", share: 1 }, { id: "b", share: 0.5 }, { id: "c", share: 0.25 }, { id: "d" });
    const rows = await graph.read(
      ask(cypher`
        MATCH (entity:Entity)
        RETURN count(*) AS entities, count(entity.share) AS known, sum(entity.share) AS sum, max(entity.share) AS max,
          sum(CASE WHEN entity.share >= $half THEN 1 ELSE 0 END) AS large,
          collect(CASE WHEN entity.share = $one THEN entity.id END) AS whole
      `),
      { half: 0.5, one: 1 },
    );
    expect(rows).toStrictEqual([{ entities: 4, known: 3, sum: 1.75, max: 1, large: 2, whole: ["a"] }]);
    const halves = await graph.read(
      ask(
        cypher`MATCH (entity:Entity {id: "a"}) RETURN toFloat(entity.share) / 2 AS half, entity.share * 0.5 AS product`,
      ),
      {},
    );
    expect(halves).toStrictEqual([{ half: 0.5, product: 0.5 }]);
  });

  test("refuses a number that is none", async () => {
    await using graph = await open();
    await failure(graph.read(ask(cypher`RETURN $value AS value`), { value: Number.NaN }), "BAD_INPUT");
    await failure(put(graph, { id: "a", share: Number.POSITIVE_INFINITY }), "BAD_INPUT");
    expect(await ids(graph)).toStrictEqual([]);
  });

  test("takes whole numbers for SKIP and LIMIT", async () => {
    await using graph = await open();
    await put(graph, { id: "a" }, { id: "b" }, { id: "c" }, { id: "d" });
    const page = ask(cypher`MATCH (entity:Entity) RETURN entity.id AS id ORDER BY id SKIP $skip LIMIT $limit`);
    expect(await graph.read(page, { skip: 1, limit: 2 })).toStrictEqual([{ id: "b" }, { id: "c" }]);
    expect(await graph.read(page, { skip: 0, limit: 0 })).toStrictEqual([]);
  });

  test("treats what callers send as data, never as Cypher", async () => {
    await using graph = await open();
    const hostile = ["'", '"', "\\u0027", "`", "}) DETACH DELETE n //", "$id", "/* */", "a'; MATCH (n) DELETE n"];
    await put(graph, ...hostile.map((id) => ({ id, name: id })));
    for (const id of hostile)
      expect(
        await graph.read(ask(cypher`MATCH (entity:Entity {id: $id}) RETURN entity.name AS name`), { id }),
      ).toStrictEqual([{ name: id }]);
  });

  test("refuses to write in a read", async () => {
    await using graph = await open();
    await put(graph, { id: "kept" });
    const texts = [
      cypher`CREATE (entity:Entity {id: "new"})`,
      cypher`MATCH (entity:Entity) DETACH DELETE entity`,
      cypher`MATCH (entity:Entity) SET entity.id = "other"`,
      cypher`CREATE INDEX refused FOR (entity:Entity) ON (entity.refused)`,
    ];
    for (const text of texts)
      expect((await failure(graph.read(ask(text), {}), "INTERNAL")).message).toContain("writes");
    expect(await ids(graph)).toStrictEqual(["kept"]);
    expect(await graph.read(graphVersion, {})).toStrictEqual([{ version: 1 }]);
  });

  test("starts at version 0 and advances it once with every write", async () => {
    await using graph = await open();
    expect(await graph.read(graphVersion, {})).toStrictEqual([{ version: 0 }]);
    expect(await put(graph, { id: "a" })).toBe(1);
    const { result, version } = await graph.write(async (tx) => {
      await tx.run(createEntity, { id: "b" });
      await tx.run(createEntity, { id: "c" });
      return tx.run(graphVersion, {});
    });
    expect({ result, version }).toStrictEqual({ result: [{ version: 2 }], version: 2 });
    expect(await graph.read(graphVersion, {})).toStrictEqual([{ version: 2 }]);
  });

  test("writes all of a transaction or nothing", async () => {
    await using graph = await open();
    await put(graph, { id: "a" });
    const thrown = new Error("the work gave up");
    const givingUp = graph.write(async (tx) => {
      await tx.run(createEntity, { id: "b" });
      throw thrown;
    });
    await expect(givingUp).rejects.toBe(thrown);
    await failure(
      graph.write(async (tx) => {
        await tx.run(createEntity, { id: "b" });
        await tx.run(ask(cypher`RETURN nonsense(1) AS value`), {});
      }),
      "INTERNAL",
    );
    expect(await ids(graph)).toStrictEqual(["a"]);
    expect(await graph.read(graphVersion, {})).toStrictEqual([{ version: 1 }]);
  });

  test("does not commit after a failed statement, even where the work goes on", async () => {
    await using graph = await open();
    await put(graph, { id: "a" });
    const writing = graph.write(async (tx) => {
      await tx.run(createEntity, { id: "b" });
      await tx.run(createEntity, { id: "a" }).catch(() => undefined);
      await tx.run(createEntity, { id: "c" }).catch(() => undefined);
      return "done";
    });
    await failure(writing, "CONFLICT");
    expect(await ids(graph)).toStrictEqual(["a"]);
    await put(graph, { id: "d" });
    expect(await ids(graph)).toStrictEqual(["a", "d"]);
  });

  test("runs the statements of a transaction one after another, also when they are not awaited", async () => {
    await using graph = await open();
    const { result } = await graph.write((tx) =>
      Promise.all(
        ["a", "b", "c"].map(async (id) => {
          await tx.run(createEntity, { id });
          return (await tx.run(entityIds, {})).length;
        }),
      ),
    );
    expect(result).toHaveLength(3);
    expect(await ids(graph)).toStrictEqual(["a", "b", "c"]);
    const failing = graph.write((tx) => Promise.all(["d", "a", "e", "f"].map((id) => tx.run(createEntity, { id }))));
    await failure(failing, "CONFLICT");
    expect(await ids(graph)).toStrictEqual(["a", "b", "c"]);
  });

  test("keeps the id of an entity unique, and names no data when it refuses", async () => {
    await using graph = await open();
    await put(graph, { id: "secret-id" });
    const error = await failure(
      graph.write((tx) => tx.run(createEntity, { id: "secret-id" })),
      "CONFLICT",
    );
    expect(error.message).not.toContain("secret-id");
  });

  test("merges the same rows twice into the same graph", async () => {
    await using graph = await open();
    const rows = [
      { id: "a", name: "一" },
      { id: "b", name: "二" },
    ];
    await put(graph, ...rows);
    await put(graph, ...rows);
    await put(graph, { id: "b", nameEn: "two" });
    const all = ask(cypher`MATCH (entity:Entity) RETURN properties(entity) AS entity ORDER BY entity.id`);
    expect(await graph.read(all, {})).toStrictEqual([
      { entity: { id: "a", name: "一" } },
      { entity: { id: "b", nameEn: "two" } },
    ]);
  });

  test("lands every one of many concurrent writers, each with a version of its own", async () => {
    await using graph = await open();
    const names = Array.from({ length: 24 }, (_, index) => `e${String(index).padStart(2, "0")}`);
    const versions = await Promise.all(names.map((id) => put(graph, { id: "shared", last: id }, { id })));
    expect(await ids(graph)).toStrictEqual([...names, "shared"]);
    expect(versions.toSorted((a, b) => a - b)).toStrictEqual(names.map((_, index) => index + 1));
  });

  test("reads what was written before, and nothing of a transaction that still runs", async () => {
    await using graph = await open();
    await put(graph, { id: "a" });
    let seen: string[] = [];
    await graph.write(async (tx) => {
      await tx.run(createEntity, { id: "b" });
      seen = await ids(graph);
    });
    expect(seen).toStrictEqual(["a"]);
    expect(await ids(graph)).toStrictEqual(["a", "b"]);
  });

  test("names the query and the column of a row in another shape, but not the data", async () => {
    await using graph = await open();
    await put(graph, { id: "a", name: "secret" });
    const wrong = {
      name: "wrongShape",
      row: z.object({ name: z.number() }),
      text: cypher`MATCH (entity:Entity) RETURN entity.name AS name`,
    };
    const { message } = await failure(graph.read(wrong, {}), "INTERNAL");
    expect(message).toBe("wrongShape returned a row of another shape than it promises: name (invalid_type)");
  });

  test("calls a faulty statement a fault of ours and shows none of its text", async () => {
    await using graph = await open();
    const { message } = await failure(graph.read(ask(cypher`MATCH (secret RETURN secret`), {}), "INTERNAL");
    expect(message).not.toContain("secret");
  });

  test("gives up a statement at its time limit and goes on with others", async () => {
    await using graph = await open();
    const started = performance.now();
    await failure(graph.read(slow, {}, { timeoutMs: 200 }), "TIMEOUT");
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(await ids(graph)).toStrictEqual([]);
  });

  test("gives up a write at its time limit, its wait for others included, and stores nothing of it", async () => {
    await using graph = await open();
    let goOn = (): void => undefined;
    let begins = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begins = resolve;
    });
    const other = graph.write(async (tx) => {
      await tx.run(createEntity, { id: "a" });
      await new Promise<void>((resolve) => {
        goOn = resolve;
        begins();
      });
    });
    await begun;
    const limits = { timeoutMs: 300 };
    await failure(
      graph.write((tx) => tx.run(createEntity, { id: "b" }), limits),
      "TIMEOUT",
    );
    goOn();
    await other;
    const slowly = graph.write(async (tx) => {
      await tx.run(createEntity, { id: "c" });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }, limits);
    await failure(slowly, "TIMEOUT");
    await put(graph, { id: "d" });
    expect(await ids(graph)).toStrictEqual(["a", "d"]);
  });

  test("gives up a statement when its caller does", async () => {
    await using graph = await open();
    const caller = new AbortController();
    const reading = graph.read(slow, {}, { signal: caller.signal });
    setTimeout(() => caller.abort(), 100);
    await failure(reading, "CANCELLED");
    await failure(graph.read(entityIds, {}, { signal: caller.signal }), "CANCELLED");
    await failure(graph.read(slow, {}, { signal: AbortSignal.timeout(100) }), "TIMEOUT");
    expect(await ids(graph)).toStrictEqual([]);
  });

  test("prepares twice", async () => {
    await using graph = await open();
    await put(graph, { id: "a" });
    await graph.prepare();
    await graph.prepare();
    await failure(
      graph.write((tx) => tx.run(createEntity, { id: "a" })),
      "CONFLICT",
    );
  });

  test("is ready while it is open, and closes twice", async () => {
    const graph = await open();
    await graph.ready();
    await graph.close();
    await graph.close();
    await failure(graph.ready(), "DB_UNAVAILABLE");
    await failure(graph.read(entityIds, {}), "DB_UNAVAILABLE");
    await failure(put(graph, { id: "a" }), "DB_UNAVAILABLE");
  });

  test("finds the relationships that have given ids, whatever their type", async () => {
    await using graph = await open();
    await put(graph, { id: "a" }, { id: "b" });
    const relate = ask(cypher`
      MATCH (a:Entity {id: "a"}), (b:Entity {id: "b"})
      MERGE (a)-[supplies:SUPPLIES {id: "r1"}]->(b)
      MERGE (b)-[owns:OWNS {id: "r2"}]->(a)
    `);
    await graph.write((tx) => tx.run(relate, {}));
    const found = await graph.read(relationshipsById, { ids: ["r2", "r1", "r3"] });
    expect(found.toSorted((x, y) => (x.id < y.id ? -1 : 1))).toStrictEqual([
      { id: "r1", type: "SUPPLIES", from: "a", to: "b" },
      { id: "r2", type: "OWNS", from: "b", to: "a" },
    ]);
  });
}

/** Takes seconds on either engine. */
const slow = ask(cypher`
  UNWIND range(1, 3000) AS a
  UNWIND range(1, 3000) AS b
  WITH a + b AS n
  WHERE n % 7 = 3
  RETURN count(n) AS n
`);
