import { backupLoad } from "./backup-load.ts";
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

/**
 * `npm run reliability -- NAME [NUMBER …]`: one goal each, with its figure; the exit code is 1 where it falls short. They
 * run the built service and commands (`npm run build` first) on graphs of their own.
 */
const GOALS: Readonly<Record<string, (...numbers: number[]) => Promise<boolean>>> = {
  "backup-load": backupLoad,
  "faulty-network": faultyNetwork,
  "full-disk": fullDisk,
  "import-kills": importKills,
  "import-memory": importMemory,
  load,
  malformed,
  "neo4j-kills": neo4jKills,
  overload,
  "same-answers": sameAnswers,
  "same-ids": sameIds,
  sigterm,
  slowloris,
  soak,
  upgrade,
  "write-kills": writeKills,
};

const [name = "", ...numbers] = process.argv.slice(2);
const goal = GOALS[name];
if (goal === undefined) {
  process.stderr.write(`Name one of: ${Object.keys(GOALS).join(", ")}\n`);
  process.exit(2);
}
process.exit((await goal(...numbers.map(Number))) ? 0 : 1);
