import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CsvItem, readCsv } from "../../../graph/formats/csv.ts";
import { openTextFile } from "../../../graph/formats/text-file.ts";
import { englishOf } from "../../support/both-languages.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "liantu-csv-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array) {
  const path = join(folder, "some.csv");
  await writeFile(path, content);
  const items: CsvItem[] = [];
  for await (const item of readCsv(await openTextFile(path, "some.csv"))) items.push(item);
  return items.map((item) => ("fault" in item ? { fault: englishOf(item.fault) } : item));
}

/** "中芯国际,a" in GB18030. */
const GB18030 = Uint8Array.from([0xd6, 0xd0, 0xd0, 0xbe, 0xb9, 0xfa, 0xbc, 0xca, 0x2c, 0x61]);

describe("readCsv", () => {
  test("gives each record the line on which it begins, over quoted line breaks and blank lines", async () => {
    expect(await read('a,b\r\n1,"x\ny\r\nz"\r\n\r\n2,"say ""hi"""\r\n')).toStrictEqual([
      { row: 1, cells: ["a", "b"] },
      { row: 2, cells: ["1", "x\ny\r\nz"] },
      { row: 6, cells: ["2", 'say "hi"'] },
    ]);
  });

  test("reads UTF-8 with a mark and without, UTF-16 with a mark, and GB18030", async () => {
    const expected = [{ row: 1, cells: ["中芯国际", "a"] }];
    const utf16 = Buffer.from("\uFEFF中芯国际,a", "utf16le");
    expect(await read("中芯国际,a")).toStrictEqual(expected);
    expect(await read("\uFEFF中芯国际,a")).toStrictEqual(expected);
    expect(await read(utf16)).toStrictEqual(expected);
    expect(await read(Buffer.from(utf16).swap16())).toStrictEqual(expected);
    expect(await read(GB18030)).toStrictEqual(expected);
  });

  test("refuses bytes that are no text", async () => {
    expect(await read(Uint8Array.from([0x61, 0xff, 0x00, 0x81]))).toStrictEqual([
      {
        fault: {
          place: { file: "some.csv", row: 1 },
          code: "ENCODING",
          message: "not readable as UTF-8, UTF-16 or GB18030 text — save the file as CSV UTF-8",
        },
      },
    ]);
  });

  test("keeps the records before broken quotes and says where the quotes break", async () => {
    const opened = await read('a,b\n1,2\n3,"x\n4,5\n');
    expect(opened).toStrictEqual([
      { row: 1, cells: ["a", "b"] },
      { row: 2, cells: ["1", "2"] },
      {
        fault: {
          place: { file: "some.csv", row: 3 },
          code: "QUOTE_NOT_CLOSED",
          message: 'a cell that begins with a quote " has no closing quote — close it, and double the quotes inside it',
        },
      },
    ]);
    const inCell = {
      place: { file: "some.csv", row: 2 },
      code: "QUOTE_IN_CELL",
      message: 'a quote " stands inside a cell — put the whole cell in quotes and double the quotes inside it',
    };
    expect(await read('a,b\n1,x"y\n3,4\n')).toStrictEqual([{ row: 1, cells: ["a", "b"] }, { fault: inCell }]);
    expect(await read('a,b\n1,"x"y\n3,4\n')).toStrictEqual([{ row: 1, cells: ["a", "b"] }, { fault: inCell }]);
  });

  test("gives up on a record without end instead of holding it in memory", async () => {
    expect(await read(`a,b\n${"x".repeat(1_100_000)}`)).toStrictEqual([
      { row: 1, cells: ["a", "b"] },
      {
        fault: {
          place: { file: "some.csv", row: 2 },
          code: "RECORD_TOO_LONG",
          message: "a record is longer than 1000000 characters — look for a quote that is not closed",
        },
      },
    ]);
  });

  test("an empty file has no records", async () => {
    expect(await read("")).toStrictEqual([]);
  });

  test("gives back any cells that were written in quotes", async () => {
    const cell = fc.string({ unit: "grapheme" });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom("\n", "\r\n"), async (written, lineEnd) => {
        const quoted = written.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(","));
        const items = await read(quoted.join(lineEnd));
        expect(items.map((item) => ("cells" in item ? item.cells : item))).toStrictEqual(written);
      }),
      { numRuns: 60 },
    );
  });
});
