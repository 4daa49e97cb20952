import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../support/command-line.ts";
import { startService, temporaryFolder } from "../support/service.ts";

const folder = temporaryFolder();
const settings = { LIANTU_DATA: join(folder.path, "data") };
beforeAll(() => run(settings, "seed"), 120_000);
afterAll(() => folder[Symbol.dispose]());

test("analyze prints tables for people and JSON for scripts, under the policy of the flags", async () => {
  const shown = await run(settings, "analyze", "substitution", "firm-jinhua");
  expect(shown).toMatchObject({ code: 0, stderr: "" });
  expect(shown.stdout).toMatch(
    /最小补链组合 completion +明场图形晶圆缺陷检测设备 Bright-field patterned-wafer inspection/,
  );
  const json = await run(settings, "analyze", "substitution", "firm-jinhua", "--min-readiness", "SAMPLE", "--json");
  const answer = JSON.parse(json.stdout);
  expect([json.code, answer.policy.minReadiness, answer.answer.plans.length]).toStrictEqual([0, "SAMPLE", 1]);
}, 120_000);

test("what is wrong with the command line is said, with exit code 2", async () => {
  const file = join(folder.path, "policy.json");
  writeFileSync(file, '{"restrictd": ["US"]}');
  const cases: readonly (readonly [RegExp, ...string[]])[] = [
    [/did you mean|choices/i, "analyze", "nope", "firm-jinhua"],
    [/policy\.restricted/, "analyze", "gaps", "firm-jinhua", "--restricted", "USA"],
    [/restrictd.*restricted/s, "analyze", "gaps", "firm-jinhua", "--policy", file],
    [/--fail/, "analyze", "disruption", "firm-jinhua"],
    [/firm-nobody/, "analyze", "gaps", "firm-nobody"],
    [/\.html, \.xlsx/, "report", "firm-jinhua", "-o", join(folder.path, "report.pdf")],
  ];
  for (const [says, ...args] of cases) {
    const ended = await run(settings, ...args);
    expect([args, ended.code]).toStrictEqual([args, 2]);
    expect(ended.stderr).toMatch(says);
  }
}, 240_000);

test("report writes a page and a workbook, beside a running service too", async () => {
  const page = join(folder.path, "report.html");
  await using service = await startService(settings);
  expect(service.url).toContain("http");
  expect(await run(settings, "report", "firm-jinhua", "-o", page, "--lang", "zh")).toMatchObject({ code: 0 });
  expect(readFileSync(page, "utf8")).toContain("招商清单");
  const book = join(folder.path, "report.xlsx");
  const ended = await run(settings, "report", "firm-jinhua", "-o", book, "--restricted", "US,JP", "--json");
  expect([ended.code, JSON.parse(ended.stdout)]).toMatchObject([0, { ok: true, format: "XLSX" }]);
  expect(readFileSync(book).subarray(0, 2).toString()).toBe("PK");
}, 240_000);
