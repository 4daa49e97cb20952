import {
  KIND_NAMES,
  type Kind,
  type PropertyDefinition,
  propertiesOfKind,
  propertiesOfRelationship,
  RELATIONSHIP_TYPES,
  RELATIONSHIPS,
  type RelationshipType,
} from "../ontology.ts";
import {
  type EntityRecord,
  type Fault,
  type Place,
  type PropertyValue,
  type PropertyValues,
  type RelationshipRecord,
  relationshipId,
} from "../records.ts";
import { didYouMean, shown, zhList } from "../validation/faults.ts";
import { readCell } from "./cells.ts";
import { type Column, type FileSort, type Role, readHeader } from "./columns.ts";
import { type CsvItem, type CsvRow, emptyFile, raggedRow } from "./csv.ts";
import type { InputFault } from "./input.ts";

/** A record, or something wrong with a row. */
export type TableItem = EntityRecord | RelationshipRecord | InputFault;

/** Where the rows are from, and the data set of a row that names none. */
export interface TableOrigin {
  readonly file: string;
  readonly dataset: string;
}

/**
 * Turns the rows of one file, its header first, into records; as many at a time as come together. Every row that is not a
 * record is a fault.
 */
export async function* readRecords(
  pieces: AsyncIterable<readonly CsvItem[]>,
  sort: FileSort,
  { file, dataset }: TableOrigin,
): AsyncGenerator<readonly TableItem[]> {
  let reader: RowReader | undefined;
  for await (const items of pieces) {
    const records: TableItem[] = [];
    for (const item of items) {
      if ("fault" in item) records.push(item);
      else if (reader !== undefined) records.push(reader.read(item));
      else {
        const header = readHeader(item.cells, sort, { file, row: item.row });
        for (const fault of header.faults) records.push({ fault });
        if (header.columns === undefined) {
          yield records;
          return;
        }
        reader = new RowReader(header.columns, sort, { file, dataset });
      }
    }
    yield records;
  }
  if (reader === undefined) yield [{ fault: emptyFile(file) }];
}

/** A column of a file that holds a property of the records of one kind or type. */
interface PropertyColumn {
  readonly index: number;
  readonly name: string;
  readonly definition: PropertyDefinition | undefined;
}

/** Reads the rows under one header. What a header means for a kind or type is worked out once. */
class RowReader {
  readonly #columns: readonly Column[];
  readonly #sort: FileSort;
  readonly #origin: TableOrigin;
  readonly #roles: ReadonlyMap<Role, number>;
  readonly #properties = new Map<Kind | RelationshipType, readonly PropertyColumn[]>();
  readonly #kinds = new Map<string, Kind | undefined>();
  /** The column of the ids that relationships bring along; -1 where there is none. */
  readonly #ownId: number;

  constructor(columns: readonly Column[], sort: FileSort, origin: TableOrigin) {
    this.#columns = columns;
    this.#sort = sort;
    this.#origin = origin;
    const roles = new Map<Role, number>();
    for (const [index, column] of columns.entries())
      if ("role" in column && column.role !== "IGNORE") roles.set(column.role, index);
    this.#roles = roles;
    this.#ownId = columns.findIndex((column) => "property" in column && column.property === "id");
  }

  read({ row, cells }: CsvRow): TableItem {
    const place = { file: this.#origin.file, row };
    if (cells.length === this.#columns.length)
      return this.#sort === "nodes" ? this.#readEntity(cells, place) : this.#readRelationship(cells, place);
    const fault = raggedRow(cells.length, this.#columns.length, place);
    return this.#roles.has("ID") ? { fault, unread: this.#role(cells, "ID") } : { fault };
  }

  #readEntity(cells: readonly string[], place: Place): TableItem {
    const id = this.#role(cells, "ID");
    const label = this.#role(cells, "LABEL");
    if (!this.#kinds.has(label)) this.#kinds.set(label, kindOf(labelsOf(label)));
    const kind = this.#kinds.get(label);
    if (kind === undefined) return { fault: unknownKind(labelsOf(label), place), unread: id };
    return { id, kind, properties: this.#readProperties(cells, kind, KIND_PROPERTIES), place };
  }

  #readRelationship(cells: readonly string[], place: Place): TableItem {
    const value = this.#role(cells, "TYPE");
    if (!isRelationshipType(value)) return { fault: unknownType(value, place) };
    const from = this.#role(cells, "START_ID");
    const to = this.#role(cells, "END_ID");
    const properties = this.#readProperties(cells, value, TYPE_PROPERTIES);
    const id = cells[this.#ownId] || relationshipId(from, value, to, properties);
    return { id, type: value, from, to, properties, place };
  }

  #role(cells: readonly string[], role: Role): string {
    return cells[this.#roles.get(role) ?? -1] ?? "";
  }

  #readProperties<Owner extends Kind | RelationshipType>(
    cells: readonly string[],
    owner: Owner,
    definitions: ReadonlyMap<Owner, Readonly<Record<string, PropertyDefinition>>>,
  ): PropertyValues {
    let columns = this.#properties.get(owner);
    if (columns === undefined) {
      columns = this.#columns.flatMap((column, index) =>
        "property" in column && index !== this.#ownId
          ? { index, name: column.property, definition: definitions.get(owner)?.[column.property] }
          : [],
      );
      this.#properties.set(owner, columns);
    }
    const properties: Record<string, PropertyValue> = { dataset: this.#origin.dataset };
    for (const { index, name, definition } of columns) {
      const value = readCell(cells[index]!, definition);
      if (value !== undefined) properties[name] = value;
    }
    return properties;
  }
}

const KIND_PROPERTIES = new Map(KIND_NAMES.map((kind) => [kind, propertiesOfKind(kind)]));
const TYPE_PROPERTIES = new Map(RELATIONSHIP_TYPES.map((type) => [type, propertiesOfRelationship(type)]));

function labelsOf(cell: string): string[] {
  return cell.split(";").filter((label) => label !== "Entity" && label !== "");
}

function kindOf(labels: readonly string[]): Kind | undefined {
  return labels.length === 1 ? KIND_NAMES.find((known) => known === labels[0]) : undefined;
}

function isRelationshipType(name: string): name is RelationshipType {
  return Object.hasOwn(RELATIONSHIPS, name);
}

function unknownKind(labels: readonly string[], place: Place): Fault {
  const value = labels.join(";");
  const known = { en: ` — the kinds are ${KIND_NAMES.join(", ")}`, zh: `——类别有${zhList(KIND_NAMES)}` };
  const remedy = (labels.length === 1 ? didYouMean(value, KIND_NAMES) : undefined) ?? known;
  const isOne = labels.length === 1;
  return {
    place,
    field: ":LABEL",
    value,
    code: "UNKNOWN_KIND",
    message: `${isOne ? `there is no kind ${shown(value)}` : `a node has exactly one kind, not ${labels.length}`}${remedy.en}`,
    messageZh: `${isOne ? `没有类别 ${shown(value)}` : `一个节点须恰有一个类别，此处有 ${labels.length} 个`}${remedy.zh}`,
  };
}

function unknownType(value: string, place: Place): Fault {
  const remedy = didYouMean(value, RELATIONSHIP_TYPES) ?? {
    en: ` — the types are ${RELATIONSHIP_TYPES.join(", ")}`,
    zh: `——关系类型有${zhList(RELATIONSHIP_TYPES)}`,
  };
  return {
    place,
    field: ":TYPE",
    value,
    code: "UNKNOWN_TYPE",
    message: `there is no type of relationship ${shown(value)}${remedy.en}`,
    messageZh: `没有关系类型 ${shown(value)}${remedy.zh}`,
  };
}
