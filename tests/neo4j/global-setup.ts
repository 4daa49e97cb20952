import { randomUUID } from "node:crypto";
import type { TestProject } from "vitest/node";
import { canStartNeo4j, type LocalNeo4j, startLocalNeo4j } from "./local-neo4j.ts";

/** The Neo4j that tests may empty, or why there is none. */
export type TestNeo4j =
  | { readonly uri: string; readonly username?: string; readonly password?: string }
  | { readonly missing: string };

declare module "vitest" {
  export interface ProvidedContext {
    neo4j: TestNeo4j;
  }
}

interface Running {
  readonly provided: TestNeo4j;
  readonly server?: LocalNeo4j;
}

/** Each test project loads this file for itself, and all share one server. */
const shared = globalThis as { [KEY]?: Promise<Running> };
const KEY = Symbol.for("liantu.tests.neo4j");

/**
 * Gives the tests the Neo4j at NEO4J_TEST_URI (with NEO4J_TEST_USERNAME and NEO4J_TEST_PASSWORD), which they empty, else
 * one started for this run. Where there can be none, it says so and the tests on Neo4j are skipped; in CI it fails.
 */
export async function setup(project: TestProject): Promise<void> {
  shared[KEY] ??= provideNeo4j();
  project.provide("neo4j", (await shared[KEY]).provided);
}

export async function teardown(): Promise<void> {
  await (await shared[KEY])?.server?.stop();
}

async function provideNeo4j(): Promise<Running> {
  const { NEO4J_TEST_URI: uri, NEO4J_TEST_USERNAME: username, NEO4J_TEST_PASSWORD: given, NEO4J_URI, CI } = process.env;
  if (uri !== undefined) {
    if (uri === NEO4J_URI)
      throw new Error("NEO4J_TEST_URI is the NEO4J_URI of the service: the tests would delete its data");
    return { provided: { uri, ...(username && { username }), ...(given && { password: given }) } };
  }
  const missing = canStartNeo4j();
  if (missing !== null) {
    if (CI === "true") throw new Error(`The tests need a Neo4j, and ${missing}`);
    console.warn(`\nSkipped: the tests on Neo4j, because ${missing} (or set NEO4J_TEST_URI).\n`);
    return { provided: { missing } };
  }
  const password = randomUUID();
  const server = await startLocalNeo4j({ password, say: console.warn });
  return { provided: { uri: server.uri, username: "neo4j", password }, server };
}
