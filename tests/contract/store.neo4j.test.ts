import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { openGraph } from "../../graph/store/open.ts";
import { schemaStatements } from "../../graph/store/schema.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { describeEngine, neo4jEngine, testNeo4jOptions } from "../support/engines.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";
import { failure, storeContract } from "./store.contract.ts";

const answer = { name: "answer", row: z.object({ answer: z.int() }), text: cypher`RETURN 42 AS answer` };
const entityIds = {
  name: "entityIds",
  row: z.object({ id: z.string() }),
  text: cypher`MATCH (entity:Entity) RETURN entity.id AS id ORDER BY id`,
};
const createEntity = { name: "createEntity", row: z.object({}), text: cypher`CREATE (entity:Entity {id: $id})` };

describeEngine(neo4jEngine, "A store", storeContract);

describeEngine(neo4jEngine, "Opening Neo4j", () => {
  test("names the remedy for a wrong password, and shows none", async () => {
    const { uri } = testNeo4jOptions();
    const wrong = { engine: "neo4j", uri, username: "neo4j", password: "open-sesame" } as const;
    const { message } = await failure(openGraph(wrong), "DB_AUTH");
    expect(message).toBe(
      `Neo4j at ${uri} refuses the user name or password: correct NEO4J_USERNAME and NEO4J_PASSWORD`,
    );
  });

  test("names the address of a server that is down, without the credentials in it", async () => {
    const uri = "bolt://someone:open-sesame@127.0.0.1:1";
    const { message } = await failure(openGraph({ engine: "neo4j", uri }), "DB_UNAVAILABLE");
    expect(message).toContain("bolt://127.0.0.1:1");
    expect(message).not.toContain("open-sesame");
  });

  test("gives up on something that accepts connections and says nothing", async () => {
    await using proxy = await startTcpProxy(server());
    proxy.mute();
    const started = performance.now();
    await failure(openGraph({ ...testNeo4jOptions(), uri: `bolt://127.0.0.1:${proxy.port}` }), "DB_UNAVAILABLE");
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  test("refuses an address that is none, and a database that is not there", async () => {
    const { message } = await failure(openGraph({ engine: "neo4j", uri: "localhost" }), "DB_UNAVAILABLE");
    expect(message).toContain("bolt://HOST:7687");
    const options = { ...testNeo4jOptions(), database: "elsewhere" };
    expect((await failure(openGraph(options), "DB_UNAVAILABLE")).message).toContain("NEO4J_DATABASE");
  });
});

describeEngine(neo4jEngine, "A store on Neo4j", ({ open }) => {
  test("makes the constraints and indexes of the schema, and no others", async () => {
    await using graph = await open();
    const shown = {
      name: "shown",
      row: z.object({ name: z.string() }),
      text: cypher`SHOW INDEXES YIELD name, type WHERE type <> "LOOKUP" RETURN name`,
    };
    const names = (await graph.read(shown, {})).map((row) => row.name);
    expect(names.toSorted()).toStrictEqual(
      schemaStatements("neo4j")
        .map((statement) => statement.name)
        .toSorted(),
    );
  });

  test("ends a statement on the server too when its time is over or its caller gives up", async () => {
    await using graph = await open();
    await failure(graph.read(busy, {}, { timeoutMs: 300 }), "TIMEOUT");
    const caller = new AbortController();
    const reading = graph.read(busy, {}, { signal: caller.signal });
    await expect.poll(() => running(graph)).toBe(1);
    caller.abort();
    await failure(reading, "CANCELLED");
    await expect.poll(() => running(graph), { timeout: 3_000 }).toBe(0);
  });

  test("repeats a read whose connection broke, and answers once the server is back", async () => {
    await using proxy = await startTcpProxy(server());
    await using graph = await openGraph({ ...testNeo4jOptions(), uri: `bolt://127.0.0.1:${proxy.port}` });
    expect(await graph.read(answer, {})).toStrictEqual([{ answer: 42 }]);
    proxy.cut();
    expect(await graph.read(answer, {})).toStrictEqual([{ answer: 42 }]);
    const reading = graph.read(answer, {});
    proxy.cut();
    expect(await reading).toStrictEqual([{ answer: 42 }]);
  });

  test("says TIMEOUT when the server falls silent, and recovers", async () => {
    await using proxy = await startTcpProxy(server());
    await using graph = await openGraph({ ...testNeo4jOptions(), uri: `bolt://127.0.0.1:${proxy.port}` });
    proxy.mute();
    await failure(graph.read(answer, {}, { timeoutMs: 300 }), "TIMEOUT");
    proxy.resume();
    expect(await graph.read(answer, {})).toStrictEqual([{ answer: 42 }]);
  });

  test("says OVERLOADED where every connection is in use, and has them all again afterwards", async () => {
    await using graph = await openGraph({ ...testNeo4jOptions(), poolSize: 2 });
    const callers = [new AbortController(), new AbortController()];
    const reading = callers.map(({ signal }) => graph.read(busy, {}, { signal, timeoutMs: 60_000 }));
    const ended = Promise.allSettled(reading);
    await failure(graph.read(answer, {}), "OVERLOADED");
    for (const caller of callers) caller.abort();
    await ended;
    const both = [graph.read(answer, {}), graph.read(answer, {})];
    expect(await Promise.all(both)).toStrictEqual([[{ answer: 42 }], [{ answer: 42 }]]);
  });

  test("refuses at once where the server is known to be silent, writes that wait for it too, until it speaks", async () => {
    await using proxy = await startTcpProxy(server());
    await using graph = await openGraph({ ...testNeo4jOptions(), uri: `bolt://127.0.0.1:${proxy.port}` });
    expect(await graph.read(answer, {})).toStrictEqual([{ answer: 42 }]);
    proxy.mute();
    await failure(
      graph.write((tx) => tx.run(answer, {})),
      "DB_UNAVAILABLE",
    );
    await failure(graph.read(answer, {}), "DB_UNAVAILABLE");
    await failure(graph.ready(), "DB_UNAVAILABLE");
    proxy.resume();
    await expect
      .poll(() => graph.read(answer, {}).catch(() => null), { timeout: 20_000 })
      .toStrictEqual([{ answer: 42 }]);
  });

  test("plans statements anew when it is told to", async () => {
    await using graph = await open();
    expect(await graph.replan!()).toBe(true);
  });

  test("waits for a silent server as long as it is told to", async () => {
    await using proxy = await startTcpProxy(server());
    const uri = `bolt://127.0.0.1:${proxy.port}`;
    await using graph = await openGraph({ ...testNeo4jOptions(), uri, silenceMs: 30_000 });
    proxy.mute();
    const writing = graph.write((tx) => tx.run(answer, {}));
    await sleep(6_000);
    proxy.resume();
    expect((await writing).result).toStrictEqual([{ answer: 42 }]);
  });

  test("lands a write once when its connection breaks in the middle", async () => {
    await using direct = await open();
    await using proxy = await startTcpProxy(server());
    await using graph = await openGraph({ ...testNeo4jOptions(), uri: `bolt://127.0.0.1:${proxy.port}` });
    let tries = 0;
    await graph.write(async (tx) => {
      tries += 1;
      await tx.run(createEntity, { id: "a" });
      if (tries === 1) proxy.cut();
      await tx.run(createEntity, { id: "b" });
    });
    expect(tries).toBe(2);
    expect(await direct.read(entityIds, {})).toStrictEqual([{ id: "a" }, { id: "b" }]);
  });
});

/** Takes several seconds. */
const busy = {
  name: "busy",
  row: z.object({ n: z.int() }),
  text: cypher`
    UNWIND range(1, 10000) AS a
    UNWIND range(1, 10000) AS b
    WITH a + b AS n
    WHERE n % 7 = 3
    RETURN count(n) AS n
  `,
};

async function running(graph: GraphStore): Promise<number> {
  const transactions = {
    name: "transactions",
    row: z.object({ count: z.int() }),
    text: cypher`
      SHOW TRANSACTIONS YIELD metaData, status
      WHERE metaData.app = "liantu" AND metaData.query = "busy"
      RETURN count(*) AS count
    `,
  };
  const [row] = await graph.read(transactions, {});
  return row!.count;
}

function server(): { host: string; port: number } {
  const { hostname, port } = new URL(testNeo4jOptions().uri);
  return { host: hostname, port: Number(port) };
}
