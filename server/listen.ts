import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, Server as NetServer } from "node:net";
import { type Duplex, Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "./app.ts";
import { Crowd } from "./crowd.ts";
import { IncomingRequest } from "./incoming-request.ts";
import type { Log } from "./log.ts";
import { refusal } from "./refusal.ts";
import { bytesOf } from "./text-response.ts";
import { refusalOfHead, refuseUnreadable } from "./unreadable.ts";

export interface Listening {
  /** Address to open, such as http://127.0.0.1:4000/ */
  readonly url: string;
  /**
   * Lets requests under way end, those that come on connections held open too, and cuts what is left after `graceMs`. For a
   * moment, and while what was under way goes on, it still listens, so that whoever asks for readiness is told.
   */
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
  const underWay = new Set<IncomingMessage>();
  const answersOn = new WeakMap<Duplex, Set<ServerResponse>>();
  let mustLeave = false;
  const crowd = new Crowd();
  const serve = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    underWay.add(incoming);
    const answers = answersOn.get(incoming.socket) ?? new Set();
    answersOn.set(incoming.socket, answers.add(outgoing));
    answer(app, incoming, outgoing, { trustProxy, mustLeave: () => mustLeave })
      .catch((error: unknown) => {
        // The caller went away, or the answer could not be sent: there is nobody left to tell.
        log.debug({ err: error }, "an answer was not sent");
        outgoing.destroy();
      })
      .finally(() => {
        underWay.delete(incoming);
        answers.delete(outgoing);
      });
  };
  const inTurn = (incoming: IncomingMessage, outgoing: ServerResponse): void =>
    crowd.settled(() => serve(incoming, outgoing));
  const server = createServer({ ...TIMEOUTS, requireHostHeader: false }, inTurn)
    .on("checkExpectation", inTurn)
    .on("connection", () => crowd.taken());
  // Node would answer a missing Host and more than 2,000 headers in its own way, the first without a word.
  server.maxHeadersCount = 0;
  server.on("clientError", (error, socket) => {
    const answers = [...(answersOn.get(socket) ?? [])];
    // In the midst of an answer, or with another before it, nothing can be said that is not taken for that one.
    if (answers.length > 1 || answers.some(({ headersSent }) => headersSent)) socket.destroy();
    else void refuseUnreadable(error, socket);
  });
  server.on("connect", (_, socket) => void refuseUnreadable(new Error("a tunnel"), socket));
  await started(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  const shown = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${shown}:${taken}/`,
    async close(graceMs) {
      const end = performance.now() + graceMs;
      await listenOn(new Set(underWay), underWay, graceMs / 2);
      await closed(server, underWay, end, () => {
        mustLeave = true;
      });
    },
  };
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
    server.listen({ port, host, backlog: BACKLOG }, resolve);
  });
}

/** Connections that may wait to be taken: one that finds no room tries again in one second, then three, seven, fifteen. */
const BACKLOG = 4_096;
/** Milliseconds in which a gateway may learn that the service is not ready, and then clients that they must leave. */
const NOTICE_MS = 500;
const LOOK_MS = 20;

/** Ends when a moment has passed and what was under way `before` is answered, at the latest after `mostMs`. */
async function listenOn(
  before: ReadonlySet<IncomingMessage>,
  underWay: ReadonlySet<IncomingMessage>,
  mostMs: number,
): Promise<void> {
  if (underWay.size === 0) return;
  const began = performance.now();
  const passed = () => performance.now() - began;
  const someWait = () => [...before].some((incoming) => underWay.has(incoming));
  while (passed() < NOTICE_MS || (someWait() && passed() < mostMs)) await sleep(LOOK_MS);
}

async function closed(
  server: Server,
  underWay: ReadonlySet<IncomingMessage>,
  end: number,
  onceNobodyCanCome: () => void,
): Promise<void> {
  await queueEmptied(server, end);
  // That of `http.Server` would cut connections on which the next question may be under way.
  const done = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
  onceNobodyCanCome();
  const noticed = performance.now() + NOTICE_MS;
  while ((await connections(server)) > 0 && performance.now() < end) {
    if (performance.now() > noticed && underWay.size === 0) break;
    await sleep(LOOK_MS);
  }
  server.closeAllConnections();
  await done;
}

/**
 * Ends when no connection waits to be taken: the system would reset those that do. A turn of the event loop takes one at
 * most, so there is none left where a turn took none.
 */
async function queueEmptied(server: Server, end: number): Promise<void> {
  let taken = 0;
  const count = (): void => {
    taken += 1;
  };
  server.on("connection", count);
  for (let before = -1; before !== taken && performance.now() < end; ) {
    before = taken;
    for (let turn = 0; turn < 2; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  }
  server.off("connection", count);
}

function connections(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}

async function answer(
  app: App,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { trustProxy, mustLeave }: { readonly trustProxy: boolean; readonly mustLeave: () => boolean },
): Promise<void> {
  const refused = refusalOfHead(incoming);
  const away = refused === null && isPlain(incoming) ? app.turnAway(incoming.url ?? "") : null;
  if (away !== null) {
    if (mustLeave()) outgoing.setHeader("connection", "close");
    // Node reads a body over that nobody has asked for.
    outgoing.writeHead(away.status, away.headers).end(away.body);
    return finished(outgoing);
  }
  const abort = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) abort.abort();
  });
  const request = refused ?? toRequest(incoming, abort.signal);
  const response = request instanceof Response ? request : await app.fetch(request, addressOf(incoming, trustProxy));
  // A small one mostly came with its head: read over, the connection can stay, and none has to be taken anew for the next.
  if (!incoming.complete && Number(incoming.headers["content-length"]) <= SMALL.bytes) await readOver(incoming, SMALL);
  // A body that was refused unread would be taken for the next request.
  if (!incoming.complete || mustLeave()) outgoing.setHeader("connection", "close");
  if (response.body !== null && isStream(response)) {
    outgoing.writeHead(response.status, headersOf(response));
    await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing, { end: incoming.complete });
  } else {
    // Whole, as nearly all are: a stream for each would take longer than most answers.
    const body = await bytesOf(response);
    const length = body === null ? {} : { "content-length": body.byteLength };
    outgoing.writeHead(response.status, { ...headersOf(response), ...length });
    if (body !== null) outgoing.write(body);
  }
  if (!incoming.complete) await readOver(incoming, READ_OVER);
  if (outgoing.writableEnded) return;
  outgoing.end();
  await finished(outgoing);
}

/** Whether a request is small, and comes from no page of another origin, which must be told that it may read the answer. */
function isPlain({ headers }: IncomingMessage): boolean {
  if (headers["transfer-encoding"] !== undefined || headers.origin !== undefined) return false;
  return Number(headers["content-length"] ?? 0) <= SMALL.bytes;
}

function isStream({ headers }: Response): boolean {
  return /^(text\/event-stream|multipart\/)/.test(headers.get("content-type") ?? "");
}

/** Bytes and milliseconds for which what was refused is still read, so that its sender gets to read the refusal. */
const READ_OVER = { bytes: 64_000_000, ms: 2_000 };
const SMALL = { bytes: 65_536, ms: 100 };

function readOver(incoming: IncomingMessage, most: typeof READ_OVER): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, most.ms);
    let bytes = 0;
    incoming
      .on("data", (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes > most.bytes) resolve();
      })
      .once("close", resolve)
      .once("end", resolve);
    incoming.once("end", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
  });
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
    return new IncomingRequest(incoming, signal);
  } catch {
    return refusal("BAD_USER_INPUT", "The address or a header cannot be read.");
  }
}
