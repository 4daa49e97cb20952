import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";
import { column, columnsRow, type FactColumns, factChecks, type Stated } from "./network-columns.ts";

/** Purchases; `buyer` and `seller` are the engine's keys, `item` the id that is
 * stated, there or not. */
export interface PurchaseColumns extends FactColumns {
  readonly buyer: readonly number[];
  readonly seller: readonly number[];
  readonly item: Stated<string>;
  readonly share: Stated<number>;
}

/** From whom do the firms after `after` up to `upto` buy what? */
export const networkPurchases: Query<PurchaseColumns> = {
  name: "networkPurchases",
  row: columnsRow<PurchaseColumns>({
    ...factChecks,
    buyer: column.key,
    seller: column.key,
    item: column.statedText,
    share: column.statedNumber,
  }),
  text: cypher`
    MATCH (buyer:Firm)
    WHERE buyer.id > $after AND buyer.id <= $upto AND NOT buyer.dataset IN $hidden
    MATCH (buyer)-[purchase:SOURCES_FROM]->(seller:Firm)
    WHERE NOT (purchase.dataset IN $hidden OR seller.dataset IN $hidden)
      AND NOT coalesce(purchase.product, "") IN $hiddenProducts
    RETURN collect(id(buyer)) AS buyer, collect(id(seller)) AS seller,
      collect(CASE WHEN purchase.id = buyer.id + ":SOURCES_FROM:" + seller.id THEN false ELSE coalesce(purchase.id, false) END) AS id,
      collect(coalesce(purchase.assertion = "ASSUMED", false)) AS assumed,
      collect(coalesce(purchase.validFrom, false)) AS validFrom, collect(coalesce(purchase.validTo, false)) AS validTo,
      collect(coalesce(purchase.product, false)) AS item, collect(coalesce(purchase.share, false)) AS share
  `,
};
