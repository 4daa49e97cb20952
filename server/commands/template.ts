import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { templateWorkbook } from "../../graph/formats/xlsx-template.ts";
import { print, printJson, runCommand } from "./command-run.ts";
import { UsageError } from "./exit-codes.ts";

/** `liantu template`: an empty workbook to fill in. */
export function templateCommand(): Command {
  return new Command("template")
    .description(
      "Write an empty Excel workbook with a sheet for each kind and type, Chinese titles and drop-down lists.",
    )
    .argument("<file>", "the workbook to write, FILE.xlsx; a file that is there already is left alone")
    .option("--json", "print the outcome as one JSON object")
    .action(async (file: string, { json = false }: { readonly json?: boolean }) => {
      await runCommand(json, async () => {
        if (!/\.xlsx$/i.test(file)) throw new UsageError(`${file} is to be a workbook: end its name in .xlsx`);
        await writeFile(file, await templateWorkbook(), { flag: "wx" }).catch((cause: NodeJS.ErrnoException) => {
          if (cause.code === "EEXIST")
            throw new UsageError(`${file} is there already: give another name, or remove it`, { cause });
          throw cause;
        });
        if (json) printJson({ ok: true, exitCode: 0, file });
        else print(`${file}: fill it in and bring it in with liantu import ${file}`);
        return undefined;
      });
    });
}
