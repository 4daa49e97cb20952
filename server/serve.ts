import { dirname, join } from "node:path";
import { createAnalystPool } from "../graph/analyst/analyst-pool.ts";
import { seedIfEmpty } from "../graph/import/seed.ts";
import { SettledStore } from "../graph/import/settled-store.ts";
import { createProjection } from "../graph/projection/cache.ts";
import { noticedWrites } from "../graph/store/noticed-writes.ts";
import { openGraph } from "../graph/store/open.ts";
import { type AdminEndpoint, openAdmin } from "./admin.ts";
import { createApp } from "./app.ts";
import type { Config } from "./config.ts";
import { listen } from "./listen.ts";
import { createLog } from "./log.ts";
import { projectRoot } from "./root.ts";
import { readStaticFiles } from "./static.ts";

const GRACE_MS = 10_000;

/**
 * The service from its start to its end: graph → app → listen → close when `stop` resolves.
 *
 * @throws GraphError where the graph cannot be opened, ListenError where the port cannot be used
 */
export async function serve(config: Config, stop: Promise<void>): Promise<void> {
  const log = createLog(config.logLevel);
  const graph = await openGraph(config.graph);
  const projection = createProjection(graph, { refreshMs: config.refreshMs });
  const store = noticedWrites(graph, projection.noticed);
  const analyst = createAnalystPool(config.analyses);
  let admin: AdminEndpoint | undefined;
  try {
    await store.prepare();
    if (config.seed) await seedIfEmpty(store, join(projectRoot(), "seeds"), log);
    const app = createApp({
      store: new SettledStore(store),
      projection,
      analyst,
      log,
      files: readStaticFiles(join(projectRoot(), "dist", "client")),
      hosts: ["127.0.0.1", "localhost", "[::1]", config.host, ...config.allowedHosts],
    });
    const listening = await listen(app, { host: config.host, port: config.port, log });
    // Only the embedded graph is closed to other processes.
    if (config.graph.engine === "embedded" && config.graph.path !== null)
      admin = await openAdmin(store, dirname(config.graph.path), log);
    const engine = config.graph.engine === "neo4j" ? `Neo4j ${config.graph.uri}` : `${config.graph.path} (embedded)`;
    process.stdout.write(
      `\n  链图 Liantu  ${listening.url}\n  GraphQL      ${listening.url}graphql\n  图谱 graph   ${engine}\n\n`,
    );
    await stop;
    log.info("stopping");
    await admin?.close();
    await listening.close(GRACE_MS);
  } finally {
    await admin?.close();
    await analyst.close();
    await store.close();
  }
}

/** Resolves at the first signal to stop; a second one ends the process at once. */
export function signalled(): Promise<void> {
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
