import type { DisruptedTarget, Disruption, ItemLoss, Stop } from "../../graph/analysis/disruption.ts";
import type { RankedFailure } from "../../graph/analysis/disruption-ranking.ts";
import type { FailureKind } from "../../graph/analysis/failure-candidates.ts";
import type { BrokenSlot } from "../../graph/analysis/lost-ways.ts";
import type { Context } from "../context.ts";
import { type AnalysisArguments, ask, entities, entity, targetOf } from "./analysis.ts";
import { pageSize } from "./connection.ts";
import { jurisdictionNode } from "./jurisdiction-node.ts";
import { mustBeShort } from "./policy.ts";

interface DisruptionArguments extends AnalysisArguments {
  readonly removed: readonly string[];
  readonly first: number;
}

interface RankingArguments extends AnalysisArguments {
  readonly kinds?: readonly FailureKind[] | null;
  readonly first: number;
}

/** What fails, and what may fail. */
export const disruptionQueries = {
  disruption: async (_: unknown, args: DisruptionArguments, context: Context) => {
    mustBeShort(args.removed, "removed");
    const first = pageSize(args.first, "first");
    const { asked, question } = await ask(statusQuo(args), context);
    const answer = await context.analyze("disruption", { ...question, removed: args.removed });
    return {
      ...asked,
      ...answer,
      stops: answer.stops.slice(0, first),
      totalStops: answer.stops.length,
      losses: answer.losses.slice(0, first),
      totalLosses: answer.losses.length,
    };
  },

  disruptionRanking: async (_: unknown, args: RankingArguments, context: Context) => {
    const first = pageSize(args.first, "first");
    const { asked, question } = await ask(statusQuo(args), context);
    const options = args.kinds == null ? { first } : { first, kinds: args.kinds };
    return { ...asked, ...(await context.analyze("disruptionRanking", { ...question, ...options })) };
  },
};

export const disruptionResolvers = {
  Disruption: {
    target: targetOf,
    stopPath: ({ stopPath }: Disruption, _: unknown, context: Context) => entities(stopPath, context),
    lossPath: ({ lossWitness }: Disruption, _: unknown, context: Context) => entities(lossWitness.items, context),
    lossOffers: ({ lossWitness }: Disruption) => lossWitness.offers,
    lossCertain: ({ lossWitness }: Disruption) => lossWitness.certain,
  },
  DisruptedTarget: { item: itemOf, firm: firmOf },
  DisruptionStop: { item: itemOf, firm: firmOf },
  BrokenSlot: {
    alternatives: ({ alternatives }: BrokenSlot, _: unknown, context: Context) => entities(alternatives, context),
  },
  DisruptionLoss: {
    item: itemOf,
    via: ({ via }: ItemLoss, _: unknown, context: Context) => (via === null ? null : entity(via, context)),
  },
  DisruptionRanking: { target: targetOf },
  RankedFailure: {
    entity: ({ kind, id }: RankedFailure, _: unknown, context: Context) =>
      kind === "JURISDICTION" ? jurisdictionNode(id, context) : entity(id, context),
    path: ({ path }: RankedFailure, _: unknown, context: Context) => entities(path, context),
  },
};

/** A policy that restricts nothing, where the caller does not say what it restricts. */
function statusQuo<Arguments extends AnalysisArguments>(args: Arguments): Arguments {
  return { ...args, policy: { ...args.policy, restricted: args.policy?.restricted ?? [] } };
}

function itemOf({ item }: DisruptedTarget | Stop | ItemLoss, _: unknown, context: Context) {
  return entity(item, context);
}

function firmOf({ firm }: DisruptedTarget | Stop, _: unknown, context: Context) {
  return firm === null ? null : entity(firm, context);
}
