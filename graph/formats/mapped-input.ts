import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import {
  KIND_NAMES,
  type PropertyDefinition,
  propertiesOfKind,
  propertiesOfRelationship,
  RELATIONSHIP_TYPES,
} from "../ontology.ts";
import {
  type EntityRecord,
  type Fault,
  type Place,
  type PropertyValues,
  type RelationshipRecord,
  relationshipId,
} from "../records.ts";
import { InvalidRecordsError } from "../validation/faults.ts";
import { namedDataset } from "./dataset-name.ts";
import { inPieces } from "./in-pieces.ts";
import type { InputFault, RecordInput } from "./input.ts";
import { jsonProblem } from "./json-problem.ts";
import { type ForeignRow, readForeignRows } from "./mapped-rows.ts";
import { expandRow, fillTemplate, readMapped } from "./mapped-values.ts";
import {
  checkMapping,
  columnOf,
  columnsIn,
  type MappedEntity,
  type MappedRelationship,
  type Mapping,
} from "./mapping.ts";
import { openTextFile, type TextFile } from "./text-file.ts";

export interface MappedInputOptions {
  /** The mapping file, JSON. */
  readonly mapping: string;
  /** Goes before the data set that the mapping names. */
  readonly dataset?: string | undefined;
}

/**
 * Somebody else's CSV or JSON Lines, read as a mapping file says: which columns make which nodes and relationships. Each
 * record names the mapping's sources and the row it is from. What the ids hold beyond URL-safe characters is written as
 * `~hex~`. With `repeats`, rows that say the same of one record are one; else, and where they differ, they are faults. With `optional`, a row whose id or end is empty makes no such record.
 *
 * @throws InvalidRecordsError with every fault of the mapping
 * @throws GraphError BAD_INPUT where nothing names the data set
 */
export async function openMappedInput(paths: readonly string[], options: MappedInputOptions): Promise<RecordInput> {
  const texts: TextFile[] = [];
  for (const path of paths) texts.push(await openTextFile(path, basename(path)));
  const mapping = await readMapping(options.mapping, texts);
  const described = typeof mapping.dataset === "object" ? mapping.dataset : undefined;
  const name = options.dataset ?? (typeof mapping.dataset === "string" ? mapping.dataset : undefined);
  const dataset =
    described === undefined ? namedDataset(name) : { ...described, name: options.dataset ?? described.name };
  const reading = new MappedReading(mapping, texts, dataset.name, basename(options.mapping));
  return {
    dataset,
    size: texts.reduce((sum, { bytes }) => sum + bytes, (await stat(options.mapping)).size),
    entities: () => inPieces(reading.entities()),
    relationships: () => inPieces(reading.relationships()),
  };
}

async function readMapping(path: string, texts: readonly TextFile[]): Promise<Mapping> {
  const place = { file: basename(path), row: 1 };
  let json: unknown;
  try {
    json = JSON.parse((await readFile(path, "utf8")).replace(/^\uFEFF/, ""));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { en, zh } = jsonProblem(error);
    const messageZh = `不是有效的 JSON（${zh}）——请改正`;
    throw new InvalidRecordsError([{ place, code: "BAD_JSON", message: `it is not JSON — ${en}`, messageZh }]);
  }
  const faults: Fault[] = [];
  const mapping = checkMapping(json, place, faults);
  const known = texts.map(({ file }) => file);
  for (const part of ["entities", "relationships"] as const)
    for (const [index, { file }] of (mapping?.[part] ?? []).entries())
      if (file !== undefined && !known.includes(file)) {
        const message = `there is no file ${JSON.stringify(file)} among those to read — they are ${known.join(", ")}`;
        const messageZh = `待读取的文件中没有 ${JSON.stringify(file)}——现有 ${known.join("、")}`;
        faults.push({ place, field: `${part}.${index}.file`, value: file, code: "BAD_MAPPING", message, messageZh });
      }
  if (mapping === undefined || faults.length > 0) throw new InvalidRecordsError(faults);
  return mapping;
}

const KIND_PROPERTIES = new Map(KIND_NAMES.map((kind) => [kind, propertiesOfKind(kind)]));
const TYPE_PROPERTIES = new Map(RELATIONSHIP_TYPES.map((type) => [type, propertiesOfRelationship(type)]));

type Part = MappedEntity | MappedRelationship;

class MappedReading {
  readonly #mapping: Mapping;
  readonly #texts: readonly TextFile[];
  readonly #dataset: string;
  readonly #mappingFile: string;

  constructor(mapping: Mapping, texts: readonly TextFile[], dataset: string, mappingFile: string) {
    this.#mapping = mapping;
    this.#texts = texts;
    this.#dataset = dataset;
    this.#mappingFile = mappingFile;
  }

  /** The faults of the files themselves come with the nodes, so that each comes once. */
  async *entities(): AsyncGenerator<EntityRecord | InputFault> {
    yield* this.#sources();
    const seen = new Map<string, string>();
    for (const text of this.#texts)
      for await (const row of this.#rows(text)) {
        if ("fault" in row) yield row;
        else
          for (const part of partsOf(this.#mapping.entities, text))
            for (const one of expandRow(row, part.each)) yield* fresh(this.#entity(one, part), part, seen);
      }
  }

  async *relationships(): AsyncGenerator<RelationshipRecord | InputFault> {
    const seen = new Map<string, string>();
    for (const text of this.#texts) {
      const parts = partsOf(this.#mapping.relationships, text);
      if (parts.length === 0) continue;
      for await (const row of this.#rows(text))
        if (!("fault" in row))
          for (const part of parts)
            for (const one of expandRow(row, part.each)) yield* fresh(this.#relationship(one, part), part, seen);
    }
  }

  async *#rows(text: TextFile): AsyncGenerator<ForeignRow | InputFault> {
    const parts = [...partsOf(this.#mapping.entities, text), ...partsOf(this.#mapping.relationships, text)];
    for await (const row of readForeignRows(text, [...new Set(parts.flatMap(columnsOfPart))]))
      if ("fault" in row && row.fault.code === "MISSING_COLUMN") {
        const message = `${row.fault.message}; ${this.#mappingFile} names the column`;
        const messageZh = `${row.fault.messageZh}（${this.#mappingFile} 中写了这一列）`;
        yield { fault: { ...row.fault, message, messageZh } };
      } else yield row;
  }

  *#sources(): Generator<EntityRecord> {
    for (const { id, ...source } of this.#mapping.sources) {
      const given = Object.entries(source).filter((entry): entry is [string, string] => entry[1] !== undefined);
      const properties = {
        name: source.title,
        ...Object.fromEntries(given),
        dataset: this.#dataset,
        sources: [id],
        assertion: "STATED",
      };
      yield { id, kind: "Source", properties, place: { file: this.#mappingFile, row: 1 } };
    }
  }

  #entity(row: ForeignRow, part: MappedEntity): (EntityRecord | InputFault)[] {
    const place = placeOf(row, part, { id: columnsIn(part.id), name: [columnOf(part.name) ?? ""] });
    const id = fillTemplate(part.id, row);
    if ("missing" in id) return part.optional ? [] : [{ fault: emptyColumn(place, "id", id.missing) }];
    const mapped = { name: part.name, ...part.properties };
    const { properties, faults } = this.#properties(row, mapped, KIND_PROPERTIES.get(part.kind)!, place);
    if (faults.length > 0) return faults.map((fault) => ({ fault, unread: id.text }));
    return [{ id: id.text, kind: part.kind, properties, place }];
  }

  #relationship(row: ForeignRow, part: MappedRelationship): (RelationshipRecord | InputFault)[] {
    const place = placeOf(row, part, { ":START_ID": columnsIn(part.from), ":END_ID": columnsIn(part.to) });
    const from = fillTemplate(part.from, row);
    const to = fillTemplate(part.to, row);
    if ("missing" in from) return part.optional ? [] : [{ fault: emptyColumn(place, ":START_ID", from.missing) }];
    if ("missing" in to) return part.optional ? [] : [{ fault: emptyColumn(place, ":END_ID", to.missing) }];
    const { type } = part;
    const { properties, faults } = this.#properties(row, part.properties, TYPE_PROPERTIES.get(type)!, place);
    if (faults.length > 0) return faults.map((fault) => ({ fault }));
    const id = relationshipId(from.text, type, to.text, properties);
    return [{ id, type, from: from.text, to: to.text, properties, place }];
  }

  #properties(
    row: ForeignRow,
    mapped: MappedEntity["properties"],
    definitions: Readonly<Record<string, PropertyDefinition>>,
    place: Place,
  ): { readonly properties: PropertyValues; readonly faults: readonly Fault[] } {
    const { sources, assertion } = this.#mapping;
    const faults: Fault[] = [];
    const properties: Record<string, PropertyValues[string]> = {
      dataset: this.#dataset,
      ...(sources.length === 0 ? {} : { sources: sources.map(({ id }) => id) }),
      locator: `${row.place.file}:${row.place.row}`,
      assertion,
    };
    for (const [name, spec] of Object.entries(mapped)) {
      const read = readMapped(spec, row, definitions[name]);
      if (read === undefined) continue;
      if (typeof read === "object" && "problem" in read) {
        const { en, zh } = read.problem;
        faults.push({ place, field: name, value: read.value, code: "UNMAPPED_VALUE", message: en, messageZh: zh });
      } else properties[name] = read;
    }
    return { properties, faults };
  }
}

function partsOf<P extends Part>(parts: readonly P[], { file }: TextFile): P[] {
  return parts.filter((part) => part.file === undefined || part.file === file);
}

function columnsOfPart(part: Part): string[] {
  const ids =
    "kind" in part ? [...columnsIn(part.id), columnOf(part.name)] : [...columnsIn(part.from), ...columnsIn(part.to)];
  const named = [...ids, ...Object.values(part.properties).map(columnOf), part.each?.column];
  return named.filter((column) => column !== undefined);
}

/** The place of a row, with what the file calls the fields that a fault may name. */
function placeOf({ place }: ForeignRow, part: Part, ids: Readonly<Record<string, readonly string[]>>): Place {
  const columns: Record<string, string> = {};
  for (const [field, names] of Object.entries(ids)) if (names.join("") !== "") columns[field] = names.join("+");
  for (const [name, mapped] of Object.entries(part.properties)) {
    const column = columnOf(mapped);
    if (column !== undefined) columns[name] = column;
  }
  return { ...place, columns };
}

function emptyColumn(place: Place, field: string, column: string): Fault {
  const message = `the column ${JSON.stringify(column)} is empty, and an id is made of it — fill it in, or leave out the row; where it may be empty, say "optional": true in the mapping`;
  const messageZh = `${JSON.stringify(column)} 列为空，而编号由它生成——请填写，或删去此行；若允许为空，请在映射中写 "optional": true`;
  return { place, field, value: "", code: "EMPTY_ID", message, messageZh };
}

/** A record the first time, and again only where it says something else, for the checks to name. */
function* fresh<R extends EntityRecord | RelationshipRecord>(
  read: readonly (R | InputFault)[],
  { repeats }: Part,
  seen: Map<string, string>,
): Generator<R | InputFault> {
  for (const item of read) {
    if (!("fault" in item) && repeats) {
      const { locator, ...said } = item.properties;
      const text = JSON.stringify(said);
      if (seen.get(item.id) === text) continue;
      seen.set(item.id, text);
    }
    yield item;
  }
}
