import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";
import { column, columnsRow, type FactColumns, factChecks, type Stated } from "./network-columns.ts";

/** Requirements; `item`, `maker` and `input` are the engine's keys. */
export interface RequirementColumns extends FactColumns {
  readonly input: readonly number[];
  readonly slot: Stated<string>;
  readonly essential: readonly boolean[];
}

export interface GeneralRequirementColumns extends RequirementColumns {
  readonly item: readonly number[];
}

export interface FirmRequirementColumns extends RequirementColumns {
  readonly product: readonly string[];
  readonly maker: readonly number[];
}

const checks = {
  ...factChecks,
  input: column.key,
  slot: column.statedText,
  essential: column.flag,
} as const;

/** What do the items after `after` up to `upto` need in general? */
export const networkRequirements: Query<GeneralRequirementColumns> = {
  name: "networkRequirements",
  row: columnsRow<GeneralRequirementColumns>({ ...checks, item: column.key }),
  text: cypher`
    MATCH (item:Product)
    WHERE item.id > $after AND item.id <= $upto
    MATCH (item)-[requirement:REQUIRES]->(input:Product)
    RETURN collect(id(item)) AS item, collect(id(input)) AS input,
      collect(CASE WHEN requirement.id = item.id + ":REQUIRES:" + input.id + coalesce(":" + requirement.slot, "")
        THEN false ELSE requirement.id END) AS id,
      collect(coalesce(requirement.assertion = "ASSUMED", false)) AS assumed,
      collect(coalesce(requirement.validFrom, false)) AS validFrom, collect(coalesce(requirement.validTo, false)) AS validTo,
      collect(coalesce(requirement.slot, false)) AS slot,
      collect(coalesce(requirement.essential, true)) AS essential
  `,
};

/** What do the firms after `after` up to `upto` need for what they make? `product` is the id that is stated, there or not. */
export const networkFirmRequirements: Query<FirmRequirementColumns> = {
  name: "networkFirmRequirements",
  row: columnsRow<FirmRequirementColumns>({ ...checks, maker: column.key, product: column.text }),
  text: cypher`
    MATCH (maker:Firm)
    WHERE maker.id > $after AND maker.id <= $upto
    MATCH (maker)-[requirement:REQUIRES]->(input:Product)
    WHERE requirement.product IS NOT NULL
    RETURN collect(id(maker)) AS maker, collect(requirement.product) AS product, collect(id(input)) AS input,
      collect(CASE WHEN requirement.id =
          maker.id + ":REQUIRES:" + input.id + ":" + requirement.product + coalesce(":" + requirement.slot, "")
        THEN false ELSE requirement.id END) AS id,
      collect(coalesce(requirement.assertion = "ASSUMED", false)) AS assumed,
      collect(coalesce(requirement.validFrom, false)) AS validFrom, collect(coalesce(requirement.validTo, false)) AS validTo,
      collect(coalesce(requirement.slot, false)) AS slot,
      collect(coalesce(requirement.essential, true)) AS essential
  `,
};
