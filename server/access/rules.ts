import { defaultFieldResolver, type GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from "graphql";
import { includesRole, type Role } from "../../graph/roles.ts";
import { publicError } from "../errors.ts";
import type { Caller } from "./caller.ts";

/** The least role that may ask each root field: the one place that says so. A field without a line fails the build. */
export const RULES = {
  Query: {
    node: "viewer",
    nodes: "viewer",
    entities: "viewer",
    clusters: "viewer",
    pillars: "viewer",
    chains: "viewer",
    stages: "viewer",
    products: "viewer",
    firms: "viewer",
    jurisdictions: "viewer",
    institutes: "viewer",
    talentTeams: "viewer",
    projects: "viewer",
    policies: "viewer",
    funds: "viewer",
    banks: "viewer",
    ipServices: "viewer",
    events: "viewer",
    indicators: "viewer",
    sources: "viewer",
    structure: "viewer",
    search: "viewer",
    neighborhood: "viewer",
    paths: "viewer",
    gaps: "viewer",
    substitution: "viewer",
    exposure: "viewer",
    localization: "viewer",
    closure: "viewer",
    concentration: "viewer",
    disruption: "viewer",
    disruptionRanking: "viewer",
    blockingSets: "viewer",
    recruitment: "viewer",
    diff: "viewer",
    report: "viewer",
    resources: "viewer",
    ontology: "viewer",
    statistics: "viewer",
    changes: "viewer",
  },
  Mutation: {
    upsertEntities: "editor",
    upsertRelationships: "editor",
    importBatch: "editor",
    deleteEntities: "admin",
    deleteRelationships: "admin",
  },
  Subscription: { graphChanged: "viewer", importProgress: "viewer" },
} as const satisfies Rules;

/** The least role that may ask about the schema itself, in GraphiQL too. */
export const INTROSPECTION: Role = "viewer";

export type RootType = "Query" | "Mutation" | "Subscription";
export type Rules = Readonly<Record<RootType, Readonly<Record<string, Role>>>>;

/**
 * Puts each root field behind its rule.
 *
 * @throws Error that names every root field without a rule and every rule without a field
 */
export function enforceRules(schema: GraphQLSchema, rules: Rules = RULES): GraphQLSchema {
  const faults: string[] = [];
  const types = {
    Query: schema.getQueryType(),
    Mutation: schema.getMutationType(),
    Subscription: schema.getSubscriptionType(),
  };
  for (const [type, ruled] of Object.entries(rules) as [RootType, Rules[RootType]][]) {
    const fields = types[type]?.getFields() ?? {};
    for (const name of Object.keys(ruled))
      if (!Object.hasOwn(fields, name)) faults.push(`${type}.${name} has a rule and is no field`);
    for (const [name, field] of Object.entries(fields)) {
      if (!Object.hasOwn(ruled, name)) {
        faults.push(`${type}.${name} has no rule: say in server/access/rules.ts who may ask it`);
        continue;
      }
      const least = ruled[name]!;
      field.resolve = behind(least, field.resolve ?? defaultFieldResolver);
      if (field.subscribe !== undefined) field.subscribe = behind(least, field.subscribe);
    }
  }
  if (faults.length > 0) throw new Error(`The rules of access and the schema differ:\n  ${faults.join("\n  ")}`);
  return schema;
}

function behind(least: Role, resolve: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, unknown> {
  return (parent, args, context, info) => {
    const refused = refusalFor((context as { readonly caller: Caller }).caller, least);
    if (refused !== null) throw refused;
    return resolve(parent, args, context, info);
  };
}

/** Why this caller may not do what takes that role; null where they may. */
export function refusalFor({ role, publicOnly }: Caller, least: Role): GraphQLError | null {
  if (includesRole(role, least)) return null;
  return role === null || publicOnly === true
    ? publicError("UNAUTHENTICATED", "Sign in, or send `Authorization: Bearer KEY`.")
    : publicError("FORBIDDEN", `This takes the role ${least}; yours is ${role}.`);
}
