import fc from "fast-check";
import type { NetworkRows } from "../../graph/projection/rows.ts";
import { emptyRows, facts } from "./rows.ts";

/**
 * Networks in which finding the cheapest plan is work: every item has several offers of known cost, each maker its own
 * recipe with alternatives, inputs are shared and loops are common; `i0` is the target. Firm f0 is American.
 */
export function denseNetwork(items: number): fc.Arbitrary<NetworkRows> {
  const ids = Array.from({ length: items }, (_, item) => `i${item}`);
  const slot = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 3 });
  const offer = fc.record({
    cost: fc.integer({ min: 0, max: 6 }),
    leadTimeDays: fc.constantFrom(null, 10, 20, 40),
    slots: fc.array(slot, { maxLength: 2 }),
  });
  const offersOf = fc.array(offer, { minLength: 1, maxLength: 3 });
  return fc.tuple(...ids.map(() => offersOf)).map((offers) => ({
    ...emptyRows(),
    items: ids.map((id) => ({ id, category: null, variantMode: null, elementary: null, developCost: null })),
    firms: ["US", "CN", "JP"].map((country, firm) => ({ id: `f${firm}`, country, region: null })),
    offers: offers.flatMap((own, item) =>
      own.map(({ cost, leadTimeDays }, firm) => ({
        ...facts(`f${firm}:i${item}`),
        provider: `f${firm}`,
        item: `i${item}`,
        outputWeight: null,
        share: null,
        level: null,
        readiness: null,
        originCountry: null,
        cost,
        leadTimeDays,
      })),
    ),
    requirements: offers.flatMap((own, item) =>
      own.flatMap(({ slots }, firm) =>
        slots.flatMap((inputs, position) =>
          inputs.map((input) => ({
            ...facts(`f${firm}:i${item}:${position}:${input}`),
            item: `i${item}`,
            maker: `f${firm}`,
            input,
            slot: `s${position}`,
            essential: true,
          })),
        ),
      ),
    ),
  }));
}
