import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { startService, temporaryFolder } from "../support/service.ts";
import type { EngineSettings } from "./engine.ts";

const ASKED = JSON.stringify({ query: "{ statistics { version } }" });
const LIMITS = { answerMs: 2_000, dribbleMs: 10_000 };
const JSON_POST = "Content-Type: application/json\r\n";

/** What a connection says first, and then a little of every second. */
type Slow = readonly [first: (host: string) => string, then: string];
const SLOW: readonly Slow[] = [
  [(host) => `POST /graphql HTTP/1.1\r\nHost: ${host}\r\n`, "X-Slow: 1\r\n"],
  [(host) => `POST /graphql HTTP/1.1\r\nHost: ${host}\r\n${JSON_POST}Content-Length: 100000\r\n\r\n{`, " "],
  [(host) => `POST /graphql HTTP/1.1\r\nHost: ${host}\r\n${JSON_POST}Transfer-Encoding: chunked\r\n\r\n`, "1\r\n \r\n"],
  [() => "", ""],
];

/**
 * Holds slow connections open (headers, bodies and chunks by the drop, and silence), each anew when it is cut, while
 * ordinary questions are asked without a pause. All of these must be answered within 2 s, and no slow connection may last
 * longer than 10 s.
 */
export async function slowloris(engine: EngineSettings, connections = 200, seconds = 15): Promise<boolean> {
  using data = temporaryFolder();
  await using service = await startService({ ...engine, LIANTU_DATA: data.path });
  await ask(service.url);
  const end = performance.now() + seconds * 1_000;
  const lasted: number[] = [];
  const dribbling = Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      while (performance.now() < end) lasted.push(await dribble(service.url, SLOW[index % SLOW.length]!));
    }),
  );
  const took: number[] = [];
  let failed = 0;
  while (performance.now() < end) {
    const startedAt = performance.now();
    if (!(await ask(service.url))) failed += 1;
    took.push(performance.now() - startedAt);
    await sleep(20);
  }
  await dribbling;
  took.sort((one, other) => one - other);
  const worst = took.at(-1)!;
  const longest = Math.max(...lasted);
  process.stdout.write(
    `${connections} slow connections for ${seconds} s: ${took.length} answers, ${failed} failed, median ${took[took.length >> 1]!.toFixed(0)} ms, worst ${worst.toFixed(0)} ms; ${lasted.length} connections cut, the longest after ${longest.toFixed(0)} ms\n`,
  );
  return failed === 0 && worst < LIMITS.answerMs && longest <= LIMITS.dribbleMs;
}

async function ask(url: string): Promise<boolean> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}graphql`, { method: "POST", headers, body: ASKED }).catch(() => null);
  return response?.ok === true && !(await response.text()).includes('"errors"');
}

/** Milliseconds until the service cut a connection that speaks slowly. */
async function dribble(url: string, [first, then]: Slow): Promise<number> {
  const { hostname, port, host } = new URL(url);
  const startedAt = performance.now();
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined).resume();
  socket.write(first(host));
  const timer = setInterval(() => socket.write(then), 1_000);
  await once(socket, "close");
  clearInterval(timer);
  return performance.now() - startedAt;
}
