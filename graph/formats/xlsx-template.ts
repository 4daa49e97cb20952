import {
  type CellStyle,
  type CellValue,
  colToLetter,
  type DataValidation,
  type WriteSheet,
  writeXlsx,
} from "hucre/xlsx";
import type { PropertyDefinition } from "../ontology.ts";
import type { Dataset } from "./dataset.ts";
import {
  BOOLEAN_LABELS,
  DATASET_LABELS,
  enumOf,
  HEADER_ROWS,
  INSTRUCTIONS_SHEET,
  SHEETS,
  type SheetColumn,
  type SheetDefinition,
} from "./xlsx-sheets.ts";

/** Rows of a sheet that its lists reach to, at least. */
const LISTED_ROWS = 10_000;
const TITLE_STYLE: CellStyle = {
  font: { bold: true },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "DDE7F0" } },
  alignment: { wrapText: true, vertical: "top" },
};
const REQUIRED_STYLE: CellStyle = {
  ...TITLE_STYLE,
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "F6D9B8" } },
};
const KEY_STYLE: CellStyle = { font: { italic: true, color: { rgb: "666666" } } };

/** An empty workbook for planners: instructions, then a sheet for each kind and type with titles, notes and lists. */
export function templateWorkbook(): Promise<Uint8Array> {
  return writeXlsx({ sheets: [instructionsSheet(undefined), ...SHEETS.map((sheet) => workbookSheet(sheet, []))] });
}

/** The sheet of a kind or type with these rows below its titles, each a cell for each column. */
export function workbookSheet(sheet: SheetDefinition, rows: readonly CellValue[][]): WriteSheet {
  const { columns } = sheet;
  const cells: NonNullable<WriteSheet["cells"]> = new Map();
  for (const [index, { definition }] of columns.entries()) {
    const style = definition.required === true ? REQUIRED_STYLE : TITLE_STYLE;
    cells.set(`0,${index}`, { style, comment: { author: "Liantu", text: noteOf(definition) } });
    cells.set(`1,${index}`, { style: KEY_STYLE });
  }
  return {
    name: sheet.name,
    rows: [columns.map(({ title }) => title), columns.map(({ key }) => key), ...rows],
    columns: columns.map(({ key }) => ({ width: WIDE.has(key) ? 32 : 16 })),
    cells,
    freezePane: { rows: HEADER_ROWS, columns: 1 },
    dataValidations: columns.flatMap((column, index) => validationOf(column, index, rows.length)),
  };
}

/** The first sheet: how to fill in the workbook, and what is known of its data set. */
export function instructionsSheet(dataset: Dataset | undefined): WriteSheet {
  const values = dataset === undefined ? {} : valuesOf(dataset);
  const rows: CellValue[][] = [
    ...INSTRUCTIONS.map((line) => [line]),
    [],
    ...Object.entries(DATASET_LABELS).map(([key, label]) => [label, values[key] ?? null]),
    [],
    ["工作表 Sheet", "内容 What it holds", "技术名 Technical name"],
    ...SHEETS.map((sheet) => [
      sheet.name,
      `${sheet.nameEn}: ${sheet.description}`,
      "kind" in sheet ? sheet.kind : sheet.type,
    ]),
  ];
  return { name: INSTRUCTIONS_SHEET, rows, columns: [{ width: 32 }, { width: 80 }, { width: 20 }] };
}

const WIDE = new Set(["name", "nameEn", "description", "descriptionEn", "statement", "statementEn", "title", "url"]);

const INSTRUCTIONS = [
  "链图数据模板：每类节点、每类关系各一张工作表；第一行是标题，第二行是技术名，从第三行起填写。",
  "Liantu template: one sheet for each kind of node and each type of relationship; titles in row 1, technical names in row 2, values from row 3 on.",
  "橙色标题为必填；标题上的批注说明含义与单位。空白表示未知，不是零。",
  "Orange titles are required; the note on a title says what it means and its unit. Empty means unknown, not zero.",
  "用不到的工作表和列可以删除；不想导入的工作表，名称以 # 开头。",
  "Sheets and columns you do not need can be deleted; a sheet whose name begins with # is left out.",
  "一个单元格内的多个值用半角分号 ; 隔开（值内的分号写作 \\; ）。",
  "Several values in one cell are parted by ; (within a value write \\; ).",
  "每条事实须注明出处编号（“出处”工作表中的编号），或把性质写为“假设”。",
  "Every fact names the id of its source (see the sheet 出处), or says that it is assumed.",
];

function valuesOf({
  name,
  nameEn,
  title,
  licence,
  description,
}: Dataset): Readonly<Record<string, string | undefined>> {
  return {
    name,
    nameEn,
    titleZh: title.zh,
    titleEn: title.en,
    licence,
    descriptionZh: description.zh,
    descriptionEn: description.en,
  } satisfies Record<keyof typeof DATASET_LABELS, string | undefined>;
}

/** What a title's note says: what to write, in Chinese, and what it means. */
function noteOf(definition: PropertyDefinition): string {
  const necessity = definition.required === true ? "必填 required" : "可空，空白=未知 empty = unknown";
  const lines = [`${definition.zh} ${definition.en}`, `${necessity}；${formOf(definition)}`, definition.description];
  const labels = enumOf(definition);
  if (labels !== undefined)
    for (const [key, { zh, en }] of Object.entries(labels)) lines.push(`${zh} = ${key} (${en})`);
  return lines.join("\n");
}

function formOf(definition: PropertyDefinition): string {
  const { type, min, max, pattern } = definition;
  if (type.endsWith("[]")) return "多个值用 ; 隔开 list parted by ;";
  if (enumOf(definition) !== undefined) return "从列表中选择 choose from the list";
  switch (type) {
    case "double":
    case "integer": {
      const what = type === "double" ? "数值 number" : "整数 whole number";
      if (min === undefined && max === undefined) return what;
      return max === undefined ? `${what} ≥ ${min}` : `${what} ${min} – ${max}`;
    }
    case "boolean":
      return "是/否 yes/no";
    case "date":
      return "日期 date：YYYY、YYYY-MM 或 YYYY-MM-DD";
    default:
      return pattern === undefined ? "文本 text" : `文本 text：${pattern.meaning.zh}（${pattern.meaning.en}）`;
  }
}

/** The list to choose from; of several values only a proposal, since a cell may hold more than one. */
function validationOf({ definition, title }: SheetColumn, index: number, rows: number): DataValidation[] {
  const labels = enumOf(definition);
  const values =
    labels === undefined
      ? definition.type === "boolean"
        ? Object.values(BOOLEAN_LABELS)
        : undefined
      : Object.values(labels).map(({ zh }) => zh);
  if (values === undefined) return [];
  const letter = colToLetter(index);
  return [
    {
      type: "list",
      values,
      range: `${letter}${HEADER_ROWS + 1}:${letter}${HEADER_ROWS + Math.max(rows, LISTED_ROWS)}`,
      allowBlank: true,
      showErrorMessage: !definition.type.endsWith("[]"),
      errorTitle: title,
      errorMessage: `请从列表中选择。Choose from the list: ${values.join("、")}`.slice(0, 225),
    },
  ];
}
