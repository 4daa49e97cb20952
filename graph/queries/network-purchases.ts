import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { PurchaseRow } from "../projection/rows.ts";
import type { Query } from "../store/store.ts";
import { factColumns } from "./network-fact.ts";

/** From whom do these firms (`sources`) buy what? `item` is null where it is not stated or not there. */
export const networkPurchases: Query<PurchaseRow> = {
  name: "networkPurchases",
  row: z.object({
    ...factColumns,
    buyer: z.string(),
    seller: z.string(),
    item: z.string().nullable(),
    share: z.number().nullable(),
  }),
  text: cypher`
    UNWIND $sources AS source
    MATCH (buyer:Firm {id: source})-[purchase:SOURCES_FROM]->(seller:Firm)
    OPTIONAL MATCH (item:Product {id: purchase.product})
    RETURN purchase.id AS id, purchase.assertion AS assertion, purchase.validFrom AS validFrom,
      purchase.validTo AS validTo, source AS buyer, seller.id AS seller, item.id AS item, purchase.share AS share
  `,
};
