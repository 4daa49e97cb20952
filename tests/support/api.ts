import type { Analyst } from "../../graph/analyst/analyst.ts";
import { createLocalAnalyst } from "../../graph/analyst/local-analyst.ts";
import { readDatasets } from "../../graph/formats/datasets.ts";
import { ingest } from "../../graph/import/ingest.ts";
import { createProjection } from "../../graph/projection/cache.ts";
import type { LinksCache } from "../../graph/projection/links-cache.ts";
import { createPublicPart } from "../../graph/projection/public-part.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { type Access, createAccess } from "../../server/access/access.ts";
import { OPEN } from "../../server/access/caller.ts";
import { createApp } from "../../server/app.ts";
import { createLive } from "../../server/live/live.ts";
import { createLog } from "../../server/log.ts";
import { createMetrics } from "../../server/metrics.ts";
import { RequestIds } from "../../server/request-ids.ts";
import { createSharedLookups } from "../../server/shared-lookups.ts";
import type { Engine } from "./engines.ts";

/** The service on an engine, called without a port. */
export interface Api extends AsyncDisposable {
  readonly store: GraphStore;
  /** Sends a request to the service. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Ends what is live, as the service does before it stops. */
  stop(): void;
  /** Runs a GraphQL operation and gives its status and whole answer. */
  ask(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly data: never;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions: { readonly code: string; readonly requestId: string };
  }[];
}

function openAccess(store: GraphStore): Access {
  const access = createAccess({ store, oidc: null, sessionSecret: null, publicUrl: null });
  // Without a statement to the store: tests count those.
  return { ...access, isOpen: async () => true, identify: async () => OPEN };
}

const ADDRESS = "http://127.0.0.1:4000";
const seeds = ["quanzhou", "reference"].map((name) => new URL(`../../seeds/${name}`, import.meta.url).pathname);

/** Opens the service on an engine that holds the seeds. */
export async function openSeededApi(engine: Engine): Promise<Api> {
  return openApi(await openSeededStore(engine));
}

/** Opens an engine that holds the seeds. */
export async function openSeededStore(engine: Engine): Promise<GraphStore> {
  const store = await engine.open();
  const { batch } = await readDatasets(seeds);
  await ingest(store, batch);
  return store;
}

/** What a test may give the service instead of its own. */
export interface ApiParts {
  readonly access?: Access;
  readonly analyst?: Analyst;
  /** Every step of a walk asks the store where absent. */
  readonly links?: LinksCache;
  readonly changesKept?: number;
  readonly requestMs?: number;
  readonly requests?: { readonly running: number; readonly waiting: number };
}

/**
 * Opens the service on a store; disposing of it closes the store and the analyst. Nobody is asked who they are unless
 * `access` says so.
 */
export function openApi(
  store: GraphStore,
  {
    access = openAccess(store),
    analyst = createLocalAnalyst(),
    links,
    changesKept = 10_000,
    // As the stores of tests: how fast it answers is measured elsewhere.
    requestMs = 30_000,
    requests = { running: 1_000, waiting: 0 },
  }: ApiParts = {},
): Api {
  const projection = createProjection(store, { refreshMs: 1 });
  const live = createLive({ store, unsettled: store, refreshMs: 5 });
  const app = createApp({
    ...{ store, access, projection, links, analyst, live, publicPart: createPublicPart(store) },
    lookups: createSharedLookups(store),
    metrics: createMetrics({ projection, streams: live.streams }),
    metricsFor: "viewer",
    changesKept,
    requestMs,
    requests,
    log: createLog("silent"),
    requestIds: new RequestIds(),
    files: null,
    hosts: ["127.0.0.1"],
  });
  const fetch = (path: string, init?: RequestInit) => app.fetch(new Request(`${ADDRESS}${path}`, init));
  return {
    store,
    fetch,
    stop: () => app.close(),
    async ask(query, variables = {}, headers = {}) {
      const response = await fetch("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/graphql-response+json", ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...((await response.json()) as Omit<Answer, "status">) };
    },
    async [Symbol.asyncDispose]() {
      app.close();
      await analyst.close();
      await store.close();
    },
  };
}
