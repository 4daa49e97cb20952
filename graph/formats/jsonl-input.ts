import { basename } from "node:path";
import type { EntityRecord, Fault, Place, RelationshipRecord } from "../records.ts";
import { InvalidRecordsError } from "../validation/faults.ts";
import { checkDescription, type Dataset } from "./dataset.ts";
import { namedDataset } from "./dataset-name.ts";
import { inPieces } from "./in-pieces.ts";
import type { InputFault, RecordInput } from "./input.ts";
import { jsonProblem } from "./json-problem.ts";
import { entityOfLine, relationshipOfLine, sortOf } from "./jsonl-record.ts";
import { readLines } from "./lines.ts";
import { openTextFile, type TextFile } from "./text-file.ts";

export interface JsonlInputOptions {
  /** The data set of lines that name none; it goes before what the first line says. */
  readonly dataset?: string | undefined;
}

/**
 * JSON Lines, one record a line, nodes and relationships in any order and in any of the files (`.jsonl`, `.jsonl.gz`):
 * `{"kind":"Firm","id":"firm-a","properties":{"name":"甲"}}` and
 * `{"type":"SUPPLIES","from":"firm-a","to":"item","properties":{"share":0.4}}`, whose `id` may be left out. The first line
 * of the first file may describe the data set as dataset.json does: `{"dataset":{"name":…}}`. A property that is null or
 * left out is unknown. Rows of faults are line numbers.
 *
 * @throws InvalidRecordsError where the description is wrong
 * @throws GraphError BAD_INPUT where nothing names the data set
 */
export async function openJsonlInput(paths: readonly string[], options: JsonlInputOptions = {}): Promise<RecordInput> {
  const texts: TextFile[] = [];
  for (const path of paths) texts.push(await openTextFile(path, basename(path)));
  const described = texts[0] === undefined ? undefined : await readDescription(texts[0]);
  const dataset =
    described === undefined ? namedDataset(options.dataset) : { ...described, name: options.dataset ?? described.name };
  return {
    dataset,
    size: texts.reduce((sum, { bytes }) => sum + bytes, 0),
    entities: () => inPieces(readEntities(texts, dataset.name)),
    relationships: () => inPieces(readRelationships(texts, dataset.name)),
  };
}

/** What is no JSON or no record is named here alone, so that each fault comes once. */
async function* readEntities(texts: readonly TextFile[], dataset: string): AsyncGenerator<EntityRecord | InputFault> {
  for (const [index, text] of texts.entries())
    for await (const { place, value, fault } of readValues(text)) {
      if (fault !== undefined) {
        yield { fault };
        continue;
      }
      switch (sortOf(value)) {
        case "entity": {
          const read = entityOfLine(value, dataset, place);
          if (Array.isArray(read)) yield* read;
          else yield read;
          break;
        }
        case "relationship":
          break;
        case "dataset":
          if (index > 0 || place.row > 1) yield { fault: misplaced(place) };
          break;
        case undefined:
          yield { fault: unknownLine(place) };
      }
    }
}

async function* readRelationships(
  texts: readonly TextFile[],
  dataset: string,
): AsyncGenerator<RelationshipRecord | InputFault> {
  for (const text of texts)
    for await (const { place, value, fault } of readValues(text)) {
      if (fault !== undefined || sortOf(value) !== "relationship") continue;
      const read = relationshipOfLine(value, dataset, place);
      if (Array.isArray(read)) yield* read;
      else yield read;
    }
}

interface ReadValue {
  readonly place: Place;
  readonly value?: unknown;
  readonly fault?: Fault;
}

async function* readValues(text: TextFile): AsyncGenerator<ReadValue> {
  for await (const item of readLines(text)) {
    if ("fault" in item) {
      yield { place: { file: text.file, row: 1 }, fault: item.fault };
      continue;
    }
    if (item.line.trim() === "") continue;
    const place = { file: text.file, row: item.row };
    try {
      yield { place, value: JSON.parse(item.line) };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const { en, zh } = jsonProblem(error);
      const message = `it is not JSON (${en}) — write one whole object on each line`;
      const messageZh = `不是有效的 JSON（${zh}）——请每行写一个完整的对象`;
      yield { place, fault: { place, code: "BAD_JSON", message, messageZh } };
    }
  }
}

async function readDescription(text: TextFile): Promise<Dataset | undefined> {
  for await (const { place, value } of readValues(text)) {
    if (place.row > 1 || sortOf(value) !== "dataset") return undefined;
    const faults: Fault[] = [];
    const described = checkDescription((value as { readonly dataset: unknown }).dataset, place, faults);
    if (faults.length > 0) throw new InvalidRecordsError(faults);
    return described;
  }
  return undefined;
}

function misplaced(place: Place): Fault {
  return {
    place,
    code: "MISPLACED",
    message: "the description of the data set stands here — move it to the first line of the first file",
    messageZh: "数据集的说明写在了此处——请移到第一个文件的第一行",
  };
}

function unknownLine(place: Place): Fault {
  return {
    place,
    code: "UNKNOWN_LINE",
    message:
      'it is no record — write {"kind":…,"id":…,"properties":{…}} for a node, {"type":…,"from":…,"to":…,"properties":{…}} for a relationship',
    messageZh:
      '不是一条记录——节点请写 {"kind":…,"id":…,"properties":{…}}，关系请写 {"type":…,"from":…,"to":…,"properties":{…}}',
  };
}
