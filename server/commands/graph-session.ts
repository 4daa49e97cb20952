import { userInfo } from "node:os";
import { dirname } from "node:path";
import type { Author } from "../../graph/changes/record-change.ts";
import { GraphError } from "../../graph/errors.ts";
import { openGraph } from "../../graph/store/open.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { openThroughService } from "../admin-store.ts";
import { readProcessConfig } from "../config.ts";

/** Milliseconds for which a command waits for a Neo4j that does not answer: nobody else waits meanwhile, as with a service. */
const SILENCE_MS = 30_000;

/**
 * The graph of the settings, ready to be written to: opened here, or through the service that has it open.
 *
 * @throws ConfigError, and GraphError where the graph cannot be reached
 */
export async function openConfiguredGraph(): Promise<GraphStore> {
  const { graph } = readProcessConfig();
  try {
    const store = await openGraph(graph.engine === "neo4j" ? { ...graph, silenceMs: SILENCE_MS } : graph);
    await store.prepare();
    return store;
  } catch (error) {
    if (!(error instanceof GraphError) || error.code !== "DB_LOCKED") throw error;
    const store =
      graph.engine === "embedded" && graph.path !== null ? await openThroughService(dirname(graph.path)) : undefined;
    if (store === undefined) throw error;
    return store;
  }
}

/** Who runs this command, for the log of changes. */
export function commandAuthor(): Author {
  try {
    const { username } = userInfo();
    return { id: `command:${username}`, name: username };
  } catch {
    // A container may run under a number that has no user.
    return { id: "command", name: "" };
  }
}

/** Runs `work` with a signal that Ctrl-C and a request to end give; a second Ctrl-C ends the process at once. */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const abort = new AbortController();
  const stop = (): void => {
    if (abort.signal.aborted) process.exit(4);
    process.stderr.write("\nStopping …\n");
    abort.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    return await work(abort.signal);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}
