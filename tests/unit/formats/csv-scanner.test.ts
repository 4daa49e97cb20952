import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CsvScanner } from "../../../graph/formats/csv-scanner.ts";

/** What a scanner makes of a text that comes in these pieces. */
function scan(pieces: readonly string[]): unknown[] {
  const scanner = new CsvScanner();
  const records: unknown[] = pieces.flatMap((piece) => scanner.take(piece));
  if (scanner.problem === undefined) records.push(...scanner.end());
  return scanner.problem === undefined ? records : [...records, scanner.problem];
}

/** A text cut where the numbers say. */
function cut(text: string, places: readonly number[]): string[] {
  const ends = [...places.map((place) => place % (text.length + 1)), text.length].sort((one, other) => one - other);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

describe("CsvScanner", () => {
  test("gives back any rows that were written, wherever their text is cut", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "甲", '"', ",", "\n", "\r", " "), maxLength: 4 });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
    const end = fc.constantFrom("\n", "\r\n", "\r");
    fc.assert(
      fc.property(
        rows,
        end,
        fc.boolean(),
        fc.array(fc.nat(200), { maxLength: 6 }),
        (given, lineEnd, isEnded, places) => {
          const lines = given.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(","));
          const text = `${lines.join(lineEnd)}${isEnded && lines.length > 0 ? lineEnd : ""}`;
          let row = 1;
          const expected = given.map((cells) => {
            const record = { row, cells };
            row += 1 + (cells.join("|").match(/\r\n|\n|\r/g)?.length ?? 0);
            return record;
          });
          expect(scan(cut(text, places))).toStrictEqual(expected);
        },
      ),
    );
  });

  test("finds the same in any text, broken or not, wherever it is cut", () => {
    const text = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r"), maxLength: 14 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(20), { maxLength: 6 }), (whole, places) => {
        expect(scan(cut(whole, places))).toStrictEqual(scan([whole]));
      }),
    );
  });

  test("says on which line a record begins that cannot be read", () => {
    expect(scan(['a,b\n\n1,"x\ny"\n2,"z\n'])).toStrictEqual([
      { row: 1, cells: ["a", "b"] },
      { row: 3, cells: ["1", "x\ny"] },
      { row: 5, problem: "QUOTE_NOT_CLOSED" },
    ]);
    expect(scan(['a\n1,b"c\n'])).toStrictEqual([
      { row: 1, cells: ["a"] },
      { row: 2, problem: "QUOTE_IN_CELL" },
    ]);
    expect(scan(['a\n"b"c\n'])).toStrictEqual([
      { row: 1, cells: ["a"] },
      { row: 2, problem: "QUOTE_IN_CELL" },
    ]);
    expect(scan(["a\n", "b".repeat(600_000), "b".repeat(600_000)])).toStrictEqual([
      { row: 1, cells: ["a"] },
      { row: 2, problem: "RECORD_TOO_LONG" },
    ]);
  });
});
