import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../support/command-line.ts";
import { describeEngine, neo4jEngine, testNeo4jSettings } from "../support/engines.ts";
import { EventReader } from "../support/event-reader.ts";
import { askService, type Service, type StartFailure, startService, temporaryFolder } from "../support/service.ts";

interface Found {
  readonly exitCode: number;
  readonly findings: readonly { readonly check: string; readonly state: string }[];
}

async function doctor(settings: Readonly<Record<string, string>>, ...args: string[]) {
  const { code, stdout } = await run(settings, "doctor", "--json", ...args);
  const { findings } = JSON.parse(stdout) as Found;
  return { code, states: Object.fromEntries(findings.map(({ check, state }) => [check, state])) };
}

test("doctor says of each thing whether it is right, beside a running service too, and changes nothing", async () => {
  using data = temporaryFolder();
  const settings = { LIANTU_DATA: join(data.path, "data"), LIANTU_SEED: "false" };
  const fine = { node: "ok", settings: "ok", room: expect.any(String), graph: "ok" };
  expect(await doctor(settings)).toStrictEqual({ code: 0, states: fine });
  await using _service = await startService(settings);
  expect(await doctor(settings)).toStrictEqual({ code: 0, states: { ...fine, format: "ok", access: "ok" } });
  expect(await doctor({ ...settings, LIANTU_HOST: "0.0.0.0" })).toMatchObject({ code: 5, states: { access: "fault" } });
  expect(await doctor({ LIANTU_PORT: "many" })).toStrictEqual({ code: 2, states: { node: "ok", settings: "fault" } });
  expect(await doctor({ NEO4J_URI: "bolt://127.0.0.1:9" })).toMatchObject({ code: 3, states: { graph: "fault" } });
  const { stdout } = await run(settings, "doctor", "--lang", "zh");
  expect(stdout).toContain("✓ 设置可用。");
});

test("settings come from a file too, and its faults are listed with all others", async () => {
  using data = temporaryFolder();
  const file = join(data.path, "liantu.conf");
  writeFileSync(file, `LIANTU_DATA=${join(data.path, "data")}\nLIANTU_SEED=false\nLIANTU_LOG=warn\n`);
  await using service = await startService({ LIANTU_CONFIG: file });
  expect(service.output()).toContain(join(data.path, "data"));
  writeFileSync(file, "LIANTU_PROT=4000\nLIANTU_SLOW_MS=fast\n");
  const command = [process.execPath, "dist/server/main.js", "--config", file];
  const failure = await startService({ LIANTU_METRICS: "me" }, command).catch((error: unknown) => error);
  expect((failure as StartFailure).output).toMatch(
    /LIANTU_PROT in .*no such setting[\s\S]*LIANTU_METRICS[\s\S]*LIANTU_SLOW_MS/,
  );
});

async function metricsOf({ url }: Service, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}metrics`, { headers });
  return { status: response.status, text: await response.text() };
}

test("metrics count what was asked, by field and code; from the first key on they are for viewers", async () => {
  using data = temporaryFolder();
  const settings = { LIANTU_DATA: data.path, LIANTU_LOG: "info", LIANTU_SLOW_MS: "1" };
  await using service = await startService(settings);
  await askService(service, `{ gaps(target: "firm-jinhua", first: 1) { verdict } }`);
  await askService(service, `{ nothing }`).catch(() => undefined);
  await askService(service, `{ gaps(target: "nobody", first: 1) { verdict } }`).catch(() => undefined);
  const { text } = await metricsOf(service);
  for (const line of [
    /^liantu_graphql_fields_total\{field="gaps",code="OK"\} 1$/m,
    /^liantu_graphql_fields_total\{field="\(none\)",code="BAD_USER_INPUT"\} 1$/m,
    /^liantu_graphql_fields_total\{field="gaps",code="\w+"\} 1$/m,
    /^liantu_graphql_seconds_count\{field="gaps"\} 2$/m,
    /^liantu_statement_seconds_count\{statement="\w+",outcome="OK"\} \d+$/m,
    /^liantu_projection_items 1\d\d$/m,
    /^liantu_projection_age_seconds [\d.]+$/m,
    /^liantu_streams 0$/m,
    /^nodejs_eventloop_lag_p99_seconds /m,
    /^process_resident_memory_bytes /m,
  ])
    expect(text).toMatch(line);
  await askService(service, `{ entities(first: 1000) { nodes { name } } }`);
  await expect
    .poll(() => service.output(), { timeout: 10_000 })
    .toMatch(/"statement":"[\w ]+","ms":\d+,"outcome":"OK","requestId":"[0-9a-f-]{36}","msg":"a slow statement"/);
  const refused = await fetch(`${service.url}nowhere`);
  const { errors } = (await refused.json()) as { errors: { extensions: { requestId: string } }[] };
  expect(refused.headers.get("x-request-id")).toBe(errors[0]!.extensions.requestId);
  const logged = `"requestId":"${errors[0]!.extensions.requestId}"`;
  await expect.poll(() => service.output(), { timeout: 10_000 }).toContain(logged);

  const { stdout } = await run(settings, "key", "create", "--role", "viewer", "--json");
  const { key } = JSON.parse(stdout) as { key: string };
  await expect.poll(async () => (await metricsOf(service)).status, { timeout: 10_000 }).toBe(401);
  expect((await metricsOf(service, { authorization: `Bearer ${key}` })).status).toBe(200);
  expect(service.output()).not.toContain(key);
}, 300_000);

const WRITE = `mutation { upsertEntities(input: { dataset: "own", entities: [{ id: "firm-replica", kind: Firm, properties: { name: "某厂", country: "CN", assertion: "ASSUMED" } }] }) { version userErrors { message } } }`;

describeEngine(neo4jEngine, "Two services on one Neo4j", () => {
  test("tell their subscribers of each other's writes, and answer from a version that the other made", async () => {
    await (await neo4jEngine.open()).close();
    const settings = { ...testNeo4jSettings(), LIANTU_SEED: "false" };
    await using first = await startService(settings);
    await using second = await startService(settings);
    const at = { fetch: (path: string, init?: RequestInit) => fetch(new URL(path, second.url), init) };
    const events = await EventReader.open(at, "subscription { graphChanged { version nodes { created } } }");
    const { upsertEntities } = await askService<{ upsertEntities: { version: number } }>(first, WRITE);
    const { version } = upsertEntities;
    const answer = await fetch(`${second.url}graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-liantu-at-least": String(version) },
      body: JSON.stringify({ query: `{ node(id: "firm-replica") { name } statistics { version } }` }),
    });
    expect(await answer.json()).toStrictEqual({ data: { node: { name: "某厂" }, statistics: { version } } });
    expect(await events.next()).toMatchObject({
      data: { graphChanged: { version, nodes: { created: ["firm-replica"] } } },
    });
  });
});

test("a version that does not come is refused with the remedy, and one that is none too", async () => {
  using data = temporaryFolder();
  await using service = await startService({ LIANTU_DATA: data.path, LIANTU_SEED: "false" });
  const status = async (version: string) =>
    (await fetch(`${service.url}graphql?query={statistics{version}}`, { headers: { "x-liantu-at-least": version } }))
      .status;
  expect([await status("0"), await status("soon"), await status("99")]).toStrictEqual([200, 400, 503]);
});
