import Cypher from "@neo4j/cypher-builder";
import { z } from "zod";
import { allOf, type Condition, predicateOf } from "../filter/condition.ts";
import type { Scope } from "../filter/fields.ts";
import { entityCondition, type Narrowing, type Where } from "../filter/where.ts";
import type { Kind } from "../ontology.ts";
import type { Statement } from "../store/store.ts";
import { type Asked, propertiesOf } from "./asked.ts";
import { composed, composedOnce } from "./composed.ts";
import { groupValue } from "./group-value.ts";
import { isPlain, type PageOf, pageKeys } from "./page-keys.ts";
import { askedProperties, type EntityRow, entityRow } from "./rows.ts";

const pageRow = entityRow.extend({ properties: askedProperties });
const countRow = z.object({ count: z.number() });
const groupRow = countRow.extend({ value: z.union([z.string(), z.boolean()]).nullable() });
export type GroupRow = z.infer<typeof groupRow>;

/** Entities that a `where` asks for. */
export interface EntityList extends Narrowing {
  /** Only of this kind; of any where null. */
  readonly kind: Kind | null;
  /** What the names in `where` and in the order of a page stand for. */
  readonly scope: Scope;
  readonly where: Where | null;
}

/** Which entities are in a list? One page, in its order, ties by id, from behind the cursor, with the properties asked for. */
export function entityPage(list: EntityList, page: PageOf, asked: Asked): Statement<EntityRow> {
  const given = { limit: page.limit };
  const { kind, scope, hides } = list;
  const shape = isPlain(list, page) ? ["entityPage", kind, scope, hides, page.direction, page.order, asked] : null;
  return composedOnce(shape, given, () =>
    composed(`entityPage ${nameOf(list)}`, pageRow, pageClause(list, page, asked), given),
  );
}

function pageClause(list: EntityList, page: PageOf, asked: Asked): Cypher.Clause {
  const node = new Cypher.NamedNode("entity");
  const keys = pageKeys(page, { node });
  return matched(list, node, keys.isBehind)
    .with(node)
    .orderBy(...keys.order)
    .limit(new Cypher.NamedParam("limit"))
    .return(
      [node.property("id"), "id"],
      [groupValue(node, "kind"), "kind"],
      [propertiesOf(node, "node", page.order, asked), "properties"],
      ...keys.columns,
    )
    .orderBy(...keys.columnOrder);
}

/** How many entities are in a list? */
export function entityCount(list: EntityList): Statement<z.infer<typeof countRow>> {
  const node = new Cypher.NamedNode("entity");
  return composed(`entityCount ${nameOf(list)}`, countRow, matched(list, node).return([Cypher.count(node), "count"]));
}

/** How many of them have each value of a property? Those without a value are a group too; the largest `limit` groups. */
export function entityGroups(list: EntityList, property: string, limit: number): Statement<GroupRow> {
  const node = new Cypher.NamedNode("entity");
  const [value, count] = [new Cypher.NamedVariable("value"), new Cypher.NamedVariable("count")];
  const clause = matched(list, node)
    .return([groupValue(node, property), "value"], [Cypher.count(node), "count"])
    .orderBy([count, "DESC"], [value, "ASC"])
    .limit(new Cypher.NamedParam("limit"));
  return composed(`entityGroups ${nameOf(list)}`, groupRow, clause, { limit });
}

function matched({ kind, scope, where, asOf, hides }: EntityList, node: Cypher.NamedNode, isBehind: Condition = true) {
  const match = new Cypher.Match(new Cypher.Pattern(node, { labels: [kind ?? "Entity"] }));
  const predicate = predicateOf(allOf([isBehind, entityCondition(where, scope, node, { asOf, hides })]));
  return predicate === null ? match : match.where(predicate);
}

function nameOf({ kind }: EntityList): string {
  return kind ?? "Entity";
}
