import { cellTexts, inLanguage } from "../../graph/report/cell-text.ts";
import type { Names } from "../../graph/report/names.ts";
import type { Statement, Table } from "../../graph/report/table.ts";

/** Columns of a terminal that one cell takes at most. */
const WIDEST = 56;
const GAP = "  ";

/** The lines of a table: its title, its columns' names and its rows, aligned. */
export function tableLines(table: Table, names: Names): readonly string[] {
  const head = table.columns.map((column) => printable(inLanguage(column, "BOTH")));
  const body = table.rows.map(({ cells }) =>
    cells.map((cell) => printable(inLanguage(cellTexts(cell, names), "BOTH"))),
  );
  const all = [head, ...body].map((cells) => cells.map((text) => cut(text, WIDEST)));
  const widths = head.map((_, column) => Math.max(...all.map((cells) => displayWidth(cells[column] ?? ""))));
  const line = (cells: readonly string[]) =>
    cells
      .map((text, column) => text + " ".repeat(widths[column]! - displayWidth(text)))
      .join(GAP)
      .trimEnd();
  const rule = widths.map((width) => "-".repeat(width)).join(GAP);
  const title = `${printable(inLanguage(table.title, "BOTH"))} (${table.rows.length})`;
  return table.rows.length === 0 ? [title] : [title, line(all[0]!), rule, ...all.slice(1).map(line)];
}

/** One line for each statement, the labels aligned. */
export function statementLines(statements: readonly Statement[], names: Names): readonly string[] {
  const labels = statements.map(({ label }) => inLanguage(label, "BOTH"));
  const widest = Math.max(0, ...labels.map(displayWidth));
  return statements.map(({ value }, position) => {
    const label = labels[position]!;
    const text = printable(inLanguage(cellTexts(value, names), "BOTH"));
    return `${label}${" ".repeat(widest - displayWidth(label))}${GAP}${text}`;
  });
}

/** Columns of a terminal that a text takes: a full-width character two, one that is put upon another none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const sign of text) width += signWidth(sign);
  return width;
}

function signWidth(sign: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(sign)) return 0;
  return FULL_WIDTH.test(sign) ? 2 : 1;
}

/** East Asian Width W and F (Unicode UAX #11), and what terminals draw as wide pictures. */
const FULL_WIDTH =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]$/u;

/** A text without what would steer the terminal or break the line. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, " ");
}

function cut(text: string, most: number): string {
  if (displayWidth(text) <= most) return text;
  let kept = "";
  let width = 0;
  for (const sign of text) {
    width += signWidth(sign);
    if (width > most - 1) break;
    kept += sign;
  }
  return `${kept.trimEnd()}…`;
}
