import { cypher } from "../cypher.ts";
import type { Query } from "../store/store.ts";
import { assertionColumn, column, columnsRow, type Rest, restCheck, restColumn } from "./network-columns.ts";

/** Requirements; `item`, `maker` and `input` are the engine's keys. What few of them state is in `rest`. */
export interface RequirementColumns {
  readonly input: readonly number[];
  readonly rest: Rest;
}

export interface GeneralRequirementColumns extends RequirementColumns {
  readonly item: readonly number[];
}

export interface FirmRequirementColumns extends RequirementColumns {
  readonly product: readonly string[];
  readonly maker: readonly number[];
}

const checks = {
  input: column.key,
  rest: restCheck([column.text, column.stated("Assertion"), column.text, column.text, column.text, column.flag]),
} as const;

/** What `rest` holds; `essential` is true where not stated. */
export function requirementFacts({ rest }: RequirementColumns) {
  return {
    id: restColumn<string>(rest, 0),
    assertion: assertionColumn(rest, 1),
    validFrom: restColumn<string>(rest, 2),
    validTo: restColumn<string>(rest, 3),
    slot: restColumn<string>(rest, 4),
    essential: restColumn<boolean>(rest, 5).map((essential) => essential ?? true),
  };
}

/** What do the items after `after` up to `upto` need in general? */
export const networkRequirements: Query<GeneralRequirementColumns> = {
  name: "networkRequirements",
  row: columnsRow<GeneralRequirementColumns>({ ...checks, item: column.key }),
  text: cypher`
    MATCH (item:Product)
    WHERE item.id > $after AND item.id <= $upto AND NOT item.dataset IN $hidden
    MATCH (item)-[requirement:REQUIRES]->(input:Product)
    WHERE NOT (requirement.dataset IN $hidden OR input.dataset IN $hidden)
    RETURN collect(id(item)) AS item, collect(id(input)) AS input,
      collect(CASE
        WHEN coalesce(requirement.validFrom, requirement.validTo, requirement.slot) IS NULL
          AND coalesce(requirement.essential, true) AND coalesce(requirement.assertion, "") <> "ASSUMED"
          AND coalesce(requirement.id = item.id + ":REQUIRES:" + input.id, true)
        THEN false
        ELSE [requirement.id, requirement.assertion, requirement.validFrom, requirement.validTo, requirement.slot,
          requirement.essential]
      END) AS rest
  `,
};

/** What do the firms after `after` up to `upto` need for what they make? `product` is the id that is stated, there or not. */
export const networkFirmRequirements: Query<FirmRequirementColumns> = {
  name: "networkFirmRequirements",
  row: columnsRow<FirmRequirementColumns>({ ...checks, maker: column.key, product: column.text }),
  text: cypher`
    MATCH (maker:Firm)
    WHERE maker.id > $after AND maker.id <= $upto AND NOT maker.dataset IN $hidden
    MATCH (maker)-[requirement:REQUIRES]->(input:Product)
    WHERE requirement.product IS NOT NULL AND NOT (requirement.dataset IN $hidden OR input.dataset IN $hidden)
      AND NOT coalesce(requirement.product, "") IN $hiddenProducts
    RETURN collect(id(maker)) AS maker, collect(requirement.product) AS product, collect(id(input)) AS input,
      collect(CASE
        WHEN coalesce(requirement.validFrom, requirement.validTo, requirement.slot) IS NULL
          AND coalesce(requirement.essential, true) AND coalesce(requirement.assertion, "") <> "ASSUMED"
          AND coalesce(requirement.id = maker.id + ":REQUIRES:" + input.id + ":" + requirement.product, true)
        THEN false
        ELSE [requirement.id, requirement.assertion, requirement.validFrom, requirement.validTo, requirement.slot,
          requirement.essential]
      END) AS rest
  `,
};
