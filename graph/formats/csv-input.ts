import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Fault } from "../records.ts";
import { InvalidRecordsError } from "../validation/faults.ts";
import type { FileSort } from "./columns.ts";
import { type CsvItem, emptyFile, readCsv, readCsvInPieces } from "./csv.ts";
import { csvFiles, type Dataset, readDescription } from "./dataset.ts";
import { namedDataset } from "./dataset-name.ts";
import { unguard } from "./excel-guard.ts";
import { isOfNodes, isOfRelationships, type RecordInput } from "./input.ts";
import { readRecords, type TableItem } from "./table.ts";
import { openTextFile, type TextFile } from "./text-file.ts";

export interface CsvInputOptions {
  /** The data set of rows that name none; it goes before what a dataset.json says. */
  readonly dataset?: string | undefined;
  /** Whether cells carry Excel's guard; by default those of a file with a byte order mark do, as `csv-excel` writes. */
  readonly guarded?: boolean | undefined;
}

interface SortedFile {
  readonly text: TextFile;
  readonly sort: FileSort;
  /** The data set that the folder's dataset.json names. */
  readonly dataset?: string;
}

/**
 * CSV with the headers of neo4j-admin: folders (dataset.json, nodes/ and relationships/, or files side by side, or a
 * folder for each data set, as export writes them), or any files. Those beyond the two folders are nodes or relationships by their header. Groups of ids are read over: an id
 * is unique over all of them. Each may be packed (.csv.gz).
 *
 * @throws InvalidRecordsError where dataset.json is wrong, or nothing can be read as nodes or relationships
 * @throws GraphError BAD_INPUT where nothing names the data set
 */
export async function openCsvInput(paths: readonly string[], options: CsvInputOptions = {}): Promise<RecordInput> {
  const faults: Fault[] = [];
  const described: Dataset[] = [];
  const files: SortedFile[] = [];
  for (const path of paths) {
    if (!(await stat(path)).isDirectory()) files.push(...(await sortedByHeader(path, basename(path), faults)));
    else
      for (const folder of await datasetFolders(path)) {
        const { dataset, found } = await readFolder(folder, faults);
        if (dataset !== undefined) described.push(dataset);
        files.push(...(dataset === undefined ? found : found.map((file) => ({ ...file, dataset: dataset.name }))));
      }
  }
  if (faults.length > 0) throw new InvalidRecordsError(faults);
  const [first, ...others] = described;
  const dataset =
    first === undefined ? namedDataset(options.dataset) : { ...first, name: options.dataset ?? first.name };
  const datasetOf = (file: SortedFile): string => options.dataset ?? file.dataset ?? dataset.name;
  const read = (sort: FileSort) =>
    readFiles(
      files.filter((file) => file.sort === sort),
      datasetOf,
      options.guarded,
    );
  return {
    dataset,
    ...(others.length === 0 ? {} : { others }),
    size: files.reduce((sum, { text }) => sum + text.bytes, 0),
    async *entities() {
      for await (const items of read("nodes")) yield items.filter(isOfNodes);
    },
    async *relationships() {
      for await (const items of read("relationships")) yield items.filter(isOfRelationships);
    },
  };
}

async function* readFiles(
  files: readonly SortedFile[],
  datasetOf: (file: SortedFile) => string,
  guarded: boolean | undefined,
): AsyncGenerator<readonly TableItem[]> {
  for (const file of files) {
    const { text, sort } = file;
    const isGuarded = guarded ?? (await text.hasMark());
    const pieces = readCsvInPieces(text);
    const rows = isGuarded ? unguarded(pieces) : pieces;
    yield* readRecords(rows, sort, { dataset: datasetOf(file), file: text.file });
  }
}

async function* unguarded(pieces: AsyncIterable<readonly CsvItem[]>): AsyncGenerator<readonly CsvItem[]> {
  for await (const items of pieces)
    yield items.map((item) => ("fault" in item ? item : { row: item.row, cells: item.cells.map(unguard) }));
}

/** The folder itself, or those in it that each hold a data set. */
async function datasetFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const isOne = entries.some(({ name }) => name === "dataset.json" || name === "nodes" || isCsvName(name));
  if (isOne) return [folder];
  const found: string[] = [];
  for (const entry of entries)
    if (entry.isDirectory() && (await readdir(join(folder, entry.name))).includes("dataset.json"))
      found.push(join(folder, entry.name));
  return found.length === 0 ? [folder] : found.sort();
}

async function readFolder(
  folder: string,
  faults: Fault[],
): Promise<{ readonly dataset: Dataset | undefined; readonly found: SortedFile[] }> {
  const name = basename(resolve(folder));
  const entries = await readdir(folder, { withFileTypes: true });
  const has = (entry: string): boolean => entries.some((known) => known.name === entry);
  const dataset = has("dataset.json") ? await readDescription(folder, name, faults) : undefined;
  const found: SortedFile[] = [];
  for (const sort of ["nodes", "relationships"] as const)
    if (has(sort))
      for (const file of await csvFiles(folder, name, sort, faults))
        found.push({ sort, text: await openTextFile(join(folder, sort, file), `${name}/${sort}/${file}`) });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1)))
    if (entry.isFile() && isCsvName(entry.name))
      found.push(...(await sortedByHeader(join(folder, entry.name), `${name}/${entry.name}`, faults)));
  if (found.length === 0 && faults.length === 0)
    faults.push({
      place: { file: name, row: 1 },
      code: "NO_FILES",
      message: "there is no .csv or .csv.gz file in this folder — put at least one there",
      messageZh: "此文件夹中没有 .csv 或 .csv.gz 文件——请至少放入一个",
    });
  return { dataset, found };
}

/** Whether a file is called like CSV, packed or not. */
export function isCsvName(name: string): boolean {
  return /\.csv(?:\.gz)?$/i.test(name);
}

async function sortedByHeader(path: string, file: string, faults: Fault[]): Promise<SortedFile[]> {
  const text = await openTextFile(path, file);
  for await (const item of readCsv(text)) {
    if ("fault" in item) {
      faults.push(item.fault);
      return [];
    }
    const has = (role: RegExp): boolean => item.cells.some((cell) => role.test(cell));
    if (has(/:(?:START_ID|END_ID|TYPE)\b/)) return [{ text, sort: "relationships" }];
    if (has(/:(?:ID|LABEL)\b/)) return [{ text, sort: "nodes" }];
    faults.push({
      place: { file, row: item.row },
      code: "UNKNOWN_HEADER",
      message:
        "the header names neither nodes (id:ID and :LABEL) nor relationships (:START_ID, :END_ID and :TYPE) — add these columns, or describe the file by a mapping (--mapping FILE)",
      messageZh:
        "标题行既不是节点的（id:ID 和 :LABEL），也不是关系的（:START_ID、:END_ID 和 :TYPE）——请添加这些列，或用映射文件说明此文件（--mapping FILE）",
    });
    return [];
  }
  faults.push(emptyFile(file));
  return [];
}
