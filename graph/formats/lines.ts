import type { Fault } from "../records.ts";
import type { TextFile } from "./text-file.ts";

/** One line of a file without its end, or one thing that is wrong with the text. */
export type LineItem = { readonly row: number; readonly line: string } | { readonly fault: Fault };

/** Characters; a longer line is passed over and named. */
const LONGEST_LINE = 4_000_000;

/** Reads a file line by line (LF or CRLF), never holding more than one line of the longest length. */
export async function* readLines(text: TextFile): AsyncGenerator<LineItem> {
  let rest = "";
  let row = 1;
  let isTooLong = false;
  const tooLong = (): LineItem => ({
    fault: {
      place: { file: text.file, row },
      code: "LINE_TOO_LONG",
      message: `the line is longer than ${LONGEST_LINE} characters — write one record a line`,
      messageZh: `此行超过 ${LONGEST_LINE} 个字符——请一行写一条记录`,
    },
  });
  for await (const piece of text.pieces()) {
    if (typeof piece !== "string") {
      yield piece;
      return;
    }
    let start = 0;
    for (let end = piece.indexOf("\n"); end >= 0; end = piece.indexOf("\n", start)) {
      const line = rest + piece.slice(start, end);
      if (isTooLong || line.length > LONGEST_LINE) yield tooLong();
      else yield { row, line: line.endsWith("\r") ? line.slice(0, -1) : line };
      rest = "";
      isTooLong = false;
      start = end + 1;
      row += 1;
    }
    if (!isTooLong) rest += piece.slice(start);
    if (rest.length > LONGEST_LINE) {
      rest = "";
      isTooLong = true;
    }
  }
  if (isTooLong) yield tooLong();
  else if (rest !== "") yield { row, line: rest };
}
