import { readdir, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import type { EntityRecord, Fault, Place, RecordBatch, RelationshipRecord } from "../records.ts";
import { shown } from "../validation/faults.ts";
import type { FileSort } from "./columns.ts";
import { readCsvInPieces } from "./csv.ts";
import { issueFault } from "./issue-fault.ts";
import { jsonProblem } from "./json-problem.ts";
import { readRecords } from "./table.ts";
import { openTextFile } from "./text-file.ts";

const bilingual = z.strictObject({
  zh: z.string().min(1),
  en: z.string().min(1),
});

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The shape of dataset.json. */
export const description = z.strictObject({
  name: z.string().regex(NAME, "must be lower-case letters, digits and hyphens"),
  nameEn: z.string().min(1).optional(),
  title: bilingual,
  licence: z.string().min(1),
  description: bilingual,
  /** True: readers who have not said who they are see none of it. Left out: as it is marked in the graph already. */
  internal: z.boolean().optional(),
});

/** What `dataset.json` says of a data set: its name is the `dataset` of its records. */
export type Dataset = z.infer<typeof description>;

/** Whether a text can be the name of a data set. */
export function isDatasetName(text: string): boolean {
  return NAME.test(text);
}

export interface DatasetReading {
  /** Undefined where `dataset.json` is missing or wrong. */
  readonly dataset: Dataset | undefined;
  readonly batch: RecordBatch;
  /** What is wrong with the text of the files; what the records say is for `validateBatch` to judge. */
  readonly faults: readonly Fault[];
  /** Ids of nodes whose rows are faults already: what points to them is not one fault more. */
  readonly unread: ReadonlySet<string>;
}

/**
 * Reads the folder of a data set: `dataset.json`, `nodes/*.csv` and `relationships/*.csv`, with the headers of
 * neo4j-admin. `dataset` of a record is the folder's name where its row says nothing else. Never throws for what the
 * folder holds: everything that is wrong is in `faults`.
 */
export async function readDataset(folder: string): Promise<DatasetReading> {
  const name = basename(resolve(folder));
  const faults: Fault[] = [];
  const entities: EntityRecord[] = [];
  const relationships: RelationshipRecord[] = [];
  const unread = new Set<string>();
  const dataset = await readDescription(folder, name, faults);
  if (dataset !== undefined && dataset.name !== name)
    faults.push({
      place: { file: `${name}/dataset.json`, row: 1 },
      field: "name",
      value: dataset.name,
      code: "BAD_DATASET",
      message: `the folder is called ${name} — give both the same name`,
      messageZh: `数据集名 ${shown(dataset.name)} 与文件夹名 ${shown(name)} 不同——请改成一致`,
    });
  for (const sort of ["nodes", "relationships"] as const)
    for (const file of await csvFiles(folder, name, sort, faults)) {
      const text = await openTextFile(join(folder, sort, file), `${name}/${sort}/${file}`);
      const pieces = readRecords(readCsvInPieces(text), sort, { dataset: name, file: text.file });
      for await (const items of pieces)
        for (const item of items) {
          if ("fault" in item) {
            faults.push(item.fault);
            if (item.unread !== undefined) unread.add(item.unread);
          } else if ("kind" in item) entities.push(item);
          else relationships.push(item);
        }
    }
  return { dataset, batch: { entities, relationships }, faults, unread };
}

/** What `dataset.json` says; undefined where it says nothing, with the faults that say why. */
export async function readDescription(folder: string, name: string, faults: Fault[]): Promise<Dataset | undefined> {
  const place = { file: `${name}/dataset.json`, row: 1 };
  let text: string;
  try {
    text = await readFile(join(folder, "dataset.json"), "utf8");
  } catch (error) {
    if (!isMissing(error)) throw error;
    faults.push({
      place,
      code: "NO_DATASET",
      message: "there is no such file — a data set is a folder with dataset.json, nodes/*.csv and relationships/*.csv",
      messageZh: "没有这个文件——数据集应为一个文件夹，其中有 dataset.json、nodes/*.csv 和 relationships/*.csv",
    });
    return undefined;
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { en, zh } = jsonProblem(error);
    const messageZh = `不是有效的 JSON（${zh}）——请改正`;
    faults.push({ place, code: "BAD_JSON", message: `it is not JSON — ${en}`, messageZh });
    return undefined;
  }
  return checkDescription(json, place, faults);
}

/** A description of a data set in whatever format; undefined where it is none, with the faults that say why. */
export function checkDescription(json: unknown, place: Place, faults: Fault[]): Dataset | undefined {
  const { success, data, error } = description.safeParse(json);
  if (success) return data;
  for (const issue of error.issues) faults.push({ place, code: "BAD_DATASET", ...issueFault(issue) });
  return undefined;
}

/** Names of the files of one sort in a data set's folder, sorted. */
export async function csvFiles(folder: string, name: string, sort: FileSort, faults: Fault[]): Promise<string[]> {
  const entries = await readdir(join(folder, sort), {
    withFileTypes: true,
  }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".") || entry.name.endsWith(".md")) continue;
    if (entry.isFile() && /\.csv(?:\.gz)?$/.test(entry.name)) files.push(entry.name);
    else
      faults.push({
        place: { file: `${name}/${sort}/${entry.name}`, row: 1 },
        code: "NOT_A_CSV_FILE",
        message: "only plain files whose names end in .csv or .csv.gz are read here — rename or remove it",
        messageZh: "此处只读取文件名以 .csv 或 .csv.gz 结尾的普通文件——请改名或移走",
      });
  }
  if (files.length === 0 && sort === "nodes")
    faults.push({
      place: { file: `${name}/nodes`, row: 1 },
      code: "NO_NODES",
      message: "there is no .csv file in this folder — put at least one there",
      messageZh: "此文件夹中没有 .csv 文件——请至少放入一个",
    });
  return files.sort();
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
