import { fileURLToPath } from "node:url";
import { type DatasetReading, readDataset } from "../../graph/formats/dataset.ts";
import type { EntityRecord, PropertyValues, RelationshipRecord } from "../../graph/records.ts";

/** The seed of the Quanzhou cluster as the importer reads it. */
export async function readQuanzhou(): Promise<DatasetReading> {
  return readDataset(fileURLToPath(new URL("../../seeds/quanzhou", import.meta.url)));
}

/** A text property; empty where the record has none. */
export function textOf(record: EntityRecord | RelationshipRecord, property: string): string {
  const value = record.properties[property];
  return typeof value === "string" ? value : "";
}

/** The name and the aliases of a node. */
export function namesOf({ properties }: { readonly properties: PropertyValues }): string[] {
  return [properties["name"], properties["aliases"]].flat().filter((name) => typeof name === "string");
}
