import neo4j from "neo4j-driver";
import { GraphError, type GraphErrorCode } from "../errors.ts";

/** The address of a server without what else its URI may hold, so that no message carries credentials. */
export function addressOf(uri: string): string {
  const { protocol, host } = new URL(URL.canParse(uri) ? uri : "none:");
  return host === "" ? "NEO4J_URI" : `${protocol}//${host}`;
}

/** In order: the first pattern that a driver's or server's code matches decides. */
const BY_CODE: readonly (readonly [RegExp, GraphErrorCode])[] = [
  [/\.Security\.AuthorizationExpired$|\.Transaction\.(?:BookmarkTimeout|TransactionNotFound)$/, "DB_UNAVAILABLE"],
  [/^Neo\.ClientError\.Security\./, "DB_AUTH"],
  [/TransactionTimedOut/, "TIMEOUT"],
  [/\.Transaction\.Terminated$/, "CANCELLED"],
  [/\.Schema\.ConstraintValidationFailed$/, "CONFLICT"],
  [/^Neo\.TransientError\.Transaction\./, "CONFLICT"],
  [/OutOfMemory|MemoryLimit|MaximumTransactionLimit|NoThreadsAvailable/, "OVERLOADED"],
  [
    /^(?:ServiceUnavailable|SessionExpired)$|^Neo\.TransientError\.|NotALeader|ReadOnlyDatabase|DatabaseNotFound/,
    "DB_UNAVAILABLE",
  ],
  // A server that is ill, starts or stops. What fails in a statement alone may be the statement's fault, hence ours.
  [/^Neo\.DatabaseError\.(?!Statement\.)/, "DB_UNAVAILABLE"],
];

/**
 * What the driver says, with whatever code the step had in which it happened or none, of a connection, session or pool that
 * ended under the work, or of a peer that does not speak Bolt.
 */
const GONE = new RegExp(
  [
    "^Connection (?:was closed by server|lost)",
    "^Failed to (?:connect to server|establish connection)",
    "^Pool is closed",
    "^Ignored either because of an error or RESET",
    "^Received FAILURE as a response for RESET",
    "^InvalidState: Result stream finished without Summary",
    "^Unexpected empty buffer",
    "on a closed session|in a closed session",
    "^No connection available",
    "^This connection holder does not serve connections",
    "because it has been rolled back either because of an error or explicit termination",
    "^Read beyond end of CombinedBuffer",
    "^Unknown Bolt protocol ",
    "^Server responded HTTP",
  ].join("|"),
);

/**
 * What an error of the driver means for a caller. Texts of the driver, which may quote Cypher and data, stay in `cause`.
 */
export function translateNeo4jError(name: string, address: string, cause: unknown): GraphError {
  if (cause instanceof GraphError) return cause;
  if (isCut(cause)) return new GraphError("DB_UNAVAILABLE", messageOf("DB_UNAVAILABLE", name, address, ""), { cause });
  if (!(cause instanceof neo4j.Neo4jError)) return new GraphError("INTERNAL", `${name} failed`, { cause });
  const code = codeOf(cause.code, cause.message);
  return new GraphError(code, messageOf(code, name, address, cause.code), {
    cause,
  });
}

/** Whether the driver made this error, so that what it means is to be told by `translateNeo4jError`. */
export function isOfDriver(error: unknown): boolean {
  return error instanceof neo4j.Neo4jError || isCut(error);
}

/** The driver reads the reply to its handshake as one piece: beyond the end of the first where the network brings it in several. */
function isCut(error: unknown): boolean {
  return error instanceof RangeError && "code" in error && CUT.has(error.code);
}

const CUT: ReadonlySet<unknown> = new Set(["ERR_OUT_OF_RANGE", "ERR_BUFFER_OUT_OF_BOUNDS"]);

function codeOf(code: string, message: string): GraphErrorCode {
  const [, active] = /acquisition timed out.*Active conn count = (\d+)/s.exec(message) ?? [];
  if (active !== undefined) return Number(active) > 0 ? "OVERLOADED" : "DB_UNAVAILABLE";
  const [, known] = BY_CODE.find(([pattern]) => pattern.test(code)) ?? [];
  return known ?? (!code.startsWith("Neo.") && GONE.test(message) ? "DB_UNAVAILABLE" : "INTERNAL");
}

function messageOf(code: GraphErrorCode, name: string, address: string, driverCode: string): string {
  switch (code) {
    case "DB_UNAVAILABLE":
      return driverCode.endsWith("DatabaseNotFound")
        ? `Neo4j at ${address} has no such database: correct NEO4J_DATABASE`
        : `Neo4j at ${address} does not answer: start it, or correct NEO4J_URI`;
    case "DB_AUTH":
      return `Neo4j at ${address} refuses the user name or password: correct NEO4J_USERNAME and NEO4J_PASSWORD`;
    case "CONFLICT":
      return driverCode.endsWith("ConstraintValidationFailed")
        ? `${name}: another node has this id already`
        : `${name}: another writer changed it meanwhile`;
    case "TIMEOUT":
      return `${name} took longer than its time limit`;
    case "CANCELLED":
      return `${name} was ended by the server`;
    case "OVERLOADED":
      return `Neo4j at ${address} is too busy for ${name}: try again later`;
    case "INTERNAL":
      return driverCode === "Neo.ClientError.Statement.AccessMode"
        ? `${name} writes, but was asked to read`
        : `${name} failed in Neo4j (${driverCode})`;
    case "BAD_INPUT":
    case "DB_LOCKED":
    case "FORBIDDEN":
      return `${name} failed in Neo4j (${driverCode})`;
  }
}
