import { join } from "node:path";
import { GraphError } from "../graph/errors.ts";
import { createProjection } from "../graph/projection/cache.ts";
import { seedIfEmpty } from "../graph/seed.ts";
import { openGraph } from "../graph/store/open.ts";
import { createApp } from "./app.ts";
import { ConfigError, processEnvironment, readConfig } from "./config.ts";
import { ListenError, listen } from "./listen.ts";
import { createLog } from "./log.ts";
import { projectRoot } from "./root.ts";
import { readStaticFiles } from "./static.ts";

const GRACE_MS = 10_000;

/** Settings → graph → app → listen → close on a signal; nothing else. */
async function main(): Promise<void> {
  const config = readConfig(processEnvironment());
  const stop = signalled();
  const log = createLog(config.logLevel);
  const store = await openGraph(config.graph);
  try {
    await store.prepare();
    if (config.seed) await seedIfEmpty(store, join(projectRoot(), "seeds"), log);
    const app = createApp({
      store,
      projection: createProjection(store, { refreshMs: config.refreshMs }),
      log,
      files: readStaticFiles(join(projectRoot(), "dist", "client")),
      hosts: ["127.0.0.1", "localhost", "[::1]", config.host, ...config.allowedHosts],
    });
    const listening = await listen(app, { host: config.host, port: config.port, log });
    const engine = config.graph.engine === "neo4j" ? `Neo4j ${config.graph.uri}` : `${config.graph.path} (embedded)`;
    process.stdout.write(
      `\n  链图 Liantu  ${listening.url}\n  GraphQL      ${listening.url}graphql\n  图谱 graph   ${engine}\n\n`,
    );
    await stop;
    log.info("stopping");
    await listening.close(GRACE_MS);
  } finally {
    await store.close();
  }
}

/** Resolves at the first signal to stop; a second one ends the process at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        resolve();
      });
    }
  });
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof ListenError || error instanceof GraphError;
  process.stderr.write(`\n${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n\n`);
  process.exitCode = 1;
});
