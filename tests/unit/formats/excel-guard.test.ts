import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guard, unguard } from "../../../graph/formats/excel-guard.ts";

describe("the guard against formulas", () => {
  test("stands before what Excel would run, and nowhere else", () => {
    const texts = ["=1+1", "+86", "-5", "@x", "\tx", "\rx", "'=x", "'x", "a=b", "", "'"];
    expect(texts.map(guard)).toStrictEqual([
      "'=1+1",
      "'+86",
      "'-5",
      "'@x",
      "'\tx",
      "'\rx",
      "''=x",
      "'x",
      "a=b",
      "",
      "'",
    ]);
  });

  test("comes off again, exactly once", () => {
    const text = fc.string({ unit: fc.constantFrom("'", "=", "-", "\t", "a"), maxLength: 5 });
    fc.assert(fc.property(text, (original) => unguard(guard(original)) === original));
  });
});
