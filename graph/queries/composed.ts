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

const MOST_KEPT = 500;
const kept = new Map<string, Statement<unknown>>();

/**
 * The statement that `compose` makes, made once for all that are alike in `shape`, where that is a shape: a list without
 * conditions, which says everything in its shape but what is `given`. The last of them are kept.
 *
 * @param shape what decides over text and rows; null where values are part of the statement
 */
export function composedOnce<Row>(
  shape: readonly unknown[] | null,
  given: Params,
  compose: () => Statement<Row>,
): Statement<Row> {
  if (shape === null) return compose();
  const key = JSON.stringify(shape);
  // What stands under a shape was made by its own question, whose rows these are.
  const known = kept.get(key) as Statement<Row> | undefined;
  const statement = known ?? compose();
  kept.delete(key);
  kept.set(key, statement);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return { query: statement.query, params: { ...statement.params, ...given } };
}
