import { CsvError, parse } from "csv-parse";
import type { Fault, Place } from "../records.ts";
import type { TextFile } from "./text-file.ts";

/** One record of a file, or one thing that is wrong with the text itself. */
export type CsvItem = CsvRow | { readonly fault: Fault };

export interface CsvRow {
  /** 1-based line on which the record begins; a header on the first line is row 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

const LONGEST_RECORD = 1_000_000;

/**
 * Reads the records of a CSV file as they stand: comma, double quotes, any line end; blank lines are passed over. A fault
 * of the text is yielded in its place; after broken quotes nothing more can be read, so that fault is the last item.
 */
export async function* readCsv(text: TextFile): AsyncGenerator<CsvItem> {
  const { file } = text;
  const ready: CsvRow[] = [];
  let line = 1;
  let failure: Error | undefined;
  const parser = parse({
    relax_column_count: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: LONGEST_RECORD,
    on_record(cells: string[]) {
      if (cells.length > 1 || cells[0] !== "") ready.push({ row: line, cells });
      // The parser's own count takes a CRLF inside quotes for two lines.
      line += 1 + lineBreaks(cells);
      return null;
    },
  });
  parser.on("error", (error) => {
    failure = error;
  });
  for await (const piece of text.pieces()) {
    if (typeof piece !== "string") {
      yield piece;
      return;
    }
    parser.write(piece);
    yield* ready.splice(0);
    if (failure !== undefined) break;
  }
  if (failure === undefined) {
    await new Promise<void>((resolve) => {
      parser.once("close", resolve);
      parser.resume();
      parser.end();
    });
    yield* ready.splice(0);
  }
  if (failure !== undefined) yield { fault: syntaxFault(failure, { file, row: line }) };
}

function lineBreaks(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

function syntaxFault(error: Error, place: Place): Fault {
  if (!(error instanceof CsvError)) throw error;
  switch (error.code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return {
        place,
        code: "QUOTE_NOT_CLOSED",
        message: 'a cell that begins with a quote " has no closing quote — close it, and double the quotes inside it',
      };
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
      return {
        place,
        code: "QUOTE_IN_CELL",
        message: 'a quote " stands inside a cell — put the whole cell in quotes and double the quotes inside it',
      };
    case "CSV_MAX_RECORD_SIZE":
      return {
        place,
        code: "RECORD_TOO_LONG",
        message: `a record is longer than ${LONGEST_RECORD} bytes — look for a quote that is not closed`,
      };
    default:
      throw error;
  }
}
