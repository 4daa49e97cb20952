import type { BlockingSet } from "../../graph/analysis/blocking-report.ts";
import { type BlockingGround, LARGEST_BLOCKING_SET } from "../../graph/analysis/blocking-sets.ts";
import type { Context } from "../context.ts";
import { publicError } from "../errors.ts";
import { type AnalysisArguments, ask, entities, entity, targetOf } from "./analysis.ts";
import { jurisdictionNode } from "./jurisdiction-node.ts";

interface BlockingArguments extends AnalysisArguments {
  readonly ground: BlockingGround;
  readonly maxSize: number;
}

/** What would block a target. */
export const blockingSetQueries = {
  blockingSets: async (_: unknown, args: BlockingArguments, context: Context) => {
    const { ground, maxSize } = args;
    if (maxSize < 1 || maxSize > LARGEST_BLOCKING_SET)
      throw publicError(
        "BAD_USER_INPUT",
        `\`maxSize\` must be between 1 and ${LARGEST_BLOCKING_SET}; it is ${maxSize}.`,
      );
    const { asked, question } = await ask(args, context);
    const report = await context.analyze("blockingSets", { ...question, ground, maxSize });
    return { ...asked, ...report, sets: report.sets.map((set) => ({ ...set, ground })) };
  },
};

export const blockingSetResolvers = {
  BlockingSetReport: { target: targetOf },
  BlockingSet: {
    ids: ({ members }: BlockingSet) => members,
    members: ({ members, ground }: BlockingSet & { ground: BlockingGround }, _: unknown, context: Context) =>
      members.map((id) => (ground === "JURISDICTION" ? jurisdictionNode(id, context) : entity(id, context))),
    path: ({ path }: BlockingSet, _: unknown, context: Context) => entities(path, context),
  },
};
