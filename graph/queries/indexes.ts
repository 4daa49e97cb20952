import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const row = z.object({ name: z.string() });

/** Which indexes has a Neo4j, by name? That of a constraint has the constraint's name. Only Neo4j answers it. */
export const presentIndexes: Query<z.infer<typeof row>> = {
  name: "presentIndexes",
  row,
  text: cypher`SHOW INDEXES YIELD name RETURN name`,
};
