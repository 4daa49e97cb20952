import neo4j from "neo4j-driver";
import { expect, test } from "vitest";
import { isOfDriver, translateNeo4jError } from "../../../graph/store/neo4j-errors.ts";

test.each([
  ["while a connection is made or reset, which the driver blames on the protocol", "ProtocolError"],
  ["in a session of a cluster", "SessionExpired"],
  ["at any other time", "ServiceUnavailable"],
])("a connection that ends %s is a database that does not answer", (_, driverCode) => {
  const cause = new neo4j.Neo4jError("Connection was closed by server", driverCode, "", "");
  const { code, message } = translateNeo4jError("statistics", "bolt://127.0.0.1:7687", cause);
  expect([code, message]).toStrictEqual([
    "DB_UNAVAILABLE",
    "Neo4j at bolt://127.0.0.1:7687 does not answer: start it, or correct NEO4J_URI",
  ]);
});

test.each([
  ["Connection was closed by server"],
  ["Failed to connect to server. Please ensure that your database is listening. Caused by: read ECONNRESET"],
  ["Failed to establish connection in 2000ms"],
  ["Connection lost. Server didn't respond in 1000ms"],
  ["Pool is closed, it is no more able to serve requests."],
  ["Ignored either because of an error or RESET"],
  ["Received FAILURE as a response for RESET: Neo4jError: The database is shutting down"],
  ["InvalidState: Result stream finished without Summary"],
  ["Cannot run query in a closed session."],
  ["Cannot begin a transaction on a closed session."],
  ["You cannot run more transactions on a closed session."],
  ["No connection available"],
  ["This connection holder does not serve connections"],
  [
    "Cannot run query in this transaction, because it has been rolled back either because of an error or explicit termination.",
  ],
  [
    "Cannot commit this transaction, because it has been rolled back either because of an error or explicit termination.",
  ],
  ["Read beyond end of CombinedBuffer"],
  ["Unknown Bolt protocol version: 0"],
  ["Server responded HTTP. Make sure you are not trying to connect to the http endpoint"],
])(
  "what the driver says without a code of a connection that is gone, or is none, is no fault of ours: %s",
  (message) => {
    for (const driverCode of ["N/A", "ProtocolError"]) expect(codeOf(message, driverCode)).toBe("DB_UNAVAILABLE");
  },
);

test.each([
  ["Neo.TransientError.General.DatabaseUnavailable", "DB_UNAVAILABLE"],
  ["Neo.TransientError.Database.DatabaseUnavailable", "DB_UNAVAILABLE"],
  ["Neo.TransientError.Transaction.BookmarkTimeout", "DB_UNAVAILABLE"],
  ["Neo.TransientError.Transaction.LockAcquisitionTimeout", "CONFLICT"],
  ["Neo.TransientError.Transaction.DeadlockDetected", "CONFLICT"],
  ["Neo.DatabaseError.General.UnknownError", "DB_UNAVAILABLE"],
  ["Neo.DatabaseError.General.IndexCorruptionDetected", "DB_UNAVAILABLE"],
  ["Neo.DatabaseError.Database.UnableToStartDatabase", "DB_UNAVAILABLE"],
  ["Neo.DatabaseError.Transaction.TransactionStartFailed", "DB_UNAVAILABLE"],
  ["Neo.DatabaseError.Transaction.TransactionCommitFailed", "DB_UNAVAILABLE"],
  ["Neo.DatabaseError.Statement.ExecutionFailed", "INTERNAL"],
  ["Neo.ClientError.Transaction.TransactionNotFound", "DB_UNAVAILABLE"],
  ["Neo.ClientError.Database.DatabaseNotFound", "DB_UNAVAILABLE"],
  ["Neo.ClientError.Security.AuthorizationExpired", "DB_UNAVAILABLE"],
  ["Neo.ClientError.Security.Unauthorized", "DB_AUTH"],
  ["Neo.ClientError.Statement.SyntaxError", "INTERNAL"],
])("%s means %s", (driverCode, code) => {
  expect(codeOf("as Neo4j says it", driverCode)).toBe(code);
});

test.each([
  ["Wrong struct size for Node, expected 4 but was 3", "ProtocolError"],
  ["It is not allowed to pass nodes in query parameters, given: (:Firm)", "ProtocolError"],
  ["You cannot begin a transaction on a session with ongoing work", "N/A"],
])("what is not of the connection is a fault of ours: %s", (message, driverCode) => {
  expect(codeOf(message, driverCode)).toBe("INTERNAL");
});

test("a reply to a handshake that comes in pieces, which the driver cannot read, is a database that does not answer", () => {
  const cause = captured(() => Buffer.alloc(1).readUInt8(1));
  expect(isOfDriver(cause)).toBe(true);
  expect(translateNeo4jError("statistics", "bolt://127.0.0.1:7687", cause).code).toBe("DB_UNAVAILABLE");
});

test("any other error is a fault of ours, and none of the driver's", () => {
  for (const cause of [new RangeError("Invalid array length"), new TypeError("no"), new Error("no")]) {
    expect(isOfDriver(cause)).toBe(false);
    expect(translateNeo4jError("statistics", "bolt://127.0.0.1:7687", cause).code).toBe("INTERNAL");
  }
});

function captured(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

function codeOf(message: string, driverCode: string) {
  const cause = new neo4j.Neo4jError(message, driverCode, "", "");
  return translateNeo4jError("statistics", "bolt://127.0.0.1:7687", cause).code;
}
