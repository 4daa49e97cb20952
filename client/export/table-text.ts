/** What a table shows, row by row: the text of its cells, with those parts apart that stand apart. */
export function tableText(table: HTMLTableElement): string[][] {
  return [...table.rows].map((row) => [...row.cells].map(shownText));
}

function shownText(cell: HTMLElement): string {
  // biome-ignore lint/performance/useDomNodeTextContent: only the rendered text keeps badges and lines of a cell apart
  return cell.innerText.trim().replace(/\s*\n\s*/g, "; ");
}
