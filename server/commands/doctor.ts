import { Command, Option } from "commander";
import { readProcessConfig } from "../config.ts";
import { type Finding, findings } from "../doctor/findings.ts";
import { print, printJson, runCommand } from "./command-run.ts";
import { EXIT } from "./exit-codes.ts";

const MARKS = { ok: "✓", warning: "!", fault: "✗" } as const;

interface Flags {
  readonly json?: boolean;
  readonly lang: "zh" | "en" | "both";
}

/** `liantu doctor`: whether the service could start here and would run well; it changes nothing. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("Check Node, the settings, the graph, its room and who may come in; says what to do. Changes nothing.")
    .addOption(
      new Option("--lang <language>", "both: Chinese first, English beside it")
        .choices(["zh", "en", "both"])
        .default("both"),
    )
    .option("--json", "print the outcome as one JSON object")
    .action(async ({ json = false, lang }: Flags) => {
      await runCommand(json, async () => {
        const found = await findings(() => readProcessConfig());
        const exitCode = exitCodeOf(found);
        if (json) printJson({ ok: exitCode === 0, exitCode, findings: found });
        else print(...found.map((finding) => line(finding, lang)));
        return exitCode;
      });
    });
}

function line({ state, zh, en }: Finding, lang: Flags["lang"]): string {
  const texts = lang === "both" ? [zh, en] : [lang === "zh" ? zh : en];
  return `${MARKS[state]} ${texts.join("\n  ")}`;
}

/** A wrong setting comes before a graph out of reach, and that before anything else: the one hides the other. */
function exitCodeOf(found: readonly Finding[]): number {
  const faults = new Set(found.filter(({ state }) => state === "fault").map(({ check }) => check));
  if (faults.has("settings")) return EXIT.usage.code;
  if (faults.has("graph")) return EXIT.unavailable.code;
  return faults.size === 0 ? EXIT.done.code : EXIT.failed.code;
}
