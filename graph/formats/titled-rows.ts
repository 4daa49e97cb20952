import type { Fault, Place } from "../records.ts";
import { didYouMean, shown } from "../validation/faults.ts";
import { raggedRow, readCsv } from "./csv.ts";
import type { TextFile } from "./text-file.ts";

/** A row whose cells are found by the titles of the header; an empty cell is undefined. */
export interface TitledRow {
  readonly place: Place;
  cell(title: string): string | undefined;
}

/**
 * Reads a CSV file of whatever columns by the titles of its header. The faults are of the text, of rows that do not fit
 * the header, and of `wanted` titles that the header lacks; after those nothing comes.
 */
export async function* readTitledRows(
  text: TextFile,
  wanted: readonly string[],
): AsyncGenerator<TitledRow | { readonly fault: Fault }> {
  const { file } = text;
  let titles: ReadonlyMap<string, number> | undefined;
  let width = 0;
  for await (const item of readCsv(text)) {
    if ("fault" in item) {
      yield item;
      continue;
    }
    const { row, cells } = item;
    const place = { file, row };
    if (titles === undefined) {
      width = cells.length;
      titles = new Map(cells.map((title, index) => [title.trim(), index]));
      const known = titles;
      const missing = wanted.filter((title) => !known.has(title));
      for (const title of missing) yield { fault: missingTitle(title, [...known.keys()], place) };
      if (missing.length > 0) return;
    } else if (cells.length !== width) yield { fault: raggedRow(cells.length, width, place) };
    else yield new TitledCells(place, cells, titles);
  }
  if (titles === undefined) {
    const message = `the file has no header — it needs the columns ${wanted.join(", ")}`;
    const messageZh = `文件没有标题行——须有这些列：${wanted.join("、")}`;
    yield { fault: { place: { file, row: 1 }, code: "EMPTY_FILE", message, messageZh } };
  }
}

class TitledCells implements TitledRow {
  readonly place: Place;
  readonly #cells: readonly string[];
  readonly #titles: ReadonlyMap<string, number>;

  constructor(place: Place, cells: readonly string[], titles: ReadonlyMap<string, number>) {
    this.place = place;
    this.#cells = cells;
    this.#titles = titles;
  }

  cell(title: string): string | undefined {
    const text = this.#cells[this.#titles.get(title) ?? -1]?.trim();
    return text === "" ? undefined : text;
  }
}

function missingTitle(title: string, known: readonly string[], place: Place): Fault {
  const remedy = didYouMean(title, known) ?? {
    en: ` — it has ${known.join(", ")}`,
    zh: `——现有的列是 ${known.join("、")}，请补上或改正标题`,
  };
  return {
    place,
    field: title,
    code: "MISSING_COLUMN",
    message: `the header has no column ${shown(title)}${remedy.en}`,
    messageZh: `标题行中没有 ${shown(title)} 列${remedy.zh}`,
  };
}
