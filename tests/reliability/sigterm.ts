import { Agent, type ClientRequest, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { type Service, startService, temporaryFolder } from "../support/service.ts";
import type { EngineSettings } from "./engine.ts";

const MOST_STOP_MS = 10_000;

export interface SigtermOutcome {
  readonly answers: number;
  /** Requests that a connection took and that got no whole answer, each with why. */
  readonly cut: readonly string[];
  readonly exitCodes: readonly (number | null)[];
  readonly slowestStopMs: number;
  /** Subscriptions that ended without being told SHUTTING_DOWN. */
  readonly untoldStreams: number;
}

/**
 * Stops the service with SIGTERM at random moments while users ask one question after the other, each on a connection that
 * it keeps. No request that was taken may lose its answer, and the process must end with 0 within 10 s.
 */
export async function sigterm(
  engine: EngineSettings,
  rounds = 20,
  users = 100,
  seed = Date.now() % 2 ** 31,
): Promise<boolean> {
  process.stdout.write(`${rounds} times SIGTERM under ${users} users, seed ${seed}\n`);
  const { answers, cut, exitCodes, slowestStopMs, untoldStreams } = await stopUnderLoad(engine, rounds, users, seed);
  for (const reason of new Set(cut)) process.stdout.write(`cut: ${reason}\n`);
  const failedExits = exitCodes.filter((code) => code !== 0).length;
  process.stdout.write(
    `${answers} answers, ${cut.length} cut, ${failedExits} ends with another code than 0, ${untoldStreams} subscriptions not told, slowest stop ${Math.round(slowestStopMs)} ms (at most ${MOST_STOP_MS})\n`,
  );
  return cut.length === 0 && failedExits === 0 && untoldStreams === 0 && slowestStopMs <= MOST_STOP_MS;
}

/** As `sigterm`, without its limit of time. */
export async function stopUnderLoad(
  engine: EngineSettings,
  rounds: number,
  users: number,
  seed: number,
): Promise<SigtermOutcome> {
  const moments = fc.sample(fc.noBias(fc.integer({ min: 100, max: 1_000 })), { seed, numRuns: rounds });
  using data = temporaryFolder();
  const cut: string[] = [];
  const exitCodes: (number | null)[] = [];
  let [answers, slowestStopMs, untoldStreams] = [0, 0, 0];
  for (const moment of moments) {
    const service = await startService({ ...engine, LIANTU_DATA: data.path });
    const loads = Array.from({ length: users }, (_, user) => askUntilRefused(service, user));
    const stream = streamToItsEnd(service);
    await sleep(moment);
    const began = performance.now();
    exitCodes.push(await service.stop());
    slowestStopMs = Math.max(slowestStopMs, performance.now() - began);
    for (const load of await Promise.all(loads)) {
      answers += load.answers;
      cut.push(...load.cut);
    }
    if (!(await stream).includes("SHUTTING_DOWN")) untoldStreams += 1;
  }
  return { answers, cut, exitCodes, slowestStopMs, untoldStreams };
}

const QUESTIONS = [
  `{ statistics { version } }`,
  `{ node(id: "firm-jinhua") { name } }`,
  `{ search(text: "晶圆", first: 10) { node { id name } } }`,
  `{ gaps(target: "firm-jinhua", first: 3) { verdict totalCount } }`,
] as const;

/** One user: asks until nothing listens any more. */
async function askUntilRefused({ url }: Service, user: number): Promise<{ answers: number; cut: readonly string[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const cut: string[] = [];
  let answers = 0;
  for (let turn = user; ; turn += 1) {
    const body = JSON.stringify({ query: QUESTIONS[turn % QUESTIONS.length] });
    const outcome = await send(url, agent, body);
    if (outcome === REFUSED) break;
    if (outcome === ANSWERED) answers += 1;
    else cut.push(outcome);
  }
  agent.destroy();
  return { answers, cut };
}

const ANSWERED = "answered";
const REFUSED = "nothing listens";

/** How one request ended: answered as a whole, never taken, or, in other words, cut. */
function send(url: string, agent: Agent, body: string): Promise<string> {
  return new Promise((resolve) => {
    const call: ClientRequest = request(
      `${url}graphql`,
      { method: "POST", agent, headers: { "content-type": "application/json" } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.on("end", () =>
          resolve(response.complete && text.endsWith("}") ? ANSWERED : "an answer without its end"),
        );
        response.on("error", (error) => resolve(`within an answer: ${error.message}`));
      },
    );
    call.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") return resolve(REFUSED);
      resolve(`${error.message} on a ${call.reusedSocket ? "kept" : "new"} connection`);
    });
    call.end(body);
  });
}

/** Everything a subscription was told, or how it was cut. */
async function streamToItsEnd({ url }: Service): Promise<string> {
  const query = encodeURIComponent("subscription { graphChanged { version } }");
  try {
    const response = await fetch(`${url}graphql?query=${query}`, { headers: { accept: "text/event-stream" } });
    return await response.text();
  } catch (error) {
    return String(error);
  }
}
