import { KIND_NAMES } from "../ontology.ts";
import type { GraphStore } from "./store.ts";

/** One statement that makes or drops a constraint or an index; safe to repeat, never in one transaction with data. */
export interface SchemaStatement {
  readonly name: string;
  readonly text: string;
}

/**
 * Drops what only reading needs of Neo4j's indexes: to fill an empty graph without them and make them at the end takes a
 * third of the time off its nodes. The unique constraints stay.
 */
export function indexDrops(): readonly SchemaStatement[] {
  return readingIndexes("neo4j").map(({ name }) => ({ name: `drop_${name}`, text: `DROP INDEX ${name} IF EXISTS` }));
}

/**
 * What `prepare()` makes, from the ontology: the one place where the texts of the two engines differ.
 *
 * - `id` is unique among all entities, and found by an index under `Entity` and under each kind.
 * - `dataset` has an index, so that a data set can be replaced or withdrawn as a whole.
 * - `searchText` (see the search query) has a TEXT index on Neo4j, which answers CONTAINS; the embedded engine has no
 *   index for CONTAINS (its text index ranks words) and scans the property, which it does fast enough.
 * - On the embedded engine a constraint without an index on its key scans at every write, so each gets one; Neo4j's
 *   constraint brings its own and refuses a second.
 *
 * Neither engine gets constraints on relationships: that the `id` of a relationship is unique in the whole store is for
 * whoever writes relationships to check, in the transaction that writes them (`relationshipsById`).
 */
export function schemaStatements(engine: GraphStore["engine"]): readonly SchemaStatement[] {
  return [
    unique("Entity", "id"),
    unique("GraphVersion", "id"),
    unique("ApiKey", "prefix"),
    unique("Change", "version"),
    unique("ClientMutation", "key"),
    unique("StoreFormat", "id"),
    ...(engine === "embedded"
      ? [
          index("Entity", "id"),
          index("GraphVersion", "id"),
          index("ApiKey", "prefix"),
          index("Change", "version"),
          index("ClientMutation", "key"),
          index("StoreFormat", "id"),
        ]
      : []),
    ...readingIndexes(engine),
  ];
}

/** Those that no constraint needs. */
function readingIndexes(engine: GraphStore["engine"]): readonly SchemaStatement[] {
  return [
    index("Entity", "dataset"),
    ...KIND_NAMES.map((kind) => index(kind, "id")),
    ...(engine === "neo4j" ? [textIndex("Entity", "searchText")] : []),
  ];
}

// Labels and properties below are identifiers of this file and of the ontology, never a caller's.

function unique(label: string, property: string): SchemaStatement {
  const name = `${snake(label)}_${snake(property)}_unique`;
  return {
    name,
    text: `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE n.${property} IS UNIQUE`,
  };
}

function index(label: string, property: string): SchemaStatement {
  const name = `${snake(label)}_${snake(property)}`;
  return {
    name,
    text: `CREATE INDEX ${name} IF NOT EXISTS FOR (n:${label}) ON (n.${property})`,
  };
}

function textIndex(label: string, property: string): SchemaStatement {
  const name = `${snake(label)}_${snake(property)}_text`;
  return {
    name,
    text: `CREATE TEXT INDEX ${name} IF NOT EXISTS FOR (n:${label}) ON (n.${property})`,
  };
}

function snake(camel: string): string {
  return camel.replaceAll(/(?<=.)[A-Z]/g, "_$&").toLowerCase();
}
