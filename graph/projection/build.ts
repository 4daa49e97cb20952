import { type Columns, columnsOf } from "./columns.ts";
import type { Network } from "./network.ts";
import { NetworkBuilder } from "./network-builder.ts";
import type { FactRow, NetworkRows } from "./rows.ts";

export { OFFER_LEVELS, PRODUCT_CATEGORIES, READINESS } from "./enums.ts";
export { compareText } from "./texts.ts";

const FACT = ["id", "assertion", "validFrom", "validTo"] as const satisfies readonly (keyof FactRow)[];

/** The network of some rows, the same for any order of them: `NetworkBuilder` says what it refuses. */
export function buildNetwork(rows: NetworkRows, version: number): Network {
  const builder = new NetworkBuilder({
    items: [columnsOf(rows.items, ["id", "category", "variantMode", "elementary", "developCost"])],
    firms: [columnsOf(rows.firms, ["id", "country", "region"])],
    jurisdictions: [columnsOf(rows.jurisdictions, ["id", "code"])],
  });
  builder.addOffers(
    factColumns(rows.offers, [
      "provider",
      "item",
      "outputWeight",
      "share",
      "level",
      "readiness",
      "originCountry",
      "cost",
      "leadTimeDays",
    ]),
  );
  builder.addRequirements(factColumns(rows.requirements, ["item", "maker", "input", "slot", "essential"]));
  builder.addVariants(factColumns(rows.variants, ["variant", "itemClass"]));
  builder.addStakes(factColumns(rows.stakes, ["owner", "owned", "stake"]));
  builder.addPurchases(factColumns(rows.purchases, ["buyer", "seller", "item", "share"]));
  return builder.build(rows.chains, version);
}

function factColumns<Row extends FactRow>(
  rows: readonly Row[],
  names: readonly Exclude<keyof Row, keyof FactRow>[],
): Columns<Row> {
  return columnsOf(rows, [...FACT, ...names]);
}
