import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "../../server/root.ts";

const root = projectRoot();

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command line; `settings` over a bare environment. */
export function start(settings: Readonly<Record<string, string>>, ...args: string[]) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [join(root, "dist/server/commands/liantu.js"), ...args], {
    env: { PATH, HOME, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended: Promise<Ended> = once(child, "close").then(([code, signal]) => ({ code, signal, stdout, stderr }));
  return { child, ended };
}

/** Runs the built command line to its end. */
export function run(settings: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> {
  return start(settings, ...args).ended;
}
