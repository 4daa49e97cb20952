import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { graphVersion } from "../../graph/queries/graph-version.ts";
import { openGraph } from "../../graph/store/open.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { describeEngine, embedded } from "../support/engines.ts";
import { failure, storeContract } from "./store.contract.ts";

const entityIds = {
  name: "entityIds",
  row: z.object({ id: z.string() }),
  text: cypher`MATCH (entity:Entity) RETURN entity.id AS id ORDER BY id`,
};
const createEntity = { name: "createEntity", row: z.object({}), text: cypher`CREATE (entity:Entity {id: $id})` };

describeEngine(embedded, "A store", storeContract);

describe("A file of the embedded engine", () => {
  test("is made where it is missing, and keeps its data, version and constraints over a reopening", async () => {
    const path = join(await folder(), "not", "there", "graph.grafeo");
    {
      await using graph = await openFile(path);
      await graph.prepare();
      await put(graph, "a");
      await put(graph, "b");
    }
    await using graph = await openFile(path);
    expect(await graph.read(entityIds, {})).toStrictEqual([{ id: "a" }, { id: "b" }]);
    expect(await graph.read(graphVersion, {})).toStrictEqual([{ version: 2 }]);
    await failure(put(graph, "a"), "CONFLICT");
  });

  test("is read as it was at one moment while writers are answered, and nothing written in that reading stays", async () => {
    await using graph = await openFile(join(await folder(), "graph.grafeo"));
    await graph.prepare();
    await put(graph, "a");
    await graph.snapshot!(async (reader) => {
      expect(await reader.run(entityIds, {})).toStrictEqual([{ id: "a" }]);
      await put(graph, "b");
      expect(await reader.run(entityIds, {})).toStrictEqual([{ id: "a" }]);
      expect(await reader.run(graphVersion, {})).toStrictEqual([{ version: 1 }]);
      await reader.run(createEntity, { id: "c" });
    });
    expect(await graph.read(entityIds, {})).toStrictEqual([{ id: "a" }, { id: "b" }]);
  });

  test("keeps every acknowledged write of a process that is killed, and nothing half written", async () => {
    const path = join(await folder(), "graph.grafeo");
    const writer = startWriter(path);
    const acknowledged: string[] = [];
    for await (const id of createInterface({ input: writer.stdout! })) {
      acknowledged.push(id);
      if (acknowledged.length === 60) writer.kill("SIGKILL");
    }
    await using graph = await openFile(path);
    const kept = (await graph.read(entityIds, {})).map((row) => row.id);
    expect(kept).toStrictEqual(expect.arrayContaining(acknowledged));
    const [version] = await graph.read(graphVersion, {});
    expect(kept).toHaveLength(2 * version!.version);
  });

  test("is locked against a second opening, from this process and from another", async () => {
    const path = join(await folder(), "graph.grafeo");
    const writer = startWriter(path);
    const lines = createInterface({ input: writer.stdout! });
    await once(lines, "line");
    const { message } = await failure(openFile(path), "DB_LOCKED");
    expect(message).toContain("graph.grafeo is open already");
    const ended = once(writer, "exit");
    writer.kill("SIGKILL");
    await ended;
    await using graph = await openFile(path);
    await failure(openFile(path), "DB_LOCKED");
    expect(await graph.read(entityIds, {})).not.toStrictEqual([]);
  });

  test("says why it cannot be opened", async () => {
    const home = await folder();
    const other = join(home, "notes.txt");
    await writeFile(other, "not a graph");
    const { message } = await failure(openFile(other), "DB_UNAVAILABLE");
    expect(message).toMatch(/^The graph's file notes\.txt cannot be read as a graph: .*restore a backup/);
    const below = await failure(openFile(join(other, "graph.grafeo")), "DB_UNAVAILABLE");
    expect(below.message).toContain("Name another folder in LIANTU_DATA");
    await failure(openFile(home), "DB_UNAVAILABLE");
  });
});

describe("The embedded engine", () => {
  test("leaves the event loop free while a statement runs, and does not wait for it when it closes", async () => {
    const graph = await openGraph({ engine: "embedded", path: null });
    const caller = new AbortController();
    const reading = failure(graph.read(busy, {}, { signal: caller.signal, timeoutMs: 60_000 }), "CANCELLED");
    const started = performance.now();
    for (let turn = 0; turn < 10; turn += 1) await graph.ready();
    expect(performance.now() - started).toBeLessThan(1_000);
    await graph.close();
    caller.abort();
    await reading;
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

/** Takes several seconds. */
const busy = {
  name: "busy",
  row: z.object({ n: z.int() }),
  text: cypher`
    UNWIND range(1, 4000) AS a
    UNWIND range(1, 4000) AS b
    WITH a + b AS n
    WHERE n % 7 = 3
    RETURN count(n) AS n
  `,
};

async function put(graph: GraphStore, id: string): Promise<void> {
  await graph.write((tx) => tx.run(createEntity, { id }));
}

function openFile(path: string): Promise<GraphStore> {
  return openGraph({ engine: "embedded", path });
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "liantu-store-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** A process that writes pairs of entities and prints the id of each once its write is acknowledged. */
function startWriter(path: string): ChildProcess {
  const script = fileURLToPath(new URL("../support/write-forever.ts", import.meta.url));
  const writer = spawn(process.execPath, ["--import", "tsx", script, path], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void writer.kill("SIGKILL"));
  return writer;
}
