import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { StakeRow } from "../projection/rows.ts";
import type { Query } from "../store/store.ts";
import { factColumns } from "./network-fact.ts";

/** Which stakes do these firms (`sources`) hold? */
export const networkStakes: Query<StakeRow> = {
  name: "networkStakes",
  row: z.object({ ...factColumns, owner: z.string(), owned: z.string(), stake: z.number().nullable() }),
  text: cypher`
    UNWIND $sources AS source
    MATCH (owner:Firm {id: source})-[stake:OWNS]->(owned:Firm)
    RETURN stake.id AS id, stake.assertion AS assertion, stake.validFrom AS validFrom, stake.validTo AS validTo,
      source AS owner, owned.id AS owned, stake.stake AS stake
  `,
};
