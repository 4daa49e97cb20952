import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const row = z.object({ format: z.int().nullable(), isWritten: z.boolean() });

/** In which format does the store say it is (null: it does not say), and was it ever written to? One row. */
export const storeFormat: Query<z.infer<typeof row>> = {
  name: "storeFormat",
  row,
  text: cypher`
    OPTIONAL MATCH (format:StoreFormat {id: "store"})
    OPTIONAL MATCH (version:GraphVersion {id: "graph"})
    RETURN format.version AS format, version IS NOT NULL AS isWritten
  `,
};

/** Says that the store is in a format (`format`), unless it says a later one. */
export const markStoreFormat: Query<never> = {
  name: "markStoreFormat",
  row: z.never(),
  text: cypher`
    MERGE (format:StoreFormat {id: "store"})
    SET format.version = CASE WHEN coalesce(format.version, 0) < $format THEN $format ELSE format.version END
  `,
};

/** What a value that is none of ours counts as: search does not look there. */
const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).catch("");
const propertiesRow = z.object({ id: z.string(), properties: z.record(z.string(), value) });
export type EntityProperties = z.infer<typeof propertiesRow>;

/** Everything recorded of the entities with an id after `after` (""), whatever it is. Up to `limit`, in order of id. */
export const entityProperties: Query<EntityProperties> = {
  name: "entityProperties",
  row: propertiesRow,
  text: cypher`
    MATCH (entity:Entity)
    WHERE entity.id > $after
    RETURN entity.id AS id, properties(entity) AS properties
    ORDER BY id
    LIMIT $limit
  `,
};
