import type { ExportedRecords } from "../../export/export-records.ts";
import {
  KIND_NAMES,
  type PropertyDefinition,
  propertiesOfKind,
  propertiesOfRelationship,
  RELATIONSHIP_TYPES,
} from "../../ontology.ts";
import type { PropertyValue, PropertyValues } from "../../records.ts";
import { escapeMarkup } from "../markup.ts";
import { writeFileWhole } from "./output-file.ts";

/**
 * Writes GraphML 1.0 with typed keys: `labels` of a node (`:Entity:Firm`) and `label` of an edge (`SUPPLIES`), as Gephi,
 * yEd, NetworkX and Neo4j's tools take them, and every property of the ontology. GraphML has no lists: theirs are JSON
 * texts. A control character, which XML cannot hold, is written as its picture (␁).
 *
 * @throws GraphError BAD_INPUT where the file cannot be written, CONFLICT where the graph changed meanwhile
 */
export async function writeGraphml(records: ExportedRecords, path: string): Promise<void> {
  await writeFileWhole(path, pieces(records));
}

async function* pieces(records: ExportedRecords): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n';
  yield '<key id="labels" for="node" attr.name="labels" attr.type="string"/>\n';
  yield '<key id="label" for="edge" attr.name="label" attr.type="string"/>\n';
  for (const [name, type] of keysOf(KIND_NAMES.map(propertiesOfKind))) yield key("node", name, type);
  for (const [name, type] of keysOf(RELATIONSHIP_TYPES.map(propertiesOfRelationship))) yield key("edge", name, type);
  yield '<graph id="liantu" edgedefault="directed">\n';
  for await (const { id, kind, properties } of records.entities())
    yield `<node id="${escapeMarkup(id)}"><data key="labels">:Entity:${kind}</data>${data("node", properties)}</node>\n`;
  for await (const { id, type, from, to, properties } of records.relationships())
    yield `<edge id="${escapeMarkup(id)}" source="${escapeMarkup(from)}" target="${escapeMarkup(to)}"><data key="label">${type}</data>${data("edge", properties)}</edge>\n`;
  yield "</graph>\n</graphml>\n";
}

type KeyType = "string" | "double" | "long" | "boolean";

function keysOf(owners: readonly Readonly<Record<string, PropertyDefinition>>[]): ReadonlyMap<string, KeyType> {
  const keys = new Map<string, KeyType>();
  for (const owner of owners)
    for (const [name, definition] of Object.entries(owner)) {
      const type = keyType(definition);
      keys.set(name, keys.get(name) === undefined || keys.get(name) === type ? type : "string");
    }
  return keys;
}

function keyType({ type }: PropertyDefinition): KeyType {
  switch (type) {
    case "double":
    case "boolean":
      return type;
    case "integer":
      return "long";
    default:
      return "string";
  }
}

function key(owner: "node" | "edge", name: string, type: KeyType): string {
  return `<key id="${owner}.${name}" for="${owner}" attr.name="${name}" attr.type="${type}"/>\n`;
}

function data(owner: "node" | "edge", properties: PropertyValues): string {
  return Object.entries(properties)
    .map(([name, value]) => `<data key="${owner}.${name}">${escapeMarkup(textOf(value))}</data>`)
    .join("");
}

function textOf(value: PropertyValue): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
