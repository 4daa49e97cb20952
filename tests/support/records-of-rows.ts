import type { RelationshipType } from "../../graph/ontology.ts";
import type { FactRow, NetworkRows } from "../../graph/projection/rows.ts";
import type { EntityRecord, PropertyValue, PropertyValues, RecordBatch } from "../../graph/records.ts";

const SOURCE = "the-source";

/** The records whose graph has this network; an item of unknown category becomes a DEVICE, as the ontology wants one. */
export function recordsOfRows(rows: NetworkRows): RecordBatch {
  const entity = (kind: EntityRecord["kind"], id: string, properties: Loose): EntityRecord => ({
    id,
    kind,
    properties: { name: id, dataset: "test", assertion: "STATED", sources: [SOURCE], ...stated(properties) },
  });
  const edge = (type: RelationshipType, from: string, to: string, fact: FactRow, properties: Loose = {}) => ({
    id: fact.id,
    type,
    from,
    to,
    properties: {
      dataset: "test",
      assertion: fact.assertion,
      sources: [SOURCE],
      ...stated({ validFrom: fact.validFrom, validTo: fact.validTo, ...properties }),
    },
  });
  const always = (id: string): FactRow => ({ id, assertion: "STATED", validFrom: null, validTo: null });
  return {
    entities: [
      { id: SOURCE, kind: "Source", properties: { name: SOURCE, title: SOURCE, dataset: "test", assertion: "STATED" } },
      ...rows.items.map(({ id, ...own }) => entity("Product", id, { ...own, category: own.category ?? "DEVICE" })),
      ...rows.firms.map(({ id, ...own }) => entity("Firm", id, own)),
      ...rows.jurisdictions.map(({ id, code }) => entity("Jurisdiction", id, { code })),
      ...rows.chains.flatMap(({ id }) => [entity("Chain", id, {}), entity("Stage", `stage-${id}`, {})]),
    ],
    relationships: [
      ...rows.offers.map((row) => {
        const { id, assertion, validFrom, validTo, provider, item, ...own } = row;
        return edge("SUPPLIES", provider, item, row, own);
      }),
      ...rows.requirements.map((row) =>
        edge("REQUIRES", row.maker ?? row.item, row.input, row, {
          product: row.maker === null ? null : row.item,
          slot: row.slot,
          // Left out where true: the default.
          essential: row.essential ? null : false,
        }),
      ),
      ...rows.variants.map((row) => edge("VARIANT_OF", row.variant, row.itemClass, row)),
      ...rows.stakes.map((row) => edge("OWNS", row.owner, row.owned, row, { stake: row.stake })),
      ...rows.purchases.map((row) =>
        edge("SOURCES_FROM", row.buyer, row.seller, row, { product: row.item, share: row.share }),
      ),
      ...rows.chains.flatMap(({ id, leaders, items }) => [
        edge("PART_OF", `stage-${id}`, id, always(`stage-of-${id}`)),
        ...leaders.map((firm) => edge("LEADS", firm, id, always(`${firm}-leads-${id}`))),
        ...items.map((item) => edge("PART_OF", item, `stage-${id}`, always(`${item}-in-${id}`))),
      ]),
    ],
  };
}

type Loose = Readonly<Record<string, PropertyValue | null>>;

function stated(properties: Loose): PropertyValues {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])),
  );
}
