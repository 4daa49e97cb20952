import { Command } from "commander";
import { readProcessConfig } from "../config.ts";
import { runCommand } from "./command-run.ts";

/** `liantu serve`: the service, as `npm start` starts it. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("Run the service (API, GraphiQL, page) until it is stopped; settings come from the environment.")
    .action(async () => {
      await runCommand(false, async () => {
        const config = readProcessConfig();
        // Loaded here: the other commands start twice as fast without it.
        const { serve, signalled } = await import("../serve.ts");
        await serve(config, signalled());
        return undefined;
      });
    });
}
