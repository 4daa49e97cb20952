import type { Bilingual } from "../ontology.ts";
import type { Fault, Place } from "../records.ts";
import { type CsvProblem, type CsvRecord, CsvScanner, LONGEST_RECORD } from "./csv-scanner.ts";
import type { TextFile } from "./text-file.ts";

/** One record of a file, or one thing that is wrong with the text itself. */
export type CsvItem = CsvRow | { readonly fault: Fault };

/** `row` is the 1-based line on which the record begins; a header on the first line is row 1. */
export type CsvRow = CsvRecord;

/**
 * Reads the records of a CSV file as they stand: comma, double quotes, any line end; blank lines are passed over. A fault
 * of the text is yielded in its place; after broken quotes nothing more can be read, so that fault is the last item.
 */
export async function* readCsv(text: TextFile): AsyncGenerator<CsvItem> {
  for await (const items of readCsvInPieces(text)) yield* items;
}

/** As `readCsv`, as many at a time as a piece of the text holds: an asynchronous step for each row costs more than the row. */
export async function* readCsvInPieces(text: TextFile): AsyncGenerator<readonly CsvItem[]> {
  const scanner = new CsvScanner();
  for await (const piece of text.pieces()) {
    if (typeof piece !== "string") {
      yield [piece];
      return;
    }
    yield scanner.take(piece);
    if (scanner.problem !== undefined) break;
  }
  if (scanner.problem === undefined) yield scanner.end();
  if (scanner.problem !== undefined) yield [{ fault: faultOf(scanner.problem, text.file) }];
}

const MESSAGES: Readonly<Record<CsvProblem["problem"], Bilingual>> = {
  QUOTE_NOT_CLOSED: {
    en: 'a cell that begins with a quote " has no closing quote — close it, and double the quotes inside it',
    zh: '以引号 " 开头的单元格没有结束的引号——请补上，并把单元格内的引号写两遍',
  },
  QUOTE_IN_CELL: {
    en: 'a quote " stands inside a cell — put the whole cell in quotes and double the quotes inside it',
    zh: '单元格内有引号 "——请给整个单元格加引号，并把其中的引号写两遍',
  },
  RECORD_TOO_LONG: {
    en: `a record is longer than ${LONGEST_RECORD} characters — look for a quote that is not closed`,
    zh: `一条记录超过 ${LONGEST_RECORD} 个字符——请检查是否有未结束的引号`,
  },
};

function faultOf({ row, problem }: CsvProblem, file: string): Fault {
  const { en, zh } = MESSAGES[problem];
  return { place: { file, row }, code: problem, message: en, messageZh: zh };
}

/** That a file has no row at all. */
export function emptyFile(file: string): Fault {
  return {
    place: { file, row: 1 },
    code: "EMPTY_FILE",
    message: "the file has no header — add one or remove it",
    messageZh: "文件没有标题行——请添加，或移走此文件",
  };
}

/** That a row has more or fewer cells than its header. */
export function raggedRow(cells: number, width: number, place: Place): Fault {
  return {
    place,
    code: "RAGGED_ROW",
    message: `the row has ${cells} cells, the header ${width} — put a cell that holds a comma in quotes, or add the missing commas`,
    messageZh: `此行有 ${cells} 个单元格，标题行有 ${width} 个——含逗号的单元格请加引号，或补上缺少的逗号`,
  };
}
