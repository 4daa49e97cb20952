import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { askService, type Service, temporaryFolder } from "../support/service.ts";
import { letUsersAsk, MIXED_READS, mixedRead, type Reply, Tally } from "../support/users.ts";
import type { EngineSettings } from "./engine.ts";
import { startOnGoalGraph } from "./goal-graph.ts";

const MOST_P99_MS = 500;
const MOST_MB = 512;
/** For which ten users ask beforehand: a database that has just started compiles its own code. */
const WARMING_MS = 10_000;
/** Of the environment that the container image sets, what memory depends on. */
const AS_IN_THE_IMAGE = { MALLOC_ARENA_MAX: "2" };
const WRITES = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { userErrors { code } } }`;

/**
 * Users who ask without a pause, once ten have asked for a while: first in eight ways of reading, then as many again with one
 * write in ten. No request may fail and the process must stay within 512 MB; 99 of 100 answers to readers must come within
 * 500 ms, and every acknowledged write must be there at the end.
 *
 * @param seconds of each of the two
 */
export async function load(engine: EngineSettings, users = 200, seconds = 60): Promise<boolean> {
  using data = temporaryFolder();
  await using service = await startOnGoalGraph(engine, data.path, AS_IN_THE_IMAGE);
  await calm(service, WARMING_MS);
  const reading = await readAndWrite(service, users, seconds, () => false);
  const writing = await readAndWrite(service, users, seconds, (user, turn) => (user + turn) % 10 === 9);
  const lost = await missing(service, writing.acknowledged);
  const told = ({ tally, failed, peakMb }: Crowd) =>
    `${Math.round(tally.total / seconds)} a second: ${tally}; ${failed} failed, peak memory ${peakMb} MB`;
  process.stdout.write(
    `${users} users for ${seconds} s, readers: ${told(reading)}; p99 at most ${MOST_P99_MS} ms\none in ten a write: ${told(writing)}, ${writing.acknowledged.size} writes acknowledged, ${lost} lost (memory at most ${MOST_MB} MB)\n`,
  );
  const failed = reading.failed + writing.failed + lost;
  return (
    failed === 0 && reading.tally.quantile(0.99) <= MOST_P99_MS && Math.max(reading.peakMb, writing.peakMb) <= MOST_MB
  );
}

/** What came of the requests of many users. */
interface Crowd {
  readonly tally: Tally;
  readonly failed: number;
  /** Ids of firms whose making was acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  readonly peakMb: number;
}

async function readAndWrite(
  service: Service,
  users: number,
  seconds: number,
  isWrite: (user: number, turn: number) => boolean,
): Promise<Crowd> {
  const end = performance.now() + seconds * 1_000;
  const tally = new Tally();
  const acknowledged = new Set<string>();
  let [failed, made, peakMb] = [0, 0, 0];
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, memoryMb(service));
  }, 500);
  await letUsersAsk(
    service.url,
    users,
    () => performance.now() > end,
    (user, turn) => {
      if (!isWrite(user, turn)) return { query: MIXED_READS[(user * 3 + turn) % MIXED_READS.length]! };
      const id = `firm-load-${made++}`;
      const entities = [{ id, kind: "Firm", properties: { name: id, assertion: "ASSUMED" } }];
      return { query: WRITES, variables: { input: { dataset: "load", entities } } };
    },
    (reply, { variables }) => {
      tally.add(reply);
      if (!isAnswer(reply)) failed += 1;
      else if (variables !== undefined)
        acknowledged.add((variables["input"] as { entities: { id: string }[] }).entities[0]!.id);
    },
  );
  clearInterval(watch);
  return { tally, failed, acknowledged, peakMb };
}

/**
 * Many more connections than the service lets in: each request must be answered within 3 s with 200, 429 or 503, and 5 s
 * after the crowd is gone a few users must be served as fast as before.
 */
export async function overload(engine: EngineSettings, connections = 1_000, seconds = 30): Promise<boolean> {
  using data = temporaryFolder();
  await using service = await startOnGoalGraph(engine, data.path);
  const before = await calm(service);
  const crowd = new Tally();
  const broken = new Map<string, number>();
  const end = performance.now() + seconds * 1_000;
  await letUsersAsk(
    service.url,
    connections,
    () => performance.now() > end,
    mixedRead,
    (reply) => {
      crowd.add(reply);
      const fault =
        reply.failure ??
        ([200, 429, 503].includes(reply.status!) ? (reply.ms > 3_000 ? "later than 3 s" : null) : `${reply.status}`);
      if (fault !== null) broken.set(fault, (broken.get(fault) ?? 0) + 1);
    },
  );
  await sleep(5_000);
  const after = await calm(service);
  // Twice the time is the noise of a shared machine.
  const isBack = after.quantile(0.99) <= Math.max(100, 2 * before.quantile(0.99));
  process.stdout.write(
    `${connections} connections for ${seconds} s: ${crowd}\nagainst the contract: ${[...broken].map(([fault, many]) => `${fault} ${many}`).join(", ") || "none"}; p99 of 10 users ${before.quantile(0.99)} ms before, ${after.quantile(0.99)} ms after\n`,
  );
  return broken.size === 0 && isBack;
}

/**
 * Users who read and write for a long time: from the fifth minute on (or the first sixth of a shorter run) the memory of the
 * process must grow by less than 1 MB a minute, its open files must not grow, and its event loop must not lag.
 */
export async function soak(engine: EngineSettings, minutes = 30, users = 50): Promise<boolean> {
  using data = temporaryFolder();
  await using service = await startOnGoalGraph(engine, data.path, { LIANTU_METRICS: "anybody" });
  const began = performance.now();
  const passed = () => (performance.now() - began) / 60_000;
  const samples: { minute: number; mb: number; lag: number }[] = [];
  const warm = Math.min(5, minutes / 6);
  const sampling = (async () => {
    while (passed() < minutes) {
      await sleep(2_000);
      const lag = await lagOf(service);
      if (passed() > warm) samples.push({ minute: passed(), mb: memoryMb(service), lag });
    }
  })();
  const tally = new Tally();
  await letUsersAsk(
    service.url,
    users,
    () => passed() > minutes,
    mixedRead,
    (reply) => tally.add(reply),
  );
  await sampling;
  const slope = slopeOf(samples.map(({ minute, mb }) => [minute, mb]));
  const lags = samples.map(({ lag }) => lag).sort((one, other) => one - other);
  const lag = lags[Math.floor(0.99 * lags.length)] ?? 0;
  const failed = tally.total - (tally.counts["answered 200"] ?? 0);
  process.stdout.write(
    `${users} users for ${minutes} min: ${tally}\n${failed} failed, memory ${samples.at(0)?.mb} to ${samples.at(-1)?.mb} MB, ${slope.toFixed(2)} MB a minute (below 1), event-loop lag p99 ${Math.round(lag)} ms (below 50)\n`,
  );
  return failed === 0 && slope < 1 && lag < 50;
}

function isAnswer({ failure, status, codes, data }: Reply): boolean {
  const errors = Object.values(data ?? {}).flatMap(
    (one) => (one as { userErrors?: unknown[] } | null)?.userErrors ?? [],
  );
  return failure === null && status === 200 && codes.length === 0 && errors.length === 0;
}

/** Ten users for a while. */
async function calm(service: Service, ms = 2_000): Promise<Tally> {
  const tally = new Tally();
  const end = performance.now() + ms;
  await letUsersAsk(
    service.url,
    10,
    () => performance.now() > end,
    mixedRead,
    (reply) => tally.add(reply),
  );
  return tally;
}

async function missing(service: Service, ids: ReadonlySet<string>): Promise<number> {
  const all = [...ids];
  let lost = 0;
  for (let at = 0; at < all.length; at += 500) {
    const part = JSON.stringify(all.slice(at, at + 500));
    const { nodes } = await askService<{ nodes: unknown[] }>(service, `{ nodes(ids: ${part}) { id } }`);
    lost += nodes.filter((node) => node === null).length;
  }
  return lost;
}

/** Resident memory of the service's process (Linux), in MB. */
function memoryMb({ pid }: Service): number {
  const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kb ?? 0) / 1_024);
}

/** The 99th percentile of the event loop's lag since the last look, in ms. */
async function lagOf({ url }: Service): Promise<number> {
  const text = await (await fetch(`${url}metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(text)?.[1] ?? 0) * 1_000;
}

/** Least squares. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([one]) => one)), mean(points.map(([, one]) => one))];
  const spread = points.reduce((sum, [one]) => sum + (one - x) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [one, other]) => sum + (one - x) * (other - y), 0) / spread;
}
