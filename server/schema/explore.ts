import type { GraphQLResolveInfo } from "graphql";
import { MARKS } from "../../graph/analysis/subgraph.ts";
import { neighborhood } from "../../graph/explore/neighborhood.ts";
import { type FoundPath, paths } from "../../graph/explore/paths.ts";
import { type SearchHit, search } from "../../graph/explore/search.ts";
import { type Structure, structure } from "../../graph/explore/structure.ts";
import {
  ENUMS,
  type Ends,
  KIND_NAMES,
  KINDS,
  type Kind,
  type PropertyDefinition,
  propertiesOfKind,
  propertiesOfRelationship,
  RELATIONSHIP_TYPES,
  RELATIONSHIPS,
  type RelationshipType,
} from "../../graph/ontology.ts";
import { entityCounts, relationshipCounts } from "../../graph/queries/counts.ts";
import { graphVersion } from "../../graph/queries/graph-version.ts";
import type { Context } from "../context.ts";
import { publicError } from "../errors.ts";
import { LIMITS } from "../guard.ts";
import { entityFields } from "../record-fields.ts";
import { pageSize } from "./connection.ts";
import { entityAsAsked } from "./entity-as-asked.ts";

/** Reads that look things up and around: node, search, structure, neighbourhood, paths, ontology, statistics. */
export const exploreQueries = {
  node: (_: unknown, { id }: { id: string }, { loaders }: Context) => loaders.entity.load(id),

  nodes: (_: unknown, { ids }: { ids: readonly string[] }, { loaders }: Context) => {
    if (ids.length > LIMITS.page) throw publicError("BAD_USER_INPUT", `\`ids\` takes at most ${LIMITS.page} ids.`);
    return loaders.entity.loadMany(ids);
  },

  structure: async (_: unknown, __: unknown, { store, signal }: Context) => {
    const [found, version] = await Promise.all([structure(store, { signal }), versionOf(store, signal)]);
    return { ...found, version };
  },

  search: (
    _: unknown,
    args: { text: string; kinds?: readonly Kind[] | null; first: number },
    { store, signal }: Context,
  ) => search(store, { text: args.text, kinds: args.kinds ?? [], first: pageSize(args.first, "first") }, { signal }),

  neighborhood: async (
    _: unknown,
    args: { id: string; depth: number; types?: readonly RelationshipType[] | null; first: number },
    context: Context,
  ) => {
    mustBeWithin(args.depth, 1, 4, "depth");
    const request = { ...args, types: args.types ?? [], first: pageSize(args.first, "first") };
    const steps = context.steps();
    const [found, version] = await Promise.all([steps.walked((walk) => neighborhood(walk, request)), steps.version()]);
    return { ...found, version };
  },

  paths: async (
    _: unknown,
    args: { from: string; to: string; maxLength: number; types?: readonly RelationshipType[] | null; first: number },
    context: Context,
  ) => {
    mustBeWithin(args.maxLength, 1, 6, "maxLength");
    mustBeWithin(args.first, 1, 100, "first");
    const request = { ...args, types: args.types ?? [] };
    const steps = context.steps();
    const [found, version] = await Promise.all([paths(steps, request), steps.version()]);
    return { ...found, version };
  },

  ontology: () => ({
    kinds: KIND_NAMES.map((kind) => ({
      kind,
      name: KINDS[kind],
      description: KINDS[kind].description,
      properties: propertyInfos(propertiesOfKind(kind)),
    })),
    relationshipTypes: RELATIONSHIP_TYPES.map((type) => ({
      type,
      name: RELATIONSHIPS[type],
      description: RELATIONSHIPS[type].description,
      ends: RELATIONSHIPS[type].ends.map(({ from, to }: Ends) => ({ from, to })),
      properties: propertyInfos(propertiesOfRelationship(type)),
    })),
    enums: Object.entries(ENUMS).map(([name, values]) => ({
      enum: name,
      values: Object.entries(values).map(([value, label]) => ({ value, name: label })),
    })),
    marks: Object.entries(MARKS).map(([mark, name]) => ({ mark, name })),
  }),

  statistics: (_: unknown, __: unknown, { store }: Context) => ({ engine: store.engine }),
};

type FoundStructure = Structure & { readonly version: number };

/** Fields of the answers above that are not their properties. */
export const exploreResolvers = {
  SearchHit: { entity: ({ id }: SearchHit, _: unknown, { loaders }: Context) => loaders.entity.load(id) },
  Path: {
    nodes: ({ nodes }: FoundPath, _: unknown, context: Context, info: GraphQLResolveInfo) =>
      nodes.map((node) => entityAsAsked(node, context, info)),
    relationships: ({ relationships }: FoundPath, _: unknown, { loaders }: Context) =>
      loaders.relationship.loadMany(relationships),
  },
  Statistics: {
    version: (_: unknown, __: unknown, { store, signal }: Context) => versionOf(store, signal),
    entities: async (_: unknown, __: unknown, { store, signal }: Context) =>
      (await store.read(entityCounts, {}, { signal })).sort((one, other) => (one.kind < other.kind ? -1 : 1)),
    relationships: (_: unknown, __: unknown, { store, signal }: Context) =>
      store.read(relationshipCounts, {}, { signal }),
  },
  Structure: {
    clusters: structured("Cluster"),
    pillars: structured("Pillar"),
    chains: structured("Chain"),
    leaders: ({ leaders }: FoundStructure, _: unknown, { loaders }: Context) => loaders.entity.loadMany(leaders),
    indicators: structured("Indicator"),
    institutes: structured("Institute"),
    talentTeams: structured("TalentTeam"),
    projects: structured("Project"),
    policies: structured("Policy"),
    funds: structured("Fund"),
    banks: structured("Bank"),
    ipServices: structured("IpService"),
    events: structured("Event"),
  },
};

function structured(kind: keyof Structure["entities"]) {
  return ({ entities }: FoundStructure) => entities[kind].map(entityFields);
}

async function versionOf(store: Context["store"], signal: AbortSignal): Promise<number> {
  const [row] = await store.read(graphVersion, {}, { signal });
  return row?.version ?? 0;
}

function mustBeWithin(value: number, low: number, high: number, argument: string): void {
  if (value < low || value > high) {
    throw publicError("BAD_USER_INPUT", `\`${argument}\` must be between ${low} and ${high}; it is ${value}.`);
  }
}

function propertyInfos(properties: Readonly<Record<string, PropertyDefinition>>) {
  return Object.entries(properties).map(([property, definition]) => ({
    property,
    name: { zh: definition.zh, en: definition.en },
    type: definition.type,
    required: definition.required === true,
    description: definition.description,
  }));
}
