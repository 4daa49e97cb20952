import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Duplex, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import type { App } from "./app.ts";
import type { Log } from "./log.ts";
import { refusal } from "./refusal.ts";
import { refusalOfHead, refuseUnreadable } from "./unreadable.ts";

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
  requestTimeout: 7_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};

/** @throws ListenError where the port is in use or may not be used */
export async function listen(
  app: App,
  options: { readonly host: string; readonly port: number; readonly log: Log; readonly trustProxy: boolean },
): Promise<Listening> {
  const { host, port, log, trustProxy } = options;
  const underWay = new WeakMap<Duplex, Set<ServerResponse>>();
  const serve = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const answers = underWay.get(incoming.socket) ?? new Set();
    underWay.set(incoming.socket, answers.add(outgoing));
    answer(app, incoming, outgoing, trustProxy)
      .catch((error: unknown) => {
        // The caller went away, or the answer could not be sent: there is nobody left to tell.
        log.debug({ err: error }, "an answer was not sent");
        outgoing.destroy();
      })
      .finally(() => answers.delete(outgoing));
  };
  const server = createServer({ ...TIMEOUTS, requireHostHeader: false }, serve).on("checkExpectation", serve);
  // Node would answer a missing Host and more than 2,000 headers in its own way, the first without a word.
  server.maxHeadersCount = 0;
  server.on("clientError", (error, socket) => {
    const answers = [...(underWay.get(socket) ?? [])];
    // In the midst of an answer, or with another before it, nothing can be said that is not taken for that one.
    if (answers.length > 1 || answers.some(({ headersSent }) => headersSent)) socket.destroy();
    else void refuseUnreadable(error, socket);
  });
  server.on("connect", (_, socket) => void refuseUnreadable(new Error("a tunnel"), socket));
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
  const request = refusalOfHead(incoming) ?? toRequest(incoming, abort.signal);
  const response = request instanceof Response ? request : await app.fetch(request, addressOf(incoming, trustProxy));
  // A body that was refused unread would be taken for the next request.
  if (!incoming.complete) outgoing.setHeader("connection", "close");
  outgoing.writeHead(response.status, headersOf(response));
  if (response.body !== null)
    await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing, { end: incoming.complete });
  if (!incoming.complete) await readOver(incoming);
  if (!outgoing.writableEnded) outgoing.end();
}

/** Bytes and milliseconds for which what was refused is still read, so that its sender gets to read the refusal. */
const READ_OVER = { bytes: 64_000_000, ms: 2_000 };

function readOver(incoming: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, READ_OVER.ms);
    let bytes = 0;
    incoming
      .on("data", (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes > READ_OVER.bytes) resolve();
      })
      .once("close", resolve)
      .once("end", resolve);
    incoming.once("close", () => clearTimeout(timer));
  });
}

/** The body as it comes. Giving it up leaves the connection, over which the refusal is to go. */
function bodyOf(incoming: IncomingMessage): globalThis.ReadableStream<Uint8Array> {
  const chunks = incoming.iterator({ destroyOnReturn: false });
  return new globalThis.ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(new Uint8Array(value as Buffer));
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
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

function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request | Response {
  try {
    const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host}`);
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) {
      for (const each of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, each);
    }
    const method = incoming.method ?? "GET";
    const hasBody = method !== "GET" && method !== "HEAD";
    const body = hasBody ? { body: bodyOf(incoming), duplex: "half" as const } : {};
    return new Request(url, { method, headers, signal, ...body });
  } catch {
    return refusal("BAD_USER_INPUT", "The address or a header cannot be read.");
  }
}
