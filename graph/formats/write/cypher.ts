import type { ExportedRecords } from "../../export/export-records.ts";
import { searchText } from "../../search-text.ts";
import { literal, mapLiteral } from "./cypher-literal.ts";
import { descriptionOf } from "./description.ts";
import { writeFileWhole } from "./output-file.ts";

/**
 * Writes a Cypher script, one statement a line, that makes the same graph on Neo4j and on the embedded engine and may be
 * run again: one MERGE a record. Lines that begin with `//` are comments.
 *
 * @throws GraphError BAD_INPUT where the file cannot be written, CONFLICT where the graph changed meanwhile
 */
export async function writeCypher(records: ExportedRecords, path: string): Promise<void> {
  await writeFileWhole(path, statements(records));
}

async function* statements(records: ExportedRecords): AsyncGenerator<string> {
  yield "// Liantu. Before it is run on a Neo4j that Liantu never used, make the ids unique, or it will be slow:\n";
  yield "// CREATE CONSTRAINT entity_id_unique IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;\n";
  for (const stored of records.datasets) {
    const { name, nameEn, title, licence, description, internal } = descriptionOf(stored);
    const properties = {
      ...(nameEn === undefined ? {} : { nameEn }),
      ...{ titleZh: title.zh, titleEn: title.en, licence },
      ...{ descriptionZh: description.zh, descriptionEn: description.en },
      ...(internal === true ? { internal } : {}),
    };
    yield `MERGE (dataset:Dataset {name: ${literal(name)}}) SET dataset += ${mapLiteral(properties)};\n`;
  }
  for await (const entity of records.entities()) {
    const { id, kind } = entity;
    const properties = { ...entity.properties, id, searchText: searchText(entity), version: 1 };
    yield `MERGE (entity:Entity {id: ${literal(id)}}) SET entity = ${mapLiteral(properties)}, entity:${kind};\n`;
  }
  for await (const { id, type, from, to, properties } of records.relationships())
    yield `MATCH (source:Entity {id: ${literal(from)}}) MATCH (target:Entity {id: ${literal(to)}}) MERGE (source)-[relationship:${type} {id: ${literal(id)}}]->(target) SET relationship = ${mapLiteral({ ...properties, id, version: 1 })};\n`;
  yield 'MERGE (version:GraphVersion {id: "graph"}) SET version.counter = coalesce(version.counter, 0) + 1;\n';
}
