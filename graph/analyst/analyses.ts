import { blockingReport } from "../analysis/blocking-report.ts";
import { type Closeness, closenessOf, type Place } from "../analysis/closeness.ts";
import { type ClosureOptions, closureReport } from "../analysis/closure-report.ts";
import { concentrationReport } from "../analysis/concentration-report.ts";
import { diff } from "../analysis/diff.ts";
import { disruption } from "../analysis/disruption.ts";
import { disruptionRanking } from "../analysis/disruption-ranking.ts";
import { exposure } from "../analysis/exposure.ts";
import { gapCauses } from "../analysis/gap-causes.ts";
import { gaps } from "../analysis/gaps.ts";
import { localization } from "../analysis/localization.ts";
import type { Policy } from "../analysis/policy.ts";
import { recruitment } from "../analysis/recruitment.ts";
import type { Scenario } from "../analysis/scenario.ts";
import { substitution } from "../analysis/substitution.ts";
import { upstreamScenarios } from "../analysis/upstream-scenario.ts";
import type { Desk, Question } from "./desk.ts";

/**
 * Every analysis that can be asked for, by name. A new one is one line here, and a sample of its request in
 * `tests/support/sample-requests.ts`: a pure function of a scenario by `onScenario`, where what the function takes beside
 * the scenario becomes fields of the request; anything else as `(desk, request) => answer`, where the desk holds the
 * network and compiles as many scenarios as a comparison needs. Requests and answers travel between threads: plain values,
 * arrays, maps and sets, no functions. Loops that may go on for long call `checkpoint` (`graph/analysis/checkpoint.ts`).
 */
export const ANALYSES = {
  gaps: onScenario(gaps),
  gapCauses: onScenario(gapCauses),
  substitution: onScenario(substitution),
  exposure: onScenario((scenario, { jurisdictions }: { readonly jurisdictions: readonly string[] }) =>
    exposure(scenario, jurisdictions),
  ),
  localization: onScenario(localization),
  closure: (desk: Desk, request: Question & ClosureOptions) =>
    closureReport(desk.needs(request.targets, request.policy), request),
  concentration: onScenario(concentrationReport),
  disruption: onScenario((scenario, { removed }: { readonly removed: readonly string[] }) =>
    disruption(scenario, removed),
  ),
  disruptionRanking: onScenario(disruptionRanking),
  blockingSets: onScenario(blockingReport),
  recruitment: onScenario(recruitment),
  diff: (desk: Desk, { targets, policy, otherPolicy }: Question & { readonly otherPolicy: Policy }) =>
    diff(...upstreamScenarios(desk.network, targets, policy, otherPolicy)),
  closeness: onScenario(
    (
      scenario,
      { items, places }: { readonly items: readonly string[]; readonly places: readonly Place[] },
    ): Closeness => closenessOf(scenario, items, places),
  ),
} as const;

/** Analyses by name, whatever they ask and answer. */
export type Analyses = Readonly<Record<string, (desk: Desk, request: never) => unknown>>;
export type AnalysisName = keyof typeof ANALYSES;
export type RequestOf<Name extends AnalysisName> = Parameters<(typeof ANALYSES)[Name]>[1];
export type AnswerOf<Name extends AnalysisName> = ReturnType<(typeof ANALYSES)[Name]>;

/** Runs one analysis at a desk. */
export function analyze<Name extends AnalysisName>(desk: Desk, name: Name, request: RequestOf<Name>): AnswerOf<Name> {
  // What stands under a name takes that name's request; the compiler does not follow a name that is a variable.
  const analysis = ANALYSES[name] as (desk: Desk, request: RequestOf<Name>) => unknown;
  return analysis(desk, request) as AnswerOf<Name>;
}

/** An analysis of the one scenario that a question describes; the request's other fields are the analysis's own. */
function onScenario<Own, Answer>(
  analysis: (scenario: Scenario, own: Own) => Answer,
): (desk: Desk, request: Question & Own) => Answer {
  return (desk, request) => analysis(desk.scenario(request.targets, request.policy), request);
}
