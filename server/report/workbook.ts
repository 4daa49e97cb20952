import { type CellStyle, type CellValue, type WriteSheet, writeXlsx } from "hucre/xlsx";
import { guard } from "../../graph/formats/excel-guard.ts";
import { cellTexts, inLanguage, type ReportLanguage } from "../../graph/report/cell-text.ts";
import type { Report, Section } from "../../graph/report/report.ts";
import { type Cell, named, type Statement, type Table, words } from "../../graph/report/table.ts";
import { GAP_WORDS } from "../../graph/report/words.ts";
import { reportTitle } from "./title.ts";

const TITLE: CellStyle = { font: { bold: true, size: 14, color: { rgb: "1B4A73" } } };
const HEAD: CellStyle = {
  font: { bold: true, color: { rgb: "FFFFFF" } },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "1B4A73" } },
  alignment: { wrapText: true, vertical: "top" },
};
const BODY: CellStyle = { alignment: { wrapText: true, vertical: "top" } };
const LONGEST_TEXT = 32_767;

/** A report as a workbook: the findings and the policy, the map's items, then each list on a sheet of its own. */
export function reportWorkbook(report: Report, language: ReportLanguage): Promise<Uint8Array> {
  const write = (cell: Cell): CellValue => cellValue(cell, report, language);
  const say = (statements: readonly Statement[]): CellValue[][] =>
    statements.map(({ label, value }) => [write(label), write(value)]);
  const about: CellValue[][] = [
    [write(reportTitle(report))],
    [write(words("编制日期", "Made on")), report.day],
    [write(words("图谱版本", "Version of the graph")), report.version],
    [],
    [write(words("结论", "Findings"))],
    ...say(report.summary),
    [],
    [write(words("口径", "Policy"))],
    ...say(report.policyStatements),
  ];
  const sheets: WriteSheet[] = [
    {
      name: nameOf(words("结论", "Findings"), language),
      rows: about,
      columns: [{ width: 34 }, { width: 90 }],
      cells: titles(about),
    },
    listSheet(nameOf(words("图谱", "Map"), language), [], [mapTable(report)], write),
    ...report.sections.map(({ name, statements, tables }) =>
      listSheet(nameOf(SHEET_NAMES[name], language), say(statements), tables, write),
    ),
  ];
  // Without it the file would bear the second in which it was made: the same report is the same file.
  const made = new Date(report.day);
  return writeXlsx({ sheets, properties: { created: made, modified: made } });
}

const SHEET_NAMES = {
  GAPS: words("缺口清单", "Gaps"),
  SUBSTITUTION: words("替代清单", "Substitution"),
  RECRUITMENT: words("招商清单", "Recruitment"),
  RESEARCH: words("攻关清单", "Research"),
  FACTS: words("依据", "Facts"),
  SOURCES: words("出处", "Sources"),
} as const satisfies Record<Section["name"], { zh: string; en: string }>;

function nameOf(name: { readonly zh: string; readonly en: string }, language: ReportLanguage): string {
  return language === "EN" ? name.en : name.zh;
}

function mapTable({ map }: Report): Table {
  const needs = new Map<string, string[]>();
  for (const { from, to } of map.edges) needs.set(from, [...(needs.get(from) ?? []), to]);
  return {
    title: words("产业链图谱", "Chain map"),
    columns: [words("物项", "Item"), words("深度", "Depth"), words("缺口", "Gap"), words("需要", "Needs")],
    rows: map.nodes.map(({ id, depth, gap }) => ({
      cells: [named(id), depth, gap === null ? null : GAP_WORDS[gap], { ids: needs.get(id) ?? [] }],
    })),
  };
}

function listSheet(
  name: string,
  lead: readonly CellValue[][],
  tables: readonly Table[],
  write: (cell: Cell) => CellValue,
): WriteSheet {
  const rows: CellValue[][] = [];
  const cells: NonNullable<WriteSheet["cells"]> = new Map();
  let widest = 1;
  for (const [position, { title, note, columns, rows: body, empty }] of tables.entries()) {
    if (position > 0) rows.push([]);
    cells.set(`${rows.length},0`, { style: TITLE });
    rows.push([write(title)]);
    if (position === 0) rows.push(...lead);
    if (note !== undefined) rows.push([write(note)]);
    const isCited = body.some(({ facts }) => facts !== undefined);
    const head = [...columns, ...(isCited ? [words("依据", "Facts")] : [])];
    widest = Math.max(widest, head.length);
    head.forEach((_, column) => {
      cells.set(`${rows.length},${column}`, { style: HEAD });
    });
    rows.push(head.map(write));
    if (body.length === 0) rows.push([write(empty ?? words("无。", "None."))]);
    for (const { cells: values, facts } of body) {
      const line = [...values.map(write), ...(facts === undefined ? [] : [facts.join(", ")])];
      line.forEach((_, column) => {
        cells.set(`${rows.length},${column}`, { style: BODY });
      });
      rows.push(line);
    }
  }
  return {
    name,
    rows,
    cells,
    columns: Array.from({ length: widest }, (_, column) => ({ width: column === 0 ? 34 : 22 })),
  };
}

function titles(rows: readonly CellValue[][]): NonNullable<WriteSheet["cells"]> {
  return new Map(
    rows.flatMap((row, position) => (row.length === 1 ? [[`${position},0`, { style: TITLE }] as const] : [])),
  );
}

/** Numbers stay numbers; a text never runs as a formula, nor reads as the code of a character. */
function cellValue(cell: Cell, { names }: Report, language: ReportLanguage): CellValue {
  if (cell === null) return null;
  if (typeof cell === "number") return cell;
  const text = inLanguage(cellTexts(cell, names), language).slice(0, LONGEST_TEXT - 100);
  return guard(text).replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
}
