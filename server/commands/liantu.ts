#!/usr/bin/env node
import "../production.ts";
import { Command, CommanderError } from "commander";
import { analyzeCommand } from "./analyze.ts";
import { backupCommand } from "./backup.ts";
import { checkCommand } from "./check.ts";
import { datasetCommand } from "./dataset.ts";
import { doctorCommand } from "./doctor.ts";
import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { exportCommand } from "./export.ts";
import { importCommand } from "./import.ts";
import { keyCommand } from "./key.ts";
import { reportCommand } from "./report.ts";
import { resolveCommand } from "./resolve.ts";
import { restoreCommand } from "./restore.ts";
import { seedCommand } from "./seed.ts";
import { serveCommand } from "./serve.ts";
import { templateCommand } from "./template.ts";

const codes = Object.values(EXIT).map(({ code, text }) => `  ${code}  ${text}`);

/** The command line: `liantu COMMAND`. Where a running service has the embedded graph open, commands work through it. */
function liantu(): Command {
  const program = new Command("liantu")
    .exitOverride()
    .description(
      "链图 Liantu: an industry-chain knowledge graph. Settings come from the environment, from the file of --config or LIANTU_CONFIG, and from .env.",
    )
    .showHelpAfterError("(liantu --help lists the commands, liantu COMMAND --help what one takes)")
    .addHelpText("after", `\nExit codes:\n${codes.join("\n")}`);
  const commands = [
    ...[serveCommand(), importCommand(), exportCommand(), checkCommand(), seedCommand()],
    ...[templateCommand(), resolveCommand(), backupCommand(), restoreCommand(), keyCommand()],
    ...[analyzeCommand(), reportCommand(), doctorCommand(), datasetCommand()],
  ];
  for (const command of commands) program.addCommand(command);
  inherit(program);
  return program;
}

/** Gives the commands below a command its settings, however deep: `addCommand` does not. */
function inherit(parent: Command): void {
  for (const command of parent.commands) {
    inherit(command.copyInheritedSettings(parent));
    // Read by `readProcessConfig`, wherever it stands.
    if (command.commands.length === 0) command.option("--config <file>", "a file with settings, as LIANTU_CONFIG");
  }
}

await liantu()
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = exitCodeOf(error);
  });
