import { dirname, join } from "node:path";
import { createAnalystPool } from "../graph/analyst/analyst-pool.ts";
import { createSharingAnalyst } from "../graph/analyst/sharing-analyst.ts";
import { seedIfEmpty } from "../graph/import/seed.ts";
import { SettledStore } from "../graph/import/settled-store.ts";
import { createProjection } from "../graph/projection/cache.ts";
import { createLinksCache } from "../graph/projection/links-cache.ts";
import { createPublicPart } from "../graph/projection/public-part.ts";
import { noticedWrites } from "../graph/store/noticed-writes.ts";
import { observedStore } from "../graph/store/observed-store.ts";
import { openGraph } from "../graph/store/open.ts";
import { createAccess } from "./access/access.ts";
import { type AdminEndpoint, openAdmin } from "./admin.ts";
import { createApp } from "./app.ts";
import { type Config, ConfigError, isLoopback } from "./config.ts";
import { listen } from "./listen.ts";
import { createLive } from "./live/live.ts";
import { createLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { RequestIds } from "./request-ids.ts";
import { projectRoot } from "./root.ts";
import { createSharedLookups } from "./shared-lookups.ts";
import { readStaticFiles } from "./static.ts";
import { untilAnswered } from "./until-answered.ts";

/** What is under way at a request to stop may take so long: the end of the process within 10 s comes on top. */
const GRACE_MS = 9_000;
/** How long a start waits for a database that was reached and then does not answer. */
const START = { mostMs: 60_000, everyMs: 1_000 };

/**
 * The service from its start to its end: graph → app → listen → close when `stop` resolves.
 *
 * @throws GraphError where the graph cannot be opened, ConfigError where others could reach it and nobody would be asked who
 * they are, ListenError where the port cannot be used
 */
export async function serve(config: Config, stop: Promise<void>): Promise<void> {
  const log = createLog(config.logLevel);
  const requestIds = new RequestIds();
  const graph = observedStore(await openGraph(config.graph), (statement) => {
    metrics.statement(statement);
    const { name, ms, outcome, signal } = statement;
    if (ms < config.slowMs) return;
    log.warn({ statement: name, ms: Math.round(ms), outcome, requestId: requestIds.of(signal) }, "a slow statement");
  });
  const projection = createProjection(graph, { refreshMs: config.refreshMs });
  const links = createLinksCache(graph, { refreshMs: config.refreshMs });
  const store = noticedWrites(graph, (version) => {
    projection.noticed(version);
    links.noticed(version);
  });
  const settled = new SettledStore(store);
  const live = createLive({ store: settled, unsettled: store, refreshMs: config.refreshMs });
  const metrics = createMetrics({ projection, streams: live.streams, ofProcess: true });
  const analyst = createAnalystPool(config.analyses);
  let admin: AdminEndpoint | undefined;
  try {
    await untilAnswered(
      async () => {
        await store.prepare();
        if (config.seed) await seedIfEmpty(store, join(projectRoot(), "seeds"), log);
      },
      {
        ...START,
        onWait: (error) => log.warn({ err: error }, "the graph does not answer yet; the start waits for it"),
      },
    );
    const access = createAccess({ store, ...config });
    mustBeSafe(config, await access.isOpen());
    const app = createApp({
      store: settled,
      live,
      metrics,
      metricsFor: config.metricsFor,
      changesKept: config.changesKept,
      requestMs: config.graph.timeoutMs,
      requests: config.requests,
      access,
      projection,
      links,
      lookups: createSharedLookups(settled),
      publicPart: createPublicPart(graph),
      analyst: createSharingAnalyst(analyst),
      log,
      requestIds,
      files: readStaticFiles(join(projectRoot(), "dist", "client")),
      origins: config.allowedOrigins,
      hosts: ["127.0.0.1", "localhost", "[::1]", config.host, ...config.allowedHosts, ...publicHost(config)],
    });
    const listening = await listen(app, { ...config, log });
    // Only the embedded graph is closed to other processes.
    if (config.graph.engine === "embedded" && config.graph.path !== null)
      admin = await openAdmin(store, dirname(config.graph.path), log);
    const engine = config.graph.engine === "neo4j" ? `Neo4j ${config.graph.uri}` : `${config.graph.path} (embedded)`;
    process.stdout.write(
      `\n  链图 Liantu  ${listening.url}\n  GraphQL      ${listening.url}graphql\n  图谱 graph   ${engine}\n\n`,
    );
    await stop;
    log.info("stopping");
    app.close();
    await Promise.all([admin?.close(), listening.close(GRACE_MS)]);
  } finally {
    await admin?.close();
    await analyst.close();
    await store.close();
  }
}

function mustBeSafe({ host, allowOpen }: Config, isOpen: boolean): void {
  if (isOpen && !allowOpen && !isLoopback(host))
    throw new ConfigError(
      `LIANTU_HOST: ${host} can be reached from elsewhere and nobody would be asked who they are. Make a key (liantu key create --role admin), name an identity provider (LIANTU_OIDC_ISSUER), listen on 127.0.0.1, or set LIANTU_ALLOW_OPEN=true behind a gateway that asks.`,
    );
}

function publicHost({ publicUrl }: Config): string[] {
  return publicUrl === null ? [] : [publicUrl.hostname];
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
