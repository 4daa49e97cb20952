import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";

const row = z.object({ variant: z.string(), itemClass: z.string() });

/** Which item is a variant of which class? Rows in no order. */
export const variantPairs: Query<z.infer<typeof row>> = {
  name: "variantPairs",
  row,
  text: cypher`
    MATCH (variant:Product)-[:VARIANT_OF]->(itemClass:Product)
    RETURN variant.id AS variant, itemClass.id AS itemClass
  `,
};
