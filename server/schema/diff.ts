import type { AvailabilityChange, TargetChange } from "../../graph/analysis/diff.ts";
import type { DiffCause } from "../../graph/analysis/diff-causes.ts";
import type { GapChange } from "../../graph/analysis/diff-gaps.ts";
import type { StepChange } from "../../graph/analysis/diff-plan.ts";
import type { Context } from "../context.ts";
import { type AnalysisArguments, ask, entity, targetOf } from "./analysis.ts";
import { type PolicyInput, toPolicy } from "./policy.ts";

interface DiffArguments extends AnalysisArguments {
  readonly otherPolicy: PolicyInput;
}

export const diffQueries = {
  diff: async (_: unknown, args: DiffArguments, context: Context) => {
    const { asked, question } = await ask(args, context);
    const otherPolicy = toPolicy({ ...args.policy, ...args.otherPolicy });
    const found = await context.analyze("diff", { ...question, otherPolicy });
    const { verdict, freeToTier, coverage, ...changes } = found;
    return {
      ...asked,
      ...changes,
      otherPolicy,
      verdictBefore: verdict.before,
      verdictAfter: verdict.after,
      freeToTierBefore: freeToTier.before,
      freeToTierAfter: freeToTier.after,
      coverageBefore: coverage.before,
      coverageAfter: coverage.after,
    };
  },
};

/** Fields of the answer that stand for entities and relationships. */
export const diffResolvers = {
  Diff: { target: targetOf },
  GapChange: { item: itemOf<GapChange> },
  DiffCause: {
    item: itemOf<DiffCause>,
    relationship: ({ relationship, from }: DiffCause, _: unknown, { loaders }: Context) =>
      relationship === null || from === null ? null : loaders.relationship.load({ id: relationship, from }),
    from: ({ from }: DiffCause, _: unknown, context: Context) => (from === null ? null : entity(from, context)),
  },
  TargetChange: {
    item: itemOf<TargetChange>,
    firm: ({ firm }: TargetChange, _: unknown, context: Context) => (firm === null ? null : entity(firm, context)),
  },
  AvailabilityChange: { item: itemOf<AvailabilityChange> },
  StepChange: { item: itemOf<StepChange> },
  ItemFigureChange: { item: itemOf<{ readonly item: string }> },
};

function itemOf<Change extends { readonly item: string }>({ item }: Change, _: unknown, context: Context) {
  return entity(item, context);
}
