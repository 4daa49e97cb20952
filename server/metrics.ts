import { type DocumentNode, Kind } from "graphql";
import type { Plugin } from "graphql-yoga";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Projection } from "../graph/projection/cache.ts";
import type { ObservedStatement } from "../graph/store/observed-store.ts";

/** What the service counts of itself, as Prometheus reads it. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** Counts GraphQL operations by root field and code: put it behind what closes errors. */
  plugin(): Plugin;
  request(status: number): void;
  statement(statement: ObservedStatement): void;
}

export interface Measured {
  readonly projection: Pick<Projection, "state">;
  /** Subscriptions that are open. */
  readonly streams: () => number;
  /** Also what Node tells of the process: event-loop lag, memory, garbage collection. */
  readonly ofProcess?: boolean;
}

/** Of a document that never got as far as its fields: it is no GraphQL, or was refused. */
const NO_FIELD = "(none)";
/** Longer names, as of fields that do not exist, never get here: a document is validated first. */
const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Metrics of one service. */
export function createMetrics({ projection, streams, ofProcess = false }: Measured): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "liantu_http_requests_total",
    help: "HTTP requests by status",
    labelNames: ["status"],
    registers,
  });
  const operations = new Counter({
    name: "liantu_graphql_fields_total",
    help: "Root fields asked, by the code of the operation's first error (OK: none)",
    labelNames: ["field", "code"],
    registers,
  });
  const latency = new Histogram({
    name: "liantu_graphql_seconds",
    help: "Seconds to the answer of an operation, by each of its root fields",
    labelNames: ["field"],
    buckets: SECONDS,
    registers,
  });
  const statements = new Histogram({
    name: "liantu_statement_seconds",
    help: "Seconds of a statement to the graph, by its name and outcome",
    labelNames: ["statement", "outcome"],
    buckets: SECONDS,
    registers,
  });
  gauge("liantu_projection_items", "Items in the projection", () => projection.state()?.network.items.length);
  gauge("liantu_projection_firms", "Firms in the projection", () => projection.state()?.network.firms.length);
  gauge("liantu_projection_offers", "Offers in the projection", () => projection.state()?.network.offerItem.length);
  gauge(
    "liantu_projection_version",
    "Version of the graph in the projection",
    () => projection.state()?.network.version,
  );
  gauge("liantu_projection_age_seconds", "Seconds since the projection was known to be current", () => {
    const state = projection.state();
    return state === null ? undefined : (performance.now() - state.checkedAt) / 1_000;
  });
  gauge("liantu_streams", "Subscriptions that are open", streams);

  function gauge(name: string, help: string, value: () => number | undefined): void {
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(value() ?? 0);
      },
    });
  }

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    plugin() {
      const begun = new WeakMap<Request, number>();
      const asked = new WeakMap<Request, readonly string[]>();
      return {
        onRequest({ request }) {
          begun.set(request, performance.now());
        },
        onExecute({ args }) {
          asked.set(args.contextValue.request, rootFields(args.document, args.operationName));
        },
        onSubscribe({ args }) {
          asked.set(args.contextValue.request, rootFields(args.document, args.operationName));
        },
        onResultProcess({ request, result }) {
          const code = "errors" in result ? (result.errors?.[0]?.extensions["code"] ?? "OK") : "OK";
          const seconds = (performance.now() - (begun.get(request) ?? performance.now())) / 1_000;
          for (const field of asked.get(request) ?? [NO_FIELD]) {
            operations.inc({ field, code: String(code) });
            latency.observe({ field }, seconds);
          }
        },
      };
    },
    request: (status) => requests.inc({ status: String(status) }),
    statement: ({ name, ms, outcome }) => statements.observe({ statement: name, outcome }, ms / 1_000),
  };
}

/** The root fields of an operation, each once; fragments at the root are rare and count as `(fragment)`. */
function rootFields(document: DocumentNode, operationName: string | null | undefined): readonly string[] {
  const operation = document.definitions.find(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      (operationName == null || definition.name?.value === operationName),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [NO_FIELD];
  const names = operation.selectionSet.selections.map((selection) =>
    selection.kind === Kind.FIELD ? selection.name.value : "(fragment)",
  );
  return [...new Set(names)];
}
