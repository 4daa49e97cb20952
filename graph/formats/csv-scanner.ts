/** One record of CSV text: its cells, and the line on which it begins. */
export interface CsvRecord {
  readonly row: number;
  readonly cells: readonly string[];
}

/** Why no more can be read; `row` is the line on which the broken record begins. */
export interface CsvProblem {
  readonly row: number;
  readonly problem: "QUOTE_NOT_CLOSED" | "QUOTE_IN_CELL" | "RECORD_TOO_LONG";
}

/** Characters of a record, quotes included. */
export const LONGEST_RECORD = 1_000_000;

const LINE_BREAK = /\r\n|\n|\r/g;

type Scanned = { readonly cells: string[]; readonly next: number; readonly lines: number };

/**
 * Finds the records of CSV text that comes in pieces: comma, double quotes, any line end; blank lines are passed over.
 * Holds no more than one record and one piece.
 */
export class CsvScanner {
  #text = "";
  #row = 1;
  #problem: CsvProblem | undefined;

  /** What stopped the reading. */
  get problem(): CsvProblem | undefined {
    return this.#problem;
  }

  /** The records that end within this piece. */
  take(piece: string): CsvRecord[] {
    return this.#scan(piece, false);
  }

  /** The last record, where no line end follows it. */
  end(): CsvRecord[] {
    return this.#scan("", true);
  }

  #scan(piece: string, isEnd: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    const text = this.#text + piece;
    let start = 0;
    let quote = find(text, '"', 0);
    let lf = find(text, "\n", 0);
    let cr = find(text, "\r", 0);
    while (this.#problem === undefined && start < text.length) {
      if (quote < start) quote = find(text, '"', start);
      if (lf < start) lf = find(text, "\n", start);
      if (cr < start) cr = find(text, "\r", start);
      const end = Math.min(lf, cr, text.length);
      let scanned: Scanned | CsvProblem["problem"] | undefined;
      if (quote < end) scanned = scanQuoted(text, start, isEnd);
      else if (isWhole(text, end, isEnd))
        scanned = { cells: text.slice(start, end).split(","), next: afterBreak(text, end), lines: 1 };
      if (scanned === undefined) break;
      if (typeof scanned === "string") this.#fail(scanned);
      else if (scanned.next - start > LONGEST_RECORD) this.#fail("RECORD_TOO_LONG");
      else {
        const { cells, next, lines } = scanned;
        if (cells.length > 1 || cells[0] !== "") records.push({ row: this.#row, cells });
        this.#row += lines;
        start = next;
      }
    }
    this.#text = text.slice(start);
    if (this.#text.length > LONGEST_RECORD) this.#fail("RECORD_TOO_LONG");
    return records;
  }

  #fail(problem: CsvProblem["problem"]): void {
    this.#problem ??= { row: this.#row, problem };
    this.#text = "";
  }
}

/** A record with quotes; undefined where more text must come first. */
function scanQuoted(text: string, start: number, isEnd: boolean): Scanned | CsvProblem["problem"] | undefined {
  const cells: string[] = [];
  let lines = 1;
  let at = start;
  for (;;) {
    let end: number;
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close === undefined) return isEnd ? "QUOTE_NOT_CLOSED" : undefined;
      end = close + 1;
      if (end === text.length && !isEnd) return undefined;
      const cell = text.slice(at + 1, close).replaceAll('""', '"');
      lines += cell.match(LINE_BREAK)?.length ?? 0;
      cells.push(cell);
      if (end < text.length && !",\r\n".includes(text[end]!)) return "QUOTE_IN_CELL";
    } else {
      end = Math.min(find(text, ",", at), find(text, "\n", at), find(text, "\r", at), text.length);
      if (end === text.length && !isEnd) return undefined;
      const cell = text.slice(at, end);
      if (cell.includes('"')) return "QUOTE_IN_CELL";
      cells.push(cell);
    }
    if (text[end] !== ",") return isWhole(text, end, isEnd) ? { cells, next: afterBreak(text, end), lines } : undefined;
    at = end + 1;
  }
}

/** Where the quotes end that are open at `at`, over doubled ones. */
function closingQuote(text: string, at: number): number | undefined {
  for (let quote = text.indexOf('"', at); quote >= 0; quote = text.indexOf('"', quote + 2))
    if (text[quote + 1] !== '"') return quote;
  return undefined;
}

/** Whether the record that ends here surely ends here: a return may have a line feed behind it. */
function isWhole(text: string, end: number, isEnd: boolean): boolean {
  if (isEnd) return true;
  return end < text.length && (text[end] !== "\r" || end + 1 < text.length);
}

function afterBreak(text: string, end: number): number {
  return text[end] === "\r" && text[end + 1] === "\n" ? end + 2 : end + 1;
}

/** The next place of a character, beyond all text where there is none. */
function find(text: string, character: string, from: number): number {
  const found = text.indexOf(character, from);
  return found < 0 ? Number.POSITIVE_INFINITY : found;
}
