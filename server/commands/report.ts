import { Command, Option } from "commander";
import { createLocalAnalyst } from "../../graph/analyst/local-analyst.ts";
import { writeFileWhole } from "../../graph/formats/write/output-file.ts";
import { loadNetwork } from "../../graph/projection/load.ts";
import { REPORT_LANGUAGES, type ReportLanguage } from "../../graph/report/cell-text.ts";
import { gatherReport } from "../../graph/report/report.ts";
import { type ReportFormat, reportDocument } from "../report/report-document.ts";
import { budgetOf } from "./analysis-requests.ts";
import { print, printJson, runCommand } from "./command-run.ts";
import { UsageError } from "./exit-codes.ts";
import { interruptible, openConfiguredGraph } from "./graph-session.ts";
import { type PolicyFlags, policyOf, withPolicyOptions } from "./policy-flags.ts";

interface ReportFlags extends PolicyFlags {
  readonly output: string;
  readonly lang: string;
  readonly budget?: string;
  readonly json?: true;
}

/** `liantu report`: the committee's document of one target, as a page or a workbook. */
export function reportCommand(): Command {
  const command = new Command("report")
    .description("Write the map and the lists of a firm, chain or item as one page (.html), workbook (.xlsx) or .json.")
    .argument("<target>", "id of a Firm, Chain or Product")
    .requiredOption("-o, --output <file>", "the file to write: its ending, .html, .xlsx or .json, says the format")
    .addOption(
      new Option("--lang <language>", "both: Chinese first, English beside it")
        .choices(REPORT_LANGUAGES.map((language) => language.toLowerCase()))
        .default("both"),
    )
    .option("--budget <number>", "what may be spent on recruitment; an unknown cost counts 1 (default: 3)")
    .option("--json", "print the outcome as one JSON object");
  return withPolicyOptions(command).action(async (target: string, flags: ReportFlags) => {
    await runCommand(flags.json === true, () =>
      interruptible(async (signal) => {
        const { output } = flags;
        const format = formatOf(output);
        const budget = budgetOf(flags.budget);
        const policy = await policyOf(flags);
        await using store = await openConfiguredGraph();
        await using analyst = createLocalAnalyst();
        const network = await loadNetwork(store);
        const report = await gatherReport(
          { store, network, signal, ask: (name, request) => analyst.ask(network, name, request, { signal }) },
          { target, policy, budget, day: new Date().toISOString().slice(0, 10) },
        );
        const language = flags.lang.toUpperCase() as ReportLanguage;
        const { content } = await reportDocument(report, format, language);
        await writeFileWhole(output, [content]);
        const rows = report.sections.map(({ name, tables }) => [name.toLowerCase(), tables[0]!.rows.length] as const);
        const { version } = report;
        if (flags.json === true)
          printJson({ ok: true, exitCode: 0, output, format, target, version, rows: Object.fromEntries(rows) });
        else print(`${output}: ${rows.map(([name, count]) => `${count} ${name}`).join(", ")}.`);
        return undefined;
      }),
    );
  });
}

function formatOf(path: string): ReportFormat {
  const ending = /\.(html|xlsx|json)$/i.exec(path)?.[1];
  if (ending === undefined)
    throw new UsageError(`Nothing says in which format ${path} is to be: end its name in .html, .xlsx or .json`);
  return ending.toUpperCase() as ReportFormat;
}
