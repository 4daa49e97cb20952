import { type CellValue, colToLetter, type Sheet } from "hucre/xlsx";
import {
  type EntityRecord,
  type Fault,
  type Place,
  type PropertyValue,
  type RelationshipRecord,
  relationshipId,
} from "../records.ts";
import { didYouMean, shown } from "../validation/faults.ts";
import type { InputFault } from "./input.ts";
import type { TableOrigin } from "./table.ts";
import { cellText, readWorkbookCell } from "./xlsx-cells.ts";
import type { SheetColumn, SheetDefinition } from "./xlsx-sheets.ts";

interface PlacedColumn extends SheetColumn {
  readonly index: number;
}

/** The records of one sheet; every row that is none is a fault, with the letter and title of its column. */
export function* readSheet(
  sheet: Sheet,
  definition: SheetDefinition,
  { file: book, dataset }: TableOrigin,
): Generator<EntityRecord | RelationshipRecord | InputFault> {
  const file = `${book}[${sheet.name}]`;
  const header = readTitles(sheet, definition, file);
  for (const fault of header.faults) yield { fault };
  const needed = "kind" in definition ? ["id"] : ["from", "to"];
  if (needed.some((key) => !header.columns.some((column) => column.key === key))) return;
  const columns = columnNames(header.columns);
  for (let index = header.rows; index < sheet.rows.length; index++) {
    const cells = sheet.rows[index] ?? [];
    if (cells.every((cell) => cell === null || cell === "")) continue;
    const place = { file, row: index + 1, columns };
    const row = readRow(sheet, index, header.columns, place);
    const id = row.texts.get("id") ?? "";
    if (row.faults.length > 0) {
      for (const fault of row.faults) yield "kind" in definition ? { fault, unread: id } : { fault };
      continue;
    }
    const properties = { dataset, ...row.properties };
    if ("kind" in definition) yield { id, kind: definition.kind, properties, place };
    else {
      const from = row.texts.get("from") ?? "";
      const to = row.texts.get("to") ?? "";
      const { type } = definition;
      yield { id: id === "" ? relationshipId(from, type, to, properties) : id, type, from, to, properties, place };
    }
  }
}

/** Finds the columns by their titles in the first row, or by their keys in the first or second. */
function readTitles(
  sheet: Sheet,
  definition: SheetDefinition,
  file: string,
): { readonly columns: readonly PlacedColumn[]; readonly rows: number; readonly faults: readonly Fault[] } {
  const titles = (sheet.rows[0] ?? []).map((cell) => cellText(cell).trim());
  const keys = (sheet.rows[1] ?? []).map((cell) => cellText(cell).trim());
  const isKey = (text: string): boolean => text === "" || definition.columns.some(({ key }) => key === text);
  const hasKeys = keys.some((key) => key !== "") && keys.every(isKey);
  const rows = hasKeys ? 2 : 1;
  const faults: Fault[] = [];
  const columns: PlacedColumn[] = [];
  const place = { file, row: 1 };
  const width = sheet.rows.reduce((most, row) => Math.max(most, row.length), 0);
  for (let index = 0; index < width; index++) {
    const title = titles[index] ?? "";
    const key = hasKeys ? (keys[index] ?? "") : "";
    const column = columnOf(key === "" ? title : key, definition);
    if (column !== undefined && columns.some((known) => known.key === column.key)) {
      faults.push({
        place,
        field: `${colToLetter(index)} ${title}`,
        value: title,
        code: "DUPLICATE_COLUMN",
        message: `the sheet has the column ${shown(column.title)} twice — remove one of them`,
        messageZh: `工作表中 ${shown(column.title)} 列出现了两次——请删去其中一列`,
      });
    } else if (column !== undefined) columns.push({ ...column, index });
    else if (title !== "" || sheet.rows.slice(rows).some((row) => (row[index] ?? "") !== "")) {
      const known = definition.columns.map((one) => one.title);
      const remedy = didYouMean(title, known) ?? {
        en: ` — the columns are ${known.join("、")}; remove it or correct its title`,
        zh: `——可用的列有 ${known.join("、")}；请删去此列或改正标题`,
      };
      const problem =
        title === ""
          ? { en: "there are values in a column without a title", zh: "没有标题的列中有值" }
          : { en: `${definition.name} has no column ${shown(title)}`, zh: `${definition.name}没有 ${shown(title)} 列` };
      faults.push({
        place,
        field: `${colToLetter(index)} ${title}`.trim(),
        value: title,
        code: "UNKNOWN_COLUMN",
        message: problem.en + remedy.en,
        messageZh: problem.zh + remedy.zh,
      });
    }
  }
  for (const { key, title } of definition.columns)
    if (
      ["from", "to", ...("kind" in definition ? ["id"] : [])].includes(key) &&
      !columns.some((one) => one.key === key)
    ) {
      const message = `the sheet has no column ${shown(title)} (${key}) — add it`;
      const messageZh = `工作表没有 ${shown(title)} 列（${key}）——请添加`;
      faults.push({ place, field: title, code: "MISSING_COLUMN", message, messageZh });
    }
  return { columns, rows, faults };
}

function columnOf(title: string, { columns }: SheetDefinition): SheetColumn | undefined {
  if (title === "") return undefined;
  const wanted = title.toLowerCase();
  return (
    columns.find(({ key }) => key === title) ??
    columns.find((column) => column.title === title) ??
    columns.find(({ titleEn }) => titleEn.toLowerCase() === wanted)
  );
}

/** How faults call the columns, by the fields that the checks know. */
function columnNames(columns: readonly PlacedColumn[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.map(({ key, title, index }) => [fieldOf(key), `${colToLetter(index)} ${title} (${key})`]),
  );
}

/** What the checks call a column. */
function fieldOf(key: string): string {
  return key === "from" ? ":START_ID" : key === "to" ? ":END_ID" : key;
}

interface ReadRow {
  /** Cells that are no properties: `id`, `from` and `to`. */
  readonly texts: ReadonlyMap<string, string>;
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly faults: readonly Fault[];
}

function readRow(sheet: Sheet, index: number, columns: readonly PlacedColumn[], place: Place): ReadRow {
  const texts = new Map<string, string>();
  const properties: Record<string, PropertyValue> = {};
  const faults: Fault[] = [];
  for (const { key, definition, index: column } of columns) {
    const cell: CellValue = sheet.rows[index]?.[column] ?? null;
    const details = sheet.cells?.get(`${index},${column}`);
    if (details?.type === "error" || (typeof cell === "string" && FORMULA_ERROR.test(cell))) {
      const value = cellText(cell);
      const message = `the formula gives the error ${shown(value)} — correct it, or write the value itself`;
      const messageZh = `公式的结果是错误 ${shown(value)}——请改正公式，或直接填写值`;
      faults.push({ place, field: fieldOf(key), value, code: "FORMULA_ERROR", message, messageZh });
    } else if (details?.formula !== undefined && cell === null) {
      const value = `=${details.formula}`;
      const message = `the formula ${shown(value)} has no stored result — open the file in Excel and save it, or write the value itself`;
      const messageZh = `公式 ${shown(value)} 没有保存结果——请用 Excel 打开文件并保存，或直接填写值`;
      faults.push({ place, field: fieldOf(key), value, code: "FORMULA_WITHOUT_RESULT", message, messageZh });
    } else if (key === "id" || key === "from" || key === "to") texts.set(key, cellText(cell).trim());
    else {
      const value = readWorkbookCell(cell, definition);
      if (value !== undefined) properties[key] = value;
    }
  }
  return { texts, properties, faults };
}

const FORMULA_ERROR = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/;
