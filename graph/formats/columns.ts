import {
  type Bilingual,
  ENUMS,
  KIND_NAMES,
  type PropertyDefinition,
  propertiesOfKind,
  propertiesOfRelationship,
  RELATIONSHIP_TYPES,
} from "../ontology.ts";
import type { Fault } from "../records.ts";
import { didYouMean, shown } from "../validation/faults.ts";

/** What a column of a file holds: one of the roles of the header, or a property. */
export type Column = { readonly role: Role } | { readonly property: string } | { readonly role: "IGNORE" };

export type Role = "ID" | "LABEL" | "START_ID" | "END_ID" | "TYPE";
export type FileSort = "nodes" | "relationships";

const ROLES = {
  nodes: ["ID", "LABEL"],
  relationships: ["START_ID", "END_ID", "TYPE"],
} as const satisfies Record<FileSort, readonly Role[]>;

/** The header types that may stand for a property; the first is the one to propose. */
const HEADER_TYPES: Readonly<Record<string, readonly string[]>> = {
  string: ["string"],
  date: ["string", "date"],
  integer: ["int", "integer", "long"],
  double: ["double", "float"],
  boolean: ["boolean"],
};

/** The definitions that a property name has among the kinds, or among the types of relationships. */
function definitionsOf(sort: FileSort): ReadonlyMap<string, readonly PropertyDefinition[]> {
  const all = sort === "nodes" ? KIND_NAMES.map(propertiesOfKind) : RELATIONSHIP_TYPES.map(propertiesOfRelationship);
  const definitions = new Map<string, PropertyDefinition[]>();
  for (const properties of all)
    for (const [name, definition] of Object.entries(properties))
      definitions.set(name, [...(definitions.get(name) ?? []), definition]);
  return definitions;
}

const DEFINITIONS = {
  nodes: definitionsOf("nodes"),
  relationships: definitionsOf("relationships"),
};

/** The header types a definition admits, without brackets and with them for a list. */
function headerTypes({ type }: PropertyDefinition): readonly string[] {
  const isList = type.endsWith("[]");
  const base = isList ? type.slice(0, -2) : type;
  const types = HEADER_TYPES[Object.hasOwn(ENUMS, base) ? "string" : base] ?? [];
  return isList ? types.map((name) => `${name}[]`) : types;
}

/**
 * Reads a header in the form of neo4j-admin: `name`, `name:type`, `id:ID(Group)`, `:LABEL`, `:START_ID`, `:END_ID`,
 * `:TYPE`, `:IGNORE`. A column that is not known, or that disagrees with the ontology about its type, is a fault; such a
 * column is passed over. `columns` is undefined where a column that names the records is missing.
 */
export function readHeader(
  cells: readonly string[],
  sort: FileSort,
  place: { readonly file: string; readonly row: number },
): {
  readonly columns: readonly Column[] | undefined;
  readonly faults: readonly Fault[];
} {
  const faults: Fault[] = [];
  const columns: Column[] = [];
  const seen = new Set<string>();
  const fault = (field: string, code: string, { en, zh }: Bilingual): void => {
    faults.push({ place, field, value: field, code, message: en, messageZh: zh });
  };
  for (const cell of cells) {
    const column = readColumn(cell, sort, (code, problem) => fault(cell, code, problem));
    const key = "property" in column ? column.property : `:${column.role}`;
    if (seen.has(key) && key !== ":IGNORE") {
      fault(cell, "DUPLICATE_COLUMN", {
        en: `the header names ${shown(key)} twice — remove one of the columns`,
        zh: `标题行中 ${shown(key)} 出现了两次——请删去其中一列`,
      });
      columns.push({ role: "IGNORE" });
    } else columns.push(column);
    seen.add(key);
  }
  const missing = ROLES[sort].filter((role) => !seen.has(`:${role}`));
  for (const role of missing)
    fault(`:${role}`, "MISSING_COLUMN", {
      en: `the header has no column :${role} — ${sort} need ${PROPOSED_ROLES[sort].en}`,
      zh: `标题行中没有 :${role} 列——${sort === "nodes" ? "节点" : "关系"}须有 ${PROPOSED_ROLES[sort].zh} 列`,
    });
  return { columns: missing.length > 0 ? undefined : columns, faults };
}

function readColumn(cell: string, sort: FileSort, fault: (code: string, problem: Bilingual) => void): Column {
  const match = /^(?<name>[^:]*)(?::(?<type>[A-Za-z_]+(?:\[\])?)(?:\([^()]*\))?(?:\{[^{}]*\})?)?$/.exec(cell.trim());
  const name = match?.groups?.["name"];
  if (name === undefined) {
    fault("BAD_COLUMN", {
      en: `${shown(cell)} is not a column of a header — write name:type, as in share:double`,
      zh: `${shown(cell)} 不是有效的列标题——请写成“属性名:类型”，如 share:double`,
    });
    return { role: "IGNORE" };
  }
  const type = match?.groups?.["type"] ?? "string";
  if (type === "IGNORE") return { role: "IGNORE" };
  const role = ROLES[sort].find((known) => known === type);
  if (role !== undefined) {
    if (name === "" || (role === "ID" && name === "id")) return { role };
    const right = role === "ID" ? "id:ID" : `:${role}`;
    fault("BAD_COLUMN", {
      en: `${shown(cell)} names the role ${role} oddly — write ${right}`,
      zh: `${shown(cell)} 不是 ${role} 列的写法——请写成 ${right}`,
    });
    return { role };
  }
  if (sort === "relationships" && name === "id" && type === "string") return { property: "id" };
  const definitions = DEFINITIONS[sort].get(name);
  if (definitions === undefined) {
    const candidates = [...DEFINITIONS[sort].keys(), ...ROLES[sort].map((known) => `:${known}`)];
    const remedy = didYouMean(name || cell, candidates) ?? {
      en: " — remove the column, or write :IGNORE behind its name",
      zh: "——请删去此列，或在列名后加 :IGNORE",
    };
    const owners = sort === "nodes" ? { en: "kind of node", zh: "节点" } : { en: "type of relationship", zh: "关系" };
    fault("UNKNOWN_COLUMN", {
      en: `no ${owners.en} has the property ${shown(name || cell)}${remedy.en}`,
      zh: `没有一类${owners.zh}有属性 ${shown(name || cell)}${remedy.zh}`,
    });
    return { role: "IGNORE" };
  }
  const admitted = [...new Set(definitions.flatMap(headerTypes))];
  if (!admitted.includes(type)) {
    const right = admitted[0] === "string" ? name : `${name}:${admitted[0]}`;
    fault("COLUMN_TYPE", {
      en: `the column ${shown(name)} is of type ${type} here — write ${right}`,
      zh: `此处 ${shown(name)} 列的类型是 ${type}——请写成 ${right}`,
    });
  }
  return { property: name };
}

const PROPOSED_ROLES: Readonly<Record<FileSort, Bilingual>> = {
  nodes: { en: "id:ID and :LABEL", zh: "id:ID 和 :LABEL" },
  relationships: { en: ":START_ID, :END_ID and :TYPE", zh: ":START_ID、:END_ID 和 :TYPE" },
};
