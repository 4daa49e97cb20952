import { expect, test } from "vitest";
import type { Names } from "../../../graph/report/names.ts";
import { rows, words } from "../../../graph/report/table.ts";
import { displayWidth, tableLines } from "../../../server/commands/table-text.ts";

const NAMES: Names = new Map([
  ["chip", { id: "chip", kind: "Product", name: "存储芯片", nameEn: "DRAM", country: null }],
  ["evil", { id: "evil", kind: "Product", name: "a\u001b[31m\nb", nameEn: null, country: null }],
]);

test("a full-width character takes two columns, one that is put upon another none", () => {
  expect([
    displayWidth("晋华"),
    displayWidth("ＡB"),
    displayWidth("e\u0301"),
    displayWidth("（）"),
    displayWidth(""),
  ]).toStrictEqual([4, 3, 1, 4, 0]);
});

test("the columns of a table begin below each other, whatever the script", () => {
  const table = {
    title: words("表", "Table"),
    columns: [words("物项", "item"), words("分", "score")],
    rows: rows([
      [{ ids: ["chip"] }, { low: 0.25, high: 1 }],
      [{ ids: ["unknown-id"] }, null],
      [{ ids: ["evil"] }, 7],
    ]),
  };
  const [title, ...lines] = tableLines(table, NAMES);
  expect(title).toBe("表 Table (3)");
  const starts = ["分 score", "---", "0.25–1", "–", "7"].map((text, position) => {
    const line = lines[position]!;
    return displayWidth(line.slice(0, line.lastIndexOf(text === "---" ? "  " : text)));
  });
  expect(new Set([starts[0], starts[1]! + 2, ...starts.slice(2)]).size).toBe(1);
  expect(lines.join("\n")).not.toContain("\u001b");
  expect(lines).toHaveLength(5);
});
