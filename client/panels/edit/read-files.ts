import { type CellValue, readXlsx } from "hucre/xlsx";
import { CsvScanner } from "../../../graph/formats/csv-scanner.ts";
import { decode, detectEncoding } from "../../../graph/formats/encoding.ts";
import { readBook } from "../../../graph/formats/xlsx-book.ts";
import { cellText } from "../../../graph/formats/xlsx-cells.ts";
import { DATASET_LABELS, INSTRUCTIONS_SHEET } from "../../../graph/formats/xlsx-sheets.ts";
import { templateWorkbook } from "../../../graph/formats/xlsx-template.ts";
import { unpackedSize } from "../../../graph/formats/zip-size.ts";
import type { UserError } from "../../api/edit.ts";

/** A sheet, or a file of rows, as its author sees it. */
export interface Sheet {
  readonly name: string;
  readonly header: readonly string[];
  /** By the number of the row; the header is row 1. */
  readonly rows: ReadonlyMap<number, readonly string[]>;
}

/** What is wrong, and in which cell. */
export interface CellFault {
  readonly sheet: Sheet | null;
  readonly row: number | null;
  /** Index of the column; null where it is about the row, or a column that is not there. */
  readonly column: number | null;
  readonly columnName: string;
  readonly code: string;
  /** In English, and the same in Chinese; the places that they name are as the author of the files knows them. */
  readonly message: string;
  readonly messageZh: string;
}

/** Chosen files, ready to be sent. */
export interface ReadFiles {
  readonly names: readonly string[];
  readonly format: "CSV" | "JSONL";
  readonly content: readonly string[];
  /** The data set that they say they are; null where they do not. */
  readonly dataset: string | null;
  readonly rows: number;
  /** What is seen to be wrong before they are sent. */
  readonly faults: readonly CellFault[];
  /** Where in the files an error of the service is. */
  readonly place: (error: UserError) => CellFault;
}

/** Why files cannot be read at all. */
export class UnreadableFiles extends Error {
  readonly reason: "mixed" | "binary" | "workbook" | "tooLarge";

  constructor(reason: UnreadableFiles["reason"]) {
    super(reason);
    this.reason = reason;
  }
}

const LARGEST_UNPACKED = 64 * 1024 * 1024;

/** An empty workbook to fill in. */
export async function template(): Promise<Blob> {
  const bytes = new Uint8Array(await templateWorkbook());
  return new Blob([bytes], { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });
}

/**
 * Reads one workbook, or files of CSV or JSON Lines. Nothing is judged here but what the text itself does not hold.
 *
 * @throws UnreadableFiles
 */
export async function readFiles(files: readonly File[]): Promise<ReadFiles> {
  const endings = new Set(files.map(({ name }) => name.toLowerCase().replace(/^.*\./, "")));
  const [ending = ""] = endings;
  if (endings.size > 1) throw new UnreadableFiles("mixed");
  if (ending === "xlsx" && files[0] !== undefined && files.length === 1) return readWorkbook(files[0]);
  if (ending === "xlsx") throw new UnreadableFiles("mixed");
  const texts: string[] = [];
  for (const file of files) texts.push(await textOf(file));
  const names = files.map(({ name }) => name);
  return ending === "csv" ? readCsv(names, texts) : readJsonl(names, texts);
}

async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const source = async function* () {
    yield bytes;
  };
  const detection = await detectEncoding(source);
  if ("problem" in detection) throw new UnreadableFiles("binary");
  let text = "";
  for await (const piece of decode(source, detection.encoding)) text += piece;
  return text;
}

function readCsv(names: readonly string[], texts: readonly string[]): ReadFiles {
  const sheets = texts.map((text, index): Sheet => {
    const scanner = new CsvScanner();
    const [header, ...rows] = [...scanner.take(text), ...scanner.end()];
    return {
      name: names[index] ?? "",
      header: header?.cells ?? [],
      rows: new Map(rows.map(({ row, cells }) => [row, cells])),
    };
  });
  return {
    ...{ names, format: "CSV", content: texts, dataset: null, faults: [], rows: rowsOf(sheets) },
    place: placesIn(sheets),
  };
}

/** Where an error of the service is in the texts that these sheets are. */
function placesIn(sheets: readonly Sheet[]): ReadFiles["place"] {
  const nameOf = (file: number, row: number): string => `${sheets[file]?.name ?? ""}:${row}`;
  return (error) => {
    const { file, row, field } = placeOf(error);
    const sheet = sheets[file] ?? null;
    return faultIn(sheet, row, columnOf(sheet, field), field, withPlaces(error, nameOf));
  };
}

/** A column by its whole header, or by the property before its type. */
function columnOf(sheet: Sheet | null, field: string): number | null {
  if (sheet === null || field === "") return null;
  const at = sheet.header.findIndex((title) => title === field || title.split(":")[0] === field);
  return at === -1 ? null : at;
}

function readJsonl(names: readonly string[], texts: readonly string[]): ReadFiles {
  const sheets = texts.map((text, index): Sheet => {
    const lines = text.split(/\r\n|\n|\r/);
    const records = lines.map(recordOf);
    const header = [...new Set(records.flatMap((record) => Object.keys(record)))];
    const rows = records.flatMap((record, at): [number, string[]][] =>
      (lines[at] ?? "").trim() === "" ? [] : [[at + 1, header.map((key) => record[key] ?? "")]],
    );
    return { name: names[index] ?? "", header, rows: new Map(rows) };
  });
  return {
    ...{ names, format: "JSONL", content: texts, dataset: null, faults: [], rows: rowsOf(sheets) },
    place: placesIn(sheets),
  };
}

/** A line's record as cells by their names; empty where it is none. */
function recordOf(line: string): Readonly<Record<string, string>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return {};
  }
  if (typeof value !== "object" || value === null) return {};
  const { properties, ...rest } = value as { readonly properties?: object };
  const cells = Object.entries({ ...rest, ...properties });
  return Object.fromEntries(cells.map(([key, cell]) => [key, typeof cell === "string" ? cell : JSON.stringify(cell)]));
}

/** A workbook travels as JSON Lines, a record a line; each line knows its sheet and row. */
async function readWorkbook(file: File): Promise<ReadFiles> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const size = unpackedSize(bytes);
  if (size === undefined) throw new UnreadableFiles("workbook");
  if (size > LARGEST_UNPACKED) throw new UnreadableFiles("tooLarge");
  const workbook = await readXlsx(bytes).catch(() => {
    throw new UnreadableFiles("workbook");
  });
  const sheets = new Map(
    workbook.sheets.map(({ name, rows }): [string, Sheet] => [
      `${file.name}[${name}]`,
      {
        name,
        header: (rows[0] ?? []).map(cellText),
        rows: new Map(rows.slice(1).map((row, at) => [at + 2, row.map(cellText)])),
      },
    ]),
  );
  const lines: string[] = [];
  const places: { readonly file: string; readonly row: number; readonly columns?: Readonly<Record<string, string>> }[] =
    [];
  const faults: CellFault[] = [];
  const { faults: unread, read } = readBook(workbook, { file: file.name, dataset: "" });
  for (const item of [...unread, ...read("kind").flatMap(all), ...read("type").flatMap(all)]) {
    if ("fault" in item) {
      const { place, field } = item.fault;
      const column = field === undefined ? "" : (place?.columns?.[field] ?? field);
      faults.push(
        faultIn(sheets.get(place?.file ?? "") ?? null, place?.row ?? null, letterOf(column), column, item.fault),
      );
      continue;
    }
    const { place, properties, ...record } = item;
    const { dataset, ...rest } = properties;
    lines.push(JSON.stringify({ ...record, properties: dataset === "" ? rest : properties }));
    places.push(place ?? { file: "", row: 0 });
  }
  const nameOf = (_: number, line: number): string => {
    const place = places[line - 1];
    return `${place?.file ?? file.name}:${place?.row ?? line}`;
  };
  return {
    ...{ names: [file.name], format: "JSONL", content: [lines.join("\n")], faults, rows: lines.length },
    dataset: datasetOf(workbook.sheets.find(({ name }) => name === INSTRUCTIONS_SHEET)?.rows ?? []),
    place: (error) => {
      const { row: line, field } = placeOf(error);
      const place = line === null ? undefined : places[line - 1];
      const column = place?.columns?.[field] ?? field;
      return faultIn(
        sheets.get(place?.file ?? "") ?? null,
        place?.row ?? null,
        letterOf(column),
        column,
        withPlaces(error, nameOf),
      );
    },
  };
}

function all<Item>(items: Iterable<Item>): Item[] {
  return [...items];
}

/** The name of the data set that the first sheet gives. */
function datasetOf(rows: readonly (readonly CellValue[])[]): string | null {
  const row = rows.find(([label]) => cellText(label ?? null).trim() === DATASET_LABELS.name);
  const name = cellText(row?.[1] ?? null).trim();
  return name === "" ? null : name;
}

/** The index of the column whose name begins with its letters: `C 名称` → 2. */
function letterOf(column: string): number | null {
  const letters = /^([A-Z]{1,3})(?: |$)/.exec(column)?.[1];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** `content[0]:12.country` → file 0, row 12, country. */
function placeOf({ path }: UserError): { readonly file: number; readonly row: number | null; readonly field: string } {
  const [, file = "0", row, field = ""] = /^content\[(\d+)\](?::(\d+))?\.?(.*)$/.exec(path ?? "") ?? [];
  return { file: Number(file), row: row === undefined ? null : Number(row), field };
}

function faultIn(
  sheet: Sheet | null,
  row: number | null,
  column: number | null,
  columnName: string,
  { code, message, messageZh }: Pick<UserError, "code" | "message" | "messageZh">,
): CellFault {
  return { sheet, row, column, columnName, code, message, messageZh };
}

/** An error whose sentences name other rows as the author of the files does: `firms.csv:12` for `content[0]:12`. */
function withPlaces(error: UserError, nameOf: (file: number, row: number) => string): UserError {
  const named = (text: string): string =>
    text.replaceAll(/\bcontent\[(\d+)\]:(\d+)/g, (_, file: string, row: string) => nameOf(Number(file), Number(row)));
  return { ...error, message: named(error.message), messageZh: named(error.messageZh) };
}

function rowsOf(sheets: readonly Sheet[]): number {
  return sheets.reduce((sum, { rows }) => sum + rows.size, 0);
}
