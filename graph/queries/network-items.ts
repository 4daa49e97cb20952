import { cypher } from "../cypher.ts";
import type { EnumValue } from "../ontology.ts";
import type { Query } from "../store/store.ts";
import { column, columnsRow, type Stated } from "./network-columns.ts";

/** Items, ascending by id as the engine orders; `key` is the engine's own, good for this reading only. */
export interface ItemColumns {
  readonly key: readonly number[];
  readonly id: readonly string[];
  readonly category: Stated<EnumValue<"ProductCategory">>;
  readonly variantMode: Stated<EnumValue<"VariantMode">>;
  readonly elementary: readonly boolean[];
  readonly developCost: Stated<number>;
}

/** Which items are there after `after` up to `upto`? A page of at most `limit`. */
export const networkItems: Query<ItemColumns> = {
  name: "networkItems",
  row: columnsRow<ItemColumns>({
    key: column.key,
    id: column.text,
    category: column.stated("ProductCategory"),
    variantMode: column.stated("VariantMode"),
    elementary: column.flag,
    developCost: column.statedNumber,
  }),
  text: cypher`
    MATCH (item:Product)
    WHERE item.id > $after AND item.id <= $upto AND NOT item.dataset IN $hidden
    WITH item
    ORDER BY item.id
    LIMIT $limit
    RETURN collect(id(item)) AS key, collect(item.id) AS id, collect(coalesce(item.category, false)) AS category,
      collect(coalesce(item.variantMode, false)) AS variantMode,
      collect(coalesce(item.elementary, false)) AS elementary,
      collect(coalesce(item.developCost, false)) AS developCost
  `,
};
