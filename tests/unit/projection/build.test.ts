import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildNetwork } from "../../../graph/projection/build.ts";
import { firstDay, lastDay } from "../../../graph/projection/days.ts";
import { offerId, requirementId } from "../../../graph/projection/edge-ids.ts";
import { offerIndex } from "../../../graph/projection/offer-index.ts";
import type { NetworkRows } from "../../../graph/projection/rows.ts";
import { RUNS, randomNetwork, shuffledRows } from "../../support/random-network.ts";
import { emptyRows, facts } from "../../support/rows.ts";

const item = { id: "a", category: null, variantMode: null, elementary: null, developCost: null };

describe("buildNetwork", () => {
  test("gives the same network for any order of the rows", () => {
    const shuffled = randomNetwork().chain((rows) => fc.record({ rows: fc.constant(rows), other: shuffledRows(rows) }));
    fc.assert(
      fc.property(shuffled, ({ rows, other }) => {
        expect(buildNetwork(other, 3)).toStrictEqual(buildNetwork(rows, 3));
      }),
      RUNS,
    );
  });

  test("keeps every row under its own group, with what is unknown as NaN or -1", () => {
    fc.assert(
      fc.property(randomNetwork(), (rows) => {
        const network = buildNetwork(rows, 1);
        const offerIds = Array.from(network.offerItem, (_, offer) => offerId(network, offer));
        const requirementIds = Array.from(network.requirementInput, (_, edge) => requirementId(network, edge));
        const offers = rows.items.flatMap(({ id }) => {
          const index = network.itemIndex.get(id)!;
          return offerIds.slice(network.itemOffers[index], network.itemOffers[index + 1]).map((offer) => [offer, id]);
        });
        expect(Object.fromEntries(offers)).toStrictEqual(
          Object.fromEntries(rows.offers.map((row) => [row.id, row.item])),
        );
        for (const row of rows.offers) {
          const offer = offerIds.indexOf(row.id);
          expect(offerIndex(network, row.id)).toBe(offer);
          expect(network.offerShare[offer]).toBe(row.share ?? Number.NaN);
          expect(network.jurisdictions[network.offerOrigin[offer]!] ?? null).toBe(row.originCountry);
          expect(
            network.firms[network.offerFirm[offer]!] ?? `j-${network.jurisdictions[network.offerRow[offer]!]}`,
          ).toBe(row.provider);
        }
        for (const row of rows.requirements) {
          const edge = requirementIds.indexOf(row.id);
          const of = network.itemIndex.get(row.item)!;
          expect(edge >= network.itemRequirements[of]! && edge < network.itemRequirements[of + 1]!).toBe(true);
          expect(network.firms[network.requirementMaker[edge]!] ?? null).toBe(row.maker);
          expect(network.items[network.requirementInput[edge]!]).toBe(row.input);
        }
      }),
      RUNS,
    );
  });

  test("names the ids that no row defines", () => {
    const rows: NetworkRows = {
      ...emptyRows(),
      items: [item],
      requirements: [{ ...facts("r1"), item: "a", maker: "nobody", input: "b", slot: null, essential: true }],
      chains: [{ id: "c", leaders: ["ghost"], items: [] }],
    };
    expect(() => buildNetwork(rows, 1)).toThrow(
      "The graph names ids that it does not define: c: firm ghost; r1: firm nobody; r1: item b.",
    );
  });

  test("refuses an id that is defined twice", () => {
    expect(() => buildNetwork({ ...emptyRows(), items: [item, item] }, 1)).toThrow("defines the item a twice");
  });
});

describe("days", () => {
  test("span the year, month or day that a date names", () => {
    const spans = ["1970", "2024-02", "2024-12", "2024-02-29"].map((date) => [firstDay(date), lastDay(date)]);
    expect(spans).toStrictEqual([
      [0, 364],
      [19754, 19782],
      [20058, 20088],
      [19782, 19782],
    ]);
  });

  test("are refused where the text is no date", () => {
    expect(() => firstDay("spring 2024")).toThrow("spring 2024 is no date");
  });
});
