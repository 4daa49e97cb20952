import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import { readDatasets } from "../../graph/formats/datasets.ts";
import { countOf, faultLines } from "../../graph/validation/faults.ts";
import { type Outcome, print, printJson, runCommand } from "./command-run.ts";
import { EXIT, exitCodeOf } from "./exit-codes.ts";

interface CheckFlags {
  readonly all?: true;
  readonly json?: true;
}

/** `liantu check`: what is wrong with data sets, without a graph. */
export function checkCommand(): Command {
  return new Command("check")
    .description(
      'Read data sets (dataset.json, nodes/*.csv, relationships/*.csv), check them together as one graph and print every fault as "file:row column: problem — remedy", then what there is of each kind and type.',
    )
    .argument("<folder...>", "folders of data sets")
    .option("--all", "print every fault, not only the first 200")
    .option("--json", "print the outcome as one JSON object")
    .action(async (folders: readonly string[], flags: CheckFlags) => {
      await runCommand(flags.json === true, () => check(folders, flags));
    });
}

async function check(folders: readonly string[], { all = false, json = false }: { all?: boolean; json?: boolean }) {
  const { batch, faults } = await readDatasets(folders);
  const limit = all ? Number.POSITIVE_INFINITY : 200;
  const outcome: Outcome = faults.length === 0 ? EXIT.done.code : EXIT.faults.code;
  const kinds = countsOf(batch.entities.map(({ kind }) => kind));
  const types = countsOf(batch.relationships.map(({ type }) => type));
  if (json)
    printJson({
      ok: faults.length === 0,
      exitCode: outcome,
      nodes: Object.fromEntries(kinds),
      relationships: Object.fromEntries(types),
      faults: { count: faults.length, first: faults.slice(0, limit) },
    });
  else
    print(
      ...faultLines(faults, limit),
      ...table(batch.entities.length, "nodes", kinds),
      ...table(batch.relationships.length, "relationships", types),
      faults.length === 0 ? "No faults." : `${countOf(faults)}.`,
    );
  return outcome;
}

/** How many there are of each name. */
function countsOf(names: readonly string[]): readonly (readonly [string, number])[] {
  const byName = new Map<string, number>();
  for (const name of names) byName.set(name, (byName.get(name) ?? 0) + 1);
  return [...byName].sort();
}

function table(all: number, what: string, counts: readonly (readonly [string, number])[]): string[] {
  const lines = counts.map(([name, count]) => `  ${name.padEnd(14)}${String(count).padStart(7)}`);
  return [`${all} ${what}`, ...lines];
}

// `npm run check` runs this file alone.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await checkCommand()
    .exitOverride()
    .parseAsync()
    .catch((error: unknown) => {
      if (!(error instanceof CommanderError)) throw error;
      process.exitCode = exitCodeOf(error);
    });
