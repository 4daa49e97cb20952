import { MARKS } from "../../graph/analysis/subgraph.ts";
import {
  ENTITY_PROPERTIES,
  ENUMS,
  KIND_NAMES,
  KINDS,
  type Kind,
  neighborFields,
  PROVENANCE,
  type PropertyDefinition,
  RELATIONSHIP_TYPES,
  RELATIONSHIPS,
  type RelationshipType,
} from "../../graph/ontology.ts";

const INTERNAL_PROPERTIES = new Set(["sources"]);

/** The name of the connection from a kind along a field: one for each relationship type and kind of neighbour. */
export function connectionName(type: RelationshipType, others: readonly Kind[]): string {
  const words = type.split("_").map((word) => word[0] + word.slice(1).toLowerCase());
  return `${words.join("")}${others.length === 1 ? others[0] : "Entity"}`;
}

/** The part of the schema that the ontology decides: its enums, one object type a kind, one connection a neighbourhood. */
export function ontologySdl(): string {
  return [
    "# Made from graph/ontology.ts by `npm run generate`; do not edit.",
    enumType(
      "Kind",
      "Kinds of nodes. 类别",
      KIND_NAMES.map((kind) => [kind, `${KINDS[kind].zh} · ${KINDS[kind].description}`]),
    ),
    enumType(
      "RelationshipType",
      "Types of relationships. 关系",
      RELATIONSHIP_TYPES.map((type) => [type, `${RELATIONSHIPS[type].zh} · ${RELATIONSHIPS[type].description}`]),
    ),
    ...Object.entries(ENUMS).map(([name, values]) =>
      enumType(
        name,
        null,
        Object.entries(values).map(([value, label]) => [value, `${label.zh} · ${label.en}`]),
      ),
    ),
    enumType(
      "Mark",
      "What an answer says of a node or edge. 标记",
      Object.entries(MARKS).map(([mark, label]) => [mark, `${label.zh} · ${label.en}`]),
    ),
    block(
      "interface Entity implements Node",
      "Any node of the graph, with where it is from and when it holds.",
      ENTITY_FIELDS,
    ),
    block(
      "interface Relationship",
      "Any relationship of the graph, with where it is from and when it holds.",
      RELATIONSHIP_FIELDS,
    ),
    ...KIND_NAMES.map(kindType),
    ...relationshipTypes(),
    ...connections(),
    "",
  ].join("\n\n");
}

const COMMON = properties(PROVENANCE);
const RECORDED = [
  field("Where it is from. 出处", "sources: [Source!]!"),
  field("When it was last changed here (ISO 8601).", "updatedAt: String"),
  field(
    "How many times it was recorded or changed here: what `ifVersion` of a mutation is compared with.",
    "version: Int",
  ),
];
const ENTITY_FIELDS = ["id: ID!", "kind: Kind!", ...properties(ENTITY_PROPERTIES), ...COMMON, ...RECORDED];
const RELATIONSHIP_FIELDS = [
  "id: ID!",
  "type: RelationshipType!",
  field("The node it starts from.", "from: Entity!"),
  field("The node it leads to.", "to: Entity!"),
  ...COMMON,
  ...RECORDED,
];

function kindType(kind: Kind): string {
  const neighbors = neighborFields(kind).map((neighbor) => {
    const label = RELATIONSHIPS[neighbor.type];
    const direction = neighbor.direction === "OUT" ? "→" : "←";
    const args = "(first: Int, after: String, last: Int, before: String)";
    return field(
      `${label.zh} ${direction} ${neighbor.type}`,
      `${neighbor.field}${args}: ${connectionName(neighbor.type, neighbor.others)}Connection!`,
    );
  });
  const { zh, description } = KINDS[kind];
  return block(`type ${kind} implements Entity & Node`, `${zh} · ${description}`, [
    ...ENTITY_FIELDS,
    ...properties(KINDS[kind].properties),
    ...neighbors,
  ]);
}

/** The GraphQL object type of a relationship type: SUPPLIES → SuppliesRelationship. */
export function relationshipTypeName(type: RelationshipType): string {
  return `${connectionName(type, [])}`.replace(/Entity$/, "Relationship");
}

function relationshipTypes(): string[] {
  return RELATIONSHIP_TYPES.map((type) =>
    block(
      `type ${relationshipTypeName(type)} implements Relationship`,
      `${RELATIONSHIPS[type].zh} · ${RELATIONSHIPS[type].description}`,
      [...RELATIONSHIP_FIELDS, ...properties(RELATIONSHIPS[type].properties)],
    ),
  );
}

function connections(): string[] {
  const made = new Map<string, string>();
  for (const kind of KIND_NAMES) {
    for (const { type, others } of neighborFields(kind)) {
      const name = connectionName(type, others);
      const node = others.length === 1 ? others[0] : "Entity";
      const edge = block(
        `type ${name}Edge`,
        `${RELATIONSHIPS[type].zh}: the relationship's own facts, and the neighbour.`,
        [
          "id: ID!",
          "cursor: String!",
          field("The neighbour.", `node: ${node}!`),
          ...properties(RELATIONSHIPS[type].properties),
          ...COMMON,
          ...RECORDED,
        ],
      );
      const connection = block(`type ${name}Connection`, null, [
        `edges: [${name}Edge!]!`,
        `nodes: [${node}!]!`,
        "pageInfo: PageInfo!",
        "totalCount: Int!",
      ]);
      made.set(name, `${edge}\n\n${connection}`);
    }
  }
  return [...made.values()];
}

function properties(definitions: Readonly<Record<string, PropertyDefinition>>): string[] {
  return Object.entries(definitions)
    .filter(([name]) => !INTERNAL_PROPERTIES.has(name))
    .map(([name, definition]) =>
      field(`${definition.zh} · ${definition.description}`, `${name}: ${graphqlType(definition)}`),
    );
}

function graphqlType({ type, required }: PropertyDefinition): string {
  if (type.endsWith("[]")) {
    const element = type.slice(0, -2);
    return `[${element === "string" ? "String" : element}!]!`;
  }
  const scalars: Record<string, string> = {
    string: "String",
    double: "Float",
    integer: "Int",
    boolean: "Boolean",
    date: "String",
  };
  return `${scalars[type] ?? type}${required ? "!" : ""}`;
}

function field(description: string, definition: string): string {
  return `${JSON.stringify(description)}\n  ${definition}`;
}

function block(head: string, description: string | null, fields: readonly string[]): string {
  return `${description === null ? "" : `${JSON.stringify(description)}\n`}${head} {\n  ${fields.join("\n  ")}\n}`;
}

function enumType(name: string, description: string | null, values: readonly (readonly [string, string])[]): string {
  return block(
    `enum ${name}`,
    description,
    values.map(([value, text]) => field(text, value)),
  );
}
