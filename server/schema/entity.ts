import type { GraphQLResolveInfo } from "graphql";
import {
  KIND_NAMES,
  type Kind,
  type NeighborField,
  neighborFields,
  type PropertyDefinition,
  propertiesOfKind,
  propertiesOfRelationship,
  RELATIONSHIP_TYPES,
} from "../../graph/ontology.ts";
import type { NeighborRow } from "../../graph/queries/neighbors.ts";
import type { EntityRow, RelationshipRow } from "../../graph/queries/rows.ts";
import type { Context } from "../context.ts";
import { CONNECTION_FIELDS, EDGE_FIELDS } from "./connection.ts";
import { connectionName, relationshipTypeName } from "./names.ts";
import type { ListArguments } from "./narrowing.ts";
import { neighborPage } from "./neighbor-lists.ts";

type Values = EntityRow["properties"];
type Resolvers = Record<
  string,
  Record<string, (parent: never, args: never, context: Context, info: GraphQLResolveInfo) => unknown>
>;

/** Resolvers of every kind, relationship type and connection, from the ontology. */
export function entityResolvers(): Resolvers {
  const resolvers: Resolvers = {
    Node: { __resolveType: kindOf },
    Entity: { __resolveType: kindOf },
    Relationship: { __resolveType: ({ type }: RelationshipRow) => relationshipTypeName(type) },
  };
  for (const kind of KIND_NAMES) {
    resolvers[kind] = {
      ...recorded(propertiesOfKind(kind), (row: EntityRow) => row.properties),
      ...neighborResolvers(kind),
    };
  }
  for (const listed of ["Entity", ...KIND_NAMES]) {
    resolvers[`${listed}Connection`] = CONNECTION_FIELDS;
    resolvers[`${listed}Edge`] = EDGE_FIELDS;
  }
  for (const type of RELATIONSHIP_TYPES) {
    resolvers[relationshipTypeName(type)] = {
      ...recorded(propertiesOfRelationship(type), (row: RelationshipRow) => row.properties),
      from: ({ from }: RelationshipRow, _: never, { loaders }: Context) => loaders.entity.load(from),
      to: ({ to }: RelationshipRow, _: never, { loaders }: Context) => loaders.entity.load(to),
    };
  }
  for (const field of KIND_NAMES.flatMap(neighborFields)) {
    const connection = connectionName(field.type, field.others);
    resolvers[`${connection}Connection`] = CONNECTION_FIELDS;
    resolvers[`${connection}Edge`] = {
      ...EDGE_FIELDS,
      ...recorded(propertiesOfRelationship(field.type), (row: NeighborRow) => row.facts),
      id: ({ relationshipId }: NeighborRow) => relationshipId,
      node: (row: NeighborRow) => row,
    };
  }
  return resolvers;
}

function kindOf({ kind }: { readonly kind: Kind }): Kind {
  return kind;
}

/** The properties as stored; lists are never null, what is absent is unknown. */
function recorded<Parent>(
  properties: Readonly<Record<string, PropertyDefinition>>,
  valuesOf: (parent: Parent) => Values,
) {
  const fields: Record<string, (parent: Parent, args: never, context: Context) => unknown> = {};
  for (const [name, { type }] of Object.entries(properties)) {
    const absent = type.endsWith("[]") ? [] : null;
    fields[name] = (parent) => valuesOf(parent)[name] ?? absent;
  }
  fields["updatedAt"] = (parent) => valuesOf(parent)["updatedAt"] ?? null;
  fields["version"] = (parent) => valuesOf(parent)["version"] ?? null;
  fields["sources"] = async (parent, _, { loaders }) => {
    const ids = valuesOf(parent)["sources"];
    const sources = await Promise.all((Array.isArray(ids) ? ids : []).map((id) => loaders.entity.load(id)));
    return sources.filter((source) => source !== null);
  };
  return fields;
}

function neighborResolvers(kind: Kind) {
  const resolve =
    (field: NeighborField) => (row: EntityRow, args: ListArguments, context: Context, info: GraphQLResolveInfo) =>
      neighborPage(field, row.id, args, context, info);
  return Object.fromEntries(neighborFields(kind).map((field) => [field.field, resolve(field)]));
}
