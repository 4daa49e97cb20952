import { fileURLToPath } from "node:url";
import { canStartNeo4j, startLocalNeo4j } from "./local-neo4j.ts";

/** `npm run neo4j [-- PORT]`: a Neo4j for development that keeps its data under `.neo4j/` until the folder is removed. */
const reason = canStartNeo4j();
if (reason !== null) {
  console.error(`Cannot start a Neo4j: ${reason}. With Docker, compose.yaml starts one instead.`);
  process.exit(1);
}
const port = Number(process.argv[2] ?? 7687);
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  console.error(`${process.argv[2]} is no port: npm run neo4j -- 7687`);
  process.exit(1);
}
try {
  const home = fileURLToPath(new URL("../../.neo4j/", import.meta.url));
  const server = await startLocalNeo4j({ home, port, say: console.error });
  console.log(`NEO4J_URI=${server.uri}`);
  console.error("It has no password and answers only on this machine. Stop it with Ctrl-C.");
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      console.error("Stopping …");
      await server.stop();
      process.exit(0);
    });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
