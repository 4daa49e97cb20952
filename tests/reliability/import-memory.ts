import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeRows } from "../bench/rows.ts";
import { startLocalNeo4j } from "../neo4j/local-neo4j.ts";
import { start } from "../support/command-line.ts";
import { startService } from "../support/service.ts";
import { letUsersAsk, mixedRead, Tally } from "../support/users.ts";

const MOST_MB = 512;
const MOST_P99_MS = 1_000;

/**
 * Imports generated rows into Neo4j with `liantu import --bulk` and watches the memory of that process (Linux): its peak
 * must stay at 512 MB, however many rows there are. Meanwhile users ask a service on the same Neo4j: 99 of 100 must be told
 * within a second, what they asked or when to come again.
 *
 * @param rows one in five is a node
 */
export async function importMemory(rows = 10_000_000, users = 5): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "liantu-memory-"));
  try {
    const input = join(folder, "bench");
    const nodes = Math.round(rows / 5);
    await writeRows(input, { nodes, relationships: rows - nodes });
    await using server = await startLocalNeo4j();
    await using service = await startService({ NEO4J_URI: server.uri });
    const began = performance.now();
    const { child, ended } = start({ NEO4J_URI: server.uri }, "import", input, "--bulk");
    child.stderr.pipe(process.stderr);
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, peakMb(child.pid!));
    }, 500);
    const tally = new Tally();
    let isOver = false;
    const asking = letUsersAsk(
      service.url,
      users,
      () => isOver,
      mixedRead,
      (reply) => tally.add(reply),
    );
    const { code, stdout } = await ended;
    clearInterval(watch);
    isOver = true;
    await asking;
    const seconds = (performance.now() - began) / 1_000;
    process.stdout.write(
      `${stdout}${rows.toLocaleString("en")} rows in ${Math.round(seconds)} s, peak memory of the process ${peak} MB (at most ${MOST_MB})\nmeanwhile ${users} users: ${tally} (p99 at most ${MOST_P99_MS} ms)\n`,
    );
    return code === 0 && peak <= MOST_MB && tally.quantile(0.99) <= MOST_P99_MS;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The most memory that a process ever held, in MB; 0 where it has ended. */
function peakMb(pid: number): number {
  try {
    const [, kb] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Math.round(Number(kb ?? 0) / 1_024);
  } catch {
    return 0;
  }
}
