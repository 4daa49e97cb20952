import type { BrokenWay } from "../../graph/analysis/broken-ways.ts";
import type { Place } from "../../graph/analysis/closeness.ts";
import type { Completion } from "../../graph/analysis/completion.ts";
import type { Exposure, ItemExposure, TargetExposure } from "../../graph/analysis/exposure.ts";
import type { GapCauses } from "../../graph/analysis/gap-causes.ts";
import type { GapType } from "../../graph/analysis/gap-types.ts";
import type { Gap } from "../../graph/analysis/gaps.ts";
import type { PlanDistinction } from "../../graph/analysis/k-best.ts";
import type { ItemLocalization, Localization as LocalizationAnswer } from "../../graph/analysis/localization.ts";
import type { PlanObjective } from "../../graph/analysis/plan.ts";
import type { PlanStep } from "../../graph/analysis/plan-steps.ts";
import type { Policy } from "../../graph/analysis/policy.ts";
import type { GapResources, ResourceMatch } from "../../graph/analysis/resources.ts";
import type { Restriction } from "../../graph/analysis/restriction.ts";
import type {
  RootPath,
  Substitution,
  SubstitutionPlan,
  SubstitutionTarget,
} from "../../graph/analysis/substitution.ts";
import type { NamedUnknown } from "../../graph/analysis/verdict.ts";
import type { Question } from "../../graph/analyst/desk.ts";
import { gapResources } from "../../graph/explore/gap-resources.ts";
import type { Context } from "../context.ts";
import { publicError } from "../errors.ts";
import { pageSize } from "./connection.ts";
import { mustBeCode, type PolicyInput, toPolicy } from "./policy.ts";

/** Arguments of every analysis of a target. */
export interface AnalysisArguments {
  readonly target: string;
  readonly policy?: PolicyInput | null;
}

/** What every answer of an analysis says of its question. */
export interface Asked {
  readonly target: string;
  readonly policy: Policy;
  readonly version: number;
}

/** The analyses: arguments → question → the analyst → the answer as it is. */
export const analysisQueries = {
  gaps: async (_: unknown, args: AnalysisArguments & GapFilter, context: Context) => {
    const { asked, question } = await ask(args, context);
    const report = await context.analyze("gaps", question);
    const shown = report.gaps.filter(matches(args.types)).slice(0, pageSize(args.first, "first"));
    const all = [...shown, ...report.unrecorded];
    const resources = gapResourcesOf(question, all, context);
    const causes = gapCausesOf(question, all, context);
    const withResources = (gap: Gap): ShownGap => ({
      ...gap,
      found: async () => (await resources()).get(gap.item)!,
      causes: async () => (await causes()).get(gap.item)!,
    });
    return {
      ...asked,
      ...report,
      gaps: shown.map(withResources),
      unrecorded: report.unrecorded.map(withResources),
      totalCount: report.gaps.length,
    };
  },

  resources: async (_: unknown, args: AnalysisArguments & Pick<GapFilter, "types">, context: Context) => {
    const { asked, question } = await ask(args, context);
    const report = await context.analyze("gaps", question);
    const shown = report.gaps.filter(matches(args.types));
    const resources = await gapResourcesOf(question, shown, context)();
    const answered = shown.map((gap) => ({ ...gap, ...resources.get(gap.item)! }));
    return {
      ...asked,
      gaps: answered,
      orphans: answered.filter((gap) => gap.orphan),
      unfunded: answered.filter((gap) => gap.unfunded),
      coverage: report.coverage,
      subgraph: report.subgraph,
    };
  },

  substitution: async (_: unknown, args: AnalysisArguments & SubstitutionArguments, context: Context) => {
    if (args.k < 1 || args.k > 10)
      throw publicError("BAD_USER_INPUT", `\`k\` must be between 1 and 10; it is ${args.k}.`);
    const { asked, question } = await ask(args, context, args.with ?? []);
    const { k, distinctBy, objective } = args;
    return { ...asked, ...(await context.analyze("substitution", { ...question, k, distinctBy, objective })) };
  },

  exposure: async (
    _: unknown,
    args: AnalysisArguments & { jurisdictions?: readonly string[] | null },
    context: Context,
  ) => {
    const { asked, question } = await ask(args, context);
    const jurisdictions = args.jurisdictions ?? asked.policy.restricted;
    for (const code of jurisdictions) mustBeCode(code, "jurisdictions");
    return { ...asked, ...(await context.analyze("exposure", { ...question, jurisdictions })) };
  },

  localization: async (_: unknown, args: AnalysisArguments, context: Context) => {
    const { asked, question } = await ask(args, context);
    return { ...asked, ...(await context.analyze("localization", question)) };
  },
};

interface SubstitutionArguments {
  readonly with?: readonly string[] | null;
  readonly k: number;
  readonly distinctBy: PlanDistinction;
  readonly objective: PlanObjective;
}

interface ShownGap extends Gap {
  readonly found: () => Promise<GapResources>;
  readonly causes: () => Promise<GapCauses>;
}

interface GapFilter {
  readonly types?: readonly GapType[] | null;
  readonly first: number;
}

/** Fields of the answers that stand for entities and offers. */
export const analysisResolvers = {
  GapReport: { target: targetOf },
  DecidingUnknown: { item: ({ item }: NamedUnknown, _: unknown, context: Context) => entity(item, context) },
  Gap: {
    item: ({ item }: Gap, _: unknown, context: Context) => entity(item, context),
    roots: ({ roots }: Gap, _: unknown, context: Context) => entities(roots, context),
    path: ({ path }: Gap, _: unknown, context: Context) => entities(path, context),
    pathNeeds: async ({ causes }: ShownGap, _: unknown, { loaders }: Context) =>
      loaders.relationship.loadMany((await causes()).pathNeeds),
    refused: async ({ causes }: ShownGap) => (await causes()).refused,
    broken: async ({ causes }: ShownGap) => (await causes()).broken,
    resources: async ({ found }: ShownGap) => (await found()).matches,
    orphan: async ({ found }: ShownGap) => (await found()).orphan,
    unfunded: async ({ found }: ShownGap) => (await found()).unfunded,
  },
  BrokenWay: {
    alternatives: ({ alternatives }: BrokenWay, _: unknown, context: Context) => entities(alternatives, context),
    needs: ({ needs }: BrokenWay, _: unknown, { loaders }: Context) => loaders.relationship.loadMany(needs),
  },
  ResourceReport: {
    target: targetOf,
    orphans: ({ orphans }: { orphans: readonly Gap[] }, _: unknown, context: Context) =>
      entities(itemsOf(orphans), context),
    unfunded: ({ unfunded }: { unfunded: readonly Gap[] }, _: unknown, context: Context) =>
      entities(itemsOf(unfunded), context),
  },
  GapResources: {
    item: ({ item }: GapResources, _: unknown, context: Context) => entity(item, context),
    resources: ({ matches }: GapResources) => matches,
  },
  ResourceMatch: {
    resource: ({ resource }: ResourceMatch, _: unknown, context: Context) => entity(resource, context),
    via: ({ via }: ResourceMatch, _: unknown, context: Context) => entity(via, context),
    relationship: ({ relationship, resource }: ResourceMatch, _: unknown, { loaders }: Context) =>
      loaders.relationship.load({ id: relationship, from: resource }),
  },
  Substitution: {
    target: targetOf,
    roots: ({ roots }: Substitution, _: unknown, context: Context) => entities(roots, context),
    blockingItems: ({ blockingItems }: Substitution, _: unknown, context: Context) =>
      (blockingItems?.sets ?? []).map((set) => entities(set, context)),
    blockingItemsComplete: ({ blockingItems }: Substitution) =>
      blockingItems === null || blockingItems.stoppedBy === null,
  },
  RootPath: {
    root: ({ root }: RootPath, _: unknown, context: Context) => entity(root, context),
    path: ({ path }: RootPath, _: unknown, context: Context) => entities(path, context),
    pathNeeds: ({ needs }: RootPath, _: unknown, { loaders }: Context) => loaders.relationship.loadMany(needs),
  },
  Restriction: {
    stakes: ({ stakes }: Restriction, _: unknown, { loaders }: Context) => loaders.relationship.loadMany(stakes),
  },
  SubstitutionTarget: {
    item: ({ item }: SubstitutionTarget, _: unknown, context: Context) => entity(item, context),
    firm: ({ firm }: SubstitutionTarget, _: unknown, context: Context) =>
      firm === null ? null : entity(firm, context),
  },
  Completion: { items: ({ items }: Completion, _: unknown, context: Context) => entities(items, context) },
  SubstitutionPlan: {
    costsKnown: ({ costKnown }: SubstitutionPlan) => costKnown.known,
    costsTotal: ({ costKnown }: SubstitutionPlan) => costKnown.total,
    loops: ({ loops }: SubstitutionPlan, _: unknown, context: Context) => loops.map((loop) => entities(loop, context)),
  },
  PlanStep: {
    item: ({ item }: PlanStep, _: unknown, context: Context) => entity(item, context),
    todayBasis: ({ today }: PlanStep) => today.basis,
    today: ({ today }: PlanStep) => today.offers,
    needs: ({ needs }: PlanStep, _: unknown, context: Context) => entities(needs, context),
    needsBy: ({ needsBy }: PlanStep, _: unknown, { loaders }: Context) => loaders.relationship.loadMany(needsBy),
  },
  Exposure: {
    target: targetOf,
    witness: ({ witness }: Exposure, _: unknown, context: Context) => entities(witness.items, context),
    witnessNeeds: ({ witness }: Exposure, _: unknown, { loaders }: Context) =>
      loaders.relationship.loadMany(witness.needs),
    witnessOffers: ({ witness }: Exposure) => witness.offers,
    witnessCertain: ({ witness }: Exposure) => witness.certain,
  },
  TargetExposure: {
    item: ({ item }: TargetExposure, _: unknown, context: Context) => entity(item, context),
    firm: ({ firm }: TargetExposure, _: unknown, context: Context) => (firm === null ? null : entity(firm, context)),
  },
  ItemExposure: {
    item: ({ item }: ItemExposure, _: unknown, context: Context) => entity(item, context),
    via: ({ via }: ItemExposure, _: unknown, context: Context) => (via === null ? null : entity(via, context)),
  },
  Localization: {
    target: targetOf,
    unknown: ({ unknown }: LocalizationAnswer, _: unknown, context: Context) => entities(unknown, context),
  },
  ItemLocalization: { item: ({ item }: ItemLocalization, _: unknown, context: Context) => entity(item, context) },
};

/** The question of the arguments, and what its answer says of it. */
export async function ask(
  { target, policy: input }: AnalysisArguments,
  context: Context,
  also: readonly string[] = [],
) {
  const policy = toPolicy(input);
  const question: Question = { targets: [target, ...also], policy };
  const { version } = await context.network();
  const asked: Asked = { target, policy, version };
  return { asked, question };
}

/** The entity that an answer is about. */
export function targetOf({ target }: Asked, _: unknown, context: Context) {
  return entity(target, context);
}

/** Loads the entity of an id, with others of the request. */
export function entity(id: string, { loaders }: Context) {
  return loaders.entity.load(id);
}

/** Loads the entities of ids, aligned with them. */
export function entities(ids: readonly string[], { loaders }: Context) {
  return loaders.entity.loadMany(ids);
}

function itemsOf(found: readonly Gap[]): string[] {
  return found.map((gap) => gap.item);
}

/** Asks once for the resources of all these gaps, when the first of them is looked at. */
function gapResourcesOf(question: Question, found: readonly Gap[], context: Context) {
  const read = async (): Promise<ReadonlyMap<string, GapResources>> => {
    const { store, signal } = context;
    const surroundings = {
      policy: question.policy,
      chains: (await context.network()).chains.map((chain) => chain.id),
      closeness: (items: readonly string[], places: readonly Place[]) =>
        context.analyze("closeness", { ...question, items, places }),
    };
    const resources = await gapResources(store, surroundings, itemsOf(found), { signal });
    return new Map(resources.map((each) => [each.item, each]));
  };
  let asked: Promise<ReadonlyMap<string, GapResources>> | undefined;
  return () => {
    asked ??= read();
    return asked;
  };
}

/** Asks once for the causes of all these gaps, when those of the first are looked at. */
function gapCausesOf(question: Question, found: readonly Gap[], context: Context) {
  let asked: Promise<ReadonlyMap<string, GapCauses>> | undefined;
  return () => {
    const gaps = found.map(({ item, path }) => ({ item, path }));
    asked ??= context
      .analyze("gapCauses", { ...question, gaps })
      .then((causes) => new Map(causes.map((each) => [each.item, each])));
    return asked;
  };
}

function matches(types: readonly GapType[] | null | undefined): (gap: Gap) => boolean {
  return (gap) => types == null || gap.types.some((type) => types.includes(type));
}
