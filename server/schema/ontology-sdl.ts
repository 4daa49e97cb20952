import { MARKS } from "../../graph/analysis/subgraph.ts";
import { scopeOf } from "../../graph/filter/fields.ts";
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
} from "../../graph/ontology.ts";
import { filterSdl } from "./filter-sdl.ts";
import { COUNTED, COUNTS, listSdl, neighborArguments } from "./list-sdl.ts";
import { connectionName, relationshipName, relationshipTypeName } from "./names.ts";
import { block, enumType, field } from "./sdl-text.ts";

const INTERNAL_PROPERTIES = new Set(["sources"]);

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
    ...filterSdl(),
    ...listSdl(),
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
    const name = connectionName(neighbor.type, neighbor.others);
    return field(
      `${label.zh} ${direction} ${neighbor.type}`,
      `${neighbor.field}${neighborArguments(name)}: ${name}Connection!`,
    );
  });
  const { zh, description } = KINDS[kind];
  return block(`type ${kind} implements Entity & Node`, `${zh} · ${description}`, [
    ...ENTITY_FIELDS,
    ...properties(KINDS[kind].properties),
    ...neighbors,
  ]);
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
        COUNTED,
        field(
          COUNTS,
          `counts(node: ${scopeOf(others)}GroupField, edge: ${relationshipName(type)}GroupField, first: Int = 100): [GroupCount!]!`,
        ),
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
