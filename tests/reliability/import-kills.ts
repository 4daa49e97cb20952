import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import neo4j from "neo4j-driver";
import { GraphError } from "../../graph/errors.ts";
import { contentHash } from "../../graph/export/content-hash.ts";
import { importRun } from "../../graph/queries/import-run.ts";
import { openGraph } from "../../graph/store/open.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { writeRows } from "../bench/rows.ts";
import { type Ended, run, start } from "../support/command-line.ts";
import type { EngineSettings } from "./engine.ts";

/** An engine to import into, empty at first and after `empty`. */
interface Target {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  open(): Promise<GraphStore>;
  empty(): Promise<void>;
}

/**
 * Kills `liantu import` of 50,000 rows with SIGKILL at random moments, half of them as one transaction and half in bulk. After each kill the graph of the first must be the one before or the one after, and the same command again
 * must end in the graph of an import that was left alone, with nothing of the import's bookkeeping left.
 *
 * @param seed of the moments; printed
 */
export async function importKills(
  { NEO4J_URI: uri }: EngineSettings,
  kills = 50,
  rows = 50_000,
  seed = Date.now() % 2 ** 31,
): Promise<boolean> {
  process.stdout.write(`${kills} kills, ${rows} rows, seed ${seed}\n`);
  const folder = await mkdtemp(join(tmpdir(), "liantu-kills-"));
  const input = join(folder, "bench");
  await writeRows(input, { nodes: Math.round(rows / 5), relationships: rows - Math.round(rows / 5) });
  const target = uri === undefined ? embedded(join(folder, "data")) : neo4jTarget(uri);
  try {
    return (await killsOn(target, input, kills, seed)) === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function killsOn(target: Target, input: string, kills: number, seed: number): Promise<number> {
  const moments = fc.sample(fc.noBias(fc.integer({ min: 0, max: 999 })), { seed, numRuns: kills });
  const before = await state(target);
  const duration = { plain: await timed(target, importOf(input, false)), bulk: 0 };
  const after = await state(target);
  await target.empty();
  duration.bulk = await timed(target, importOf(input, true));
  let [failures, killed, resumed] = [0, 0, 0];
  const fail = (kill: number, what: string, detail: unknown): void => {
    failures += 1;
    process.stdout.write(`${target.name} kill ${kill}: ${what} ${JSON.stringify(detail)}\n`);
  };
  for (const [index, moment] of moments.entries()) {
    const kill = index + 1;
    await target.empty();
    const bulk = kill % 2 === 0;
    const args = importOf(input, bulk);
    const way = bulk ? "bulk" : "plain";
    const begun = performance.now();
    const { child, ended } = start(target.settings, ...args);
    await Promise.race([sleep((moment / 1_000) * duration[way]), ended]);
    child.kill("SIGKILL");
    if ((await ended).signal === "SIGKILL") killed += 1;
    // A server becomes faster with each import.
    else duration[way] = performance.now() - begun;
    // What a bulk import leaves is shown to nobody, so there is no hash of it.
    const left = bulk ? before : await state(target);
    if (left.hash !== before.hash && left.hash !== after.hash) fail(kill, "left a part of a transaction", left);
    const again = await run(target.settings, ...args);
    if (again.code !== 0) fail(kill, "cannot go on", again satisfies Ended);
    else if (JSON.parse(again.stdout).resumedAt > 0) resumed += 1;
    const end = await state(target);
    if (end.hash !== after.hash || end.isOpen) fail(kill, "ended in another graph", end);
    if (kill % 10 === 0) process.stdout.write(`${target.name}: ${kill} of ${kills}\n`);
  }
  process.stdout.write(
    `${target.name}: ${killed} of ${kills} killed before their end, ${resumed} went on behind a batch, ${failures} failures\n`,
  );
  return failures;
}

function importOf(input: string, bulk: boolean): string[] {
  return ["import", input, "--json", ...(bulk ? ["--bulk"] : [])];
}

async function timed({ settings }: Target, args: readonly string[]): Promise<number> {
  const begun = performance.now();
  const { code, stdout, stderr } = await run(settings, ...args);
  if (code !== 0) throw new Error(`An import that nobody disturbs failed: ${stdout}${stderr}`);
  return performance.now() - begun;
}

/** What the graph holds. A server may still carry out the last message of a client that was killed, so it is asked again. */
async function state(target: Target): Promise<{ readonly hash: string; readonly isOpen: boolean }> {
  await using store = await target.open();
  await store.prepare();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { hash: await contentHash(store), isOpen: (await store.read(importRun, {})).length > 0 };
    } catch (error) {
      if (!(error instanceof GraphError && error.code === "CONFLICT") || attempt === 5) throw error;
      await sleep(1_000);
    }
  }
}

function embedded(data: string): Target {
  return {
    name: "embedded",
    settings: { LIANTU_DATA: data },
    open: () => openGraph({ engine: "embedded", path: join(data, "graph.grafeo") }),
    empty: () => rm(data, { recursive: true, force: true }),
  };
}

function neo4jTarget(uri: string): Target {
  return {
    name: "Neo4j",
    settings: { NEO4J_URI: uri },
    open: () => openGraph({ engine: "neo4j", uri }),
    empty: async () => {
      const driver = neo4j.driver(uri);
      const session = driver.session({ database: "neo4j" });
      try {
        await session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS");
      } finally {
        await session.close();
        await driver.close();
      }
    },
  };
}
