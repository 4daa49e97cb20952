import { spawn } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = new URL("../../..", import.meta.url).pathname;

async function check(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "server/commands/check.ts", ...args], { cwd: ROOT });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, output };
}

test("check counts what the project's own data sets hold and finds no fault in them", { timeout: 30_000 }, async () => {
  const { code, output } = await check("seeds/quanzhou", "seeds/reference");
  expect({
    code,
    lines: output
      .trim()
      .split("\n")
      .filter((line) => !/^ {2}\w+ +\d+$/.test(line)),
  }).toStrictEqual({
    code: 0,
    lines: [expect.stringMatching(/^\d+ nodes$/), expect.stringMatching(/^\d+ relationships$/), "No faults."],
  });
});

test("check prints each fault with its place and exits with 1", { timeout: 30_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "liantu-check-"));
  try {
    await cp(join(ROOT, "seeds/quanzhou"), join(folder, "quanzhou"), { recursive: true });
    await writeFile(
      join(folder, "quanzhou/relationships/zz.csv"),
      ":START_ID,:END_ID,:TYPE,assertion\na,b,OWN,ASSUMED\n",
    );
    const { code, output } = await check(join(folder, "quanzhou"));
    expect({ code, first: output.split("\n")[0], last: output.trim().split("\n").at(-1) }).toStrictEqual({
      code: 1,
      first: 'quanzhou/relationships/zz.csv:2 :TYPE: there is no type of relationship "OWN" — did you mean "OWNS"?',
      last: "1 fault.",
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("check exits with 2 on a command line that it does not understand", { timeout: 30_000 }, async () => {
  expect((await check("--everything")).code).toBe(2);
  expect((await check()).code).toBe(2);
});
