import { z } from "zod";
import { cypher } from "../cypher.ts";
import type { OfferRow } from "../projection/rows.ts";
import type { Query } from "../store/store.ts";
import { enumValue, factColumns } from "./network-fact.ts";

/** Which items do these firms and jurisdictions (`sources`) supply, and how? */
export const networkOffers: Query<OfferRow> = {
  name: "networkOffers",
  row: z.object({
    ...factColumns,
    provider: z.string(),
    item: z.string(),
    outputWeight: z.number().nullable(),
    share: z.number().nullable(),
    level: enumValue("OfferLevel").nullable(),
    readiness: enumValue("Readiness").nullable(),
    originCountry: z.string().nullable(),
    cost: z.number().nullable(),
    leadTimeDays: z.number().nullable(),
  }),
  text: cypher`
    UNWIND $sources AS source
    MATCH (provider:Entity {id: source})-[offer:SUPPLIES]->(item:Product)
    RETURN offer.id AS id, offer.assertion AS assertion, offer.validFrom AS validFrom, offer.validTo AS validTo,
      source AS provider, item.id AS item, offer.outputWeight AS outputWeight, offer.share AS share,
      offer.level AS level, offer.readiness AS readiness, offer.originCountry AS originCountry,
      offer.cost AS cost, offer.leadTimeDays AS leadTimeDays
  `,
};
