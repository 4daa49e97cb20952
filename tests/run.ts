import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { getPriority, setPriority } from "node:os";

/** What `npm test` runs, in order; it stops at the first step that fails. */
const STEPS: readonly (readonly [title: string, command: string, ...parameters: string[]])[] = [
  ["types", "npx", "tsc", "-p", "."],
  ["types of the page", "npx", "tsc", "-p", "client"],
  ["lint", "npx", "biome", "check", "--error-on-warnings", "."],
  ["build", "npm", "run", "--silent", "build"],
];
const FOLDER = ".cache";
/** How much nicer than the first part the others are. */
const ROOM = 5;

/**
 * Side by side, three for two processors: the contracts wait for Neo4j half of their time, a browser for the service. The
 * contracts take longest, so that the others make room for them.
 */
const PARTS: readonly (readonly string[])[] = [
  ["--project", "contract"],
  ["--project", "unit", "--project", "e2e"],
  ["--project", "page"],
];

for (const [title, command, ...parameters] of STEPS) run(title, command, parameters);

mkdirSync(FOLDER, { recursive: true });
process.stdout.write("\n> tests\n");
const asked = process.argv.slice(2);
const parts = asked.length > 0 ? [asked] : PARTS;
const results = await Promise.all(
  parts.map((parameters, part) => tested(parameters, part === 0 ? 0 : ROOM, `${FOLDER}/vitest-${part}.json`)),
);
const sum = (count: (report: Report) => number): number =>
  results.reduce((total, { report }) => total + count(report), 0);
const passed = sum(({ numPassedTests }) => numPassedTests);
const failed = sum(({ numFailedTests }) => numFailedTests);
const skipped = sum(({ numPendingTests }) => numPendingTests);
const files = results.flatMap(({ report }) => report.testResults);
for (const reason of files.flatMap(secondTries)) process.stdout.write(`\nPASSED AT THE SECOND TRY ${reason}\n`);
for (const reason of files.flatMap(failuresOf)) process.stdout.write(`\nFAILED ${reason}\n`);
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(results.find(({ status }) => status !== 0)?.status ?? (passed === 0 ? 1 : 0));

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly TestReport[];
}

interface TestReport {
  readonly fullName: string;
  readonly status: string;
  /** Of its first try too. */
  readonly failureMessages: readonly string[];
}

/** Said again at the end: the parts write side by side, so that a failure stands far above in what they wrote. */
function failuresOf({ name, status, message, assertionResults }: FileReport): string[] {
  const failed = assertionResults.filter((test) => test.status === "failed");
  if (status === "failed" && failed.length === 0) return [`${name}\n${message}`];
  return failed.map((test) => reasonOf(name, test));
}

function secondTries({ name, assertionResults }: FileReport): string[] {
  const tried = assertionResults.filter((test) => test.status === "passed" && test.failureMessages.length > 0);
  return tried.map((test) => reasonOf(name, test));
}

function reasonOf(file: string, { fullName, failureMessages }: TestReport): string {
  return [`${file}: ${fullName}`, ...failureMessages].join("\n");
}

async function tested(
  parameters: readonly string[],
  room: number,
  path: string,
): Promise<{ readonly status: number; readonly report: Report }> {
  rmSync(path, { force: true });
  const config = ["vitest", "run", "--config", "tests/vitest.config.ts", ...parameters];
  const child = spawn("npx", [...config, "--reporter=default", "--reporter=json", `--outputFile.json=${path}`], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (room > 0) makeRoom(child, room);
  const [status] = (await once(child, "exit")) as [number | null];
  return { status: status ?? 1, report: JSON.parse(readFileSync(path, "utf8")) as Report };
}

/** Where the system allows it. */
function makeRoom({ pid }: ChildProcess, room: number): void {
  try {
    if (pid !== undefined) setPriority(pid, getPriority(pid) + room);
  } catch {
    process.stderr.write("The parts of the tests share the processors alike\n");
  }
}

function run(title: string, command: string, parameters: readonly string[]): void {
  process.stdout.write(`\n> ${title}\n`);
  const { status, error } = spawnSync(command, parameters, { stdio: "inherit", shell: process.platform === "win32" });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
