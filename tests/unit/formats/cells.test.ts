import fc from "fast-check";
import { expect, test } from "vitest";
import { readCell, writeCell } from "../../../graph/formats/cells.ts";
import { propertiesOfKind } from "../../../graph/ontology.ts";

const { aliases } = propertiesOfKind("Firm");
const { value: figure } = propertiesOfKind("Indicator");

test("a list survives its cell whatever its values hold", () => {
  const signs = fc.string({ unit: fc.constantFrom(";", "\\", "a", "，", "'"), minLength: 1 });
  fc.assert(
    fc.property(fc.array(signs, { minLength: 1 }), (values) => {
      expect(readCell(writeCell(values), aliases)).toStrictEqual(values);
    }),
  );
});

test("a backslash stands for itself but before another one or a separator", () => {
  expect(readCell("C:\\data;a\\;b;c\\\\d;e\\", aliases)).toStrictEqual(["C:\\data", "a;b", "c\\d", "e\\"]);
  expect(writeCell(["a;b", "c\\d"])).toBe("a\\;b;c\\\\d");
});

test("every number survives its cell", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(readCell(writeCell(number), figure)).toBe(Object.is(number, -0) ? 0 : number);
    }),
  );
});
