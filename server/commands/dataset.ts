import { Command } from "commander";
import { isDatasetName } from "../../graph/formats/dataset.ts";
import { markDataset } from "../../graph/import/datasets.ts";
import { print, printJson, runCommand } from "./command-run.ts";
import { UsageError } from "./exit-codes.ts";
import { commandAuthor, openConfiguredGraph } from "./graph-session.ts";

interface DatasetFlags {
  readonly internal?: true;
  readonly public?: true;
  readonly json?: true;
}

/** `liantu dataset`: who may see a data set. */
export function datasetCommand(): Command {
  return new Command("dataset")
    .description(
      "Say who may see a data set: callers who have not said who they are see and reckon with public ones only.",
    )
    .argument("<name>", "the data set; one that is not there yet is marked for what will come")
    .option("--internal", "only callers with a key or an account")
    .option("--public", "everybody who may read the graph")
    .option("--json", "print the outcome as one JSON object")
    .action(async (name: string, flags: DatasetFlags) => {
      const { internal = false, json = false } = flags;
      await runCommand(json, async () => {
        if (internal === (flags.public === true)) throw new UsageError("Say --internal or --public, one of them");
        if (!isDatasetName(name))
          throw new UsageError(`${name} names no data set: lower-case letters, digits and hyphens, at most 64`);
        await using store = await openConfiguredGraph();
        const version = await markDataset(store, name, internal, commandAuthor());
        if (json) printJson({ ok: true, exitCode: 0, dataset: name, internal, version });
        else print(`${name} is ${internal ? "internal" : "public"}.`);
        return undefined;
      });
    });
}
