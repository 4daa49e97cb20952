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
  for (const line of faultLines(faults, values.all === true ? Number.POSITIVE_INFINITY : 200)) console.log(line);
  printCounts(
    "nodes",
    batch.entities.map(({ kind }) => kind),
  );
  printCounts(
    "relationships",
    batch.relationships.map(({ type }) => type),
  );
  console.log(faults.length === 0 ? "No faults." : `${countOf(faults)}.`);
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

function printCounts(what: string, names: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  console.log(`${names.length} ${what}`);
  for (const [name, count] of [...counts].sort()) console.log(`  ${name.padEnd(14)}${String(count).padStart(7)}`);
}

process.exitCode = await check(process.argv.slice(2));
