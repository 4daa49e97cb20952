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
import type { Properties } from "../../graph/queries/rows.ts";
import type { Context } from "../context.ts";
import type { EntityFields, RelationshipFields } from "../record-fields.ts";
import { CONNECTION_FIELDS, EDGE_FIELDS } from "./connection.ts";
import { connectionName, relationshipTypeName } from "./names.ts";
import type { ListArguments } from "./narrowing.ts";
import { neighborPage } from "./neighbor-lists.ts";

type Resolvers = Record<
  string,
  Record<string, (parent: never, args: never, context: Context, info: GraphQLResolveInfo) => unknown>
>;

/** Resolvers of every kind, relationship type and connection, from the ontology. */
export function entityResolvers(): Resolvers {
  const resolvers: Resolvers = {
    Node: { __resolveType: kindOf },
    Entity: { __resolveType: kindOf },
    Relationship: { __resolveType: ({ type }: RelationshipFields) => relationshipTypeName(type) },
  };
  for (const kind of KIND_NAMES) {
    resolvers[kind] = {
      ...recorded(propertiesOfKind(kind)),
      ...neighborResolvers(kind),
    };
  }
  for (const listed of ["Entity", ...KIND_NAMES]) {
    resolvers[`${listed}Connection`] = CONNECTION_FIELDS;
    resolvers[`${listed}Edge`] = EDGE_FIELDS;
  }
  for (const type of RELATIONSHIP_TYPES) {
    resolvers[relationshipTypeName(type)] = {
      ...recorded(propertiesOfRelationship(type)),
      from: ({ from }: RelationshipFields, _: never, { loaders }: Context) => loaders.entity.load(from),
      to: ({ to }: RelationshipFields, _: never, { loaders }: Context) => loaders.entity.load(to),
    };
  }
  for (const field of KIND_NAMES.flatMap(neighborFields)) {
    const connection = connectionName(field.type, field.others);
    resolvers[`${connection}Connection`] = CONNECTION_FIELDS;
    resolvers[`${connection}Edge`] = {
      ...EDGE_FIELDS,
      ...recorded(propertiesOfRelationship(field.type)),
    };
  }
  return resolvers;
}

function kindOf({ kind }: { readonly kind: Kind }): Kind {
  return kind;
}

/** The properties that are not read as they stand: lists are never null, what is absent is unknown. */
function recorded(properties: Readonly<Record<string, PropertyDefinition>>) {
  const fields: Record<string, (parent: Properties, args: never, context: Context) => unknown> = {};
  for (const [name, { type }] of Object.entries(properties))
    if (type.endsWith("[]")) fields[name] = (parent) => parent[name] ?? [];
  fields["sources"] = async ({ sources: ids }, _, { loaders }) => {
    const sources = await Promise.all((Array.isArray(ids) ? ids : []).map((id) => loaders.entity.load(id)));
    return sources.filter((source) => source !== null);
  };
  return fields;
}

function neighborResolvers(kind: Kind) {
  const resolve =
    (field: NeighborField) =>
    ({ id }: EntityFields, args: ListArguments, context: Context, info: GraphQLResolveInfo) =>
      neighborPage(field, id, args, context, info);
  return Object.fromEntries(neighborFields(kind).map((field) => [field.field, resolve(field)]));
}
