import Cypher from "@neo4j/cypher-builder";
import { GraphError } from "../errors.ts";
import { comparison } from "./comparison.ts";
import { allOf, anyOf, type Condition, predicateOf } from "./condition.ts";
import {
  edgeFields,
  type Fields,
  type Neighborhood,
  neighborhoods,
  nodeFields,
  type Scope,
  scopeOf,
} from "./fields.ts";
import { validOn } from "./valid-on.ts";
import { visibleEdge, visibleNode } from "./visible.ts";

/** What a `where` may cost at most; the same for a list of entities and one of neighbours. */
export const WHERE_LIMITS = {
  /** AND, OR, NOT, some, none and every, one within another. */
  depth: 5,
  /** Comparisons, each value of `hasAny` and `hasAll` and each step to neighbours counted. */
  conditions: 50,
  /** Values of one `in` or `notIn`. */
  values: 1_000,
} as const;

/** As GraphQL gives it: shaped as the schema says, to be checked against the ontology all the same. */
export type Where = Readonly<Record<string, unknown>>;

/** What else narrows every node and relationship that a condition touches. */
export interface Narrowing {
  /** Only facts that hold on this day (YYYY-MM-DD); all where null. */
  readonly asOf: string | null;
  /** Only what is of none of the data sets `$hidden`. */
  readonly hides: boolean;
}

interface Reading extends Narrowing {
  conditions: number;
}

/** Reads one name of a `where` that is neither AND, OR nor NOT. */
type Read = (name: string, value: unknown, negated: boolean, path: string, depth: number) => Condition;

/**
 * What a `where` on entities of a scope asks of `node`, as a condition that is never unknown.
 *
 * @throws GraphError BAD_INPUT, naming the place, for what the ontology does not know or goes beyond WHERE_LIMITS
 */
export function entityCondition(where: Where | null, scope: Scope, node: Cypher.Node, narrowing: Narrowing): Condition {
  const reading = { ...narrowing, conditions: 0 };
  const asked = where === null ? true : read(where, "where", 0, false, readsNode(scope, node, reading), reading);
  return allOf([...narrowedNode(node, narrowing), asked]);
}

/** The same of one neighbourhood: conditions on the `node` at its other end and on the `edge` to it. */
export function neighborCondition(
  where: Where | null,
  neighborhood: Neighborhood,
  ends: { readonly node: Cypher.Node; readonly edge: Cypher.Relationship },
  narrowing: Narrowing,
): Condition {
  const reading = { ...narrowing, conditions: 0 };
  const asked =
    where === null ? true : read(where, "where", 0, false, readsNeighbor(neighborhood, ends, reading), reading);
  return allOf([...narrowedNode(ends.node, narrowing), ...narrowedEdge(ends.edge, narrowing), asked]);
}

function narrowedNode(node: Cypher.Node, { asOf, hides }: Narrowing): readonly Condition[] {
  return [validOn(node, asOf), !hides || visibleNode(node)];
}

function narrowedEdge(edge: Cypher.Relationship, { asOf, hides }: Narrowing): readonly Condition[] {
  return [validOn(edge, asOf), !hides || visibleEdge(edge)];
}

/** Negation is carried inwards to the comparisons, where a missing value can be told from one that does not match. */
function read(where: Where, path: string, depth: number, negated: boolean, one: Read, reading: Reading): Condition {
  if (depth > WHERE_LIMITS.depth) refuse(path, `nests deeper than ${WHERE_LIMITS.depth} levels: ask in several steps`);
  const parts = Object.entries(where).map(([name, value]): Condition => {
    const place = `${path}.${name}`;
    if (value === null) refuse(place, "is null: leave it out, or ask `isNull: true` for what is unknown");
    const within = (each: unknown, at: string, flipped: boolean) =>
      read(each as Where, at, depth + 1, flipped, one, reading);
    switch (name) {
      case "AND":
        return (negated ? anyOf : allOf)(
          (value as Where[]).map((each, at) => within(each, `${place}[${at}]`, negated)),
        );
      case "OR":
        return (negated ? allOf : anyOf)(
          (value as Where[]).map((each, at) => within(each, `${place}[${at}]`, negated)),
        );
      case "NOT":
        return within(value, place, !negated);
      default:
        return one(name, value, negated, place, depth);
    }
  });
  return (negated ? anyOf : allOf)(parts);
}

function readsNode(scope: Scope, node: Cypher.Node, reading: Reading): Read {
  return (name, value, negated, path, depth) => {
    const fields = nodeFields(scope);
    if (Object.hasOwn(fields, name)) return compared(node, name, fields, value as Where, negated, path, reading);
    const neighborhood = Object.hasOwn(neighborhoods(scope), name) ? neighborhoods(scope)[name] : undefined;
    if (neighborhood === undefined) return refuse(path, "is no property or relationship that can be asked for here");
    return reached(node, neighborhood, value as Where, negated, path, depth, reading);
  };
}

function readsNeighbor(
  { type, others }: Neighborhood,
  { node, edge }: { readonly node: Cypher.Node; readonly edge: Cypher.Relationship },
  reading: Reading,
): Read {
  return (name, value, negated, path, depth) => {
    if (name === "node")
      return read(value as Where, path, depth, negated, readsNode(scopeOf(others), node, reading), reading);
    if (name !== "edge") return refuse(path, "is neither `node` nor `edge`");
    const ofEdge: Read = (property, asked, flipped, place) => {
      const fields = edgeFields(type);
      if (!Object.hasOwn(fields, property)) return refuse(place, "is no property of the relationship");
      return compared(edge, property, fields, asked as Where, flipped, place, reading);
    };
    return read(value as Where, path, depth, negated, ofEdge, reading);
  };
}

/** All comparisons of one property. */
function compared(
  element: Cypher.Node | Cypher.Relationship,
  name: string,
  fields: Fields,
  filter: Where,
  negated: boolean,
  path: string,
  reading: Reading,
): Condition {
  const parts = Object.entries(filter).map(([operator, value]) => {
    const place = `${path}.${operator}`;
    if (value === null) refuse(place, "is null: leave it out, or ask `isNull: true` for what is unknown");
    count(reading, operator === "hasAny" || operator === "hasAll" ? (value as unknown[]).length : 1);
    if (Array.isArray(value) && value.length > WHERE_LIMITS.values)
      refuse(place, `has ${value.length} values; at most ${WHERE_LIMITS.values} are compared`);
    if (fields[name]!.type === "date" && operator !== "isNull" && !/^\d{4}(-\d{2}){0,2}$/.test(value as string))
      refuse(place, "takes a date: YYYY, YYYY-MM or YYYY-MM-DD");
    const found = comparison(element, name, fields[name]!, operator, value, negated, reading.hides);
    return found ?? refuse(place, "is no comparison of this property");
  });
  return (negated ? anyOf : allOf)(parts);
}

/**
 * What `some`, `none` and `every` ask of a neighbourhood. As COUNT {} of 0 or more, not EXISTS {}: the embedded engine
 * takes minutes for one EXISTS within another and milliseconds for counts; Neo4j stops at the first match either way.
 */
function reached(
  node: Cypher.Node,
  neighborhood: Neighborhood,
  filter: Where,
  negated: boolean,
  path: string,
  depth: number,
  reading: Reading,
): Condition {
  const parts = Object.entries(filter).map(([quantifier, value]) => {
    const place = `${path}.${quantifier}`;
    if (value === null) refuse(place, "is null: leave it out");
    count(reading, 1);
    const other = new Cypher.Node();
    const edge = new Cypher.Relationship();
    const pattern = new Cypher.Pattern(node)
      .related(edge, { type: neighborhood.type, direction: neighborhood.direction === "OUT" ? "right" : "left" })
      .to(other, { labels: [scopeOf(neighborhood.others)] });
    const asked = read(
      value as Where,
      place,
      depth + 1,
      quantifier === "every",
      readsNeighbor(neighborhood, { node: other, edge }, reading),
      reading,
    );
    const condition = allOf([...narrowedNode(other, reading), ...narrowedEdge(edge, reading), asked]);
    if (condition === false) return (quantifier === "some") === negated;
    const match = new Cypher.Match(pattern);
    const predicate = predicateOf(condition);
    if (predicate !== null) match.where(predicate);
    const found = new Cypher.Count(match);
    const none = new Cypher.Literal(0);
    return (quantifier === "some") === negated ? Cypher.eq(found, none) : Cypher.gt(found, none);
  });
  return (negated ? anyOf : allOf)(parts);
}

function count(reading: Reading, conditions: number): void {
  reading.conditions += conditions;
  if (reading.conditions > WHERE_LIMITS.conditions)
    throw new GraphError("BAD_INPUT", `\`where\` has more than ${WHERE_LIMITS.conditions} conditions: ask for less`);
}

function refuse(path: string, problem: string): never {
  throw new GraphError("BAD_INPUT", `\`${path}\` ${problem}`);
}
