import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { contentHash } from "../../graph/export/content-hash.ts";
import { ingest } from "../../graph/import/ingest.ts";
import type { EntityRecord } from "../../graph/records.ts";
import { openGraph } from "../../graph/store/open.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { openThroughService } from "../../server/admin-store.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";

const MOST_START_MS = 5_000;

interface Write {
  readonly number: number;
  readonly entities: readonly EntityRecord[];
}

/** When to kill: so many milliseconds after so many acknowledged writes. */
interface Moment {
  readonly writes: number;
  readonly ms: number;
}

export interface WriteKillsOutcome {
  readonly acknowledged: number;
  /** Writes that were stored though nobody was told. */
  readonly untold: number;
  readonly slowestStartMs: number;
  readonly failures: readonly string[];
}

/**
 * Kills the service on the embedded graph with SIGKILL at random moments while it acknowledges single writes (each of two
 * nodes, one new and one mostly there before). After each kill it must start within 5 s, and the graph must be the one of
 * all acknowledged writes, with the one that was under way or without it, by content hash.
 *
 * The page cache outlives the process, so this says nothing of a loss of power.
 *
 * @param seed of the moments; printed
 */
export async function writeKills(kills = 200, seed = Date.now() % 2 ** 31): Promise<boolean> {
  process.stdout.write(`${kills} kills among acknowledged writes, seed ${seed}\n`);
  const { acknowledged, untold, slowestStartMs, failures } = await killAmongWrites(kills, seed, (kill) => {
    if (kill % 20 === 0) process.stdout.write(`${kill} of ${kills}\n`);
  });
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  process.stdout.write(
    `${kills} kills, ${acknowledged} writes acknowledged, ${untold} stored though their reply was lost, ${failures.length} failures, slowest start ${Math.round(slowestStartMs)} ms (at most ${MOST_START_MS})\n`,
  );
  return failures.length === 0 && slowestStartMs <= MOST_START_MS;
}

/** As `writeKills`, without its limit of time. */
export async function killAmongWrites(
  kills: number,
  seed: number,
  tell: (kill: number) => void = () => undefined,
): Promise<WriteKillsOutcome> {
  const moments = fc.sample(
    fc.noBias(fc.record({ writes: fc.integer({ min: 0, max: 30 }), ms: fc.integer({ min: 0, max: 10 }) })),
    { seed, numRuns: kills },
  );
  using data = temporaryFolder();
  // What the graph must hold, kept on a graph in memory.
  await using expected = await openGraph({ engine: "embedded", path: null });
  await expected.prepare();
  let [acknowledged, untold, slowestStartMs] = [0, 0, 0];
  let pending: Write | undefined;
  const result = (...failures: readonly string[]): WriteKillsOutcome => ({
    ...{ acknowledged, untold, slowestStartMs, failures },
  });
  for (const [index, moment] of [...moments, undefined].entries()) {
    const began = performance.now();
    const service = await startService({ LIANTU_DATA: data.path, LIANTU_SEED: "false" });
    slowestStartMs = Math.max(slowestStartMs, performance.now() - began);
    const outcome = await compare(data.path, expected, pending);
    if (outcome === "with the pending write") untold += 1;
    if (outcome === "different" || moment === undefined) await service.stop();
    if (outcome === "different")
      return result(`after kill ${index} the graph is not that of the ${acknowledged} acknowledged writes`);
    if (moment === undefined) break;
    const round = await writeUntilKilled(service, acknowledged + index + 1, moment);
    for (const { entities } of round.acknowledged) await ingest(expected, { entities, relationships: [] });
    acknowledged += round.acknowledged.length;
    pending = round.pending;
    tell(index + 1);
  }
  return result();
}

/** Writes one after the other until the service is killed: which were acknowledged, and which was under way. */
async function writeUntilKilled(
  service: Service,
  first: number,
  moment: Moment,
): Promise<{ readonly acknowledged: readonly Write[]; readonly pending: Write }> {
  const acknowledged: Write[] = [];
  let killed: Promise<void> | undefined;
  for (let number = first; ; number += 1) {
    if (acknowledged.length >= moment.writes) killed ??= sleep(moment.ms).then(() => service.kill());
    const write = writeOf(number);
    const answer = await send(service, write).catch(() => null);
    if (answer === null) {
      await (killed ?? Promise.reject(new Error("the service did not answer, and nobody had killed it")));
      return { acknowledged, pending: write };
    }
    if (answer !== STORED) throw new Error(`a write was refused: ${answer}`);
    acknowledged.push(write);
  }
}

/** Two nodes: one of this write alone, and one of ten that every tenth write replaces. */
function writeOf(number: number): Write {
  const properties = {
    name: `某企业 ${number} ${"·".repeat(number % 300)}`,
    ...{ dataset: "kills", assertion: "ASSUMED" },
  };
  return {
    number,
    entities: [`firm-own-${number}`, `firm-shared-${number % 10}`].map((id) => ({ id, kind: "Firm", properties })),
  };
}

const UPSERT = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { userErrors { code message } } }`;
const STORED = JSON.stringify({ data: { upsertEntities: { userErrors: [] } } });

/** The whole reply; rejects where none came. */
async function send({ url }: Service, { number, entities }: Write): Promise<string> {
  const response = await fetch(`${url}graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: UPSERT, variables: { input: { clientMutationId: `write-${number}`, entities } } }),
  });
  return response.text();
}

/** How the graph of the service compares with the expected one, which takes in the pending write where the service has. */
async function compare(
  folder: string,
  expected: GraphStore,
  pending: Write | undefined,
): Promise<"without the pending write" | "with the pending write" | "different"> {
  await using store = await openThroughService(folder);
  if (store === undefined) return "different";
  const found = await contentHash(store);
  if (found === (await contentHash(expected))) return "without the pending write";
  if (pending === undefined) return "different";
  await ingest(expected, { entities: pending.entities, relationships: [] });
  return found === (await contentHash(expected)) ? "with the pending write" : "different";
}
