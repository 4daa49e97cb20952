import { Command } from "commander";
import { backup } from "../../graph/backup/backup.ts";
import { print, printJson, runCommand } from "./command-run.ts";
import { interruptible, openConfiguredGraph } from "./graph-session.ts";
import { createProgress } from "./progress.ts";

/** `liantu backup`: the embedded graph as one file, also while the service runs. */
export function backupCommand(): Command {
  return new Command("backup")
    .description(
      "Back the embedded graph up to one file, also while the service runs. For Neo4j use neo4j-admin database dump.",
    )
    .argument("<file>", "the file to write, such as liantu.backup.gz")
    .option("--json", "print the outcome as one JSON object")
    .action(async (file: string, { json = false }: { readonly json?: boolean }) => {
      await runCommand(json, () =>
        interruptible(async (signal) => {
          await using store = await openConfiguredGraph();
          const progress = createProgress(process.stderr, json);
          const onProgress = (done: number, total: number) => progress.update("writing", done, total);
          const result = await backup(store, file, { signal, onProgress });
          progress.end();
          const { nodes, relationships, version, hash } = result;
          if (json) printJson({ ok: true, exitCode: 0, file, ...result });
          else print(`${file}: ${nodes} nodes, ${relationships} relationships, version ${version}, content ${hash}.`);
          return undefined;
        }),
      );
    });
}
