import { cypher } from "../cypher.ts";
import { ENUMS, type EnumValue } from "../ontology.ts";
import type { Query } from "../store/store.ts";
import {
  assertionColumn,
  column,
  columnsRow,
  type Rest,
  restCheck,
  restColumn,
  type Stated,
} from "./network-columns.ts";

/**
 * Offers; `provider` and `item` are the engine's keys of the ends. What most offers state has a column, all else is in
 * `rest`: a column of strings costs as much as everything else together.
 */
export interface OfferColumns {
  readonly provider: readonly number[];
  readonly item: readonly number[];
  readonly share: Stated<number>;
  /** Positions in the ontology's list, -1 where not stated. */
  readonly readiness: readonly number[];
  readonly rest: Rest;
}

const READINESS = Object.keys(ENUMS.Readiness) as readonly EnumValue<"Readiness">[];

/** What the queries of offers need beside their page: the position of each readiness, by its name. */
export const offerParams = {
  readiness: { "": -1, ...Object.fromEntries(READINESS.map((name, position) => [name, position])) },
};

const row = columnsRow<OfferColumns>({
  provider: column.key,
  item: column.key,
  share: column.statedNumber,
  readiness: (value) => typeof value === "number" && value >= -1,
  rest: restCheck([
    column.text,
    column.stated("Assertion"),
    ...[
      column.text,
      column.text,
      column.number,
      column.stated("OfferLevel"),
      column.text,
      column.number,
      column.number,
    ],
  ]),
});

/** What `rest` holds, and readiness by its name. */
export function offerFacts({ readiness, rest }: OfferColumns) {
  return {
    id: restColumn<string>(rest, 0),
    assertion: assertionColumn(rest, 1),
    validFrom: restColumn<string>(rest, 2),
    validTo: restColumn<string>(rest, 3),
    outputWeight: restColumn<number>(rest, 4),
    level: restColumn<EnumValue<"OfferLevel">>(rest, 5),
    originCountry: restColumn<string>(rest, 6),
    cost: restColumn<number>(rest, 7),
    leadTimeDays: restColumn<number>(rest, 8),
    readiness: readiness.map((position) => READINESS[position] ?? null),
  };
}

/** Which items do the firms after `after` up to `upto` supply, and how? */
export const networkOffers: Query<OfferColumns> = {
  name: "networkOffers",
  row,
  text: cypher`
    MATCH (provider:Firm)
    WHERE provider.id > $after AND provider.id <= $upto AND NOT provider.dataset IN $hidden
    MATCH (provider)-[offer:SUPPLIES]->(item:Product)
    WHERE NOT (offer.dataset IN $hidden OR item.dataset IN $hidden)
    RETURN collect(id(provider)) AS provider, collect(id(item)) AS item, collect(coalesce(offer.share, false)) AS share,
      collect(coalesce($readiness[coalesce(offer.readiness, "")], -2)) AS readiness,
      collect(CASE
        WHEN coalesce(offer.validFrom, offer.validTo, offer.outputWeight, offer.level, offer.originCountry, offer.cost,
            offer.leadTimeDays) IS NULL
          AND coalesce(offer.assertion, "") <> "ASSUMED"
          AND coalesce(offer.id = provider.id + ":SUPPLIES:" + item.id, true)
        THEN false
        ELSE [offer.id, offer.assertion, offer.validFrom, offer.validTo, offer.outputWeight, offer.level,
          offer.originCountry, offer.cost, offer.leadTimeDays]
      END) AS rest
  `,
};

/** Which items do the jurisdictions after `after` up to `upto` supply, and how? */
export const networkJurisdictionOffers: Query<OfferColumns> = {
  name: "networkJurisdictionOffers",
  row,
  text: cypher`
    MATCH (provider:Jurisdiction)
    WHERE provider.id > $after AND provider.id <= $upto AND NOT provider.dataset IN $hidden
    MATCH (provider)-[offer:SUPPLIES]->(item:Product)
    WHERE NOT (offer.dataset IN $hidden OR item.dataset IN $hidden)
    RETURN collect(id(provider)) AS provider, collect(id(item)) AS item, collect(coalesce(offer.share, false)) AS share,
      collect(coalesce($readiness[coalesce(offer.readiness, "")], -2)) AS readiness,
      collect(CASE
        WHEN coalesce(offer.validFrom, offer.validTo, offer.outputWeight, offer.level, offer.originCountry, offer.cost,
            offer.leadTimeDays) IS NULL
          AND coalesce(offer.assertion, "") <> "ASSUMED"
          AND coalesce(offer.id = provider.id + ":SUPPLIES:" + item.id, true)
        THEN false
        ELSE [offer.id, offer.assertion, offer.validFrom, offer.validTo, offer.outputWeight, offer.level,
          offer.originCountry, offer.cost, offer.leadTimeDays]
      END) AS rest
  `,
};
