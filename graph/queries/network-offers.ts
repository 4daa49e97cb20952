import { cypher } from "../cypher.ts";
import type { EnumValue } from "../ontology.ts";
import type { Query } from "../store/store.ts";
import { column, columnsRow, type FactColumns, factChecks, type Stated } from "./network-columns.ts";

/** Offers; `provider` and `item` are the engine's keys of the ends. */
export interface OfferColumns extends FactColumns {
  readonly provider: readonly number[];
  readonly item: readonly number[];
  readonly outputWeight: Stated<number>;
  readonly share: Stated<number>;
  readonly level: Stated<EnumValue<"OfferLevel">>;
  readonly readiness: Stated<EnumValue<"Readiness">>;
  readonly originCountry: Stated<string>;
  readonly cost: Stated<number>;
  readonly leadTimeDays: Stated<number>;
}

const row = columnsRow<OfferColumns>({
  ...factChecks,
  provider: column.key,
  item: column.key,
  outputWeight: column.statedNumber,
  share: column.statedNumber,
  level: column.stated("OfferLevel"),
  readiness: column.stated("Readiness"),
  originCountry: column.statedText,
  cost: column.statedNumber,
  leadTimeDays: column.statedNumber,
});

/** Which items do the firms after `after` up to `upto` supply, and how? */
export const networkOffers: Query<OfferColumns> = {
  name: "networkOffers",
  row,
  text: cypher`
    MATCH (provider:Firm)
    WHERE provider.id > $after AND provider.id <= $upto
    MATCH (provider)-[offer:SUPPLIES]->(item:Product)
    RETURN collect(id(provider)) AS provider, collect(id(item)) AS item,
      collect(CASE WHEN offer.id = provider.id + ":SUPPLIES:" + item.id THEN false ELSE offer.id END) AS id,
      collect(coalesce(offer.assertion = "ASSUMED", false)) AS assumed,
      collect(coalesce(offer.validFrom, false)) AS validFrom, collect(coalesce(offer.validTo, false)) AS validTo,
      collect(coalesce(offer.outputWeight, false)) AS outputWeight, collect(coalesce(offer.share, false)) AS share,
      collect(coalesce(offer.level, false)) AS level, collect(coalesce(offer.readiness, false)) AS readiness,
      collect(coalesce(offer.originCountry, false)) AS originCountry, collect(coalesce(offer.cost, false)) AS cost,
      collect(coalesce(offer.leadTimeDays, false)) AS leadTimeDays
  `,
};

/** Which items do the jurisdictions after `after` up to `upto` supply, and how? */
export const networkJurisdictionOffers: Query<OfferColumns> = {
  name: "networkJurisdictionOffers",
  row,
  text: cypher`
    MATCH (provider:Jurisdiction)
    WHERE provider.id > $after AND provider.id <= $upto
    MATCH (provider)-[offer:SUPPLIES]->(item:Product)
    RETURN collect(id(provider)) AS provider, collect(id(item)) AS item,
      collect(CASE WHEN offer.id = provider.id + ":SUPPLIES:" + item.id THEN false ELSE offer.id END) AS id,
      collect(coalesce(offer.assertion = "ASSUMED", false)) AS assumed,
      collect(coalesce(offer.validFrom, false)) AS validFrom, collect(coalesce(offer.validTo, false)) AS validTo,
      collect(coalesce(offer.outputWeight, false)) AS outputWeight, collect(coalesce(offer.share, false)) AS share,
      collect(coalesce(offer.level, false)) AS level, collect(coalesce(offer.readiness, false)) AS readiness,
      collect(coalesce(offer.originCountry, false)) AS originCountry, collect(coalesce(offer.cost, false)) AS cost,
      collect(coalesce(offer.leadTimeDays, false)) AS leadTimeDays
  `,
};
