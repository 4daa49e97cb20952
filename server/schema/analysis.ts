import type { Completion } from "../../graph/analysis/completion.ts";
import { type Exposure, exposure, type ItemExposure, type TargetExposure } from "../../graph/analysis/exposure.ts";
import type { GapType } from "../../graph/analysis/gap-types.ts";
import { type Gap, gaps } from "../../graph/analysis/gaps.ts";
import type { PlanDistinction } from "../../graph/analysis/k-best.ts";
import {
  type ItemLocalization,
  type Localization as LocalizationAnswer,
  localization,
} from "../../graph/analysis/localization.ts";
import type { PlanObjective } from "../../graph/analysis/plan.ts";
import type { PlanStep } from "../../graph/analysis/plan-steps.ts";
import type { Policy } from "../../graph/analysis/policy.ts";
import type { GapResources, ResourceMatch } from "../../graph/analysis/resources.ts";
import type { Scenario } from "../../graph/analysis/scenario.ts";
import {
  type Substitution,
  type SubstitutionPlan,
  type SubstitutionTarget,
  substitution,
} from "../../graph/analysis/substitution.ts";
import type { NamedUnknown } from "../../graph/analysis/verdict.ts";
import { gapResources } from "../../graph/explore/gap-resources.ts";
import type { Context } from "../context.ts";
import { publicError } from "../errors.ts";
import { pageSize } from "./connection.ts";
import { mustBeCode, type PolicyInput, toPolicy } from "./policy.ts";

/** What every analysis is asked with. */
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

/** The analyses: arguments → scenario → one pure function → the answer as it is. */
export const analysisQueries = {
  gaps: async (_: unknown, args: AnalysisArguments & GapFilter, context: Context) => {
    const { asked, scenario } = await ask(args, context);
    const report = gaps(scenario);
    const shown = report.gaps.filter(matches(args.types)).slice(0, pageSize(args.first, "first"));
    const resources = gapResourcesOf(scenario, [...shown, ...report.unrecorded], context);
    const withResources = (gap: Gap): ShownGap => ({ ...gap, found: async () => (await resources()).get(gap.item)! });
    return {
      ...asked,
      ...report,
      gaps: shown.map(withResources),
      unrecorded: report.unrecorded.map(withResources),
      totalCount: report.gaps.length,
    };
  },

  resources: async (_: unknown, args: AnalysisArguments & Pick<GapFilter, "types">, context: Context) => {
    const { asked, scenario } = await ask(args, context);
    const report = gaps(scenario);
    const shown = report.gaps.filter(matches(args.types));
    const resources = await gapResourcesOf(scenario, shown, context)();
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
    const { asked, scenario } = await ask(args, context, args.with ?? []);
    const { k, distinctBy, objective } = args;
    return { ...asked, ...substitution(scenario, { k, distinctBy, objective }) };
  },

  exposure: async (
    _: unknown,
    args: AnalysisArguments & { jurisdictions?: readonly string[] | null },
    context: Context,
  ) => {
    const { asked, scenario } = await ask(args, context);
    const codes = args.jurisdictions ?? asked.policy.restricted;
    for (const code of codes) mustBeCode(code, "jurisdictions");
    return { ...asked, ...exposure(scenario, codes) };
  },

  localization: async (_: unknown, args: AnalysisArguments, context: Context) => {
    const { asked, scenario } = await ask(args, context);
    return { ...asked, ...localization(scenario) };
  },
};

interface SubstitutionArguments {
  readonly with?: readonly string[] | null;
  readonly k: number;
  readonly distinctBy: PlanDistinction;
  readonly objective: PlanObjective;
}

type ShownGap = Gap & { readonly found: () => Promise<GapResources> };

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
    resources: async ({ found }: ShownGap) => (await found()).matches,
    orphan: async ({ found }: ShownGap) => (await found()).orphan,
    unfunded: async ({ found }: ShownGap) => (await found()).unfunded,
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
  },
  Exposure: {
    target: targetOf,
    witness: ({ witness }: Exposure, _: unknown, context: Context) => entities(witness.items, context),
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

/** The scenario of a question, and what the answer says of the question. */
export async function ask(
  { target, policy: input }: AnalysisArguments,
  context: Context,
  also: readonly string[] = [],
) {
  const policy = toPolicy(input);
  const scenario = await context.scenario([target, ...also], policy);
  const asked: Asked = { target, policy, version: scenario.network.version };
  return { asked, scenario };
}

/** The entity that an answer is about. */
export function targetOf({ target }: Asked, _: unknown, context: Context) {
  return entity(target, context);
}

/** The entity with an id that an answer names. */
export function entity(id: string, { loaders }: Context) {
  return loaders.entity.load(id);
}

/** The entities with ids that an answer names, in order. */
export function entities(ids: readonly string[], { loaders }: Context) {
  return loaders.entity.loadMany(ids);
}

function itemsOf(found: readonly Gap[]): string[] {
  return found.map((gap) => gap.item);
}

/** Asks once for the resources of all these gaps, when the first of them is looked at. */
function gapResourcesOf(scenario: Scenario, found: readonly Gap[], { store, signal }: Context) {
  let asked: Promise<ReadonlyMap<string, GapResources>> | undefined;
  return () => {
    asked ??= gapResources(store, scenario, itemsOf(found), { signal }).then(
      (resources) => new Map(resources.map((each) => [each.item, each])),
    );
    return asked;
  };
}

function matches(types: readonly GapType[] | null | undefined): (gap: Gap) => boolean {
  return (gap) => types == null || gap.types.some((type) => types.includes(type));
}
