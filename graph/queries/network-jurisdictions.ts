import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { JurisdictionRow } from "../projection/rows.ts";
import type { Query } from "../store/store.ts";

/** Which jurisdictions are there after `after`? A page of at most `limit`, ascending by id. */
export const networkJurisdictions: Query<JurisdictionRow> = {
  name: "networkJurisdictions",
  row: z.object({ id: z.string(), code: z.string() }),
  text: cypher`
    MATCH (jurisdiction:Jurisdiction)
    WHERE jurisdiction.id > $after
    RETURN jurisdiction.id AS id, jurisdiction.code AS code
    ORDER BY id
    LIMIT $limit
  `,
};
