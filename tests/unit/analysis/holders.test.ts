import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { herfindahl, measure } from "../../../graph/analysis/holders.ts";

const holder = fc.record({
  base: fc.integer({ min: 0, max: 20 }).map((base) => base / 20),
  open: fc.boolean(),
  divisible: fc.boolean(),
});

describe("The Herfindahl index", () => {
  it("is that of all measures, however the holders stand", () => {
    fc.assert(
      fc.property(fc.array(holder, { maxLength: 6 }), fc.constantFrom(0, 0.1, 0.5, 1), (holders, free) => {
        const total = Math.max(1, free + holders.reduce((sum, { base }) => sum + base, 0));
        const { hhi } = measure(holders, free, total);
        const index = herfindahl(holders, free, total);
        expect(index.low).toBeCloseTo(hhi.low, 6);
        expect(index.high).toBeCloseTo(hhi.high, 6);
      }),
    );
  });
});
