import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { startLocalNeo4j } from "../neo4j/local-neo4j.ts";
import { KeyedWrites } from "../support/keyed-writes.ts";
import { startService, temporaryFolder } from "../support/service.ts";
import { letUsersAsk, MIXED_READS, type Reply, Tally } from "../support/users.ts";

const MOST_MS = 6_000;
const MOST_RECOVERY_MS = 5_000;
/** What may be said instead of an answer while there is no database. */
const ALLOWED = new Set(["DB_UNAVAILABLE", "TIMEOUT", "OVERLOADED"]);

/**
 * Ends Neo4j with SIGKILL and starts it again, again and again, while users read and write. Every request must be answered
 * within 6 s, with data or with when to come again; the first answer must come within 5 s of
 * Neo4j's first to anybody; and no acknowledged write may be lost, nor one be carried out twice.
 *
 * @param seed of the moments; printed
 */
export async function neo4jKills(kills = 10, users = 50, seed = Date.now() % 2 ** 31): Promise<boolean> {
  process.stdout.write(`${kills} kills of Neo4j under ${users} users, seed ${seed}\n`);
  const moments = fc.sample(fc.noBias(fc.integer({ min: 1_000, max: 4_000 })), { seed, numRuns: kills });
  using home = temporaryFolder();
  let server = await startLocalNeo4j({ home: home.path });
  const port = Number(new URL(server.uri).port);
  await using service = await startService({ NEO4J_URI: server.uri, LIANTU_CHANGES_KEPT: "1000000" });
  const [writes, tally] = [new KeyedWrites(), new Tally()];
  const broken: string[] = [];
  let [isOver, firstData, slowestRecovery] = [false, 0, 0];
  const load = letUsersAsk(
    service.url,
    users,
    () => isOver,
    (user, turn) => (turn % 5 === 4 ? writes.next() : { query: MIXED_READS[(user + turn) % MIXED_READS.length]! }),
    (reply, question) => {
      tally.add(reply);
      writes.told(reply, question);
      const fault = brokenPromise(reply);
      if (fault !== null) broken.push(`${fault}: ${question.query.slice(0, 60)}`);
      if (firstData === 0 && reply.codes.length === 0 && reply.failure === null) firstData = reply.at;
    },
  );
  for (const [kill, moment] of moments.entries()) {
    await sleep(moment);
    await server.stop("SIGKILL");
    // What was answered already may still be on its way.
    await sleep(200);
    firstData = 0;
    const accepting = accepts(port);
    server = await startLocalNeo4j({ home: home.path, port });
    const answeringAt = performance.now();
    while (firstData === 0 && performance.now() - answeringAt < 60_000) await sleep(20);
    const recovery = firstData === 0 ? 60_000 : Math.max(0, firstData - answeringAt);
    slowestRecovery = Math.max(slowestRecovery, recovery);
    process.stdout.write(
      `kill ${kill + 1}: Neo4j answered ${Math.round(answeringAt - (await accepting))} ms after it took connections, the service ${Math.round(recovery)} ms later\n`,
    );
  }
  await sleep(1_000);
  isOver = true;
  await load;
  isOver = false;
  await letUsersAsk(
    service.url,
    1,
    () => writes.isSettled,
    () => writes.next(),
    (reply, question) => writes.told(reply, question),
  );
  const faults = await writes.faults(server.uri);
  await server.stop();
  for (const line of [...new Set([...broken, ...faults])].slice(0, 20)) process.stdout.write(`${line}\n`);
  process.stdout.write(
    `${tally}\n${broken.length} against the contract (at most ${MOST_MS} ms), ${writes.acknowledged} writes acknowledged, ${faults.length} lost or twice, slowest recovery ${Math.round(slowestRecovery)} ms (at most ${MOST_RECOVERY_MS})\n`,
  );
  return broken.length === 0 && faults.length === 0 && slowestRecovery <= MOST_RECOVERY_MS;
}

/** How a reply breaks what callers may rely on while the database fails; null where it does not. */
export function brokenPromise({ failure, codes, hasRetryAfter, ms }: Reply): string | null {
  if (failure !== null) return `no answer (${failure})`;
  if (ms > MOST_MS) return `after ${Math.round(ms)} ms`;
  const code = codes.find((one) => !ALLOWED.has(one));
  if (code !== undefined) return code;
  return codes.length > 0 && !hasRetryAfter ? `${codes[0]} without Retry-After` : null;
}

/** When (`performance.now()`) something takes connections on a loopback port. */
async function accepts(port: number): Promise<number> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (isOpen) return performance.now();
    await sleep(50);
  }
}
