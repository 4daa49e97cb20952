import { useMemo } from "preact/hooks";
import { localizationQuery } from "../../api/gaps.ts";
import type { ResultOf } from "../../api/graphql.ts";
import { exposureQuery, type Plan, type Substitution, substitutionQuery } from "../../api/substitution.ts";
import { type Query, useQuery } from "../../api/use-query.ts";
import { t } from "../../i18n/index.ts";
import { MAX_PLANS } from "../../state/permalink.ts";
import { navigate, view } from "../../state/view.ts";
import { AnalysisPage } from "../analysis-page.tsx";
import { Answer } from "../answer.tsx";
import { Check } from "../check.tsx";
import { Later } from "../later.tsx";
import { LocalizationFacts } from "../localization.tsx";
import { policyOf } from "../policy-bar.tsx";
import { VerdictLine } from "../verdict.tsx";
import { Blockers } from "./blockers.tsx";
import { ExposureFacts } from "./exposure.tsx";
import { PlanChooser } from "./plan-chooser.tsx";
import { PlanGraphs } from "./plan-graphs.tsx";
import { PlanTable } from "./plan-table.tsx";

/** A sourcing plan free of restricted inputs beside today's chain; or what blocks one and would allow it. */
export function SubstitutionPage() {
  return <AnalysisPage name="substitution">{(target) => <SubstitutionOf target={target} />}</AnalysisPage>;
}

function SubstitutionOf({ target }: { readonly target: string }) {
  const policy = policyOf(view.value);
  const query = useQuery(substitutionQuery, { target, policy, k: MAX_PLANS, distinctBy: view.value.distinctBy });
  const exposure = useQuery(exposureQuery, { target, policy });
  const localization = useQuery(localizationQuery, { target, policy });
  return (
    <>
      <Answer of={query} lines={3}>
        {({ substitution }) => (
          <VerdictLine
            title={t("plan.verdict")}
            words="plan.verdict"
            verdict={substitution.verdict}
            freeToTier={substitution.freeToTier}
            coverage={substitution.coverage}
          />
        )}
      </Answer>
      <div class="summaries">
        <Summaries exposure={exposure} localization={localization} />
        {query.data !== undefined && query.data.substitution.plans.length === 0 && (
          <Blockers answer={query.data.substitution} />
        )}
        {query.data !== undefined && query.data.substitution.plans.length > 0 && (
          <PlanChooser plans={query.data.substitution.plans} />
        )}
      </div>
      <Answer of={query} lines={10}>
        {({ substitution }) => <SubstitutionBody answer={substitution} isStale={query.loading} />}
      </Answer>
    </>
  );
}

interface SummariesProps {
  readonly exposure: Query<ResultOf<typeof exposureQuery>>;
  readonly localization: Query<ResultOf<typeof localizationQuery>>;
}

function Summaries({ exposure, localization }: SummariesProps) {
  return (
    <>
      <section class="summary">
        <h2>{t("exposure.title")}</h2>
        <Answer of={exposure} lines={3}>
          {(data) => <ExposureFacts of={data.exposure} />}
        </Answer>
      </section>
      <section class="summary">
        <h2>{t("localization.title")}</h2>
        <Answer of={localization} lines={3}>
          {(data) => <LocalizationFacts of={data.localization} />}
        </Answer>
      </section>
    </>
  );
}

function SubstitutionBody({ answer, isStale }: { readonly answer: Substitution; readonly isStale: boolean }) {
  const { plan: number, onlyChanges } = view.value;
  const plan: Plan | null = answer.plans[number - 1] ?? answer.plans[0] ?? answer.afterCompletion;
  const steps = useMemo(
    () => (plan?.steps ?? []).filter((step) => !onlyChanges || step.change !== "KEEP"),
    [plan, onlyChanges],
  );
  return (
    <>
      <PlanGraphs answer={answer} plan={plan} isStale={isStale} />
      <Later>
        <section class="section">
          <div class="list-head">
            <h2>{answer.plans.length === 0 && plan !== null ? t("plan.afterCompletion") : t("plan.steps")}</h2>
            <Check
              checked={onlyChanges}
              testId="plan-only-changes"
              onChange={(isChecked) => navigate({ onlyChanges: isChecked })}
            >
              {t("plan.only")}
            </Check>
            <span class="note">{t("showing", { n: steps.length, m: plan?.steps.length ?? 0 })}</span>
          </div>
          {steps.length === 0 ? <p class="note">{t("plan.none")}</p> : <PlanTable steps={steps} />}
        </section>
      </Later>
    </>
  );
}
