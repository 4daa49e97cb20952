import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";
import { column, columnsRow, type FactColumns, factChecks } from "./network-columns.ts";

/** Variants and their classes; the ends are the engine's keys. */
export interface VariantColumns extends FactColumns {
  readonly variant: readonly number[];
  readonly itemClass: readonly number[];
}

/** Of which classes are the items after `after` up to `upto` variants? */
export const networkVariants: Query<VariantColumns> = {
  name: "networkVariants",
  row: columnsRow<VariantColumns>({ ...factChecks, variant: column.key, itemClass: column.key }),
  text: cypher`
    MATCH (item:Product)
    WHERE item.id > $after AND item.id <= $upto AND NOT item.dataset IN $hidden
    MATCH (item)-[variant:VARIANT_OF]->(class:Product)
    WHERE NOT (variant.dataset IN $hidden OR class.dataset IN $hidden)
    RETURN collect(id(item)) AS variant, collect(id(class)) AS itemClass,
      collect(CASE WHEN variant.id = item.id + ":VARIANT_OF:" + class.id THEN false ELSE coalesce(variant.id, false) END) AS id,
      collect(coalesce(variant.assertion = "ASSUMED", false)) AS assumed,
      collect(coalesce(variant.validFrom, false)) AS validFrom, collect(coalesce(variant.validTo, false)) AS validTo
  `,
};
