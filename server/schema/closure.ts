import type { GraphQLResolveInfo } from "graphql";
import type { NeededItem } from "../../graph/analysis/closure-report.ts";
import type { Context } from "../context.ts";
import { type AnalysisArguments, ask, targetOf } from "./analysis.ts";
import { pageSize } from "./connection.ts";
import { entityAsAsked } from "./entity-as-asked.ts";
import { selectedFields } from "./selection.ts";

/** Everything that a target needs. */
export const closureQueries = {
  closure: async (
    _: unknown,
    args: AnalysisArguments & { readonly first: number },
    context: Context,
    info: GraphQLResolveInfo,
  ) => {
    const { asked, question } = await ask(args, context);
    const fields = selectedFields(info);
    const { fragments } = info;
    const ofItems = selectedFields({ fieldNodes: fields.get("items") ?? [], fragments });
    const report = await context.analyze("closure", {
      ...question,
      first: pageSize(args.first, "first"),
      withRoles: ofItems.has("tier") || ofItems.has("role"),
      withCoverage: fields.has("coverage"),
      withSubgraph: fields.has("subgraph"),
    });
    return { ...asked, ...report };
  },
};

export const closureResolvers = {
  ClosureReport: { target: targetOf },
  NeededItem: {
    item: ({ item }: NeededItem, _: unknown, context: Context, info: GraphQLResolveInfo) =>
      entityAsAsked({ id: item, kind: "Product" }, context, info),
    neededFor: ({ neededFor }: NeededItem, _: unknown, context: Context, info: GraphQLResolveInfo) =>
      neededFor === null ? null : entityAsAsked({ id: neededFor, kind: "Product" }, context, info),
  },
};
