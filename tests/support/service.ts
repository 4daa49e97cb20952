import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../server/root.ts";

const root = projectRoot();

/** The built service as a process of its own. */
export interface Service extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** Everything it has written. */
  output(): string;
  /** Asks it to stop and gives its exit code. */
  stop(): Promise<number | null>;
  /** Ends it with SIGKILL, at once, and resolves when it is gone. */
  kill(): Promise<void>;
}

/** How a start ended that never got as far as an address. */
export class StartFailure extends Error {
  readonly code: number | null;
  readonly output: string;

  constructor(code: number | null, output: string) {
    super(`the service ended with ${code}:\n${output}`);
    this.code = code;
    this.output = output;
  }
}

const BUILT = [process.execPath, "dist/server/main.js"] as const;

/**
 * Starts the service with these settings over a bare environment, on a free port unless told otherwise, and resolves
 * when it has printed its address. The command runs in `cwd`, the project's own folder unless told otherwise.
 *
 * @throws StartFailure where it ends before
 */
export async function startService(
  settings: Readonly<Record<string, string>>,
  command: readonly string[] = BUILT,
  cwd = root,
): Promise<Service> {
  const { PATH, HOME, npm_config_cache } = process.env;
  const env = {
    PATH,
    HOME,
    ...(npm_config_cache && { npm_config_cache }),
    LIANTU_PORT: "0",
    LIANTU_LOG: "warn",
    ...settings,
  };
  const child = spawn(command[0]!, command.slice(1), {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const address = /链图 Liantu\s+(http:\/\/\S+)/.exec(output)?.[1];
        if (address !== undefined) resolve(address);
      });
    }
    ended.then((code) => reject(new StartFailure(code, output)), reject);
  });
  const stop = async () => {
    end(child, "SIGTERM");
    return ended;
  };
  const kill = async () => {
    end(child, "SIGKILL");
    await ended;
  };
  const dispose = async () => void (await stop());
  return { url, pid: child.pid!, output: () => output, stop, kill, [Symbol.asyncDispose]: dispose };
}

/** As Ctrl-C does: the signal goes to everything that was started, not to `npm` alone. */
function end({ pid, exitCode, signalCode }: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
}

/** A folder of its own for one test's graph. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "liantu-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs a GraphQL operation against a running service; errors fail the test. */
export async function askService<Data>(service: Service, query: string): Promise<Data> {
  const response = await fetch(`${service.url}graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}
