import { deepStrictEqual } from "node:assert/strict";
import { Agent } from "node:http";
import { loadavg } from "node:os";
import neo4j, { type Driver } from "neo4j-driver";
import { openGraph } from "../../graph/store/open.ts";
import { type LocalNeo4j, startLocalNeo4j } from "../neo4j/local-neo4j.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";
import { askOn, letUsersAsk, type Reply } from "../support/users.ts";
import { NEO4J_GRAPHQL, startNeo4jGraphql } from "./api/neo4j-graphql.ts";
import { OPERATIONS, type Operation } from "./api/operations.ts";
import { fillGraph } from "./api/supplied-graph.ts";

/**
 * `npm run bench:api`: five operations on one Neo4j with the same data, as tables for docs/benchmarks.md. One caller at a
 * time: the built service over HTTP beside hand-written Cypher over Bolt, turn by turn, and the smallest operation for what
 * HTTP alone takes. Sixteen callers: the service beside `@neo4j/graphql`, in turns of some seconds. Before, all sides must give the
 * same answers. LIANTU_BENCH_TURNS (800) and LIANTU_BENCH_SECONDS (3) say how long, LIANTU_BENCH_ONLY which
 * operations, LIANTU_BENCH_URI a Neo4j that an earlier run has filled.
 */
const turns = Number(process.env["LIANTU_BENCH_TURNS"] ?? 800);
const seconds = Number(process.env["LIANTU_BENCH_SECONDS"] ?? 3);
const only = process.env["LIANTU_BENCH_ONLY"] ?? "";
const CALLERS = 16;
const ROUNDS = 3;
const CHECKED = 5;
const SMALLEST = "{ __typename }";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const operations = OPERATIONS.filter(({ title }) => title.includes(only));

const given = process.env["LIANTU_BENCH_URI"];
await using server = given === undefined ? await startFilled() : null;
const uri = server?.uri ?? given!;
using folder = temporaryFolder();
await using service = await startService({ NEO4J_URI: uri, LIANTU_DATA: folder.path, LIANTU_SEED: "false" });
await using theirs = await startNeo4jGraphql(uri, say);
const driver = neo4j.driver(uri, undefined, { disableLosslessIntegers: true });
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
try {
  say(`Load ${loadavg()[0]!.toFixed(1)}`);
  for (const operation of operations) await compareAnswers(operation);
  say(`\n| Operation, one caller | Cypher over Bolt | HTTP alone | ours | ours / (1.3 × Cypher + HTTP) |`);
  say("| --- | ---: | ---: | ---: | ---: |");
  for (const operation of operations) await latency(operation);
  say(`\n| Operation, ${CALLERS} callers | @neo4j/graphql ${NEO4J_GRAPHQL} | ours | ours / theirs |`);
  say("| --- | ---: | ---: | ---: |");
  for (const operation of operations) await throughput(operation);
  say(`\nLoad ${loadavg()[0]!.toFixed(1)}`);
} finally {
  agent.destroy();
  await driver.close();
}

async function startFilled(): Promise<LocalNeo4j> {
  const started = await startLocalNeo4j({ say });
  await using store = await openGraph({ engine: "neo4j", uri: started.uri });
  await store.prepare();
  await fillGraph(store);
  return started;
}

async function compareAnswers({ title, variables, ours, raw, theirs }: Operation): Promise<void> {
  for (let turn = 0; turn < CHECKED; turn += 1) {
    const given = variables(turn);
    const expected = raw.answer(await cypher(driver, raw.text, given));
    deepStrictEqual(ours.answer(dataOf(await askUntilRead(ours.text, given), title)), expected, `${title}: ours`);
    deepStrictEqual(theirs.answer(dataOf(await askTheirs(theirs.text, given), title)), expected, `${title}: theirs`);
  }
}

/** A service that has just started reads the network for its first analysis, and may say to ask again. */
async function askUntilRead(query: string, variables: Readonly<Record<string, unknown>>): Promise<Reply> {
  for (let turn = 1; ; turn += 1) {
    const reply = await ask(service, query, variables);
    if (turn === CHECKED || !reply.codes.includes("TIMEOUT")) return reply;
  }
}

async function latency({ title, variables, ours, raw }: Operation): Promise<void> {
  const [bolt, http, own]: [number[], number[], number[]] = [[], [], []];
  // As many before: a service that has been asked some hundred times is still being compiled, as Neo4j is.
  for (let turn = -turns; turn < turns; turn += 1) {
    const given = variables(turn);
    const began = performance.now();
    await cypher(driver, raw.text, given);
    const ms = performance.now() - began;
    const smallest = await ask(service, SMALLEST, {});
    const reply = await ask(service, ours.text, given);
    dataOf(reply, title);
    if (turn < 0) continue;
    bolt.push(ms);
    http.push(smallest.ms);
    own.push(reply.ms);
  }
  const [cypherMs, httpMs, ownMs] = [median(bolt), median(http), median(own)];
  const goal = ownMs / (1.3 * cypherMs + httpMs);
  say(
    `| ${title} | ${cypherMs.toFixed(2)} ms | ${httpMs.toFixed(2)} ms | ${ownMs.toFixed(2)} ms | ${goal.toFixed(2)} |`,
  );
}

async function throughput({ title, variables, ours, theirs: other }: Operation): Promise<void> {
  const [own, their]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const ownRate = await rate(service.url, ours.text, variables);
    const theirRate = await rate(theirs.url, other.text, variables);
    // The first round warms up.
    if (round === 0) continue;
    own.push(ownRate);
    their.push(theirRate);
  }
  const [ownRate, theirRate] = [median(own), median(their)];
  say(`| ${title} | ${theirRate.toFixed(0)}/s | ${ownRate.toFixed(0)}/s | ${(ownRate / theirRate).toFixed(2)} × |`);
}

async function rate(url: string, query: string, variables: Operation["variables"]): Promise<number> {
  const began = performance.now();
  const end = began + seconds * 1_000;
  let answered = 0;
  await letUsersAsk(
    url,
    CALLERS,
    () => performance.now() > end,
    (user, turn) => ({ query, variables: variables(user * 10_000 + turn) }),
    (reply) => {
      if (reply.data === null || reply.codes.length > 0) throw new Error(`${url}: ${reply.failure ?? reply.codes}`);
      answered += 1;
    },
  );
  return (answered * 1_000) / (performance.now() - began);
}

async function cypher(driver: Driver, text: string, params: Readonly<Record<string, unknown>>) {
  const session = driver.session({ database: "neo4j", defaultAccessMode: neo4j.session.READ });
  try {
    return (await session.run(text, params)).records.map((record) => record.toObject() as Record<string, unknown>);
  } finally {
    await session.close();
  }
}

function ask(
  { url }: Pick<Service, "url">,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Reply> {
  return askOn(agent, url, { query, variables });
}

function askTheirs(query: string, variables: Readonly<Record<string, unknown>>): Promise<Reply> {
  return ask(theirs, query, variables);
}

function dataOf({ data, codes, failure }: Reply, title: string): Readonly<Record<string, unknown>> {
  if (data === null || codes.length > 0) throw new Error(`${title}: ${failure ?? codes.join()}`);
  return data;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
