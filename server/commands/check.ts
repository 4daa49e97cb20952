import { parseArgs } from "node:util";
import { countOf, faultLines } from "../../graph/faults.ts";
import { readDatasets } from "../../graph/formats/datasets.ts";

const USAGE = `Usage: check FOLDER... [--all]

Reads data sets (dataset.json, nodes/*.csv, relationships/*.csv), checks them together as one graph and prints every
fault as "file:row column: problem — remedy", then what there is of each kind and type.

  --all    print every fault, not only the first 200
  --help   print this

Exit code: 0 all is well, 1 there are faults, 2 the command line is wrong.`;

/** Checks the data sets that the arguments name; returns the exit code. */
export async function check(args: readonly string[]): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  const { values, positionals } = options;
  if (values.help === true || positionals.length === 0) {
    console.log(USAGE);
    return values.help === true ? 0 : 2;
  }
  const { batch, faults } = await readDatasets(positionals);
  const lines = [
    ...faultLines(faults, values.all === true ? Number.POSITIVE_INFINITY : 200),
    ...counts(
      "nodes",
      batch.entities.map(({ kind }) => kind),
    ),
    ...counts(
      "relationships",
      batch.relationships.map(({ type }) => type),
    ),
    faults.length === 0 ? "No faults." : `${countOf(faults)}.`,
  ];
  console.log(lines.join("\n"));
  return faults.length === 0 ? 0 : 1;
}

function readOptions(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      all: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
}

/** How many there are in all, and of each name. */
function counts(what: string, names: readonly string[]): string[] {
  const byName = new Map<string, number>();
  for (const name of names) byName.set(name, (byName.get(name) ?? 0) + 1);
  const lines = [...byName].sort().map(([name, count]) => `  ${name.padEnd(14)}${String(count).padStart(7)}`);
  return [`${names.length} ${what}`, ...lines];
}

process.exitCode = await check(process.argv.slice(2));
