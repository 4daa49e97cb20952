import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { startLocalNeo4j } from "../neo4j/local-neo4j.ts";
import { temporaryFolder } from "../support/service.ts";
import { startOnGoalGraph } from "./goal-graph.ts";
import { loggedFaults } from "./logged-faults.ts";
import { MOST_RECOVERY_MS, TriedUsers } from "./tried-users.ts";

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
  using data = temporaryFolder();
  await using service = await startOnGoalGraph({ NEO4J_URI: server.uri }, data.path, {
    LIANTU_CHANGES_KEPT: "1000000",
  });
  let [firstData, slowestRecovery] = [0, 0];
  const tried = new TriedUsers(service.url, {
    users,
    writeEvery: 5,
    onData: (at) => {
      if (firstData === 0) firstData = at;
    },
  });
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
  const { broken, wrong, text } = await tried.verdict(server.uri);
  await server.stop();
  process.stdout.write(loggedFaults(service));
  process.stdout.write(`${text}, slowest recovery ${Math.round(slowestRecovery)} ms (at most ${MOST_RECOVERY_MS})\n`);
  return broken === 0 && wrong === 0 && slowestRecovery <= MOST_RECOVERY_MS;
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
