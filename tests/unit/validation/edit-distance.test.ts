import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance, nearest } from "../../../graph/validation/edit-distance.ts";

/** The definition itself: every way to edit the last characters, without a table. */
function byDefinition(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const last = a.at(-1) === b.at(-1) ? 0 : 1;
  const ways = [
    byDefinition(a.slice(0, -1), b) + 1,
    byDefinition(a, b.slice(0, -1)) + 1,
    byDefinition(a.slice(0, -1), b.slice(0, -1)) + last,
  ];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
    ways.push(byDefinition(a.slice(0, -2), b.slice(0, -2)) + 1);
  return Math.min(...ways);
}

test("editDistance is the least number of edits, or one more than the limit", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 5 });
  fc.assert(
    fc.property(word, word, fc.nat(6), (a, b, limit) => {
      expect(editDistance(a, b, limit)).toBe(Math.min(byDefinition(a, b), limit + 1));
    }),
    { numRuns: 300 },
  );
});

test("nearest takes the fewest edits, then text order, whatever the order of the candidates", () => {
  const candidates = ["firm-sanan", "firm-jhica", "firm-jhicd", "product-jhicc"];
  expect(nearest("firm-jhicx", candidates)).toBe("firm-jhica");
  expect(nearest("firm-jhicx", candidates.toReversed())).toBe("firm-jhica");
  expect(nearest("FIRM-SANAN", candidates)).toBe("firm-sanan");
  expect(nearest("bank-of-china", candidates)).toBeUndefined();
});
