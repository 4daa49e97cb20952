import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { GraphError } from "../errors.ts";
import { ENUMS, type EnumValue } from "../ontology.ts";
import { didYouMean } from "../validation/faults.ts";
import { isCsvName, openCsvInput } from "./csv-input.ts";
import { isEtoFolder, openEtoInput } from "./eto-input.ts";
import type { RecordInput } from "./input.ts";
import { openJsonlInput } from "./jsonl-input.ts";
import { openMappedInput } from "./mapped-input.ts";
import { openXlsxInput } from "./xlsx-input.ts";

export interface OpenInputOptions {
  /** One of `INPUT_FORMATS`; told by the names of the files where absent. */
  readonly format?: string | undefined;
  /** The data set of records that name none. */
  readonly dataset?: string | undefined;
  /** The mapping file; naming one is choosing the format `mapping`. */
  readonly mapping?: string | undefined;
  /** ETO only: what a class of items needs, ANY or ALL of its variants. */
  readonly variantMode?: string | undefined;
}

/** The formats that can be read, and what is said of each. */
export const INPUT_FORMATS = {
  csv: "CSV with neo4j-admin headers: a folder (dataset.json, nodes/, relationships/), or .csv and .csv.gz files",
  "csv-excel": "the same as Excel saves it: each cell loses one guard (') before =, +, -, @, tab or return",
  xlsx: "one Excel workbook (.xlsx) as the template has it: a sheet for each kind and type",
  jsonl: "JSON Lines: .jsonl or .jsonl.gz files, one record a line",
  mapping: "somebody else's .csv or .jsonl files, read as a mapping file says (--mapping FILE)",
  eto: "the folder of the ETO Advanced Semiconductor Supply Chain Dataset",
} as const;

export type InputFormat = keyof typeof INPUT_FORMATS;

/**
 * Opens files of any format we read as one input, in the format that is given or that their names tell.
 *
 * @throws GraphError BAD_INPUT where the paths are missing, of no format or of several, or an option does not fit
 * @throws InvalidRecordsError where a file as a whole is wrong
 */
export async function openInput(paths: readonly string[], options: OpenInputOptions = {}): Promise<RecordInput> {
  if (paths.length === 0)
    throw new GraphError("BAD_INPUT", `There is nothing to read — name a file or folder: ${formatList()}`);
  for (const path of paths)
    await stat(path).catch((cause: unknown) => {
      throw new GraphError("BAD_INPUT", `${path} cannot be read — check the path`, { cause });
    });
  const { mapping } = options;
  const named = options.format ?? (mapping === undefined ? undefined : "mapping");
  const format = named === undefined ? await formatOf(paths) : checkFormat(named);
  if (mapping !== undefined && format !== "mapping")
    throw new GraphError(
      "BAD_INPUT",
      `A mapping goes with the format mapping, not with ${format} — leave one of them out`,
    );
  if (mapping !== undefined)
    await stat(mapping).catch((cause: unknown) => {
      throw new GraphError("BAD_INPUT", `${mapping} cannot be read — check the path of the mapping`, { cause });
    });
  const variantMode = checkVariantMode(options.variantMode, format);
  switch (format) {
    case "csv":
      return openCsvInput(paths, { dataset: options.dataset, guarded: options.format === "csv" ? false : undefined });
    case "csv-excel":
      return openCsvInput(paths, { dataset: options.dataset, guarded: true });
    case "xlsx":
      return openXlsxInput(onlyOne(paths, format), { dataset: options.dataset });
    case "jsonl":
      return openJsonlInput(paths, { dataset: options.dataset });
    case "mapping":
      if (mapping === undefined)
        throw new GraphError("BAD_INPUT", "The format mapping needs a mapping file — name it (--mapping FILE)");
      return openMappedInput(paths, { mapping, dataset: options.dataset });
    case "eto":
      return openEtoInput(onlyOne(paths, format), { dataset: options.dataset, variantMode });
  }
}

async function formatOf(paths: readonly string[]): Promise<InputFormat> {
  const formats = new Set<InputFormat>();
  for (const path of paths) formats.add(await formatOfPath(path));
  const [format, other] = formats;
  if (format === undefined || other !== undefined)
    throw new GraphError(
      "BAD_INPUT",
      `One import takes one format, here are ${[...formats].join(" and ")} — import one after the other`,
    );
  return format;
}

async function formatOfPath(path: string): Promise<InputFormat> {
  const name = basename(path);
  if ((await stat(path)).isDirectory()) {
    if (await isEtoFolder(path)) return "eto";
    if (await looksLikeCsvFolder(path)) return "csv";
  } else if (isCsvName(name)) return "csv";
  else if (/\.xlsx$/i.test(name)) return "xlsx";
  else if (/\.(?:jsonl|ndjson)(?:\.gz)?$/i.test(name)) return "jsonl";
  throw new GraphError("BAD_INPUT", `${path} is in no format that we read — ${formatList()}`);
}

/** Whether there is something in a folder that CSV reading would take, or a folder of such. */
async function looksLikeCsvFolder(folder: string): Promise<boolean> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name === "dataset.json" || isCsvName(entry.name)) return true;
    if (entry.isDirectory() && (entry.name === "nodes" || entry.name === "relationships")) return true;
    if (entry.isDirectory() && (await readdir(join(folder, entry.name))).includes("dataset.json")) return true;
  }
  return false;
}

function checkFormat(format: string): InputFormat {
  const known = Object.keys(INPUT_FORMATS) as InputFormat[];
  const found = known.find((name) => name === format);
  if (found === undefined)
    throw new GraphError(
      "BAD_INPUT",
      `There is no format ${JSON.stringify(format)}${didYouMean(format, known)?.en ?? ""} — ${formatList()}`,
    );
  return found;
}

function checkVariantMode(mode: string | undefined, format: InputFormat): EnumValue<"VariantMode"> | undefined {
  if (mode === undefined) return undefined;
  if (format !== "eto")
    throw new GraphError(
      "BAD_INPUT",
      `The variant mode is an option of the format eto, not of ${format} — leave it out`,
    );
  const known = Object.keys(ENUMS.VariantMode) as EnumValue<"VariantMode">[];
  const found = known.find((name) => name === mode);
  if (found === undefined)
    throw new GraphError("BAD_INPUT", `There is no variant mode ${JSON.stringify(mode)} — use ${known.join(" or ")}`);
  return found;
}

function onlyOne(paths: readonly string[], format: InputFormat): string {
  const [path, other] = paths;
  if (path === undefined || other !== undefined)
    throw new GraphError(
      "BAD_INPUT",
      `The format ${format} takes one path, here are ${paths.length} — import one after the other`,
    );
  return path;
}

function formatList(): string {
  const lines = Object.entries(INPUT_FORMATS).map(([name, text]) => `\n  ${name.padEnd(10)} ${text}`);
  return `the formats are:${lines.join("")}`;
}
