import { Argument, Command, Option } from "commander";
import type { AnswerOf } from "../../graph/analyst/analyses.ts";
import { createLocalAnalyst } from "../../graph/analyst/local-analyst.ts";
import { loadNetwork } from "../../graph/projection/load.ts";
import { readNames } from "../../graph/report/names.ts";
import { type Cell, idsOf, type Statement } from "../../graph/report/table.ts";
import { type AnalysisFlags, type AskedAnalysis, REQUESTS } from "./analysis-requests.ts";
import { type AnswerTables, TABLES } from "./analysis-tables.ts";
import { print, printJson, runCommand } from "./command-run.ts";
import { interruptible, openConfiguredGraph } from "./graph-session.ts";
import { type PolicyFlags, policyOf, withPolicyOptions } from "./policy-flags.ts";
import { statementLines, tableLines } from "./table-text.ts";

type AnalyzeFlags = PolicyFlags & AnalysisFlags & { readonly json?: true };

const NAMES = Object.keys(REQUESTS) as AskedAnalysis[];
/** Put to today's supply: nothing is restricted unless the policy says so. */
const STATUS_QUO: readonly AskedAnalysis[] = ["disruption", "disruptionRanking"];

/** `liantu analyze`: one analysis of a target, as tables or as JSON. */
export function analyzeCommand(): Command {
  const command = new Command("analyze")
    .description("Run one analysis of a firm, chain or item, and print it as tables (中文 and English) or as JSON.")
    .addArgument(new Argument("<name>", "which analysis").choices(NAMES))
    .argument("<target>", "id of a Firm, Chain or Product")
    .option("--with <ids>", "substitution: further targets of the same plan; recruitment: what has landed already")
    .option("--plans <number>", "substitution: how many plans, 1 to 10")
    .addOption(new Option("--distinct-by <what>", "substitution").choices(["OFFER", "FIRM", "JURISDICTION"]))
    .addOption(new Option("--objective <what>", "substitution").choices(["COST", "LEAD_TIME", "READINESS"]))
    .option("--jurisdictions <codes>", "exposure: to these instead of the restricted ones")
    .option("--fail <ids>", "disruption: firms, items, offers or jurisdictions that fail together")
    .option("--kinds <kinds>", "disruptionRanking: JURISDICTION,FIRM,ITEM")
    .option("--items <ids>", "concentration: only these")
    .option("--first <number>", "closure, concentration, disruptionRanking: how many rows")
    .addOption(new Option("--ground <what>", "blockingSets: of what").choices(["JURISDICTION", "FIRM", "ITEM"]))
    .option("--max-size <number>", "blockingSets: 1 to 3 members")
    .option("--budget <number>", "recruitment: what may be spent; an unknown cost counts 1")
    .option("--suggest <kinds>", "recruitment: FIRM,PROJECT,ITEM; none for the landed ones alone")
    .option("--other-policy <file>", "diff: a JSON file with the fields in which the other policy differs")
    .option("--json", "print the answer as one JSON object");
  return withPolicyOptions(command).action(async (name: AskedAnalysis, target: string, flags: AnalyzeFlags) => {
    await runCommand(flags.json === true, () =>
      interruptible(async (signal) => {
        const policy = await policyOf(flags, STATUS_QUO.includes(name) ? { restricted: [] } : {});
        await using store = await openConfiguredGraph();
        await using analyst = createLocalAnalyst();
        const network = await loadNetwork(store);
        const question = { targets: [target], policy };
        const request = await REQUESTS[name]({ question, flags, store, network, signal });
        const answer = await analyst.ask(network, name, request, { signal });
        const { version } = network;
        if (flags.json === true) {
          printJson({ ok: true, exitCode: 0, analysis: name, target, policy, version, answer });
          return undefined;
        }
        const shown = tablesOf(name, answer);
        const statements: readonly Statement[] = [
          { label: { zh: "对象", en: "target" }, value: { ids: [target] } },
          { label: { zh: "受限国家/地区", en: "restricted" }, value: { ids: policy.restricted } },
          { label: { zh: "图谱版本", en: "version" }, value: version },
          ...shown.statements,
        ];
        const cells = [...statements.map(({ value }) => value), ...cellsOf(shown)];
        const names = await readNames(store, network, cells.flatMap(idsOf), { signal });
        print(...statementLines(statements, names));
        for (const table of shown.tables) print("", ...tableLines(table, names));
        return undefined;
      }),
    );
  });
}

function tablesOf<Name extends AskedAnalysis>(name: Name, answer: AnswerOf<Name>): AnswerTables {
  // What stands under a name takes that name's answer; the compiler does not follow a name that is a variable.
  const show = TABLES[name] as (answer: AnswerOf<Name>) => AnswerTables;
  return show(answer);
}

function cellsOf({ tables }: AnswerTables): readonly Cell[] {
  return tables.flatMap((table) => table.rows.flatMap(({ cells }) => cells));
}
