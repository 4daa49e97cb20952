import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { Agent, type IncomingMessage, request } from "node:http";
import { z } from "zod";
import { GraphError, type GraphErrorCode } from "../graph/errors.ts";
import type { GraphStore, Params, Query, ReadOptions, WriteTransaction } from "../graph/store/store.ts";
import { encodeParams, parseRows } from "../graph/store/values.ts";
import { type ServiceFile, serviceFile, serviceFilePath } from "./admin.ts";
import { readLines, type StatementLine } from "./admin-lines.ts";

const reply = z.union([
  z.object({ rows: z.array(z.record(z.string(), z.unknown())) }),
  z.object({ version: z.int() }),
  z.object({ committed: z.literal(true) }),
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
]);
type Reply = z.infer<typeof reply>;

/**
 * The graph that a running service has open, through that service. Undefined where no service answers at what the file
 * beside the graph says.
 */
export async function openThroughService(folder: string): Promise<GraphStore | undefined> {
  let file: ServiceFile;
  try {
    file = serviceFile.parse(JSON.parse(await readFile(serviceFilePath(folder), "utf8")));
  } catch {
    return undefined;
  }
  const store = new ServiceStore(file);
  try {
    await store.ready();
    return store;
  } catch {
    await store.close();
    return undefined;
  }
}

class ServiceStore implements GraphStore {
  readonly engine = "embedded";
  readonly #file: ServiceFile;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(file: ServiceFile) {
    this.#file = file;
  }

  async read<Row>(query: Query<Row>, params: Params, options: ReadOptions = {}): Promise<Row[]> {
    const { signal, timeoutMs } = options;
    if (signal?.aborted === true) throw new GraphError("CANCELLED", `${query.name} was cancelled by its caller`);
    const call = this.#call("read", signal);
    call.end(lineOf(query, params, timeoutMs));
    try {
      const response = await answered(call);
      for await (const line of readLines(response)) return parseRows(query, rowsOf(line));
      throw new Error("the service gave no answer");
    } catch (cause) {
      if (options.signal?.aborted === true)
        throw new GraphError("CANCELLED", `${query.name} was cancelled by its caller`, { cause });
      throw unavailable(cause);
    }
  }

  async write<Result>(
    work: (tx: WriteTransaction) => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly version: number }> {
    const { result, reply: last } = await this.#transact("write", work);
    if (!("version" in last)) throw unavailable(new Error("the service did not commit"));
    return { result, version: last.version };
  }

  async writePart<Result>(work: (tx: WriteTransaction) => Promise<Result>): Promise<Result> {
    const { result, reply: last } = await this.#transact("writePart", work);
    if (!("committed" in last)) throw unavailable(new Error("the service did not commit"));
    return result;
  }

  async snapshot<Result>(work: (reader: WriteTransaction) => Promise<Result>): Promise<Result> {
    return (await this.#transact("snapshot", work)).result;
  }

  async #transact<Result>(
    path: "write" | "writePart" | "snapshot",
    work: (tx: WriteTransaction) => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly reply: Reply }> {
    const call = this.#call(path, undefined);
    call.flushHeaders();
    try {
      const response = await answered(call).catch((cause: unknown) => {
        throw unavailable(cause);
      });
      const lines = readLines(response);
      // Rows come in the order of the statements.
      let turn: Promise<unknown> = Promise.resolve();
      const nextLine = (): Promise<string> => {
        const line = turn.then(async () => {
          const { value, done } = await lines.next().catch((cause: unknown) => {
            throw unavailable(cause);
          });
          if (done === true) throw unavailable(new Error("the service ended the transaction"));
          return value;
        });
        turn = line.catch(() => undefined);
        return line;
      };
      const result = await work({
        run: async (query, params) => {
          const answer = nextLine();
          if (!call.write(lineOf(query, params))) await Promise.race([once(call, "drain"), answer]);
          return parseRows(query, rowsOf(await answer));
        },
      });
      call.end('{"commit":true}\n');
      return { result, reply: readReply(await nextLine()) };
    } finally {
      call.destroy();
    }
  }

  /** The service has prepared the graph. */
  async prepare(): Promise<void> {}

  async ready(): Promise<void> {
    await this.read({ name: "ready", text: "RETURN 1 AS one", row: z.object({ one: z.int() }) }, {});
  }

  async close(): Promise<void> {
    this.#agent.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #call(path: string, signal: AbortSignal | undefined) {
    const call = request(new URL(path, this.#file.url), {
      method: "POST",
      agent: this.#agent,
      headers: { authorization: `Bearer ${this.#file.token}`, "content-type": "application/x-ndjson" },
      ...(signal === undefined ? {} : { signal }),
    });
    // Whoever waits for the answer is told.
    call.on("error", () => undefined);
    return call;
  }
}

async function answered(call: ReturnType<typeof request>): Promise<IncomingMessage> {
  const [response] = (await once(call, "response")) as [IncomingMessage];
  if (response.statusCode === 200) return response;
  response.resume();
  throw new Error(`the service answered ${response.statusCode}`);
}

function lineOf(query: Query<unknown>, params: Params, timeoutMs?: number): string {
  const line: StatementLine = {
    name: query.name,
    text: query.text,
    params: { ...encodeParams(query.name, params, (value) => value) },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  return `${JSON.stringify(line)}\n`;
}

function rowsOf(line: string): readonly Record<string, unknown>[] {
  const read = readReply(line);
  if (!("rows" in read)) throw unavailable(new Error("the service gave no rows"));
  return read.rows;
}

/** @throws GraphError the one of the service */
function readReply(line: string): Exclude<Reply, { error: unknown }> {
  const read = reply.parse(JSON.parse(line));
  if ("error" in read) throw new GraphError(read.error.code as GraphErrorCode, read.error.message);
  return read;
}

function unavailable(cause: unknown): GraphError {
  if (cause instanceof GraphError) return cause;
  return new GraphError("DB_UNAVAILABLE", "The running service that has the graph open does not answer", { cause });
}
