import { spawnSync } from "node:child_process";
import { rm, statfs, writeFile } from "node:fs/promises";
import { Agent } from "node:http";
import { join } from "node:path";
import { askService, startService, temporaryFolder } from "../support/service.ts";
import { askOn, type Reply } from "../support/users.ts";

const DISK_MB = 64;
const UPSERT = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { userErrors { code } } }`;
/** What a refused write may say. */
const CLEAR = new Set(["DB_UNAVAILABLE", "OVERLOADED"]);

/**
 * Fills the disk (a small tmpfs) under the embedded graph in the midst of writes and makes room again, again and again: a
 * write that does not fit must be refused with a clear code, reads must go on, writes must work again once there is room, and
 * at the end, after a start anew, every acknowledged write must be there.
 */
export async function fullDisk(rounds = 20): Promise<boolean> {
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
    return await fillAgainAndAgain(mount.path, rounds);
  } finally {
    spawnSync("umount", [mount.path]);
  }
}

async function fillAgainAndAgain(disk: string, rounds: number): Promise<boolean> {
  const settings = { LIANTU_DATA: join(disk, "data"), LIANTU_SEED: "false" };
  const acknowledged: string[] = [];
  const faults: string[] = [];
  let refused = 0;
  let service = await startService(settings);
  const agent = new Agent({ keepAlive: true });
  const write = async (): Promise<Reply> => {
    const id = `firm-${acknowledged.length}-${refused}`;
    const properties = { name: id, description: "·".repeat(4_000), assertion: "ASSUMED" };
    const input = { dataset: "disk", entities: [{ id, kind: "Firm", properties }] };
    const reply = await askOn(agent, service.url, { query: UPSERT, variables: { input } });
    if (reply.codes.length === 0 && reply.failure === null) acknowledged.push(id);
    else refused += 1;
    return reply;
  };
  const filler = join(disk, "filler");
  try {
    for (let round = 1; round <= rounds; round += 1) {
      for (let count = 0; count < 10; count += 1) await write();
      const { bavail, bsize } = await statfs(disk);
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - round * 8_192)));
      let reply = await write();
      for (let count = 0; count < 200 && reply.codes.length === 0 && reply.failure === null; count += 1)
        reply = await write();
      const said = reply.failure ?? reply.codes[0] ?? "nothing, after 200 writes";
      if (!CLEAR.has(said)) faults.push(`a full disk was told as ${said}`);
      const read = await askOn(agent, service.url, { query: "{ statistics { entities { count } } }" });
      if (read.codes.length > 0 || read.failure !== null)
        faults.push(`a read failed: ${read.failure ?? read.codes[0]}`);
      await rm(filler);
      const again = await write();
      if (again.codes.length > 0 || again.failure !== null)
        faults.push(`with room again a write failed: ${again.failure ?? again.codes[0]}`);
    }
    await service.stop();
    service = await startService(settings);
    const { firms } = await askService<{ firms: { totalCount: number } }>(service, "{ firms { totalCount } }");
    const lost = await lostOf(acknowledged, service.url, agent);
    if (lost > 0) faults.push(`${lost} acknowledged writes are lost`);
    for (const fault of new Set(faults)) process.stdout.write(`${fault}\n`);
    process.stdout.write(
      `${rounds} times a full disk: ${acknowledged.length} writes acknowledged, ${refused} refused, ${firms.totalCount} there, ${lost} lost, ${faults.length} faults\n`,
    );
    return faults.length === 0;
  } finally {
    agent.destroy();
    await service.stop();
  }
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
