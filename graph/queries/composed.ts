import type Cypher from "@neo4j/cypher-builder";
import type { Params, Query, Statement } from "../store/store.ts";

/** A statement of a composed clause: its own parameters and those that are given by name. */
export function composed<Row>(
  name: string,
  row: Query<Row>["row"],
  clause: Cypher.Clause,
  given: Params = {},
): Statement<Row> {
  const { cypher: text, params } = clause.build();
  return { query: { name, row, text }, params: { ...params, ...given } };
}
