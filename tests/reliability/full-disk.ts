import { spawnSync } from "node:child_process";
import { chmod, rm, statfs, writeFile } from "node:fs/promises";
import { Agent } from "node:http";
import { join } from "node:path";
import { askService, startService, temporaryFolder } from "../support/service.ts";
import { askOn, type Reply } from "../support/users.ts";

const DISK_MB = 64;
/** Writes that a trouble may take before it must have been felt. */
const MOST_WRITES = 50;
const UPSERT = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { userErrors { code } } }`;
/** What a refused write may say. */
const CLEAR = new Set(["DB_UNAVAILABLE", "OVERLOADED"]);

/** Something that keeps the embedded graph from writing, and can be undone. */
interface Trouble {
  readonly name: string;
  /** Whether a write must be refused while it lasts; files that are open already may be written to in a read-only folder. */
  readonly refuses: boolean;
  begin(round: number): Promise<void>;
  end(): Promise<void>;
}

/** Who runs the service, where that must not be root: root may write into any folder. */
const NOBODY = 65_534;

/**
 * Fills the disk (a small tmpfs) under the embedded graph in the midst of writes and makes room again, again and again, and does
 * the same with a data folder that may not be written to: a write that cannot be stored must be refused with a clear code,
 * reads must go on, writes must work again afterwards, and at the end, after a start anew, every acknowledged write must be
 * there. Needs root: to mount, and to start the service as somebody else.
 */
export async function fullDisk(rounds = 20): Promise<boolean> {
  let isGood = true;
  for (const troubleOn of [fullDiskOn, readOnlyFolderOn]) {
    using mount = temporaryFolder();
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MB}m`, "tmpfs", mount.path], {
      encoding: "utf8",
    });
    if (mounted.status !== 0) {
      process.stderr.write(
        `A small tmpfs cannot be mounted here (${mounted.stderr?.trim() || "no mount command"}): run this as root on a machine that may mount.\n`,
      );
      return false;
    }
    try {
      isGood = (await troubleAgainAndAgain(mount.path, troubleOn(mount.path), rounds)) && isGood;
    } finally {
      spawnSync("umount", [mount.path]);
    }
  }
  return isGood;
}

/** All of its room but 8 kB a round is taken. */
function fullDiskOn(disk: string): Trouble {
  const filler = join(disk, "filler");
  return {
    name: "a full disk",
    refuses: true,
    async begin(round) {
      const { bavail, bsize } = await statfs(disk);
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - round * 8_192)));
    },
    end: () => rm(filler),
  };
}

function readOnlyFolderOn(disk: string): Trouble {
  const allow = (mode: number) => () => chmod(join(disk, "data"), mode);
  return { name: "a read-only folder", refuses: false, begin: allow(0o555), end: allow(0o755) };
}

async function troubleAgainAndAgain(disk: string, trouble: Trouble, rounds: number): Promise<boolean> {
  const settings = { LIANTU_DATA: join(disk, "data"), LIANTU_SEED: "false" };
  const asNobody = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
  const start = () => startService(settings, [...asNobody, process.execPath, "dist/server/main.js"]);
  const acknowledged: string[] = [];
  const faults: string[] = [];
  let refused = 0;
  let service = await start();
  const agent = new Agent({ keepAlive: true });
  const write = async (): Promise<Reply> => {
    const id = `firm-${acknowledged.length}-${refused}`;
    const properties = { name: id, description: "·".repeat(4_000), assertion: "ASSUMED" };
    const input = { dataset: "disk", entities: [{ id, kind: "Firm", properties }] };
    const reply = await askOn(agent, service.url, { query: UPSERT, variables: { input } });
    if (isAnswer(reply)) acknowledged.push(id);
    else refused += 1;
    return reply;
  };
  try {
    for (let round = 1; round <= rounds; round += 1) {
      for (let count = 0; count < 10; count += 1) await write();
      await trouble.begin(round);
      let reply = await write();
      for (let count = 0; count < MOST_WRITES && isAnswer(reply); count += 1) reply = await write();
      if (isAnswer(reply) ? trouble.refuses : !CLEAR.has(said(reply)))
        faults.push(`${trouble.name} was told as ${said(reply)}`);
      const read = await askOn(agent, service.url, { query: "{ statistics { entities { count } } }" });
      if (!isAnswer(read)) faults.push(`a read failed: ${said(read)}`);
      await trouble.end();
      const again = await write();
      if (!isAnswer(again)) faults.push(`afterwards a write failed: ${said(again)}`);
    }
    await service.stop();
    service = await start();
    const { firms } = await askService<{ firms: { totalCount: number } }>(service, "{ firms { totalCount } }");
    const lost = await lostOf(acknowledged, service.url, agent);
    if (lost > 0) faults.push(`${lost} acknowledged writes are lost`);
    for (const fault of new Set(faults)) process.stdout.write(`${fault}\n`);
    process.stdout.write(
      `${rounds} times ${trouble.name}: ${acknowledged.length} writes acknowledged, ${refused} refused, ${firms.totalCount} there, ${lost} lost, ${faults.length} faults\n`,
    );
    return faults.length === 0;
  } finally {
    agent.destroy();
    await service.stop();
  }
}

function isAnswer({ codes, failure }: Reply): boolean {
  return codes.length === 0 && failure === null;
}

function said({ codes, failure }: Reply): string {
  return failure ?? codes[0] ?? `nothing, after ${MOST_WRITES} writes`;
}

async function lostOf(ids: readonly string[], url: string, agent: Agent): Promise<number> {
  let lost = 0;
  for (let at = 0; at < ids.length; at += 500) {
    const variables = { ids: ids.slice(at, at + 500) };
    const { data } = await askOn(agent, url, { query: "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", variables });
    const nodes = data?.["nodes"] as unknown[] | undefined;
    lost += nodes === undefined ? variables.ids.length : nodes.filter((node) => node === null).length;
  }
  return lost;
}
