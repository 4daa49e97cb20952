import type { GraphQLResolveInfo } from "graphql";
import type { Conflict } from "../../graph/analysis/concentration.ts";
import type { ItemConcentration } from "../../graph/analysis/concentration-report.ts";
import type { SupplyPart } from "../../graph/analysis/supply-parts.ts";
import type { Context } from "../context.ts";
import { publicError } from "../errors.ts";
import { type Asked, entity, targetOf } from "./analysis.ts";
import { pageSize } from "./connection.ts";
import { entityAsAsked } from "./entity-as-asked.ts";
import { mustBeShort, type PolicyInput, toPolicy } from "./policy.ts";

interface ConcentrationArguments {
  readonly target?: string | null;
  readonly items?: readonly string[] | null;
  readonly policy?: PolicyInput | null;
  readonly first: number;
}

/** How few hold a supply. */
export const concentrationQueries = {
  concentration: async (_: unknown, args: ConcentrationArguments, context: Context) => {
    const { target = null, items = null } = args;
    if (target === null && items === null)
      throw publicError("BAD_USER_INPUT", "Pass `target`, `items` or both: what the target needs, or these items.");
    mustBeShort(items ?? [], "items");
    const first = pageSize(args.first, "first");
    const policy = toPolicy(args.policy);
    const question = { targets: target === null ? [] : [target], policy };
    const options = items === null ? { first } : { first, items };
    const report = await context.analyze("concentration", { ...question, ...options });
    return { target, policy, version: (await context.network()).version, ...report };
  },
};

export const concentrationResolvers = {
  ConcentrationReport: {
    target: (report: Asked | { readonly target: null }, args: unknown, context: Context) =>
      report.target === null ? null : targetOf(report, args, context),
  },
  ItemConcentration: {
    item: ({ item }: ItemConcentration, _: unknown, context: Context, info: GraphQLResolveInfo) =>
      entityAsAsked({ id: item, kind: "Product" }, context, info),
  },
  SupplyPart: {
    firm: ({ firm }: SupplyPart, _: unknown, context: Context) => (firm === null ? null : entity(firm, context)),
  },
  SupplyConflict: { offers: ({ offers }: Conflict) => offers },
};
