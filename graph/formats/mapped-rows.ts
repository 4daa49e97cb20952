import type { Bilingual } from "../ontology.ts";
import type { Fault, Place } from "../records.ts";
import { jsonProblem } from "./json-problem.ts";
import { readLines } from "./lines.ts";
import type { TextFile } from "./text-file.ts";
import { readTitledRows } from "./titled-rows.ts";

/** What a column holds in one row: text of CSV, a value of JSON; undefined where it is empty, absent or null. */
export type ForeignValue = string | number | boolean | readonly string[] | undefined;

/** A row of somebody else's file, by the names of its columns. */
export interface ForeignRow {
  readonly place: Place;
  value(column: string): ForeignValue;
}

/**
 * Reads a CSV file by its titles, or JSON Lines by its keys (`a.b` leads into an object). A list of JSON counts where all
 * of it is text, numbers as such; an object, or a list of more, counts as its JSON text.
 */
export async function* readForeignRows(
  text: TextFile,
  columns: readonly string[],
): AsyncGenerator<ForeignRow | { readonly fault: Fault }> {
  if (!/\.(?:jsonl|ndjson)(?:\.gz)?$/i.test(text.file)) {
    for await (const row of readTitledRows(text, columns))
      yield "fault" in row ? row : { place: row.place, value: (column) => row.cell(column) };
    return;
  }
  for await (const item of readLines(text)) {
    if ("fault" in item) {
      yield item;
      continue;
    }
    if (item.line.trim() === "") continue;
    const place = { file: text.file, row: item.row };
    const parsed = parseLine(item.line);
    if ("problem" in parsed) {
      const { en, zh } = parsed.problem;
      const message = `it is no JSON object (${en}) — write one whole object on each line`;
      const messageZh = `不是 JSON 对象（${zh}）——请每行写一个完整的对象`;
      yield { fault: { place, code: "BAD_JSON", message, messageZh } };
    } else yield { place, value: (column) => foreignValue(lookUp(parsed.value, column)) };
  }
}

function parseLine(line: string): { readonly value: object } | { readonly problem: Bilingual } {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { value }
      : { problem: { en: "it is a list or a single value", zh: "此行是列表或单个值" } };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: jsonProblem(error) };
  }
}

/** A key as it stands, or one step into an object for each dot. */
function lookUp(value: unknown, path: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if (Object.hasOwn(value, path)) return Reflect.get(value, path);
  const dot = path.indexOf(".");
  if (dot < 0 || !Object.hasOwn(value, path.slice(0, dot))) return undefined;
  return lookUp(Reflect.get(value, path.slice(0, dot)), path.slice(dot + 1));
}

function foreignValue(value: unknown): ForeignValue {
  if (value === null || value === undefined || value === "") return undefined;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value) && value.every((element) => typeof element === "string" || typeof element === "number"))
    return value.length === 0 ? undefined : value.map(String);
  return JSON.stringify(value);
}
