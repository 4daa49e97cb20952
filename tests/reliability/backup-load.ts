import { join } from "node:path";
import { z } from "zod";
import { writeRows } from "../bench/rows.ts";
import { run } from "../support/command-line.ts";
import { startService, temporaryFolder } from "../support/service.ts";
import { letUsersAsk, Tally } from "../support/users.ts";

const MOST_SECONDS = 60;
const UPSERT = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { userErrors { code } } }`;
const outcome = z.object({ nodes: z.int(), version: z.int(), hash: z.string() });

/**
 * Backs the embedded graph up through the service while users write, and restores it into a new folder: both must take at most
 * 60 s, what is restored must have the content hash that the backup names, and every write that was acknowledged before the
 * backup began must be in it.
 */
export async function backupLoad(nodes = 100_000, users = 10): Promise<boolean> {
  using data = temporaryFolder();
  using elsewhere = temporaryFolder();
  const rows = join(elsewhere.path, "bench");
  await writeRows(rows, { nodes, relationships: 4 * nodes });
  const settings = { LIANTU_DATA: data.path };
  const imported = await run(settings, "import", rows, "--bulk", "--json");
  if (imported.code !== 0) throw new Error(`${imported.stdout}${imported.stderr}`);
  await using service = await startService({ ...settings, LIANTU_SEED: "false" });
  const tally = new Tally();
  let [isOver, made, acknowledged] = [false, 0, 0];
  const load = letUsersAsk(
    service.url,
    users,
    () => isOver,
    () => {
      const id = `firm-during-${made++}`;
      const entities = [{ id, kind: "Firm", properties: { name: id, assertion: "ASSUMED" } }];
      return { query: UPSERT, variables: { input: { dataset: "during", entities } } };
    },
    (reply) => {
      tally.add(reply);
      if (reply.codes.length === 0 && reply.failure === null) acknowledged += 1;
    },
  );
  while (acknowledged < users) await new Promise((resolve) => setTimeout(resolve, 20));
  const before = acknowledged;
  const file = join(elsewhere.path, "graph.backup.gz");
  const [saved, saving] = await timed(settings, "backup", file, "--json");
  isOver = true;
  await load;
  const [restored, restoring] = await timed({ LIANTU_DATA: join(elsewhere.path, "data") }, "restore", file, "--json");
  const isSame = saved.hash === restored.hash && saved.nodes === restored.nodes;
  const hasAll = restored.nodes >= nodes + before;
  process.stdout.write(
    `${restored.nodes} nodes backed up in ${saving.toFixed(1)} s while ${users} users wrote (${tally}), restored in ${restoring.toFixed(1)} s (at most ${MOST_SECONDS} each); content ${isSame ? "the same" : "another"}, ${hasAll ? "with" : "without"} the ${before} writes acknowledged before\n`,
  );
  return isSame && hasAll && saving <= MOST_SECONDS && restoring <= MOST_SECONDS;
}

async function timed(
  settings: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<readonly [z.infer<typeof outcome>, seconds: number]> {
  const began = performance.now();
  const { code, stdout, stderr } = await run(settings, ...args);
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${stdout}${stderr}`);
  return [outcome.parse(JSON.parse(stdout)), (performance.now() - began) / 1_000];
}
