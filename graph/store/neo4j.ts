import { setTimeout as sleep } from "node:timers/promises";
import neo4j, { type BookmarkManager, type Driver, type Neo4jError, type Session } from "neo4j-driver";
import { z } from "zod";
import { cypher } from "../cypher.ts";
import { GraphError } from "../errors.ts";
import { migrate, readableFormat } from "../migrations/store-format.ts";
import { advanceGraphVersion } from "../queries/graph-version.ts";
import { Circuit } from "./circuit.ts";
import { withinLimit } from "./limit.ts";
import { addressOf, isOfDriver, translateNeo4jError } from "./neo4j-errors.ts";
import { streamedRows } from "./neo4j-rows.ts";
import { indexDrops, type SchemaStatement, schemaStatements } from "./schema.ts";
import type { GraphStore, Params, Query, ReadOptions, WriteOptions, WriteTransaction } from "./store.ts";
import { Turns } from "./turns.ts";
import { encodeParams, parseRows } from "./values.ts";

export interface Neo4jOptions {
  readonly engine: "neo4j";
  /** `neo4j://` or `neo4j+s://` routes reads to followers; `bolt://` speaks to one server. */
  readonly uri: string;
  /** Absent where the server has authentication off. */
  readonly username?: string;
  readonly password?: string;
  /** `neo4j` where absent. */
  readonly database?: string;
  /** Milliseconds a read may take; 5,000 where absent. */
  readonly timeoutMs?: number;
  /** Connections at most, hence statements at once; 50 where absent. */
  readonly poolSize?: number;
  /** Milliseconds without any answer after which the server is suspected to be silent; 1,000 where absent. */
  readonly silenceMs?: number;
}

/** Milliseconds a write transaction may take: an import of 100,000 rows is one. */
const WRITE_TIMEOUT_MS = 300_000;
/** Milliseconds until a server that does not answer counts as down, or a full pool as overload. */
const CONNECT_TIMEOUT_MS = 2_000;
/** Milliseconds after which a write is not begun again: with the pauses before, its caller waits 5 s at most. */
const RETRY_MS = 2_500;
/** Milliseconds in which a server that is alive answers the smallest question. */
const PROBE_MS = 1_500;
const SILENCE_MS = 1_000;
const POOL_SIZE = 50;
/** For which Neo4j counts what its indexes hold. */
const REPLAN_SECONDS = 30;
/** Writers at once: they wait for one another on the server anyway, and each holds a connection meanwhile. */
const WRITERS = 8;
const OLDEST = { major: 5, minor: 26 };

/**
 * Connects to Neo4j 5.26 or later and verifies address, credentials, database and version.
 *
 * @throws GraphError DB_UNAVAILABLE naming the address, or DB_AUTH; never with credentials
 */
export async function openNeo4j(options: Neo4jOptions): Promise<GraphStore> {
  const address = addressOf(options.uri);
  const driver = createDriver(options, address);
  const database = options.database ?? "neo4j";
  try {
    const agent = await withinLimit("Opening Neo4j", { timeoutMs: 3 * CONNECT_TIMEOUT_MS }, () =>
      agentOf(driver, database),
    );
    refuseOld(agent, address);
    const { timeoutMs = 5_000, silenceMs = SILENCE_MS } = options;
    return new Neo4jStore(driver, () => createDriver(options, address), { address, database, timeoutMs, silenceMs });
  } catch (cause) {
    await driver.close();
    if (cause instanceof GraphError && cause.code === "TIMEOUT")
      throw new GraphError("DB_UNAVAILABLE", `${address} accepts connections but does not speak as Neo4j does`, {
        cause,
      });
    throw translateNeo4jError("Opening Neo4j", address, cause);
  }
}

function createDriver({ uri, username, password, poolSize = POOL_SIZE }: Neo4jOptions, address: string): Driver {
  try {
    return neo4j.driver(uri, username === undefined ? undefined : neo4j.auth.basic(username, password ?? ""), {
      disableLosslessIntegers: true,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      connectionAcquisitionTimeout: CONNECT_TIMEOUT_MS,
      maxConnectionPoolSize: poolSize,
      maxTransactionRetryTime: RETRY_MS,
      notificationFilter: { minimumSeverityLevel: "OFF" },
      userAgent: "liantu",
    });
  } catch (cause) {
    throw new GraphError(
      "DB_UNAVAILABLE",
      `${address} is no address of a Neo4j: write NEO4J_URI as neo4j://HOST:7687 or bolt://HOST:7687`,
      { cause },
    );
  }
}

/** The server's name and version; asked with a statement, because only that notices a database that is not there. */
async function agentOf(driver: Driver, database: string): Promise<string | undefined> {
  const session = driver.session({ database, defaultAccessMode: neo4j.session.READ });
  try {
    return (await session.run("RETURN 1")).summary.server.agent;
  } finally {
    await session.close();
  }
}

function refuseOld(agent: string | undefined, address: string): void {
  const [, major, minor] = /^Neo4j\/(\d+)\.(\d+)/.exec(agent ?? "") ?? [];
  if (major === undefined || minor === undefined) return;
  if (Number(major) > OLDEST.major || (Number(major) === OLDEST.major && Number(minor) >= OLDEST.minor)) return;
  throw new GraphError(
    "DB_UNAVAILABLE",
    `${address} runs ${agent}: Liantu needs Neo4j ${OLDEST.major}.${OLDEST.minor} or later`,
  );
}

const indexStates: Query<{ name: string; state: string }> = {
  name: "indexStates",
  row: z.object({ name: z.string(), state: z.string() }),
  text: cypher`SHOW INDEXES YIELD name, state`,
};

/** Counts what the indexes hold, and forgets the plans: one of an empty graph goes through all nodes for each id. */
const planAnew: Query<never> = {
  name: "planAnew",
  row: z.never(),
  text: cypher`CALL db.prepareForReplanning($seconds)`,
};

class Neo4jStore implements GraphStore {
  readonly engine = "neo4j";
  #driver: Driver;
  readonly #renewed: () => Driver;
  readonly #address: string;
  readonly #database: string;
  readonly #timeoutMs: number;
  /** Lets a read see every write acknowledged before it, also from a follower. */
  readonly #bookmarkManager: BookmarkManager = neo4j.bookmarkManager();
  readonly #writers = new Turns(WRITERS);
  readonly #circuit: Circuit;
  #closed = false;

  constructor(
    driver: Driver,
    renewed: () => Driver,
    {
      address,
      database,
      timeoutMs,
      silenceMs,
    }: { readonly address: string; readonly database: string; readonly timeoutMs: number; readonly silenceMs: number },
  ) {
    this.#driver = driver;
    this.#renewed = renewed;
    this.#address = address;
    this.#database = database;
    this.#timeoutMs = timeoutMs;
    this.#circuit = new Circuit({
      silenceMs,
      probe: () => this.#askForLife(PROBE_MS),
      refusal: () =>
        new GraphError("DB_UNAVAILABLE", `Neo4j at ${address} does not answer: start it, or correct NEO4J_URI`),
      onOpen: () => this.#renewDriver(),
    });
  }

  async read<Row>(query: Query<Row>, params: Params, options: ReadOptions = {}): Promise<Row[]> {
    this.#refuseWhenClosed();
    const limits = { timeoutMs: this.#timeoutMs, ...options };
    const encoded = encodeParams(query.name, params, neo4j.int);
    const rows = await this.#repeated(query.name, limits, (ended) =>
      this.#runRead(query.name, query.text, encoded, limits.timeoutMs, ended),
    );
    return parseRows(query, rows);
  }

  async lastCommit(): Promise<string> {
    this.#refuseWhenClosed();
    const name = "lastCommit";
    const limits = { timeoutMs: this.#timeoutMs };
    return this.#repeated(name, limits, (ended) =>
      this.#inSession("READ", ended, async (session) => {
        await session.run(
          "RETURN 1 AS one",
          {},
          { timeout: limits.timeoutMs, metadata: { app: "liantu", query: name } },
        );
        // Neo4j names a read by the last transaction it saw; no procedure of the Community edition tells that.
        return session.lastBookmarks().join();
      }),
    );
  }

  write<Result>(
    work: (tx: WriteTransaction) => Promise<Result>,
    options: WriteOptions = {},
  ): Promise<{ readonly result: Result; readonly version: number }> {
    return this.#transact(async (tx) => {
      const [advanced] = await tx.run(advanceGraphVersion, {});
      return { result: await work(tx), version: advanced!.version };
    }, options.timeoutMs);
  }

  writePart<Result>(work: (tx: WriteTransaction) => Promise<Result>): Promise<Result> {
    return this.#transact(work);
  }

  async prepare(): Promise<void> {
    this.#refuseWhenClosed();
    const statements = { run: this.#runAlone.bind(this) };
    const format = await readableFormat(statements);
    await this.#alterSchema(schemaStatements("neo4j"));
    while (!(await this.#areIndexesOnline())) await sleep(100);
    await migrate(statements, format);
  }

  async dropIndexes(): Promise<void> {
    this.#refuseWhenClosed();
    await this.#alterSchema(indexDrops());
  }

  async replan(): Promise<boolean> {
    this.#refuseWhenClosed();
    try {
      await this.#runAlone(planAnew, { seconds: REPLAN_SECONDS });
      return true;
    } catch {
      // A user of Neo4j may not be allowed to.
      return false;
    }
  }

  /** All in one transaction: the server then fills new indexes together, and not each by a pass over the graph. */
  #alterSchema(statements: readonly SchemaStatement[]): Promise<void> {
    return this.#transact(async (tx) => {
      for (const { name, text } of statements) await tx.run({ name, text, row: z.unknown() }, {});
    });
  }

  /** An index over millions of nodes takes minutes to fill. */
  async #areIndexesOnline(): Promise<boolean> {
    const states = await this.read(indexStates, {});
    const failed = states.find(({ state }) => state === "FAILED");
    if (failed !== undefined)
      throw new GraphError("DB_UNAVAILABLE", `${this.#address} could not make the index ${failed.name}: drop it there`);
    return states.every(({ state }) => state === "ONLINE");
  }

  async ready(): Promise<void> {
    this.#refuseWhenClosed();
    await this.#circuit.run(() => this.#askForLife(this.#timeoutMs));
  }

  async #askForLife(timeoutMs: number): Promise<void> {
    try {
      await withinLimit("ready", { timeoutMs }, (ended) =>
        this.#runRead("ready", "RETURN 1 AS one", {}, timeoutMs, ended),
      );
    } catch (cause) {
      throw this.#translate("ready", cause);
    }
  }

  /** Leaves behind the connections on which nobody answers, which may look open for a quarter of an hour. */
  #renewDriver(): void {
    if (this.#closed) return;
    const silent = this.#driver;
    this.#driver = this.#renewed();
    silent.close().catch(() => undefined);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#circuit.end();
    await this.#driver.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #transact<Result>(
    work: (tx: WriteTransaction) => Promise<Result>,
    timeoutMs = WRITE_TIMEOUT_MS,
  ): Promise<Result> {
    this.#refuseWhenClosed();
    const began = performance.now();
    if (!(await this.#writers.enter(timeoutMs)))
      throw new GraphError("TIMEOUT", "write waited too long for the writers before it");
    try {
      // Zero stands for none.
      return await this.#commit(work, Math.max(1, Math.ceil(timeoutMs - (performance.now() - began))));
    } finally {
      this.#writers.leave();
    }
  }

  #commit<Result>(work: (tx: WriteTransaction) => Promise<Result>, timeoutMs: number): Promise<Result> {
    return this.#within("write", { timeoutMs }, (ended) =>
      this.#inSession("WRITE", ended, (session) =>
        session.executeWrite(
          async (transaction) => {
            let failure: unknown;
            const tx: WriteTransaction = {
              run: async (query, params) => {
                if (failure !== undefined) throw failure;
                try {
                  const encoded = encodeParams(query.name, params, neo4j.int);
                  const rows = await streamedRows(transaction.run(query.text, encoded));
                  this.#circuit.answered();
                  return parseRows(query, rows);
                } catch (cause) {
                  failure ??= this.#translate(query.name, cause);
                  throw failure;
                }
              },
            };
            try {
              const result = await work(tx);
              if (failure !== undefined) throw failure;
              return result;
            } catch (error) {
              // The driver repeats the work only for an error of its own.
              throw error instanceof GraphError && isRetryable(error.cause) ? error.cause : error;
            }
          },
          {
            timeout: timeoutMs,
            metadata: { app: "liantu", query: "write" },
          },
        ),
      ).catch((cause: unknown) => {
        throw isOfDriver(cause) ? this.#translate("write", cause) : cause;
      }),
    );
  }

  /** A statement that is a transaction of its own and makes no new version. */
  async #runAlone<Row>(query: Query<Row>, params: Params): Promise<Row[]> {
    const { name, text } = query;
    const options = { timeout: WRITE_TIMEOUT_MS, metadata: { app: "liantu", query: name } };
    try {
      const rows = await this.#within(name, { timeoutMs: WRITE_TIMEOUT_MS }, (ended) =>
        this.#inSession("WRITE", ended, (session) =>
          streamedRows(session.run(text, encodeParams(name, params, neo4j.int), options)),
        ),
      );
      return parseRows(query, rows);
    } catch (cause) {
      throw this.#translate(name, cause);
    }
  }

  /**
   * As `withinLimit`, and ended, or never begun, where the server is known to be silent.
   */
  #within<Result>(
    name: string,
    limits: ReadOptions & { readonly timeoutMs: number },
    work: (ended: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    return this.#circuit.run((whenOpened) => withinLimit(name, { ...limits, onBegin: whenOpened }, work));
  }

  /** What `run` reads within the limits; it runs once more where the connection failed. */
  #repeated<Result>(
    name: string,
    limits: ReadOptions & { readonly timeoutMs: number },
    run: (ended: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    return this.#within(name, limits, async (ended) => {
      try {
        return await run(ended).catch(async (error: unknown) => {
          const isGone = this.#translate(name, error).code === "DB_UNAVAILABLE";
          if (ended.aborted || !(isGone || isRetryable(error))) throw error;
          await sleep(50 + 100 * Math.random(), undefined, { signal: ended });
          return run(ended);
        });
      } catch (cause) {
        throw this.#translate(name, cause);
      }
    });
  }

  /** An autocommit statement: 0.6 of the latency of a managed transaction; the caller of it repeats it. */
  #runRead(
    name: string,
    text: string,
    params: Params,
    timeoutMs: number,
    ended: AbortSignal,
  ): Promise<Record<string, unknown>[]> {
    const options = { timeout: timeoutMs, metadata: { app: "liantu", query: name } };
    return this.#inSession("READ", ended, (session) =>
      streamedRows(withoutStackTrace(() => session.run(text, params, options))),
    );
  }

  /** Closing the session resets its connection, which ends the statement on the server too. */
  async #inSession<Result>(
    mode: "READ" | "WRITE",
    ended: AbortSignal,
    work: (session: Session) => Promise<Result>,
  ): Promise<Result> {
    const session = this.#driver.session({
      database: this.#database,
      defaultAccessMode: mode === "READ" ? neo4j.session.READ : neo4j.session.WRITE,
      bookmarkManager: this.#bookmarkManager,
    });
    const close = (): Promise<void> => session.close().catch(() => undefined);
    ended.addEventListener("abort", close, { once: true });
    try {
      return await work(session);
    } finally {
      ended.removeEventListener("abort", close);
      await close();
    }
  }

  #translate(name: string, cause: unknown): GraphError {
    return translateNeo4jError(name, this.#address, cause);
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new GraphError("DB_UNAVAILABLE", `The connection to ${this.#address} is closed`);
  }
}

/**
 * What `begin` begins, in which the driver else takes a trace of the stack for each statement, in case it fails: that takes
 * longer than its parameters do, and an error of ours says which statement it was.
 */
function withoutStackTrace<Begun>(begin: () => Begun): Begun {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return begin();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function isRetryable(error: unknown): error is Neo4jError {
  return error instanceof neo4j.Neo4jError && error.retryable;
}
