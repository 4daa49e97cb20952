import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { writeRows } from "../bench/rows.ts";
import { operation } from "../support/attack.ts";
import { run, start } from "../support/command-line.ts";
import { askService, startService, temporaryFolder } from "../support/service.ts";

function rowsWithFault(folder: string): string {
  const path = join(folder, "broken");
  mkdirSync(path);
  writeFileSync(
    join(path, "nodes.csv"),
    "id:ID,name,country,assertion,:LABEL\na,甲,CN,ASSUMED,Firm\nb,乙,,ASSUMED,Frm\n",
  );
  return path;
}

test("import says what it did, changes nothing the second time, and names faults, by exit code and as JSON", async () => {
  using folder = temporaryFolder();
  const settings = { LIANTU_DATA: join(folder.path, "data") };
  const rows = join(folder.path, "bench");
  await writeRows(rows, { nodes: 200, relationships: 300 });
  const first = await run(settings, "import", rows);
  expect([first.code, first.stdout]).toStrictEqual([
    0,
    "bench: 201 nodes, 300 relationships: 501 created, 0 changed, 0 unchanged, 0 removed.\n",
  ]);
  const again = await run(settings, "import", rows, "--json");
  expect([again.code, JSON.parse(again.stdout)]).toMatchObject([
    0,
    { ok: true, created: 0, updated: 0, unchanged: 501 },
  ]);
  const broken = rowsWithFault(folder.path);
  const faulty = await run(settings, "import", broken, "--dataset", "mine");
  expect([faulty.code, faulty.stdout]).toStrictEqual([1, "mine: 1 fault. Nothing was stored.\n"]);
  expect(faulty.stderr).toContain('broken/nodes.csv:3 :LABEL: there is no kind "Frm" — did you mean "Firm"?');
  const skipped = await run(settings, "import", broken, "--dataset", "mine", "--skip-invalid", "--json");
  expect([skipped.code, JSON.parse(skipped.stdout)]).toMatchObject([0, { created: 1, rejected: 1 }]);
  expect(readFileSync(`${broken}.rejected.jsonl`, "utf8")).toContain('"row":3');
});

test("a command line that is wrong is 2, a graph out of reach 3", async () => {
  using folder = temporaryFolder();
  const settings = { LIANTU_DATA: folder.path };
  const unreachable = run({ NEO4J_URI: "bolt://127.0.0.1:9" }, "seed");
  const wrong = [run(settings, "import"), run(settings, "import", "/nowhere"), run(settings, "nope")];
  expect((await Promise.all(wrong)).map(({ code }) => code)).toStrictEqual([2, 2, 2]);
  expect(await unreachable).toMatchObject({ code: 3, stderr: expect.stringContaining("127.0.0.1:9") });
});

test("beside a running service commands work through it, with the same result; its door is its owner's alone", async () => {
  using folder = temporaryFolder();
  const settings = { LIANTU_DATA: join(folder.path, "data"), LIANTU_SEED: "false" };
  const rows = join(folder.path, "bench");
  await writeRows(rows, { nodes: 200, relationships: 300 });
  const service = await startService(settings);
  const file = join(settings.LIANTU_DATA, "service.json");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { url } = JSON.parse(readFileSync(file, "utf8"));
  expect((await fetch(`${url}read`, { method: "POST", headers: { authorization: "Bearer no" } })).status).toBe(401);
  const results = [
    await run(settings, "import", rows, "--json"),
    await run(settings, "import", rows, "--bulk", "--json"),
    await run(settings, "import", rowsWithFault(folder.path), "--dataset", "mine"),
    await run(settings, "export", join(folder.path, "all.jsonl"), "--json"),
    await run(settings, "backup", join(folder.path, "all.backup"), "--json"),
  ];
  expect(results.map(({ code }) => code)).toStrictEqual([0, 0, 1, 0, 0]);
  expect(results[0]!.stdout).toContain('"created":501');
  expect(results[1]!.stdout).toContain('"unchanged":501');
  const asked = await askService<{ node: { name: string } }>(service, '{ node(id: "bench-5") { name } }');
  expect(asked.node.name).toBe("企业5");
  await service.stop();
  expect(existsSync(file)).toBe(false);

  const other = { LIANTU_DATA: join(folder.path, "other") };
  const restored = await run(other, "restore", join(folder.path, "all.backup"), "--json");
  expect(JSON.parse(restored.stdout).hash).toBe(JSON.parse(results[4]!.stdout).hash);
}, 180_000);

test("a data set is marked as internal and public again beside the service, which half-open readers feel at once", async () => {
  using folder = temporaryFolder();
  const settings = { LIANTU_DATA: join(folder.path, "data"), LIANTU_SEED: "false", LIANTU_PUBLIC_READ: "true" };
  const rows = join(folder.path, "bench");
  await writeRows(rows, { nodes: 20, relationships: 20 });
  expect(await run(settings, "import", rows)).toMatchObject({ code: 0 });
  const created = await run(settings, "key", "create", "--role", "viewer", "--name", "test");
  const key = /liantu_[0-9a-f]{12}_[\w-]{43}/.exec(created.stdout)![0];
  await using service = await startService(settings);
  const seen = async (headers: Readonly<Record<string, string>> = {}) => {
    const query = '{ node(id: "bench-5") { id } sources(where: { id: { eq: "bench-source" } }) { totalCount } }';
    const { body, codes } = await operation(service.url, query, {}, headers);
    expect(codes).toStrictEqual([]);
    return JSON.parse(body).data;
  };
  const shown = { node: { id: "bench-5" }, sources: { totalCount: 1 } };
  const session = await fetch(`${service.url}auth/session`);
  expect(await session.json()).toStrictEqual({ asked: true, oidc: false, name: "", role: "viewer" });
  expect(await seen()).toStrictEqual(shown);

  const internal = await run(settings, "dataset", "bench", "--internal", "--json");
  expect([internal.code, JSON.parse(internal.stdout)]).toMatchObject([
    0,
    { ok: true, dataset: "bench", internal: true, version: expect.any(Number) },
  ]);
  expect(await seen()).toStrictEqual({ node: null, sources: { totalCount: 0 } });
  expect(await seen({ authorization: `Bearer ${key}` })).toStrictEqual(shown);

  const wrong = [["bench"], ["bench", "--internal", "--public"], ["No Name", "--public"]];
  const ended = await Promise.all(wrong.map((flags) => run(settings, "dataset", ...flags)));
  expect(ended.map(({ code }) => code)).toStrictEqual([2, 2, 2]);
  expect(await seen()).toMatchObject({ node: null });
  const open = await run(settings, "dataset", "bench", "--public");
  expect([open.code, open.stdout]).toStrictEqual([0, "bench is public.\n"]);
  expect(await seen()).toStrictEqual(shown);
}, 120_000);

test("Ctrl-C ends an import cleanly and says how to go on", async () => {
  using folder = temporaryFolder();
  const settings = { LIANTU_DATA: join(folder.path, "data") };
  const rows = join(folder.path, "bench");
  await writeRows(rows, { nodes: 5_000, relationships: 30_000 });
  const { child, ended } = start(settings, "import", rows, "--bulk");
  const ready = join(settings.LIANTU_DATA, "graph.grafeo");
  for (let waited = 0; waited < 100 && !existsSync(ready); waited += 1) await sleep(100);
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ code: 4, stderr: expect.stringMatching(/cancelled|Run the same import again/) });
  expect(await run(settings, "import", rows, "--bulk")).toMatchObject({ code: 0 });
}, 180_000);
