import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { openGraph } from "../../graph/store/open.ts";

/** Writes two entities a transaction into the embedded graph of the given file and prints their ids once acknowledged. */
const createEntity = { name: "createEntity", row: z.object({}), text: cypher`CREATE (entity:Entity {id: $id})` };

const graph = await openGraph({ engine: "embedded", path: process.argv[2]! });
await graph.prepare();
for (let turn = 0; ; turn += 1) {
  const ids = [`${turn}-a`, `${turn}-b`];
  await graph.write(async (tx) => {
    for (const id of ids) await tx.run(createEntity, { id });
  });
  process.stdout.write(`${ids.join("\n")}\n`);
}
