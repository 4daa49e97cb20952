import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { GraphError } from "../../errors.ts";
import type { ExportedRecords } from "../../export/export-records.ts";
import {
  type Kind,
  type PropertyDefinition,
  propertiesOfKind,
  propertiesOfRelationship,
  type RelationshipType,
} from "../../ontology.ts";
import type { PropertyValues } from "../../records.ts";
import { writeCell } from "../cells.ts";
import { isDatasetName } from "../dataset.ts";
import { guard } from "../excel-guard.ts";
import { descriptionOf } from "./description.ts";
import { cannotWrite, OutputFile } from "./output-file.ts";

/** How the cells are written. */
export interface CsvDialect {
  /** Begins the file with a byte order mark and guards texts that Excel would run as formulas. */
  readonly forExcel: boolean;
}

/**
 * Writes CSV files with the headers of neo4j-admin, for each data set a folder below `folder`: `NAME/dataset.json`,
 * `NAME/nodes/KIND.csv`, `NAME/relationships/TYPE.csv`. Exact: what is read back from them is the same graph. A `;` within
 * a value of a list is written `\;`, which neo4j-admin, other than our reader, takes for the end of the value; for texts
 * with line breaks it needs `--multiline-fields=true`.
 *
 * `folder` must be missing or empty; it is there only when all of it is.
 *
 * @throws GraphError BAD_INPUT where it is not or cannot be written, CONFLICT where the graph changed meanwhile
 */
export async function writeCsv(records: ExportedRecords, folder: string): Promise<void> {
  await writeCsvFolder(records, folder, { forExcel: false });
}

/** As `writeCsv`, in the given dialect. */
export async function writeCsvFolder(records: ExportedRecords, folder: string, dialect: CsvDialect): Promise<void> {
  await refuseFilled(folder);
  const part = `${folder}.part-${randomUUID()}`;
  const files = new CsvFiles(part, dialect);
  try {
    for (const dataset of records.datasets) await files.describe(dataset.name, descriptionOf(dataset));
    for await (const { id, kind, properties } of records.entities()) await files.entity(id, kind, properties);
    for await (const { id, type, from, to, properties } of records.relationships())
      await files.relationship({ id, type, from, to, properties });
    await files.commit();
    await rename(part, folder);
  } catch (error) {
    await files.abandon();
    await rm(part, { recursive: true, force: true });
    throw cannotWrite(folder, error);
  }
}

interface Sheet {
  readonly file: OutputFile;
  readonly properties: readonly string[];
}

class CsvFiles {
  readonly #folder: string;
  readonly #forExcel: boolean;
  readonly #sheets = new Map<string, Sheet>();
  readonly #filled = new Set<string>();
  readonly #described = new Set<string>();

  constructor(folder: string, { forExcel }: CsvDialect) {
    this.#folder = folder;
    this.#forExcel = forExcel;
  }

  async describe(name: string, description: object): Promise<void> {
    const folder = join(this.#folder, folderOf(name));
    await mkdir(join(folder, "nodes"), { recursive: true });
    await mkdir(join(folder, "relationships"), { recursive: true });
    const file = new OutputFile(join(folder, "dataset.json"));
    await file.write(`${JSON.stringify(description, undefined, "\t")}\n`);
    await file.commit();
    this.#described.add(name);
  }

  async entity(id: string, kind: Kind, properties: PropertyValues): Promise<void> {
    const name = datasetOf(properties);
    const { file, properties: columns } = await this.#nodes(name, kind);
    this.#filled.add(name);
    await file.write(this.#line([id, `Entity;${kind}`, ...this.#cells(columns, properties)]));
  }

  async relationship(record: {
    readonly id: string;
    readonly type: RelationshipType;
    readonly from: string;
    readonly to: string;
    readonly properties: PropertyValues;
  }): Promise<void> {
    const { id, type, from, to, properties } = record;
    const { file, properties: columns } = await this.#sheet(`${datasetOf(properties)}/relationships/${type}`, () => {
      const definitions = propertiesOfRelationship(type);
      return { roles: [":START_ID", ":END_ID", ":TYPE", "id"], definitions };
    });
    await file.write(this.#line([from, to, type, id, ...this.#cells(columns, properties)]));
  }

  /** A data set of relationships alone gets a file of nodes with nothing but its header, which readers look for. */
  async commit(): Promise<void> {
    for (const name of this.#described) if (!this.#filled.has(name)) await this.#nodes(name, "Source");
    for (const { file } of this.#sheets.values()) await file.commit();
  }

  async abandon(): Promise<void> {
    for (const { file } of this.#sheets.values()) await file.abandon();
  }

  #nodes(name: string, kind: Kind): Promise<Sheet> {
    return this.#sheet(`${name}/nodes/${kind}`, () => ({
      roles: ["id:ID", ":LABEL"],
      definitions: propertiesOfKind(kind),
    }));
  }

  async #sheet(
    key: string,
    header: () => {
      readonly roles: readonly string[];
      readonly definitions: Readonly<Record<string, PropertyDefinition>>;
    },
  ): Promise<Sheet> {
    const known = this.#sheets.get(key);
    if (known !== undefined) return known;
    const { roles, definitions } = header();
    const cut = key.lastIndexOf("/", key.lastIndexOf("/") - 1);
    const file = new OutputFile(join(this.#folder, folderOf(key.slice(0, cut)), `${key.slice(cut + 1)}.csv`));
    const columns = Object.entries(definitions).map(([name, definition]) => `${name}${headerType(definition)}`);
    await file.write(`${this.#forExcel ? "\uFEFF" : ""}${this.#line([...roles, ...columns])}`);
    const sheet = { file, properties: Object.keys(definitions) };
    this.#sheets.set(key, sheet);
    return sheet;
  }

  #cells(columns: readonly string[], properties: PropertyValues): string[] {
    return columns.map((column) => {
      const value = properties[column];
      if (value === undefined) return "";
      const isText = typeof value !== "number" && typeof value !== "boolean";
      return this.#forExcel && isText ? guard(writeCell(value)) : writeCell(value);
    });
  }

  #line(cells: readonly string[]): string {
    return `${cells.map(quoted).join(",")}${this.#forExcel ? "\r\n" : "\n"}`;
  }
}

/** Types as neo4j-admin knows them; texts need none. */
function headerType({ type }: PropertyDefinition): string {
  switch (type) {
    case "double":
      return ":double";
    case "integer":
      return ":long";
    case "boolean":
      return ":boolean";
    default:
      return type.endsWith("[]") ? ":string[]" : "";
  }
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function datasetOf({ dataset }: PropertyValues): string {
  return typeof dataset === "string" ? dataset : "";
}

/** A name that no folder can have, such as one of a stored graph that we did not make, is told by its hash. */
function folderOf(name: string): string {
  return isDatasetName(name) ? name : `dataset-${createHash("sha256").update(name).digest("hex").slice(0, 12)}`;
}

async function refuseFilled(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw cannotWrite(folder, error);
  });
  if (entries.length > 0)
    throw new GraphError("BAD_INPUT", `${folder} is not empty: give the name of a new folder to export to`);
}
