import { randomUUID } from "node:crypto";
import { createYoga } from "graphql-yoga";
import { GraphError } from "../graph/errors.ts";
import { NOTHING_HIDDEN } from "../graph/store/hidden.ts";
import type { Access } from "./access/access.ts";
import { answerAuth } from "./access/auth-routes.ts";
import type { Caller } from "./access/caller.ts";
import { INTROSPECTION, refusalFor } from "./access/rules.ts";
import { signInPage } from "./access/sign-in-page.ts";
import { Admission } from "./admission.ts";
import { atLeastOf } from "./at-least.ts";
import { closeErrors } from "./close-errors.ts";
import { CompiledQueries } from "./compiled-queries.ts";
import { type Context, createContext, type Services } from "./context.ts";
import { createCors } from "./cors.ts";
import { guardCost } from "./cost.ts";
import { type PublicErrorCode, toPublicError } from "./errors.ts";
import { graphiqlPage } from "./graphiql.ts";
import { guards } from "./guard.ts";
import { guardIntrospection } from "./introspection.ts";
import { boundedEvents } from "./live/bounded-events.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { Operations } from "./operations.ts";
import {
  type PlainRefusal,
  plainRefusal,
  REQUEST_ID_HEADER,
  refusal,
  SECURITY_HEADERS,
  STRICT_TRANSPORT,
} from "./refusal.ts";
import type { RequestIds } from "./request-ids.ts";
import { SameQuestions } from "./same-questions.ts";
import { createSchema } from "./schema/index.ts";
import type { StaticFiles } from "./static.ts";
import { TextResponse } from "./text-response.ts";
import { limitTime } from "./time-budget.ts";

export interface AppOptions extends Services {
  readonly log: Log;
  /** Filled here; whoever logs what is done for a request asks it. */
  readonly requestIds: RequestIds;
  readonly access: Access;
  readonly metrics: Metrics;
  /** Who may read `/metrics`: whoever may read the graph, or anybody. */
  readonly metricsFor: "viewer" | "anybody";
  /** The built page; null where it is not built. */
  readonly files: StaticFiles | null;
  /** Host names under which the service may be called, without ports. */
  readonly hosts: readonly string[];
  /** Origins whose pages may ask `/graphql` beside the service's own; none where absent. */
  readonly origins?: readonly string[];
  /** How many GraphQL requests are worked on at once, and how many may wait. */
  readonly requests: { readonly running: number; readonly waiting: number };
}

/** Milliseconds that a request may wait for its turn, so that whoever is refused knows it within 3 s. */
const MOST_WAIT_MS = 2_000;

/** The service as one function from a request to a response; it never listens. */
export interface App {
  /** `address`: of the caller, by which failed tries to say who one is are counted. */
  fetch(request: Request, address?: string): Promise<Response>;
  /**
   * What a request is told of which nothing is to be read, as too many are worked on; null where it is to be given to
   * `fetch`. A crowd that is turned away must cost next to nothing: those who wait are served, and those who connect
   * taken, between two of it.
   *
   * @param path the address without the host, such as /graphql
   */
  turnAway(path: string): PlainRefusal | null;
  /** Ends all subscriptions, each told SHUTTING_DOWN, takes no new one, and is not ready from now on. */
  close(): void;
}

/** Puts the schema, the guards, the page and the health checks behind one fetch function. */
export function createApp(options: AppOptions): App {
  const { log, files, hosts, access, metrics, requestIds } = options;
  const callers = new WeakMap<Request, string>();
  const operations = new Operations();
  const admission = new Admission({ ...options.requests, mostMs: MOST_WAIT_MS });
  const sameQuestions = new SameQuestions();
  const cors = createCors(options.origins ?? []);
  const isSecure = access.publicUrl?.protocol === "https:";
  const schema = createSchema();
  let isStopping = false;
  const yoga = createYoga<Asked, Context>({
    schema,
    context: async ({ request, caller, address, atLeast, at }) => {
      const { signal } = request;
      const hidden = caller.publicOnly === true ? await options.publicPart.hidden({ signal }) : NOTHING_HIDDEN;
      const context = createContext(options, { signal, caller, address, atLeast, hidden, at });
      requestIds.worksFor(request, context.signal);
      return context;
    },
    plugins: [
      new CompiledQueries(schema).plugin(),
      operations.plugin(),
      ...guards(),
      guardIntrospection(),
      guardCost(),
      limitTime(),
      closeErrors(log, requestIds),
      metrics.plugin(),
    ],
    // Node's own, not the ponyfills: a response's stream is then one whose end reaches who makes it.
    fetchAPI: {
      ...{ fetch, Request, Headers, ReadableStream, URL, URLSearchParams, TextEncoder, TextDecoder },
      Response: TextResponse,
    },
    graphqlEndpoint: "/graphql",
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    // Bodies are bounded, and read, before they come here.
    maxRequestBodySize: false,
    batching: false,
    maskedErrors: { maskError: (error) => toPublicError(error) },
    logging: false,
  });

  const answerGraphql = async (request: Request, url: URL, address: string): Promise<Response> => {
    if (admission.isFull) return refusal("OVERLOADED");
    const caller = await access.identify(request, address);
    if (caller instanceof Response) return caller;
    callers.set(request, caller.id);
    if (wantsPage(request, url))
      return refusalFor(caller, INTROSPECTION) === null ? graphiqlPage(request) : signInPage("UNAUTHENTICATED", "./");
    const refused = await operations.read(request);
    if (refused !== null) return refused;
    // Behind the body, or bodies that come by the drop would take all the places.
    const at = performance.now();
    const response = await sameQuestions.ask(operations.question(request, caller), request.signal, (begins) =>
      admission.admit(request.signal, async () => {
        begins();
        const atLeast = await atLeastOf(request, options.store);
        if (atLeast instanceof Response) return atLeast;
        const requestId = requestIds.assign(request);
        const response = await yoga.fetch(request, { caller, address, atLeast, at });
        response.headers.set(REQUEST_ID_HEADER, requestId);
        return boundedEvents(response, () =>
          log.warn({ caller: caller.id }, "a slow reader of a subscription was cut"),
        );
      }),
    );
    return response ?? refusal("OVERLOADED");
  };

  const answer = async (request: Request, url: URL, address: string): Promise<Response> => {
    if (!hosts.includes(url.hostname)) {
      return refusal("FORBIDDEN", "This Host is not served here; add it to LIANTU_ALLOWED_HOSTS.");
    }
    if (url.pathname === "/graphql") {
      const answered = cors.preflight(request) ?? (await answerGraphql(request, url, address));
      cors.mark(request, answered);
      return answered;
    }
    if (url.pathname.startsWith("/auth/")) {
      const answered = await answerAuth(access, request, url, address);
      if (answered !== null) return answered;
    }
    if (request.method !== "GET" && request.method !== "HEAD") return refusal("METHOD_NOT_ALLOWED");
    if (url.pathname === "/health/live") return Response.json({ status: "live" });
    if (url.pathname === "/health/ready") return isStopping ? unready("stopping") : readiness(options);
    if (url.pathname === "/metrics") return answerMetrics(options, request, address);
    return files?.answer(request, url.pathname) ?? refusal("NOT_FOUND");
  };

  const answered = (told: { readonly status: number } & Readonly<Record<string, unknown>>): void => {
    metrics.request(told.status);
    log.info(told, "request");
  };

  return {
    turnAway(path) {
      if (!admission.isFull || !/^\/graphql(?:\?|$)/.test(path)) return null;
      const refused = plainRefusal("OVERLOADED", undefined, isSecure ? Object.fromEntries([STRICT_TRANSPORT]) : {});
      answered({ requestId: refused.headers[REQUEST_ID_HEADER], path: "/graphql", status: refused.status, ms: 0 });
      return refused;
    },
    close() {
      isStopping = true;
      options.live.close();
    },
    async fetch(request, address = "") {
      const started = performance.now();
      const url = new URL(request.url);
      const response = await answer(request, url, address).catch((error: unknown) => {
        if (error instanceof GraphError && error.code !== "INTERNAL") return refusalOf(error);
        if (request.signal.aborted || hungUp(error)) return refusal("BAD_USER_INPUT", "The body ended early.");
        log.error({ err: error }, "a request failed");
        return refusal("INTERNAL");
      });
      if (response.status === 401) response.headers.set("www-authenticate", "Bearer");
      for (const [name, value] of SECURITY_HEADERS) if (!response.headers.has(name)) response.headers.set(name, value);
      if (isSecure) response.headers.set(...STRICT_TRANSPORT);
      if (!response.headers.has(REQUEST_ID_HEADER)) response.headers.set(REQUEST_ID_HEADER, randomUUID());
      answered({
        requestId: response.headers.get(REQUEST_ID_HEADER),
        method: request.method,
        path: url.pathname,
        status: response.status,
        caller: callers.get(request),
        ms: Math.round(performance.now() - started),
      });
      return response;
    },
  };
}

/** True where the caller ended the connection in the midst of a body: nothing here failed. */
function hungUp(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNRESET";
}

function refusalOf(error: GraphError): Response {
  const { message, extensions } = toPublicError(error);
  return refusal(extensions["code"] as PublicErrorCode, message);
}

function wantsPage(request: Request, url: URL): boolean {
  return (
    request.method === "GET" &&
    !url.searchParams.has("query") &&
    (request.headers.get("accept") ?? "").includes("text/html")
  );
}

/** What the GraphQL server is told of a request. */
interface Asked {
  readonly caller: Caller;
  readonly address: string;
  readonly atLeast: number;
  /** When its body had come. */
  readonly at: number;
}

async function readiness({ store }: Services): Promise<Response> {
  try {
    await store.ready();
    return Response.json({ status: "ready" });
  } catch {
    return unready("not ready");
  }
}

async function answerMetrics(options: AppOptions, request: Request, address: string): Promise<Response> {
  const { access, metrics, metricsFor } = options;
  if (metricsFor === "viewer") {
    const caller = await access.identify(request, address);
    if (caller instanceof Response) return caller;
    const refused = refusalFor(caller, "viewer");
    if (refused !== null) return refusal(refused.extensions["code"] as PublicErrorCode, refused.message);
    if (caller.publicOnly === true) return refusal("UNAUTHENTICATED", "Send `Authorization: Bearer KEY`.");
  }
  return new Response(await metrics.text(), { headers: { "content-type": metrics.contentType } });
}

function unready(status: string): Response {
  return Response.json({ status }, { status: 503, headers: { "retry-after": "2" } });
}
