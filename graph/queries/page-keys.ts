import Cypher from "@neo4j/cypher-builder";
import type { Condition } from "../filter/condition.ts";
import { behind, type KeyValue, keyExpression, type OrderKey, ordered, type PageDirection } from "../filter/order.ts";
import type { Narrowing, Where } from "../filter/where.ts";

/** How the rows of a page are compared, and where the page begins. */
export interface PageOf {
  readonly direction: PageDirection;
  readonly order: readonly OrderKey[];
  /** Values of the order's keys and then of the ids, of the row behind which the page begins; null = at the end of the list it runs from. */
  readonly after: readonly KeyValue[] | null;
  readonly limit: number;
}

/** The keys of a page in a statement: those asked for, then the ids that settle ties. */
export interface PageKeys {
  /** Which rows lie behind the cursor. */
  readonly isBehind: Condition;
  /** ORDER BY of the elements. */
  readonly order: readonly [Cypher.Expr, Cypher.Order][];
  /** The keys as columns, for a statement that puts its rows in order at the end. */
  readonly columns: readonly [Cypher.Expr, string][];
  /** ORDER BY of those columns: after RETURN, the embedded engine knows nothing else. */
  readonly columnOrder: readonly [Cypher.Expr, Cypher.Order][];
}

export function pageKeys(
  { direction, order, after }: PageOf,
  elements: { readonly node: Cypher.Node; readonly edge?: Cypher.Relationship },
): PageKeys {
  const asked = order.map((key, at) => ({
    expression: keyExpression(key, key.on === "edge" ? elements.edge! : elements.node),
    direction: key.direction,
    column: `key${at}`,
  }));
  const ids = [
    { expression: elements.node.property("id"), column: "id" },
    ...(elements.edge === undefined ? [] : [{ expression: elements.edge.property("id"), column: "relationshipId" }]),
  ].map((key) => ({ ...key, direction: "ASC" as const }));
  const turned = direction === "FORWARD" ? ("ASC" as const) : ("DESC" as const);
  const column = (name: string) => new Cypher.NamedVariable(name);
  return {
    isBehind:
      after === null
        ? start(order, elements)
        : behind(
            [...asked, ...ids].map((key, at) => ({ ...key, value: after[at]!, known: at >= asked.length })),
            direction,
          ),
    order: [
      ...ordered(asked, direction),
      ...ids.map(({ expression }): [Cypher.Expr, Cypher.Order] => [expression, turned]),
    ],
    columns: asked.map((key): [Cypher.Expr, string] => [key.expression, key.column]),
    columnOrder: [
      ...ordered(
        asked.map((key) => ({ ...key, expression: column(key.column) })),
        direction,
      ),
      ...ids.map((key): [Cypher.Expr, Cypher.Order] => [column(key.column), turned]),
    ],
  };
}

/** Whether a page is the first of a list without conditions: its statement then has no values but how many rows it takes. */
export function isPlain({ where, asOf }: Narrowing & { readonly where: Where | null }, { after }: PageOf): boolean {
  return where === null && asOf === null && after === null;
}

/** Every id is greater: a condition on it lets Neo4j take the order of ids from their index. */
function start(order: readonly OrderKey[], { node, edge }: Parameters<typeof pageKeys>[1]): Condition {
  return order.length > 0 || edge !== undefined || Cypher.gt(node.property("id"), new Cypher.Literal(""));
}
