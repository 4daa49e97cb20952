import { Command } from "commander";
import { restore } from "../../graph/backup/restore.ts";
import { GraphError } from "../../graph/errors.ts";
import { print, printJson, runCommand } from "./command-run.ts";
import { EXIT } from "./exit-codes.ts";
import { interruptible, openConfiguredGraph } from "./graph-session.ts";
import { createProgress } from "./progress.ts";

/** `liantu restore`: a backup into an empty graph. */
export function restoreCommand(): Command {
  return new Command("restore")
    .description("Bring a backup into an empty graph (a new LIANTU_DATA), and compare what is stored with it.")
    .argument("<file>", "a file that liantu backup has written")
    .option("--json", "print the outcome as one JSON object")
    .action(async (file: string, { json = false }: { readonly json?: boolean }) => {
      await runCommand(json, () =>
        interruptible(async (signal) => {
          await using store = await openConfiguredGraph();
          const progress = createProgress(process.stderr, json);
          const onProgress = (done: number, total: number) => progress.update("reading", done, total);
          try {
            const result = await restore(store, file, { signal, onProgress });
            progress.end();
            const { nodes, relationships, version, hash } = result;
            if (json) printJson({ ok: true, exitCode: 0, file, ...result });
            else print(`${nodes} nodes, ${relationships} relationships, version ${version}, content ${hash}.`);
            return undefined;
          } catch (error) {
            if (!(error instanceof GraphError) || error.code !== "BAD_INPUT") throw error;
            if (json) printJson({ ok: false, exitCode: EXIT.faults.code, message: error.message });
            else process.stderr.write(`${error.message}\n`);
            return EXIT.faults.code;
          }
        }),
      );
    });
}
