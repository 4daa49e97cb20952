import { join } from "node:path";
import { Command } from "commander";
import { seedIfEmpty } from "../../graph/import/seed.ts";
import { projectRoot } from "../root.ts";
import { print, printJson, runCommand } from "./command-run.ts";
import { openConfiguredGraph } from "./graph-session.ts";

/** `liantu seed`: the project's own data sets into an empty graph. */
export function seedCommand(): Command {
  return new Command("seed")
    .description("Load the seeds into a graph that never held any data; any other is left as it is.")
    .option("--json", "print the outcome as one JSON object")
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      await runCommand(json, async () => {
        await using store = await openConfiguredGraph();
        const counts = await seedIfEmpty(store, join(projectRoot(), "seeds"), { info: () => undefined });
        if (json) printJson({ ok: true, exitCode: 0, seeded: counts !== undefined, ...counts });
        else if (counts === undefined) print("The graph is kept as it is: it was seeded before, or holds data.");
        else print(`The seeds are loaded: ${counts.created.toLocaleString("en")} records.`);
        return undefined;
      });
    });
}
