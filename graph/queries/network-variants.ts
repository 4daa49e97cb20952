import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { VariantRow } from "../projection/rows.ts";
import type { Query } from "../store/store.ts";
import { factColumns } from "./network-fact.ts";

/** Of which classes are these items (`sources`) variants? */
export const networkVariants: Query<VariantRow> = {
  name: "networkVariants",
  row: z.object({ ...factColumns, variant: z.string(), itemClass: z.string() }),
  text: cypher`
    UNWIND $sources AS source
    MATCH (item:Product {id: source})-[variant:VARIANT_OF]->(class:Product)
    RETURN variant.id AS id, variant.assertion AS assertion, variant.validFrom AS validFrom,
      variant.validTo AS validTo, source AS variant, class.id AS itemClass
  `,
};
