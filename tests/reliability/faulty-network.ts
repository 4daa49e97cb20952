import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { startLocalNeo4j } from "../neo4j/local-neo4j.ts";
import { startService } from "../support/service.ts";
import { startTcpProxy, type Weather } from "../support/tcp-proxy.ts";
import { askOn, MIXED_READS } from "../support/users.ts";
import { loggedFaults } from "./logged-faults.ts";
import { MOST_RECOVERY_MS, TriedUsers } from "./tried-users.ts";

const FAULTS = ["resetting", "silent", "late", "trickling", "losing commits"] as const;
const MOST_KNOWN_MS = 100;
/** Milliseconds after which the service knows that nobody answers. */
const KNOWN_AFTER_MS = 6_500;

/**
 * Puts a network between the service and Neo4j that resets connections, falls silent, brings everything 2 s late or one byte a
 * second, or loses the replies to commits, each for a while under users who read and write. Every request must be answered
 * within 6 s, with data or with when to come again; where silence is known, within 100 ms; the first answer must come within
 * 5 s of fair weather; and every write must be carried out once.
 *
 * @param rounds spells of bad weather, each of a random sort and length
 * @param seed of them; printed
 */
export async function faultyNetwork(rounds = 100, users = 20, seed = Date.now() % 2 ** 31): Promise<boolean> {
  process.stdout.write(`${rounds} spells of bad weather under ${users} users, seed ${seed}\n`);
  const extra = fc.sample(fc.noBias(fc.integer({ min: 0, max: 3_000 })), { seed, numRuns: rounds });
  await using server = await startLocalNeo4j();
  const { hostname: host, port } = new URL(server.uri);
  await using proxy = await startTcpProxy({ host, port: Number(port) });
  await using service = await startService({
    NEO4J_URI: `bolt://127.0.0.1:${proxy.port}`,
    LIANTU_CHANGES_KEPT: "1000000",
  });
  let [lastData, slowestRecovery, slowestKnown] = [0, 0, 0];
  let weather = "fair";
  const tried = new TriedUsers(service.url, {
    users,
    writeEvery: 3,
    onData: (at) => {
      lastData = at;
    },
    during: () => weather,
  });
  for (const [round, ms] of extra.entries()) {
    weather = FAULTS[round % FAULTS.length]!;
    if (weather === "resetting") for (let cut = 0; cut < 10; cut += 1) await sleep(ms / 10).then(() => proxy.cut());
    else proxy.turn(weather as Weather);
    if (weather === "silent") {
      await sleep(KNOWN_AFTER_MS);
      slowestKnown = Math.max(slowestKnown, await slowestOf(service.url, 10));
    } else await sleep(2_000 + ms);
    proxy.turn("fair");
    const fairAt = performance.now();
    while (lastData < fairAt && performance.now() - fairAt < 60_000) await sleep(20);
    const recovery = lastData < fairAt ? 60_000 : lastData - fairAt;
    slowestRecovery = Math.max(slowestRecovery, recovery);
    process.stdout.write(`${round + 1} ${weather}: the first answer ${Math.round(recovery)} ms after it was over\n`);
    await sleep(500);
  }
  const { broken, wrong, text } = await tried.verdict(server.uri);
  process.stdout.write(loggedFaults(service));
  process.stdout.write(
    `${text}, slowest recovery ${Math.round(slowestRecovery)} ms (at most ${MOST_RECOVERY_MS}), slowest answer while silence was known ${Math.round(slowestKnown)} ms (at most ${MOST_KNOWN_MS})\n`,
  );
  return broken === 0 && wrong === 0 && slowestRecovery <= MOST_RECOVERY_MS && slowestKnown <= MOST_KNOWN_MS;
}

/** The longest of so many questions to the graph, one after the other, in ms. */
async function slowestOf(url: string, many: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let slowest = 0;
  for (let turn = 0; turn < many; turn += 1)
    slowest = Math.max(slowest, (await askOn(agent, url, { query: MIXED_READS[1]! })).ms);
  agent.destroy();
  return slowest;
}
