import "./production.ts";
import { GraphError } from "../graph/errors.ts";
import { ConfigError, readProcessConfig } from "./config.ts";
import { ListenError } from "./listen.ts";
import { serve, signalled } from "./serve.ts";

/** Settings → service; nothing else. `liantu serve` does the same. */
async function main(): Promise<void> {
  const config = readProcessConfig();
  await serve(config, signalled());
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof ListenError || error instanceof GraphError;
  process.stderr.write(`\n${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n\n`);
  process.exitCode = 1;
});
