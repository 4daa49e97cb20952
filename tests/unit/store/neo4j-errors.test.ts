import neo4j from "neo4j-driver";
import { expect, test } from "vitest";
import { translateNeo4jError } from "../../../graph/store/neo4j-errors.ts";

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

test("a server whose protocol cannot be read is a fault of ours", () => {
  const cause = new neo4j.Neo4jError("Wrong struct size for Node, expected 4 but was 3", "ProtocolError", "", "");
  expect(translateNeo4jError("statistics", "bolt://127.0.0.1:7687", cause).code).toBe("INTERNAL");
});
