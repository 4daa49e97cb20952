import { z } from "zod";
import { cypher } from "../cypher.ts";
import { KIND_NAMES } from "../ontology.ts";
import type { Query } from "../store/store.ts";

const row = z.object({ id: z.string(), kind: z.enum(KIND_NAMES) });

/** Of which kind are the entities with these ids (`ids`)? Rows in no order; ids that nobody has give none. */
export const kindsOfIds: Query<z.infer<typeof row>> = {
  name: "kindsOfIds",
  row,
  text: cypher`
    UNWIND $ids AS id
    MATCH (entity:Entity {id: id})
    WHERE NOT entity.dataset IN $hidden
    RETURN id, [label IN labels(entity) WHERE label <> 'Entity'][0] AS kind
  `,
};
