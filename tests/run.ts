import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";

/** What `npm test` runs, in order; it stops at the first step that fails. */
const STEPS: readonly (readonly [title: string, command: string, ...parameters: string[]])[] = [
  ["types", "npx", "tsc", "-p", "."],
  ["types of the page", "npx", "tsc", "-p", "client"],
  ["lint", "npx", "biome", "check", "--error-on-warnings", "."],
  ["build", "npm", "run", "--silent", "build"],
];
const REPORT = ".cache/vitest.json";

for (const [title, command, ...parameters] of STEPS) run(title, command, parameters);

mkdirSync(".cache", { recursive: true });
rmSync(REPORT, { force: true });
const config = ["run", "--config", "tests/vitest.config.ts", ...process.argv.slice(2)];
const status = run(
  "tests",
  "npx",
  ["vitest", ...config, "--reporter=default", "--reporter=json", `--outputFile.json=${REPORT}`],
  true,
);
const report = JSON.parse(readFileSync(REPORT, "utf8")) as {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
};
const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = report;
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(status !== 0 ? status : passed === 0 ? 1 : 0);

function run(title: string, command: string, parameters: readonly string[], goOn = false): number {
  process.stdout.write(`\n> ${title}\n`);
  const { status, error } = spawnSync(command, parameters, { stdio: "inherit", shell: process.platform === "win32" });
  if (error !== undefined) throw error;
  if (status !== 0 && !goOn) process.exit(status ?? 1);
  return status ?? 1;
}
