import type { Gap } from "../../graph/analysis/gaps.ts";
import type { RecruitmentPick } from "../../graph/analysis/recruitment.ts";
import type { CandidateKind } from "../../graph/analysis/recruitment-candidates.ts";
import type { CandidateItem, RecruitmentCandidate } from "../../graph/analysis/recruitment-description.ts";
import type { ClosedGap } from "../../graph/analysis/recruitment-gaps.ts";
import { type NamedSupplier, recruitmentSuppliers } from "../../graph/explore/recruitment-suppliers.ts";
import type { Context } from "../context.ts";
import { publicError } from "../errors.ts";
import { type AnalysisArguments, ask, entities, entity, targetOf } from "./analysis.ts";
import { pageSize } from "./connection.ts";
import { mustBeShort } from "./policy.ts";

interface RecruitmentArguments extends AnalysisArguments {
  readonly budget: number;
  readonly kinds: readonly CandidateKind[];
  readonly suppliers?: readonly SupplierInput[] | null;
  readonly with?: readonly string[] | null;
  readonly first: number;
}

/** A supplier as GraphQL hands it over: fields may be absent or null. */
interface SupplierInput {
  readonly id: string;
  readonly items?: readonly string[] | null;
  readonly cost?: number | null;
}

const MOST_LISTED = 100;

export const recruitmentQueries = {
  recruitment: async (_: unknown, args: RecruitmentArguments, context: Context) => {
    if (!(args.budget >= 0 && args.budget <= 1e12))
      throw publicError("BAD_USER_INPUT", `\`budget\` must be from 0 to 1e12; it is ${args.budget}.`);
    const first = pageSize(args.first, "first");
    const suppliers = suppliersOf(args.suppliers ?? []);
    const landed = args.with ?? [];
    mustBeShort(landed, "with", MOST_LISTED);
    const { asked, question } = await ask(args, context);
    const { store, signal } = context;
    const known = await recruitmentSuppliers(
      store,
      { network: await context.network(), policy: asked.policy },
      { suggest: args.kinds, suppliers, landed },
      { signal },
    );
    const options = { budget: args.budget, suggest: args.kinds, ...known };
    const { available, ...found } = await context.analyze("recruitment", { ...question, ...options });
    return {
      ...asked,
      ...found,
      availableBefore: available.before,
      availableLanded: available.landed,
      availableAfter: available.after,
      candidates: found.candidates.slice(0, first),
      totalCount: found.candidates.length,
    };
  },
};

/** Fields of the answer that stand for entities. */
export const recruitmentResolvers = {
  Recruitment: { target: targetOf },
  RecruitmentPick: {
    unblocks: ({ unblocks }: RecruitmentPick, _: unknown, context: Context) => entities(unblocks, context),
  },
  RecruitmentCandidate: {
    entity: ({ kind, id }: RecruitmentCandidate, _: unknown, context: Context) =>
      kind === "SUPPLIER" ? null : entity(id, context),
  },
  CandidateItem: {
    item: ({ item }: CandidateItem, _: unknown, context: Context) => entity(item, context),
    path: ({ path }: CandidateItem, _: unknown, context: Context) => entities(path, context),
  },
  ClosedGap: { item: ({ item }: ClosedGap, _: unknown, context: Context) => entity(item, context) },
  ItemGap: {
    item: ({ item }: Gap, _: unknown, context: Context) => entity(item, context),
    roots: ({ roots }: Gap, _: unknown, context: Context) => entities(roots, context),
    path: ({ path }: Gap, _: unknown, context: Context) => entities(path, context),
  },
};

function suppliersOf(given: readonly SupplierInput[]): readonly NamedSupplier[] {
  mustBeShort(given, "suppliers", MOST_LISTED);
  return given.map(({ id, items, cost }) => {
    if (cost != null && !(cost >= 0))
      throw publicError(
        "BAD_USER_INPUT",
        `\`suppliers.cost\` must be at least 0; that of ${JSON.stringify(id)} is not.`,
      );
    mustBeShort(items ?? [], "suppliers.items", MOST_LISTED);
    return { id, items: items ?? null, cost: cost ?? null };
  });
}
