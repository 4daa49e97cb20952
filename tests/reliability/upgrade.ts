import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { contentHash } from "../../graph/export/content-hash.ts";
import { STORE_FORMAT } from "../../graph/migrations/store-format.ts";
import { storeFormat } from "../../graph/queries/store-format.ts";
import { openGraph } from "../../graph/store/open.ts";
import { openApi } from "../support/api.ts";
import { temporaryFolder } from "../support/service.ts";
import { FIRST_RELEASE, layFirstRelease } from "../support/stored-release.ts";

/** So that the migration has something to write for every entity. */
const spoilSearch = {
  name: "spoilSearch",
  row: z.never(),
  text: cypher`MATCH (entity:Entity) SET entity.searchText = 'as it was'`,
};

/**
 * Kills a process with SIGKILL at random moments while it brings the data directory of the first release to the format of
 * this version; then the directory must open, hold the same content and give the answers that the first release gave.
 *
 * @param seed of the moments; printed
 */
export async function upgrade(kills = 20, seed = Date.now() % 2 ** 31): Promise<boolean> {
  process.stdout.write(`${kills} kills of the migration from format 1 to ${STORE_FORMAT}, seed ${seed}\n`);
  const moments = fc.sample(fc.noBias(fc.integer({ min: 0, max: 999 })), { seed, numRuns: kills });
  using data = temporaryFolder();
  const duration = await prepareAndKill(await oldGraph(data.path), null);
  let [failures, killed] = [await differences(data.path), 0];
  for (const moment of moments) {
    const path = await oldGraph(data.path);
    if ((await prepareAndKill(path, (moment / 1_000) * duration)) < 0) killed += 1;
    failures += await differences(data.path);
  }
  process.stdout.write(
    `${killed} of ${kills} killed before their end, undisturbed ${Math.round(duration)} ms, ${failures} failures\n`,
  );
  return failures === 0;
}

async function oldGraph(folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  const path = await layFirstRelease(folder);
  await using graph = await openGraph({ engine: "embedded", path });
  await graph.write((tx) => tx.run(spoilSearch, {}));
  return path;
}

/** How long a process took to prepare the graph, in ms; negative where it was killed before it had. */
async function prepareAndKill(path: string, afterMs: number | null): Promise<number> {
  const script = fileURLToPath(new URL("../support/open-and-prepare.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, path], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  let [opened, took] = [0, -1];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === "prepared") took = performance.now() - opened;
    else {
      opened = performance.now();
      if (afterMs !== null) void sleep(afterMs).then(() => child.kill("SIGKILL"));
    }
  }
  await ended;
  return took;
}

/** How many answers of the service differ from those of the first release. */
async function differences(folder: string): Promise<number> {
  const store = await openGraph({ engine: "embedded", path: `${folder}/graph.grafeo` });
  await store.prepare();
  const [state] = await store.read(storeFormat, {});
  let count = state?.format === STORE_FORMAT && (await contentHash(store)) === FIRST_RELEASE.hash ? 0 : 1;
  await using api = openApi(store);
  for (const { query, data } of FIRST_RELEASE.queries) {
    const { data: found } = await api.ask(query);
    // The spoiling was a version of its own.
    if (isDeepStrictEqual(withoutVersion(found), withoutVersion(data))) continue;
    count += 1;
    process.stdout.write(`another answer to ${query}: ${JSON.stringify(found).slice(0, 500)}\n`);
  }
  return count;
}

function withoutVersion(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data, (key, value) => (key === "version" ? undefined : value)));
}
