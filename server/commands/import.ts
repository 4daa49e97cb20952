import { basename } from "node:path";
import { Command } from "commander";
import type { RecordInput } from "../../graph/formats/input.ts";
import { INPUT_FORMATS, openInput } from "../../graph/formats/open-input.ts";
import { abandonImport } from "../../graph/import/import-lock.ts";
import type { ImportReport } from "../../graph/import/import-options.ts";
import { importRecords } from "../../graph/import/import-records.ts";
import { faultLine, InvalidRecordsError } from "../../graph/validation/faults.ts";
import { type Outcome, print, printJson, runCommand } from "./command-run.ts";
import { EXIT, UsageError } from "./exit-codes.ts";
import { commandAuthor, interruptible, openConfiguredGraph } from "./graph-session.ts";
import { inputKey } from "./input-key.ts";
import { createProgress } from "./progress.ts";
import { RejectedFile } from "./rejected-file.ts";

interface ImportFlags {
  readonly format?: string;
  readonly dataset?: string;
  readonly mapping?: string;
  readonly variantMode?: string;
  readonly internal?: true;
  readonly replace?: true;
  readonly skipInvalid?: true;
  readonly bulk?: true;
  readonly abandon?: true;
  readonly json?: true;
}

const STAGES = { read: "reading", check: "checking", write: "writing", withdraw: "removing" } as const;

/** `liantu import`: files into the graph. */
export function importCommand(): Command {
  return new Command("import")
    .description("Bring files into the graph: all of them or, where anything is wrong, nothing.")
    .argument("[path...]", "files, or folders with a dataset.json")
    .option("--format <name>", `${Object.keys(INPUT_FORMATS).join(", ")}; told by the files' names where absent`)
    .option("--dataset <name>", "the data set that the records belong to")
    .option("--mapping <file>", "how somebody else's files are to be read")
    .option("--variant-mode <mode>", "ETO: whether a class of items needs ANY (default) or ALL of its variants")
    .option("--internal", "mark the data set as internal: only callers who have said who they are see it")
    .option("--replace", "remove what the graph holds of the data set beyond these records")
    .option("--skip-invalid", "leave out what is wrong, and keep it in a file beside the input")
    .option("--bulk", "take more than 100,000 rows, in batches; readers see the version before until the last")
    .option("--abandon", "end an interrupted bulk import with what it has stored")
    .option("--json", "print the outcome as one JSON object")
    .action(async (paths: readonly string[], flags: ImportFlags) => {
      await runCommand(flags.json === true, () => importPaths(paths, flags));
    });
}

async function importPaths(paths: readonly string[], flags: ImportFlags): Promise<Outcome> {
  if (flags.abandon === true) return abandon(paths, flags);
  if (paths.length === 0) throw new UsageError("Say what to import: liantu import PATH…");
  return interruptible(async (signal) => {
    const title = paths.map((path) => basename(path)).join(", ");
    const input = await open(paths, flags);
    if (input === undefined) return EXIT.faults.code;
    await using store = await openConfiguredGraph();
    const progress = createProgress(process.stderr, flags.json === true);
    const rejected = flags.skipInvalid === true ? new RejectedFile(paths[0]!) : undefined;
    const { replace = false, skipInvalid = false, bulk = false, variantMode, mapping } = flags;
    try {
      const report = await importRecords(store, input, {
        ...{ replace, skipInvalid, bulk, signal, title, author: commandAuthor() },
        key: bulk
          ? await inputKey(mapping === undefined ? paths : [...paths, mapping], {
              format: flags.format,
              dataset: flags.dataset,
              variantMode,
              replace,
              skipInvalid,
            })
          : "",
        onProgress: ({ stage, done, total }) => progress.update(STAGES[stage], done, total),
        ...(rejected === undefined ? {} : { onRejected: (row) => rejected.add(row) }),
      });
      progress.end();
      await rejected?.close();
      return tell(report, rejected?.path, flags.json === true);
    } finally {
      progress.end();
    }
  });
}

/** The input, or undefined where it cannot be read at all, which was told. */
async function open(paths: readonly string[], flags: ImportFlags): Promise<RecordInput | undefined> {
  try {
    const input = await openInput(paths, flags);
    return flags.internal === true ? internalInput(input) : input;
  } catch (error) {
    if (!(error instanceof InvalidRecordsError)) throw error;
    const report: ImportReport = {
      ...{ stored: false, dataset: flags.dataset ?? "", nodes: 0, relationships: 0, created: 0, updated: 0 },
      ...{ unchanged: 0, deleted: 0, rejected: 0, resumedAt: 0 },
      faults: { count: error.faults.length, first: error.faults.slice(0, 100) },
    };
    tell(report, undefined, flags.json === true);
    return undefined;
  }
}

function internalInput(input: RecordInput): RecordInput {
  return {
    dataset: { ...input.dataset, internal: true },
    ...(input.others && { others: input.others }),
    size: input.size,
    entities: () => input.entities(),
    relationships: () => input.relationships(),
  };
}

async function abandon(paths: readonly string[], flags: ImportFlags): Promise<Outcome> {
  if (paths.length > 0) throw new UsageError("--abandon ends the interrupted import, whichever it is: name no file");
  await using store = await openConfiguredGraph();
  const title = await abandonImport(store);
  if (flags.json === true) printJson({ ok: true, exitCode: 0, abandoned: title ?? null });
  else print(title === undefined ? "No import was interrupted." : `The import of ${title} is ended where it was.`);
  return undefined;
}

function tell(report: ImportReport, rejectedPath: string | undefined, json: boolean): Outcome {
  const { stored, dataset, nodes, relationships, created, updated, unchanged, deleted, rejected, faults } = report;
  const exitCode = stored ? EXIT.done.code : EXIT.faults.code;
  if (json) {
    printJson({ ok: stored, exitCode, ...report, ...(rejected > 0 && { rejectedFile: rejectedPath }) });
    return exitCode;
  }
  for (const fault of faults.first) process.stderr.write(`${faultLine(fault)}\n`);
  if (faults.count > faults.first.length)
    process.stderr.write(`… and ${number(faults.count - faults.first.length)} more\n`);
  if (!stored) {
    print(`${dataset}: ${number(faults.count)} ${faults.count === 1 ? "fault" : "faults"}. Nothing was stored.`);
    return exitCode;
  }
  print(
    `${dataset}: ${number(nodes)} nodes, ${number(relationships)} relationships: ${number(created)} created, ${number(updated)} changed, ${number(unchanged)} unchanged, ${number(deleted)} removed.`,
  );
  if (report.resumedAt > 0) print(`${number(report.resumedAt)} of them were stored before it was interrupted.`);
  if (rejected > 0) print(`${number(rejected)} rows were left out: ${rejectedPath}`);
  return exitCode;
}

function number(value: number): string {
  return value.toLocaleString("en");
}
