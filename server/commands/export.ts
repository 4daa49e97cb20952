import { Command, Option } from "commander";
import { exportRecords } from "../../graph/export/export-records.ts";
import { writeCsv } from "../../graph/formats/write/csv.ts";
import { writeCsvExcel } from "../../graph/formats/write/csv-excel.ts";
import { writeCypher } from "../../graph/formats/write/cypher.ts";
import { writeGraphml } from "../../graph/formats/write/graphml.ts";
import { writeJsonl } from "../../graph/formats/write/jsonl.ts";
import { writeXlsx } from "../../graph/formats/write/xlsx.ts";
import { print, printJson, runCommand } from "./command-run.ts";
import { counted } from "./counted-records.ts";
import { UsageError } from "./exit-codes.ts";
import { interruptible, openConfiguredGraph } from "./graph-session.ts";
import { createProgress } from "./progress.ts";

const WRITERS = {
  csv: writeCsv,
  "csv-excel": writeCsvExcel,
  xlsx: writeXlsx,
  jsonl: writeJsonl,
  graphml: writeGraphml,
  cypher: writeCypher,
};
type ExportFormat = keyof typeof WRITERS;
const FORMATS = Object.keys(WRITERS) as ExportFormat[];

interface ExportFlags {
  readonly format?: ExportFormat;
  readonly dataset?: string;
  readonly json?: true;
}

/** `liantu export`: the graph, or one data set of it, into files. */
export function exportCommand(): Command {
  return new Command("export")
    .description("Write the graph, or one data set of it, into files that import reads back as the same graph.")
    .argument("<path>", "the file to write, or for CSV the folder to make")
    .addOption(new Option("--format <name>", "told by the path's ending where absent").choices(FORMATS))
    .option("--dataset <name>", "only what belongs to this data set")
    .option("--json", "print the outcome as one JSON object")
    .action(async (path: string, flags: ExportFlags) => {
      await runCommand(flags.json === true, () =>
        interruptible(async (signal) => {
          const format = flags.format ?? formatOf(path);
          await using store = await openConfiguredGraph();
          const progress = createProgress(process.stderr, flags.json === true);
          const { dataset } = flags;
          const records = await exportRecords(store, { signal, ...(dataset === undefined ? {} : { dataset }) });
          const count = counted(records, (done) => progress.update("writing", done));
          await WRITERS[format](count.records, path);
          progress.end();
          const { nodes, relationships } = count;
          if (flags.json === true)
            printJson({ ok: true, exitCode: 0, path, format, nodes, relationships, version: records.version });
          else
            print(`${path}: ${nodes.toLocaleString("en")} nodes, ${relationships.toLocaleString("en")} relationships.`);
          return undefined;
        }),
      );
    });
}

function formatOf(path: string): ExportFormat {
  if (/\.jsonl(?:\.gz)?$/i.test(path)) return "jsonl";
  if (/\.xlsx$/i.test(path)) return "xlsx";
  if (/\.graphml$/i.test(path)) return "graphml";
  if (/\.cypher$/i.test(path)) return "cypher";
  if (!/\.\w+$/.test(path)) return "csv";
  throw new UsageError(`Nothing says in which format ${path} is to be: give --format ${FORMATS.join(", ")}`);
}
