import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { FirmRow } from "../projection/rows.ts";
import type { Query } from "../store/store.ts";

/** Which firms are there after `after`, and where? A page of at most `limit`, ascending by id. */
export const networkFirms: Query<FirmRow> = {
  name: "networkFirms",
  row: z.object({ id: z.string(), country: z.string().nullable(), region: z.string().nullable() }),
  text: cypher`
    MATCH (firm:Firm)
    WHERE firm.id > $after
    RETURN firm.id AS id, firm.country AS country, firm.region AS region
    ORDER BY id
    LIMIT $limit
  `,
};
