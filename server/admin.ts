import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import { GraphError } from "../graph/errors.ts";
import type { GraphStore, Query, WriteTransaction } from "../graph/store/store.ts";
import { readLines, type StatementLine, statementLine } from "./admin-lines.ts";
import type { Log } from "./log.ts";

/**
 * The door for commands beside a running service that holds the embedded graph: whoever can read the file beside the graph
 * (its owner) may do with the graph through the service what they could do by opening it. It listens on loopback, on a
 * port of its own, and takes nothing but the token of this run.
 *
 * `POST /read` answers one statement. `POST /write` and `POST /writePart` are one transaction: a statement a line in, its
 * rows a line out, ended by `{"commit":true}`; where the caller goes away before, or is silent for a minute, nothing of it
 * stays. `POST /snapshot` is spoken to in the same way and only reads.
 */
export interface AdminEndpoint {
  /** Takes no new call, ends those under way and removes the file. */
  close(): Promise<void>;
}

/** What the file beside the graph says. */
export const serviceFile = z.object({ url: z.url(), token: z.string(), pid: z.int() });
export type ServiceFile = z.infer<typeof serviceFile>;

/** Where a service that has the graph in this folder open says how to reach it. */
export function serviceFilePath(folder: string): string {
  return join(folder, "service.json");
}

/** Milliseconds a transaction waits for its next line. */
const SILENCE_MS = 60_000;
const anyRow = z.record(z.string(), z.unknown());

/** Opens the door and says where it is, in a file that only the owner may read. */
export async function openAdmin(store: GraphStore, folder: string, log: Log): Promise<AdminEndpoint> {
  const token = randomBytes(32).toString("base64url");
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 0 }, (request, response) => {
    answer(store, token, request, response).catch((error: unknown) => {
      log.debug({ err: error }, "a command went away");
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const path = serviceFilePath(folder);
  const content: ServiceFile = { url: `http://127.0.0.1:${port}/`, token, pid: process.pid };
  await writeFile(`${path}.part`, JSON.stringify(content), { mode: 0o600 });
  await rename(`${path}.part`, path);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const stands = await readFile(path, "utf8").catch(() => "");
    if (stands.includes(token)) await rm(path, { force: true });
    const done = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await done;
  };
  return {
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

async function answer(
  store: GraphStore,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isAuthorised(request.headers.authorization ?? "", token)) return refuse(response, 401);
  if (request.method !== "POST") return refuse(response, 405);
  if (request.url === "/read") return answerRead(store, request, response);
  if (request.url === "/write")
    return answerStatements((work) => store.write(work).then(({ version }) => ({ version })), request, response);
  if (request.url === "/writePart")
    return answerStatements((work) => store.writePart(work).then(() => ({ committed: true })), request, response);
  if (request.url === "/snapshot" && store.snapshot !== undefined)
    return answerStatements((work) => store.snapshot!(work).then(() => ({ committed: true })), request, response);
  return refuse(response, 404);
}

function isAuthorised(header: string, token: string): boolean {
  const given = Buffer.from(header);
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: "close" }).end();
}

async function answerRead(store: GraphStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const abort = new AbortController();
  response.once("close", () => abort.abort());
  let reply: unknown;
  try {
    for await (const line of readLines(request)) {
      const { params, timeoutMs, ...statement } = readStatement(line);
      const limits = { signal: abort.signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
      reply = { rows: await store.read(queryOf(statement), params, limits) };
    }
  } catch (error) {
    reply = { error: publicError(error) };
  }
  response.writeHead(200, { "content-type": "application/x-ndjson" }).end(`${JSON.stringify(reply)}\n`);
}

async function answerStatements(
  transact: (work: (tx: WriteTransaction) => Promise<void>) => Promise<object>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const say = (reply: unknown): void => void response.write(`${JSON.stringify(reply)}\n`);
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  response.flushHeaders();
  try {
    const committed = await transact(async (tx) => {
      request.setTimeout(SILENCE_MS, () => request.destroy(new Error("the command was silent for too long")));
      for await (const line of readLines(request)) {
        if (line === '{"commit":true}') return;
        const { params, ...statement } = readStatement(line);
        say({ rows: await tx.run(queryOf(statement), params) });
      }
      throw new GraphError("CANCELLED", "The command went away before it committed");
    });
    say(committed);
  } catch (error) {
    say({ error: publicError(error) });
  }
  response.end();
}

function readStatement(line: string): StatementLine {
  try {
    return statementLine.parse(JSON.parse(line));
  } catch (cause) {
    throw new GraphError("BAD_INPUT", "A line of a command cannot be read", { cause });
  }
}

function queryOf({ name, text }: Pick<StatementLine, "name" | "text">): Query<Record<string, unknown>> {
  return { name, text, row: anyRow };
}

function publicError(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof GraphError) return { code: error.code, message: error.message };
  return { code: "INTERNAL", message: "The service failed; its log says why" };
}
