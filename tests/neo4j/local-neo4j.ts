import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import neo4j from "neo4j-driver";
import { projectRoot } from "../../server/root.ts";

export interface LocalNeo4jOptions {
  /** Keeps data, logs and configuration here; a temporary folder, removed at the end, where absent. */
  readonly home?: string;
  /** The loopback port; a free one where absent. */
  readonly port?: number;
  /** Turns authentication on, for the user `neo4j` with this password. */
  readonly password?: string;
  /** Is told what takes long. */
  readonly say?: (line: string) => void;
}

export interface LocalNeo4j extends AsyncDisposable {
  readonly uri: string;
  /** Ends the server and, with SIGTERM, lets it close its files; removes a temporary home. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
}

const VERSION = "5.26.30";
const JAVA_AT_LEAST = 17;
const START_TIMEOUT_MS = 180_000;
const pom = join(projectRoot(), "tests", "neo4j", "pom.xml");
const cache = join(projectRoot(), ".cache", `neo4j-${VERSION}`);

/** Why no Neo4j can be started here, and the remedy; null when it can. */
export function canStartNeo4j(): string | null {
  const java = javaVersion();
  if (java === null || java < JAVA_AT_LEAST) return `there is no Java ${JAVA_AT_LEAST} or later: install a JDK`;
  if (existsSync(cache)) return null;
  try {
    execFileSync("mvn", ["-version"], { stdio: "ignore" });
    return null;
  } catch {
    return "there is no Maven (mvn) to fetch Neo4j with: install it";
  }
}

/**
 * Starts a Neo4j Community of Maven Central on a loopback port and resolves when it answers; the first time it is fetched
 * into `.cache/`.
 *
 * @throws Error that says why it did not start, with the end of the server's log
 */
export async function startLocalNeo4j(options: LocalNeo4jOptions = {}): Promise<LocalNeo4j> {
  const { password, say = () => {} } = options;
  const lib = await fetchNeo4j(say);
  const port = await freePort(options.port);
  const home = options.home ?? (await mkdtemp(join(tmpdir(), "liantu-neo4j-")));
  await configure(home, port, password !== undefined);
  say(`Starting Neo4j ${VERSION} on port ${port} …`);
  const server = spawn(
    "java",
    [
      "-Xms256m",
      "-Xmx1g",
      "--add-opens=java.base/java.nio=ALL-UNNAMED",
      ...["-cp", join(lib, "*"), "org.neo4j.server.CommunityEntryPoint"],
      ...[`--home-dir=${home}`, `--config-dir=${join(home, "conf")}`],
    ],
    { stdio: "ignore" },
  );
  const killWithUs = (): void => void server.kill("SIGKILL");
  process.once("exit", killWithUs);
  const stop = async (signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> => {
    process.off("exit", killWithUs);
    await end(server, signal);
    if (options.home === undefined) await rm(home, { recursive: true, force: true });
  };
  const uri = `bolt://127.0.0.1:${port}`;
  try {
    await answering(uri, password, server);
  } catch (cause) {
    const log = await readFile(join(home, "logs", "neo4j.log"), "utf8").catch(() => "(no log)");
    await stop("SIGKILL");
    throw new Error(`Neo4j did not start on port ${port}:\n${log.split("\n").slice(-15).join("\n")}`, { cause });
  }
  return { uri, stop, [Symbol.asyncDispose]: stop };
}

function javaVersion(): number | null {
  try {
    const output = execFileSync("java", ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return Number(/\d+/.exec(output)?.[0] ?? 0);
  } catch {
    return null;
  }
}

/** The folder of the server's jars. A copy takes its place only when it is whole, so an interrupted one is not used. */
async function fetchNeo4j(say: (line: string) => void): Promise<string> {
  const lib = join(cache, "lib");
  if (existsSync(cache)) return lib;
  say(`Fetching Neo4j ${VERSION} from Maven Central (about 125 MB, once) …`);
  await mkdir(join(cache, ".."), { recursive: true });
  const part = await mkdtemp(`${cache}.part-`);
  try {
    const maven = spawn(
      "mvn",
      [
        ...["-B", "-q", "-f", pom, "dependency:copy-dependencies"],
        ...["-DincludeScope=runtime", `-DoutputDirectory=${join(part, "lib")}`],
      ],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    const [code] = await once(maven, "exit");
    if (code !== 0) throw new Error(`Maven could not fetch Neo4j ${VERSION} (exit code ${code})`);
    await rename(part, cache).catch((error: unknown) => {
      // Another run was faster.
      if (!existsSync(cache)) throw error;
    });
  } finally {
    await rm(part, { recursive: true, force: true });
  }
  return lib;
}

async function configure(home: string, port: number, authentication: boolean): Promise<void> {
  await mkdir(join(home, "conf"), { recursive: true });
  const settings = {
    "server.bolt.listen_address": `127.0.0.1:${port}`,
    "server.bolt.advertised_address": `127.0.0.1:${port}`,
    "server.http.enabled": false,
    "dbms.security.auth_enabled": authentication,
    "dbms.security.auth_max_failed_attempts": 0,
    "dbms.usage_report.enabled": false,
    "server.memory.pagecache.size": "128m",
    "db.tx_log.preallocate": false,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(home, "conf", "neo4j.conf"), lines.join(""));
}

/** Resolves when the server answers; a fresh one with authentication wants its first password changed before. */
async function answering(uri: string, password: string | undefined, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      if (password === undefined) return await verify(uri, undefined);
      return await verify(uri, password).catch(() => changePassword(uri, password));
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) throw error;
      await sleep(200);
    }
  }
}

async function verify(uri: string, password: string | undefined): Promise<void> {
  const driver = neo4j.driver(uri, password === undefined ? undefined : neo4j.auth.basic("neo4j", password));
  try {
    await driver.executeQuery("RETURN 1", {}, { database: "neo4j" });
  } finally {
    await driver.close();
  }
}

async function changePassword(uri: string, password: string): Promise<void> {
  const driver = neo4j.driver(uri, neo4j.auth.basic("neo4j", "neo4j"));
  try {
    await driver.executeQuery(
      "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
      { password },
      { database: "system" },
    );
  } finally {
    await driver.close();
  }
}

async function end(server: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, "exit");
  server.kill(signal);
  await exited;
}

/** The given port, or any; throws where something listens on it, which would else be taken for the server started. */
async function freePort(wanted = 0): Promise<number> {
  const probe = createServer().listen(wanted, "127.0.0.1");
  await once(probe, "listening").catch((cause: unknown) => {
    throw new Error(`Port ${wanted} is in use: stop what listens there, or choose another`, { cause });
  });
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new TypeError("a TCP server has a port");
  return address.port;
}
