import { type Exposure, exposure, type ItemExposure } from "../../graph/analysis/exposure.ts";
import type { GapType } from "../../graph/analysis/gap-types.ts";
import { type Gap, gaps } from "../../graph/analysis/gaps.ts";
import { type ItemLocalization, localization } from "../../graph/analysis/localization.ts";
import type { Policy } from "../../graph/analysis/policy.ts";
import type { Context } from "../context.ts";
import { pageSize } from "./connection.ts";
import { mustBeCode, type PolicyInput, toPolicy } from "./policy.ts";

interface AnalysisArguments {
  readonly target: string;
  readonly policy?: PolicyInput | null;
}

/** What every answer of an analysis says of its question. */
interface Asked {
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
    return { ...asked, ...report, gaps: shown, totalCount: report.gaps.length };
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

interface GapFilter {
  readonly types?: readonly GapType[] | null;
  readonly first: number;
}

/** Fields of the answers that stand for entities and offers. */
export const analysisResolvers = {
  GapReport: { target: targetOf },
  Gap: {
    item: ({ item }: Gap, _: unknown, context: Context) => entity(item, context),
    roots: ({ roots }: Gap, _: unknown, context: Context) => entities(roots, context),
    path: ({ path }: Gap, _: unknown, context: Context) => entities(path, context),
  },
  Exposure: {
    target: targetOf,
    witness: ({ witness }: Exposure, _: unknown, context: Context) => entities(witness.items, context),
    witnessOffers: ({ witness }: Exposure) => witness.offers,
  },
  ItemExposure: {
    item: ({ item }: ItemExposure, _: unknown, context: Context) => entity(item, context),
    via: ({ via }: ItemExposure, _: unknown, context: Context) => (via === null ? null : entity(via, context)),
  },
  Localization: { target: targetOf },
  ItemLocalization: { item: ({ item }: ItemLocalization, _: unknown, context: Context) => entity(item, context) },
};

async function ask({ target, policy: input }: AnalysisArguments, context: Context, also: readonly string[] = []) {
  const policy = toPolicy(input);
  const scenario = await context.scenario([target, ...also], policy);
  const asked: Asked = { target, policy, version: scenario.network.version };
  return { asked, scenario };
}

function targetOf({ target }: Asked, _: unknown, context: Context) {
  return entity(target, context);
}

function entity(id: string, { loaders }: Context) {
  return loaders.entity.load(id);
}

function entities(ids: readonly string[], { loaders }: Context) {
  return loaders.entity.loadMany(ids);
}

function matches(types: readonly GapType[] | null | undefined): (gap: Gap) => boolean {
  return (gap) => types == null || gap.types.some((type) => types.includes(type));
}
