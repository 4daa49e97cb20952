import { writeXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import type { UserError } from "../../../client/api/edit.ts";
import { readFiles, template, UnreadableFiles } from "../../../client/panels/edit/read-files.ts";
import { gb18030 } from "../../support/gb18030.ts";

const CSV = "id:ID,name,country,:LABEL\nfirm-a,甲,CN,Firm\nfirm-b,乙,XX,Firm\n";

function error(path: string): UserError {
  const twice = { message: "stands at content[0]:2 already", messageZh: "已被使用（见 content[0]:2）" };
  return { code: "BAD_VALUE", ...twice, path, currentVersion: null } as unknown as UserError;
}

async function reasonOf(...files: File[]): Promise<string> {
  const failure = await readFiles(files).catch((reason: unknown) => reason);
  return failure instanceof UnreadableFiles ? failure.reason : `read: ${JSON.stringify(failure)}`;
}

describe("chosen files", () => {
  test("of CSV in GB18030 are read, and an error of the service stands in its cell", async () => {
    const { format, content, rows, place, faults } = await readFiles([new File([gb18030(CSV)], "firm.csv")]);
    expect([format, content, rows, faults]).toStrictEqual(["CSV", [CSV], 2, []]);
    const fault = place(error("content[0]:3.country"));
    expect([fault.row, fault.column, fault.columnName]).toStrictEqual([3, 2, "country"]);
    expect(fault.sheet!.rows.get(3)![fault.column!]).toBe("XX");
    expect([fault.message, fault.messageZh]).toStrictEqual([
      "stands at firm.csv:2 already",
      "已被使用（见 firm.csv:2）",
    ]);
    expect(place(error("content[0]:2.nowhere")).column).toBeNull();
    expect(place(error("dataset")).row).toBeNull();
  });

  test("of JSON Lines keep the number of each line, whatever is between", async () => {
    const lines = `{"kind":"Firm","properties":{"id":"a","country":"CN"}}\r\n\r\nno JSON\n`;
    const { rows, place } = await readFiles([new File([lines], "firms.jsonl")]);
    const fault = place(error("content[0]:1.country"));
    expect([rows, fault.sheet!.rows.get(fault.row!)![fault.column!]]).toStrictEqual([2, "CN"]);
  });

  test("may be an empty workbook, as the page hands it out", async () => {
    const read = await readFiles([new File([await template()], "new.xlsx")]);
    expect([read.format, read.rows, read.faults]).toStrictEqual(["JSONL", 0, []]);
  });

  test("of a workbook name the rows of its sheets, not the lines it travels as", async () => {
    const rows = [
      ["编号", "名称"],
      ["firm-a", "甲"],
      [null, null],
      ["firm-a", "乙"],
    ];
    const book = new Uint8Array(await writeXlsx({ sheets: [{ name: "企业", rows }] }));
    const { place, rows: count } = await readFiles([new File([book], "mine.xlsx")]);
    const fault = place(error("content[0]:1.id"));
    expect([count, fault.row, fault.message, fault.messageZh]).toStrictEqual([
      2,
      2,
      "stands at mine.xlsx[企业]:4 already",
      "已被使用（见 mine.xlsx[企业]:4）",
    ]);
  });

  test("that cannot be read say why", async () => {
    const csv = new File([CSV], "a.csv");
    const book = new File(["PK"], "b.xlsx");
    expect(await reasonOf(csv, new File(["{}"], "c.jsonl"))).toBe("mixed");
    expect(await reasonOf(book, new File(["PK"], "d.xlsx"))).toBe("mixed");
    expect(await reasonOf(book)).toBe("workbook");
    expect(await reasonOf(new File([new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 1, 2])], "old.csv"))).toBe("binary");
  });
});
