import { makeExecutableSchema } from "@graphql-tools/schema";
import type { GraphQLResolveInfo, GraphQLSchema } from "graphql";
import { enforceRules } from "../access/rules.ts";
import type { Context } from "../context.ts";
import { typeDefs } from "../generated/type-defs.ts";
import { analysisQueries, analysisResolvers } from "./analysis.ts";
import { blockingSetQueries, blockingSetResolvers } from "./blocking-sets.ts";
import { changeQueries, changeResolvers, subscriptions } from "./change.ts";
import { closureQueries, closureResolvers } from "./closure.ts";
import { concentrationQueries, concentrationResolvers } from "./concentration.ts";
import { diffQueries, diffResolvers } from "./diff.ts";
import { disruptionQueries, disruptionResolvers } from "./disruption.ts";
import { entityResolvers } from "./entity.ts";
import { listQueries } from "./entity-lists.ts";
import { exploreQueries, exploreResolvers } from "./explore.ts";
import { fieldEnumResolvers } from "./field-enums.ts";
import { mutations } from "./mutation.ts";
import { offerResolvers } from "./offer.ts";
import { PropertiesScalar } from "./properties.ts";
import { recruitmentQueries, recruitmentResolvers } from "./recruitment.ts";
import { reportQueries, reportResolvers } from "./report.ts";
import { subgraphResolvers } from "./subgraph.ts";

/** The executable schema; a resolver that the schema does not name, or a root field without a rule, is an error at start. */
export function createSchema(): GraphQLSchema {
  const schema = makeExecutableSchema<Context>({
    typeDefs,
    resolvers: [
      {
        Query: nullAsDefault({
          ...exploreQueries,
          ...listQueries,
          ...analysisQueries,
          ...disruptionQueries,
          ...closureQueries,
          ...concentrationQueries,
          ...blockingSetQueries,
          ...recruitmentQueries,
          ...diffQueries,
          ...reportQueries,
          ...changeQueries,
        }),
        Mutation: mutations,
        Subscription: subscriptions,
        Properties: PropertiesScalar,
        MutationPayload: {},
      },
      entityResolvers(),
      fieldEnumResolvers(),
      exploreResolvers,
      analysisResolvers,
      disruptionResolvers,
      closureResolvers,
      concentrationResolvers,
      blockingSetResolvers,
      recruitmentResolvers,
      diffResolvers,
      reportResolvers,
      changeResolvers,
      offerResolvers,
      subgraphResolvers,
    ],
    resolverValidationOptions: { requireResolversToMatchSchema: "error" },
  });
  return enforceRules(schema);
}

type Resolvers = Readonly<
  Record<string, (parent: unknown, args: never, context: Context, info: GraphQLResolveInfo) => unknown>
>;

/** An argument given as null takes its default, as if it were left out. */
function nullAsDefault(resolvers: Resolvers) {
  const wrapped = Object.entries(resolvers).map(([field, resolve]) => [
    field,
    (parent: unknown, args: Readonly<Record<string, unknown>>, context: Context, info: GraphQLResolveInfo) => {
      const defaults = info.parentType
        .getFields()
        [info.fieldName]!.args.filter(({ name, defaultValue }) => defaultValue !== undefined && args[name] === null);
      const filled = { ...args, ...Object.fromEntries(defaults.map(({ name, defaultValue }) => [name, defaultValue])) };
      return resolve(parent, filled as never, context, info);
    },
  ]);
  return Object.fromEntries(wrapped) as Record<string, () => unknown>;
}
