import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const id = z.object({ id: z.string() });
const member = z.object({ chain: z.string(), member: z.string() });

/** Which chains are there after `after`? A page of at most `limit`, ascending by id. */
export const networkChains: Query<z.infer<typeof id>> = {
  name: "networkChains",
  row: id,
  text: cypher`
    MATCH (chain:Chain)
    WHERE chain.id > $after AND NOT chain.dataset IN $hidden
    RETURN chain.id AS id
    ORDER BY id
    LIMIT $limit
  `,
};

/** Which firms lead these chains (`sources`)? */
export const networkChainLeaders: Query<z.infer<typeof member>> = {
  name: "networkChainLeaders",
  row: member,
  text: cypher`
    UNWIND $sources AS source
    MATCH (firm:Firm)-[leads:LEADS]->(chain:Chain {id: source})
    WHERE NOT (firm.dataset IN $hidden OR leads.dataset IN $hidden OR chain.dataset IN $hidden)
    RETURN source AS chain, firm.id AS member
  `,
};

/** Which items are in the stages of these chains (`sources`)? */
export const networkChainItems: Query<z.infer<typeof member>> = {
  name: "networkChainItems",
  row: member,
  text: cypher`
    UNWIND $sources AS source
    MATCH (item:Product)-[ofStage:PART_OF]->(stage:Stage)-[ofChain:PART_OF]->(chain:Chain {id: source})
    WHERE NOT (item.dataset IN $hidden OR ofStage.dataset IN $hidden OR stage.dataset IN $hidden)
      AND NOT (ofChain.dataset IN $hidden OR chain.dataset IN $hidden)
    RETURN source AS chain, item.id AS member
  `,
};
