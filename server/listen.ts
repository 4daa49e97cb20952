import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import type { App } from "./app.ts";
import type { Log } from "./log.ts";
import { refusal } from "./refusal.ts";

export interface Listening {
  /** Address to open, such as http://127.0.0.1:4000/ */
  readonly url: string;
  /** Takes no new request, lets those under way end, cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** A port that cannot be used; the message says what to do. */
export class ListenError extends Error {}

/** Half-open and idle connections are cut early, or they would lock everybody out. */
const TIMEOUTS = {
  headersTimeout: 5_000,
  requestTimeout: 8_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};

/** @throws ListenError where the port is in use or may not be used */
export async function listen(
  app: App,
  options: { readonly host: string; readonly port: number; readonly log: Log; readonly trustProxy: boolean },
): Promise<Listening> {
  const { host, port, log, trustProxy } = options;
  const server = createServer(TIMEOUTS, (incoming, outgoing) => {
    answer(app, incoming, outgoing, trustProxy).catch((error: unknown) => {
      // The caller went away, or the answer could not be sent: there is nobody left to tell.
      log.debug({ err: error }, "an answer was not sent");
      outgoing.destroy();
    });
  });
  await started(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  const shown = host.includes(":") ? `[${host}]` : host;
  return { url: `http://${shown}:${taken}/`, close: (graceMs) => closed(server, graceMs) };
}

function started(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? `Port ${port} on ${host} is in use. Stop what uses it, or choose another: LIANTU_PORT=${port + 1} npm start`
          : error.code === "EACCES"
            ? `Port ${port} may not be used by this user. Choose one above 1023: LIANTU_PORT=4000 npm start`
            : `Cannot listen on ${host}:${port} (${error.code ?? error.message}). Check LIANTU_HOST and LIANTU_PORT.`;
      reject(new ListenError(reason, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

async function closed(server: Server, graceMs: number): Promise<void> {
  const done = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await done;
  clearTimeout(timer);
}

async function answer(
  app: App,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  trustProxy: boolean,
): Promise<void> {
  const abort = new AbortController();
  outgoing.once("close", () => abort.abort());
  const request = toRequest(incoming, abort.signal);
  const response =
    request === null
      ? refusal("BAD_USER_INPUT", "The address or a header cannot be read.")
      : await app.fetch(request, addressOf(incoming, trustProxy));
  // A body that was refused unread would be taken for the next request.
  if (!incoming.complete) outgoing.setHeader("connection", "close");
  outgoing.writeHead(response.status, headersOf(response));
  if (response.body === null) outgoing.end();
  else await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing);
}

/** The caller's address; the last one that a trusted gateway names is the one that it saw itself. */
function addressOf({ headers, socket }: IncomingMessage, trustProxy: boolean): string {
  const named = [headers["x-forwarded-for"] ?? ""].flat().join(",").split(",").at(-1)!.trim();
  return (trustProxy && named) || (socket.remoteAddress ?? "");
}

/** Each cookie is a header of its own. */
function headersOf(response: Response): Record<string, string | string[]> {
  const cookies = response.headers.getSetCookie();
  return { ...Object.fromEntries(response.headers), ...(cookies.length === 0 ? {} : { "set-cookie": cookies }) };
}

function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request | null {
  try {
    const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "unnamed.invalid"}`);
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) {
      for (const each of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, each);
    }
    const method = incoming.method ?? "GET";
    const hasBody = method !== "GET" && method !== "HEAD";
    const body = hasBody
      ? { body: Readable.toWeb(incoming) as globalThis.ReadableStream, duplex: "half" as const }
      : {};
    return new Request(url, { method, headers, signal, ...body });
  } catch {
    return null;
  }
}
