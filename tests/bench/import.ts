// As the command runs.
import "../../server/production.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import neo4j, { type Driver } from "neo4j-driver";
import { openCsvInput } from "../../graph/formats/csv-input.ts";
import { importRecords } from "../../graph/import/import-records.ts";
import { openGraph } from "../../graph/store/open.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { canStartNeo4j, startLocalNeo4j } from "../neo4j/local-neo4j.ts";
import { nodeAt, relationshipAt, type Sizes, writeRows } from "./rows.ts";

/**
 * `npm run bench:import [-- NODES RELATIONSHIPS]`, the first part of `npm run bench`: our import (reading, checks, provenance and search text included) against the
 * plain UNWIND … CREATE loop over Bolt and LOAD CSV on the same Neo4j, and the embedded engine. The loops store the same
 * properties as ours but for `searchText`, `version` and `updatedAt`, from rows that are in memory. The three ways take turns
 * on one server, emptied after each: the speed of a machine changes within minutes, and a server compiles its own code
 * during the first turns, for which those that keep all processors busy lack one; so the first turn of each does not count.
 */
const [nodes = 100_000, relationships = 400_000] = process.argv.slice(2).map(Number);
const sizes: Sizes = { nodes, relationships };
const rows = nodes + relationships;
const LOOP_ROWS = 1_000;
const TURNS = 3;

const missing = canStartNeo4j();
const folder = await mkdtemp(join(tmpdir(), "liantu-bench-"));
const input = join(folder, "bench");
/** Seconds of each way, by turn. */
const measured = new Map<string, number[]>();
try {
  await writeRows(input, sizes);
  if (missing === null) await onNeo4j();
  await onEmbedded();
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`\n${rows.toLocaleString("en")} rows (${nodes} nodes, ${relationships} relationships)\n`);
let base: number | undefined;
for (const [title, times] of measured) {
  const seconds = times.reduce((sum, each) => sum + each, 0) / times.length;
  base ??= seconds;
  const rate = Math.round(rows / seconds).toLocaleString("en");
  process.stdout.write(
    `${title.padEnd(36)}${seconds.toFixed(1).padStart(8)} s${rate.padStart(10)} rows/s${(base / seconds).toFixed(2).padStart(8)} ×\n`,
  );
}
if (missing !== null) process.stdout.write(`Not measured on Neo4j: ${missing}\n`);
process.stdout.write(`peak memory of this process ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`);

async function time(title: string, work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1_000;
  measured.set(title, [...(measured.get(title) ?? []), seconds]);
  process.stderr.write(`${title}: ${seconds.toFixed(1)} s\n`);
}

/** The ways by turns, each into an empty graph with the same constraints and indexes. */
async function onNeo4j(): Promise<void> {
  await using server = await startLocalNeo4j({ say: () => undefined });
  await using store = await openGraph({ engine: "neo4j", uri: server.uri });
  const driver = neo4j.driver(server.uri);
  const ways: readonly (readonly [title: string, work: () => Promise<void>])[] = [
    ["Neo4j: UNWIND … CREATE over Bolt", () => plainLoop(driver, sizes)],
    ["Neo4j: LOAD CSV", () => loadCsv(driver, input)],
    ["Neo4j: liantu import --bulk", () => ours(store, input)],
  ];
  try {
    for (let turn = 0; turn < TURNS; turn += 1)
      for (const [title, work] of ways) {
        // Emptied, it says of no format that it has it, and is brought there anew.
        await store.prepare();
        await (turn === 0 ? work() : time(title, work));
        await emptied(driver);
      }
  } finally {
    await driver.close();
  }
}

/** As there: the first turn does not count, nor does making and closing the empty graph. */
async function onEmbedded(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    await using store = await openGraph({ engine: "embedded", path: join(folder, `graph-${turn}.grafeo`) });
    await store.prepare();
    const work = () => ours(store, input);
    await (turn === 0 ? work() : time("embedded: liantu import --bulk", work));
  }
}

async function emptied(driver: Driver): Promise<void> {
  await run(driver, "MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 5000 ROWS");
  await run(driver, "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS");
}

async function ours(store: GraphStore, input: string): Promise<void> {
  await importRecords(store, await openCsvInput([input]), { bulk: true, key: "bench", title: "bench" });
}

async function run(driver: Driver, text: string, params: Record<string, unknown> = {}): Promise<void> {
  const session = driver.session({ database: "neo4j" });
  try {
    await session.run(text, params);
  } finally {
    await session.close();
  }
}

async function plainLoop(driver: Driver, { nodes, relationships }: Sizes): Promise<void> {
  for (const kind of ["Product", "Firm"] as const) {
    let batch: object[] = [];
    const flush = async () => {
      await run(driver, `UNWIND $rows AS row CREATE (n:Entity:${kind}) SET n = row`, { rows: batch });
      batch = [];
    };
    for (let index = 0; index < nodes; index += 1) {
      const node = nodeAt(index);
      if (node.kind !== kind) continue;
      batch.push({ ...node.properties, dataset: "bench" });
      if (batch.length >= LOOP_ROWS) await flush();
    }
    await flush();
  }
  let batch: object[] = [];
  for (let index = 0; index < relationships; index += 1) {
    const { from, to, properties } = relationshipAt(index, nodes);
    batch.push({ from, to, properties: { ...properties, id: `${from}:SUPPLIES:${to}`, dataset: "bench" } });
    if (batch.length < LOOP_ROWS && index < relationships - 1) continue;
    await run(
      driver,
      "UNWIND $rows AS row MATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to}) CREATE (a)-[r:SUPPLIES]->(b) SET r = row.properties",
      { rows: batch },
    );
    batch = [];
  }
}

async function loadCsv(driver: Driver, input: string): Promise<void> {
  const url = (path: string) => `file://${join(input, path)}`;
  await run(
    driver,
    `LOAD CSV WITH HEADERS FROM $url AS row CALL (row) {
       CREATE (n:Entity {id: row["id:ID"], name: row.name, nameEn: row.nameEn, category: row.category,
         country: row.country, sources: split(row["sources:string[]"], ";"), locator: row.locator,
         statement: row.statement, assertion: row.assertion, dataset: "bench"})
       FOREACH (_ IN CASE row[":LABEL"] WHEN "Firm" THEN [1] ELSE [] END | SET n:Firm)
       FOREACH (_ IN CASE row[":LABEL"] WHEN "Product" THEN [1] ELSE [] END | SET n:Product)
     } IN TRANSACTIONS OF 1000 ROWS`,
    { url: url("nodes/rows.csv") },
  );
  await run(
    driver,
    `LOAD CSV WITH HEADERS FROM $url AS row CALL (row) {
       MATCH (a:Entity {id: row[":START_ID"]}) MATCH (b:Entity {id: row[":END_ID"]})
       CREATE (a)-[r:SUPPLIES {id: a.id + ":SUPPLIES:" + b.id, share: toFloat(row["share:double"]),
         readiness: row.readiness, sources: split(row["sources:string[]"], ";"), locator: row.locator,
         statement: row.statement, assertion: row.assertion, dataset: "bench"}]->(b)
     } IN TRANSACTIONS OF 1000 ROWS`,
    { url: url("relationships/rows.csv") },
  );
}
