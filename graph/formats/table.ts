import {
  KIND_NAMES,
  type PropertyDefinition,
  propertiesOfKind,
  propertiesOfRelationship,
  RELATIONSHIP_TYPES,
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
import { didYouMean, shown } from "../validation/faults.ts";
import { readCell } from "./cells.ts";
import { type Column, type FileSort, type Role, readHeader } from "./columns.ts";
import type { CsvItem, CsvRow } from "./csv.ts";
import type { InputFault } from "./input.ts";

/** A record, or something wrong with a row. */
export type TableItem = EntityRecord | RelationshipRecord | InputFault;

/** Where the rows are from, and the data set of a row that names none. */
export interface TableOrigin {
  readonly file: string;
  readonly dataset: string;
}

/** Turns the rows of one file, its header first, into records. Every row that is not a record is a fault. */
export async function* readRecords(
  items: AsyncIterable<CsvItem>,
  sort: FileSort,
  { file, dataset }: TableOrigin,
): AsyncGenerator<TableItem> {
  let columns: readonly Column[] | undefined;
  for await (const item of items) {
    if ("fault" in item) {
      yield item;
      continue;
    }
    const place = { file, row: item.row };
    if (columns === undefined) {
      const header = readHeader(item.cells, sort, place);
      for (const fault of header.faults) yield { fault };
      if (header.columns === undefined) return;
      columns = header.columns;
      continue;
    }
    const row = readRow(item, columns, place);
    if (row.fault !== undefined) {
      const id = row.roles.get("ID");
      yield { fault: row.fault, ...(id === undefined ? {} : { unread: id }) };
    } else if (sort === "nodes") yield* readEntity(row, dataset, place);
    else yield* readRelationship(row, dataset, place);
  }
  if (columns === undefined)
    yield {
      fault: {
        place: { file, row: 1 },
        code: "EMPTY_FILE",
        message: "the file has no header — add one or remove it",
      },
    };
}

interface Row {
  readonly roles: ReadonlyMap<Role, string>;
  readonly texts: ReadonlyMap<string, string>;
  /** Where it is not sure which cell belongs to which column. */
  readonly fault: Fault | undefined;
}

function readRow({ cells }: CsvRow, columns: readonly Column[], place: Place): Row {
  const roles = new Map<Role, string>();
  const texts = new Map<string, string>();
  const fault =
    cells.length === columns.length
      ? undefined
      : {
          place,
          code: "RAGGED_ROW",
          message: `the row has ${cells.length} cells, the header ${columns.length} — put a cell that holds a comma in quotes, or add the missing commas`,
        };
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? "";
    if ("property" in column) texts.set(column.property, cell);
    else if (column.role !== "IGNORE") roles.set(column.role, cell);
  }
  return { roles, texts, fault };
}

const KIND_PROPERTIES = new Map(KIND_NAMES.map((kind) => [kind, propertiesOfKind(kind)]));
const TYPE_PROPERTIES = new Map(RELATIONSHIP_TYPES.map((type) => [type, propertiesOfRelationship(type)]));

function* readEntity({ roles, texts }: Row, dataset: string, place: Place): Generator<TableItem> {
  const id = roles.get("ID") ?? "";
  const labels = (roles.get("LABEL") ?? "").split(";").filter((label) => label !== "Entity" && label !== "");
  const kind = KIND_NAMES.find((known) => known === labels[0]);
  if (labels.length !== 1 || kind === undefined) {
    const value = labels.join(";");
    const known = `the kinds are ${KIND_NAMES.join(", ")}`;
    yield {
      fault: {
        place,
        field: ":LABEL",
        value,
        code: "UNKNOWN_KIND",
        message:
          labels.length === 1
            ? `there is no kind ${shown(value)}${didYouMean(value, KIND_NAMES) || ` — ${known}`}`
            : `a node has exactly one kind, not ${labels.length} — ${known}`,
      },
      unread: id,
    };
    return;
  }
  yield {
    id,
    kind,
    properties: readProperties(texts, KIND_PROPERTIES.get(kind)!, dataset),
    place,
  };
}

function* readRelationship({ roles, texts }: Row, dataset: string, place: Place): Generator<TableItem> {
  const value = roles.get("TYPE") ?? "";
  const type: RelationshipType | undefined = RELATIONSHIP_TYPES.find((known) => known === value);
  if (type === undefined) {
    const remedy = didYouMean(value, RELATIONSHIP_TYPES) || ` — the types are ${RELATIONSHIP_TYPES.join(", ")}`;
    const message = `there is no type of relationship ${shown(value)}${remedy}`;
    yield {
      fault: { place, field: ":TYPE", value, code: "UNKNOWN_TYPE", message },
    };
    return;
  }
  const from = roles.get("START_ID") ?? "";
  const to = roles.get("END_ID") ?? "";
  const { id, ...properties } = readProperties(texts, TYPE_PROPERTIES.get(type)!, dataset);
  yield {
    id: typeof id === "string" ? id : relationshipId(from, type, to, properties),
    type,
    from,
    to,
    properties,
    place,
  };
}

function readProperties(
  texts: ReadonlyMap<string, string>,
  definitions: Readonly<Record<string, PropertyDefinition>>,
  dataset: string,
): PropertyValues {
  const properties: Record<string, PropertyValue> = { dataset };
  for (const [name, text] of texts) {
    const value = readCell(text, definitions[name]);
    if (value !== undefined) properties[name] = value;
  }
  return properties;
}
