import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";

/**
 * The properties of the analyses over many more networks than `npm test` draws, and others each time: `npm run prove`, or
 * `npm run prove -- FILE` for one of them. LIANTU_SEED and LIANTU_RUNS repeat a run.
 */
const seed = process.env["LIANTU_SEED"] ?? String(randomInt(1, 2 ** 31));
const runs = process.env["LIANTU_RUNS"] ?? "10000";
const files = process.argv.slice(2);
const THREE_HOURS = 3 * 3_600_000;

process.stdout.write(`> properties, LIANTU_SEED=${seed} LIANTU_RUNS=${runs}\n`);
const { status, error } = spawnSync(
  "npx",
  [
    ...["vitest", "run", "--config", "tests/vitest.config.ts", "--project", "unit", `--testTimeout=${THREE_HOURS}`],
    ...(files.length === 0 ? ["tests/unit/analysis", "tests/unit/projection"] : files),
  ],
  {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, LIANTU_SEED: seed, LIANTU_RUNS: runs },
  },
);
if (error !== undefined) throw error;
process.exit(status ?? 1);
