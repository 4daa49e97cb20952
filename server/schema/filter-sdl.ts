import {
  edgeFields,
  type Field,
  type Fields,
  isEnum,
  neighborhoods,
  nodeFields,
  type Scope,
} from "../../graph/filter/fields.ts";
import { WHERE_LIMITS } from "../../graph/filter/where.ts";
import { ENUMS, KIND_NAMES, neighborFields, RELATIONSHIP_TYPES, RELATIONSHIPS } from "../../graph/ontology.ts";
import { fieldEnums } from "./field-enums.ts";
import { connectionName, relationshipName } from "./names.ts";
import { block, enumType, field } from "./sdl-text.ts";

const SCOPES: readonly Scope[] = ["Entity", ...KIND_NAMES];
const { depth, conditions, values } = WHERE_LIMITS;

/** The part of the schema that lists are narrowed and put in order by: filters, conditions, orders and groups. */
export function filterSdl(): string[] {
  return [
    ...Object.entries(SCALARS).map(([name, { type, list, text }]) =>
      block(`input ${name}Filter`, text, comparisons(type, list)),
    ),
    ...enumFilter("Kind", false),
    ...Object.keys(ENUMS).flatMap((name) => enumFilter(name, enumsInLists.has(name))),
    ...SCOPES.map(nodeWhere),
    ...RELATIONSHIP_TYPES.map((type) =>
      block(`input ${relationshipName(type)}Where`, `Conditions on a relationship ${type}. ${RULES}`, [
        ...logic(`${relationshipName(type)}Where`),
        ...filters(edgeFields(type)),
      ]),
    ),
    ...neighborInputs(),
    ...fieldEnums().map(({ name, text, values: named }) =>
      enumType(
        name,
        text,
        Object.entries(named).map(([value, { label }]) => [value, `${label.zh} · ${label.en}`]),
      ),
    ),
    enumType("OrderDirection", "Which way a list runs; entries whose value is unknown come last either way.", [
      ["ASC", "Smallest, first or least mature one first."],
      ["DESC", "Largest, last or most mature one first."],
    ]),
    ...SCOPES.map((scope) =>
      block(`input ${scope}Order`, ORDER, [
        field("What the list is put in order by.", `field: ${scope}OrderField!`),
        "direction: OrderDirection! = ASC",
      ]),
    ),
  ];
}

const RULES =
  "All that is given must hold. A missing value matches no comparison, `ne` and `notIn` included; `isNull: true` finds it. " +
  "NOT is plain: it finds everything that does not match, so also what has no value.";
const ORDER =
  "One property a list is put in order by; the next in the list settles ties, and the id the last ones. Texts go by code " +
  "point, values of a closed list by their place in it.";

type Comparison = readonly [name: string, type: "one" | "many" | "boolean", text: string];
const IS_NULL: Comparison = ["isNull", "boolean", "true: no value is recorded (unknown); false: there is one."];
const EQUAL: readonly Comparison[] = [
  ["eq", "one", "Is it."],
  ["ne", "one", "Is known, and another."],
];
const AMONG: readonly Comparison[] = [
  ["in", "many", `Is one of them; at most ${values}. An empty list finds nothing.`],
  ["notIn", "many", `Is known, and none of them; at most ${values}.`],
];
const SIZE: readonly Comparison[] = [
  ["gt", "one", "Is greater, or later."],
  ["gte", "one", "Is greater or the same."],
  ["lt", "one", "Is smaller, or earlier."],
  ["lte", "one", "Is smaller or the same."],
];
const TEXT: readonly Comparison[] = [
  ["contains", "one", "Has this text somewhere; letters by case (`search` minds neither case nor width)."],
  ["startsWith", "one", "Begins with it."],
  ["endsWith", "one", "Ends with it."],
];
const LISTED: readonly Comparison[] = [
  ["has", "one", "One of the values is it."],
  ["hasAny", "many", "One of the values is one of these."],
  ["hasAll", "many", "Each of these is one of the values."],
  ["isEmpty", "boolean", "true: no value is recorded; false: there is one."],
];

const SCALARS: Readonly<Record<string, { type: string; list: readonly Comparison[]; text: string }>> = {
  String: { type: "String", list: [...EQUAL, ...AMONG, ...TEXT, ...SIZE, IS_NULL], text: "Conditions on a text." },
  Float: { type: "Float", list: [...EQUAL, ...AMONG, ...SIZE, IS_NULL], text: "Conditions on a number." },
  Int: { type: "Int", list: [...EQUAL, ...AMONG, ...SIZE, IS_NULL], text: "Conditions on a whole number." },
  Boolean: { type: "Boolean", list: [...EQUAL, IS_NULL], text: "Conditions on a yes or no." },
  Date: {
    type: "String",
    list: [["eq", "one", "Is recorded so, to the letter."], ...SIZE, IS_NULL],
    text:
      "Conditions on a date (YYYY, YYYY-MM or YYYY-MM-DD). A recorded year or month counts as its first day; the one it is " +
      'compared with is the whole year, month or day: `gt: "2024"` is after it, `lte: "2024"` up to its end.',
  },
  StringList: { type: "String", list: LISTED, text: "Conditions on a list of texts." },
};

const enumsInLists = new Set(
  [...KIND_NAMES.map(nodeFields), ...RELATIONSHIP_TYPES.map(edgeFields)]
    .flatMap((fields) => Object.values(fields))
    .filter(({ type }) => type.endsWith("[]"))
    .map(({ type }) => type.slice(0, -2)),
);

function enumFilter(name: string, inLists: boolean): string[] {
  const known = name === "Kind" ? [] : [IS_NULL];
  const one = block(
    `input ${name}Filter`,
    `Conditions on a ${name}.`,
    comparisons(name, [...EQUAL, ...AMONG, ...known]),
  );
  if (!inLists) return [one];
  return [one, block(`input ${name}ListFilter`, `Conditions on a list of ${name}.`, comparisons(name, LISTED))];
}

function comparisons(type: string, list: readonly Comparison[]): string[] {
  return list.map(([name, takes, text]) =>
    field(text, `${name}: ${takes === "boolean" ? "Boolean" : takes === "many" ? `[${type}!]` : type}`),
  );
}

function filterName({ type }: Field): string {
  if (type === "kind") return "KindFilter";
  if (type.endsWith("[]")) return `${type === "string[]" ? "String" : type.slice(0, -2)}ListFilter`;
  if (isEnum(type)) return `${type}Filter`;
  return `${{ string: "String", double: "Float", integer: "Int", boolean: "Boolean", date: "Date" }[type as string]}Filter`;
}

function filters(fields: Fields): string[] {
  return Object.entries(fields).map(([name, definition]) =>
    field(`${definition.zh} · ${definition.en}`, `${name}: ${filterName(definition)}`),
  );
}

function logic(name: string): string[] {
  return [
    field("All of them hold; so does an empty list.", `AND: [${name}!]`),
    field("One of them holds; of an empty list, none.", `OR: [${name}!]`),
    field("It does not hold, or cannot be told for want of a value.", `NOT: ${name}`),
  ];
}

function nodeWhere(scope: Scope): string {
  const text =
    scope === "Entity"
      ? `Conditions on entities of any kind: properties and neighbours that mean the same in every kind that has them (a kind that lacks one has no value of it). ${RULES}`
      : `Conditions on a ${scope}. ${RULES}`;
  const steps = Object.entries(neighborhoods(scope)).map(([name, { type, direction, others }]) =>
    field(
      `${RELATIONSHIPS[type].zh} ${direction === "OUT" ? "→" : "←"} ${type}`,
      `${name}: ${connectionName(type, others)}Match`,
    ),
  );
  return block(
    `input ${scope}Where`,
    `${text} At most ${conditions} conditions in all, AND, OR, NOT, some, none and every nested at most ${depth} deep.`,
    [...logic(`${scope}Where`), ...filters(nodeFields(scope)), ...steps],
  );
}

/** For each connection: conditions on edge and node, how many neighbours must meet them, and its order. */
function neighborInputs(): string[] {
  const made = new Map<string, string>();
  for (const { type, others } of KIND_NAMES.flatMap(neighborFields)) {
    const name = connectionName(type, others);
    const node = others.length === 1 ? others[0] : "Entity";
    const edge = relationshipName(type);
    const where = block(
      `input ${name}Where`,
      "Conditions on neighbours, as they are answered: on the edge, on the node.",
      [
        ...logic(`${name}Where`),
        field("The relationship's own facts.", `edge: ${edge}Where`),
        field("The neighbour.", `node: ${node}Where`),
      ],
    );
    const match = block(`input ${name}Match`, "How many of the neighbours meet conditions; `{}` is any neighbour.", [
      field("At least one does.", `some: ${name}Where`),
      field("None does.", `none: ${name}Where`),
      field("Each does, also where there is none at all.", `every: ${name}Where`),
    ]);
    const order = block(`input ${name}Order`, `${ORDER} Give \`node\` or \`edge\`.`, [
      field("A property of the neighbour.", `node: ${node}OrderField`),
      field("A property of the relationship.", `edge: ${edge}OrderField`),
      "direction: OrderDirection! = ASC",
    ]);
    made.set(name, `${where}\n\n${match}\n\n${order}`);
  }
  return [...made.values()];
}
