import { makeExecutableSchema } from "@graphql-tools/schema";
import type { GraphQLSchema } from "graphql";
import type { Context } from "../context.ts";
import { typeDefs } from "../generated/type-defs.ts";
import { analysisQueries, analysisResolvers } from "./analysis.ts";
import { entityResolvers } from "./entity.ts";
import { exploreQueries, exploreResolvers } from "./explore.ts";
import { offerResolvers } from "./offer.ts";
import { subgraphResolvers } from "./subgraph.ts";

/** The executable schema; a resolver that the schema does not name is an error at start. */
export function createSchema(): GraphQLSchema {
  return makeExecutableSchema<Context>({
    typeDefs,
    resolvers: [
      { Query: { ...exploreQueries, ...analysisQueries } },
      entityResolvers(),
      exploreResolvers,
      analysisResolvers,
      offerResolvers,
      subgraphResolvers,
    ],
    resolverValidationOptions: { requireResolversToMatchSchema: "error" },
  });
}
