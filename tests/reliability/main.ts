import { parseArgs } from "node:util";
import { startLocalNeo4j } from "../neo4j/local-neo4j.ts";
import { backupLoad } from "./backup-load.ts";
import { EMBEDDED } from "./engine.ts";
import { faultyNetwork } from "./faulty-network.ts";
import { fullDisk } from "./full-disk.ts";
import { importKills } from "./import-kills.ts";
import { importMemory } from "./import-memory.ts";
import { load, overload, soak } from "./load.ts";
import { malformed } from "./malformed.ts";
import { neo4jKills } from "./neo4j-kills.ts";
import { sameAnswers } from "./same-answers.ts";
import { sameIds } from "./same-ids.ts";
import { sigterm } from "./sigterm.ts";
import { slowloris } from "./slowloris.ts";
import { upgrade } from "./upgrade.ts";
import { writeKills } from "./write-kills.ts";

/** Goals that are tried on one engine at a time. */
const ON_AN_ENGINE = {
  "import-kills": importKills,
  load,
  malformed,
  overload,
  "same-ids": sameIds,
  sigterm,
  slowloris,
  soak,
} as const;
/** Goals that say themselves which engines they are about. */
const OTHERS = {
  "backup-load": backupLoad,
  "faulty-network": faultyNetwork,
  "full-disk": fullDisk,
  "import-memory": importMemory,
  "neo4j-kills": neo4jKills,
  "same-answers": sameAnswers,
  upgrade,
  "write-kills": writeKills,
} as const;

/**
 * `npm run reliability -- NAME [NUMBER …] [--neo4j]`: one goal each, with its figure; the exit code is 1 where it falls
 * short. They run the built service and commands (`npm run build` first) on graphs of their own; the first sort on the embedded
 * engine, or on a Neo4j that is started for it.
 */
const { positionals, values } = parseArgs({ allowPositionals: true, options: { neo4j: { type: "boolean" } } });
const [name = "", ...given] = positionals;
const numbers = given.map(Number);
if (Object.hasOwn(ON_AN_ENGINE, name)) process.exit((await onAnEngine(name as keyof typeof ON_AN_ENGINE)) ? 0 : 1);
if (Object.hasOwn(OTHERS, name) && values.neo4j !== true)
  process.exit((await OTHERS[name as keyof typeof OTHERS](...numbers)) ? 0 : 1);
process.stderr.write(
  `Name one of: ${Object.keys(ON_AN_ENGINE).join(", ")} (of these with --neo4j too), ${Object.keys(OTHERS).join(", ")}\n`,
);
process.exit(2);

async function onAnEngine(goal: keyof typeof ON_AN_ENGINE): Promise<boolean> {
  if (values.neo4j !== true) return ON_AN_ENGINE[goal](EMBEDDED, ...numbers);
  await using server = await startLocalNeo4j({ say: () => undefined });
  return await ON_AN_ENGINE[goal]({ NEO4J_URI: server.uri }, ...numbers);
}
