import type { BlockingGround } from "../../graph/analysis/blocking-sets.ts";
import type { FailureKind } from "../../graph/analysis/failure-candidates.ts";
import type { PlanDistinction } from "../../graph/analysis/k-best.ts";
import type { PlanObjective } from "../../graph/analysis/plan.ts";
import type { CandidateKind } from "../../graph/analysis/recruitment-candidates.ts";
import type { AnalysisName, RequestOf } from "../../graph/analyst/analyses.ts";
import type { Question } from "../../graph/analyst/desk.ts";
import { recruitmentSuppliers } from "../../graph/explore/recruitment-suppliers.ts";
import type { Network } from "../../graph/projection/network.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { mustBeCode } from "../schema/policy.ts";
import { UsageError } from "./exit-codes.ts";
import { checkedPolicy, listOf, readJson } from "./policy-flags.ts";

/** Analyses that a person asks for; the others explain the items of an answer. */
export type AskedAnalysis = Exclude<AnalysisName, "gapCauses" | "closeness">;

/** Options of single analyses, as the command line hands them over. */
export interface AnalysisFlags {
  readonly with?: string;
  readonly plans?: string;
  readonly distinctBy?: PlanDistinction;
  readonly objective?: PlanObjective;
  readonly jurisdictions?: string;
  readonly fail?: string;
  readonly kinds?: string;
  readonly items?: string;
  readonly first?: string;
  readonly ground?: BlockingGround;
  readonly maxSize?: string;
  readonly budget?: string;
  readonly suggest?: string;
  readonly otherPolicy?: string;
}

/** What a request is made of. */
export interface Asking {
  readonly question: Question;
  readonly flags: AnalysisFlags;
  readonly store: GraphStore;
  readonly network: Network;
  readonly signal: AbortSignal;
}

/**
 * The request of each analysis by the options of the command line.
 *
 * @throws UsageError that names the option and what it takes
 */
export const REQUESTS: {
  readonly [Name in AskedAnalysis]: (asking: Asking) => RequestOf<Name> | Promise<RequestOf<Name>>;
} = {
  gaps: ({ question }) => question,
  substitution: ({ question, flags }) => ({
    ...question,
    targets: [...question.targets, ...listOf(flags.with ?? "")],
    k: wholeOf("--plans", flags.plans ?? "1", 1, 10),
    distinctBy: flags.distinctBy ?? "OFFER",
    objective: flags.objective ?? "COST",
  }),
  exposure: ({ question, flags }) => {
    const jurisdictions = flags.jurisdictions === undefined ? question.policy.restricted : listOf(flags.jurisdictions);
    for (const code of jurisdictions) mustBeCode(code, "--jurisdictions");
    return { ...question, jurisdictions };
  },
  localization: ({ question }) => question,
  closure: ({ question, flags }) => ({ ...question, first: firstOf(flags, 200) }),
  concentration: ({ question, flags }) => ({
    ...question,
    first: firstOf(flags, 50),
    ...(flags.items !== undefined && { items: listOf(flags.items) }),
  }),
  disruption: ({ question, flags }) => {
    const removed = listOf(flags.fail ?? "");
    if (removed.length === 0) throw new UsageError("disruption takes --fail IDS: what is supposed to fail, such as JP");
    return { ...question, removed };
  },
  disruptionRanking: ({ question, flags }) => ({
    ...question,
    first: firstOf(flags, 50),
    ...(flags.kinds !== undefined && {
      kinds: choicesOf<FailureKind>("--kinds", flags.kinds, ["JURISDICTION", "FIRM", "ITEM"]),
    }),
  }),
  blockingSets: ({ question, flags }) => ({
    ...question,
    ground: flags.ground ?? "JURISDICTION",
    maxSize: wholeOf("--max-size", flags.maxSize ?? "3", 1, 3),
  }),
  recruitment: async ({ question, flags, store, network, signal }) => {
    const suggest = choicesOf<CandidateKind>("--suggest", flags.suggest ?? "FIRM,PROJECT,ITEM", [
      "FIRM",
      "PROJECT",
      "ITEM",
    ]);
    const asked = { suggest, suppliers: [], landed: listOf(flags.with ?? "") };
    const scenario = { network, policy: question.policy };
    const known = await recruitmentSuppliers(store, scenario, asked, { signal });
    return { ...question, budget: budgetOf(flags.budget), suggest, ...known };
  },
  diff: async ({ question, flags }) => {
    if (flags.otherPolicy === undefined)
      throw new UsageError("diff takes --other-policy FILE.json: the fields in which the other policy differs");
    const other = await readJson(flags.otherPolicy, "--other-policy");
    if (typeof other !== "object" || other === null) throw new UsageError("--other-policy takes a JSON object");
    return { ...question, otherPolicy: checkedPolicy({ ...question.policy, ...other }) };
  },
};

/** What may be spent on recruitment: 3 unless said otherwise. @throws UsageError */
export function budgetOf(text = "3"): number {
  const budget = Number(text);
  if (text.trim() === "" || !(budget >= 0 && budget <= 1e12))
    throw new UsageError(`--budget takes a number from 0 to 1e12; ${text} is none`);
  return budget;
}

function firstOf({ first }: AnalysisFlags, otherwise: number): number {
  return wholeOf("--first", first ?? String(otherwise), 1, 1_000);
}

function wholeOf(flag: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (!(Number.isInteger(number) && number >= least && number <= most))
    throw new UsageError(`${flag} takes a whole number from ${least} to ${most}; ${text} is none`);
  return number;
}

function choicesOf<Choice extends string>(flag: string, text: string, choices: readonly Choice[]): readonly Choice[] {
  return listOf(text).map((part) => {
    const choice = choices.find((each) => each === part);
    if (choice === undefined) throw new UsageError(`${flag} takes ${choices.join(", ")}; ${part} is none of them`);
    return choice;
  });
}
