import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { ItemRow } from "../projection/rows.ts";
import type { Query } from "../store/store.ts";
import { enumValue } from "./network-fact.ts";

/** Which items are there after `after`? A page of at most `limit`, ascending by id. */
export const networkItems: Query<ItemRow> = {
  name: "networkItems",
  row: z.object({
    id: z.string(),
    category: enumValue("ProductCategory").nullable(),
    variantMode: enumValue("VariantMode").nullable(),
    elementary: z.boolean().nullable(),
    developCost: z.number().nullable(),
  }),
  text: cypher`
    MATCH (item:Product)
    WHERE item.id > $after
    RETURN item.id AS id, item.category AS category, item.variantMode AS variantMode,
      item.elementary AS elementary, item.developCost AS developCost
    ORDER BY id
    LIMIT $limit
  `,
};
