import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { RequirementRow } from "../projection/rows.ts";
import type { Query } from "../store/store.ts";
import { factColumns } from "./network-fact.ts";

const row = z.object({
  ...factColumns,
  item: z.string(),
  maker: z.string().nullable(),
  input: z.string(),
  slot: z.string().nullable(),
  essential: z.boolean(),
});

/** What do these items (`sources`) need in general? */
export const networkRequirements: Query<RequirementRow> = {
  name: "networkRequirements",
  row,
  text: cypher`
    UNWIND $sources AS source
    MATCH (item:Product {id: source})-[requirement:REQUIRES]->(input:Product)
    RETURN requirement.id AS id, requirement.assertion AS assertion, requirement.validFrom AS validFrom,
      requirement.validTo AS validTo, source AS item, null AS maker, input.id AS input,
      requirement.slot AS slot, coalesce(requirement.essential, true) AS essential
  `,
};

/** What do these firms (`sources`) need for what they make? A recipe for an item that is not there is left out. */
export const networkFirmRequirements: Query<RequirementRow> = {
  name: "networkFirmRequirements",
  row,
  text: cypher`
    UNWIND $sources AS source
    MATCH (maker:Firm {id: source})-[requirement:REQUIRES]->(input:Product)
    WHERE requirement.product IS NOT NULL
    MATCH (item:Product {id: requirement.product})
    RETURN requirement.id AS id, requirement.assertion AS assertion, requirement.validFrom AS validFrom,
      requirement.validTo AS validTo, item.id AS item, source AS maker, input.id AS input,
      requirement.slot AS slot, coalesce(requirement.essential, true) AS essential
  `,
};
