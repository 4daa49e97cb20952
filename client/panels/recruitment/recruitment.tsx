import { useMemo } from "preact/hooks";
import { type Recruitment, recruitmentQuery } from "../../api/recruitment.ts";
import { useQuery } from "../../api/use-query.ts";
import { GraphView } from "../../canvas/graph-view.tsx";
import { formatNumber } from "../../i18n/format.ts";
import { t, word } from "../../i18n/index.ts";
import { CANDIDATE_KINDS } from "../../state/permalink.ts";
import { language, navigate, view } from "../../state/view.ts";
import { AnalysisPage } from "../analysis-page.tsx";
import { Answer } from "../answer.tsx";
import { Legend } from "../legend.tsx";
import { Meter } from "../meter.tsx";
import { policyOf } from "../policy-bar.tsx";
import { CoverageText } from "../verdict.tsx";
import { CandidateTable } from "./candidate-table.tsx";
import { PickTable } from "./pick-table.tsx";
import { RecruitmentChoices } from "./recruitment-choices.tsx";
import { RemainingTable } from "./remaining-table.tsx";

const FETCHED = 60;

/** Whom to recruit next within a budget, what each closes, and what remains once somebody has landed. */
export function RecruitmentPage() {
  return <AnalysisPage name="recruitment">{(target) => <RecruitmentOf target={target} />}</AnalysisPage>;
}

function RecruitmentOf({ target }: { readonly target: string }) {
  const { budget, candidateKinds, landed } = view.value;
  const query = useQuery(recruitmentQuery, {
    target,
    budget,
    policy: policyOf(view.value),
    kinds: candidateKinds.length === 0 ? [...CANDIDATE_KINDS] : [...candidateKinds],
    with: [...landed],
    first: FETCHED,
  });
  return (
    <>
      <RecruitmentChoices />
      <Answer of={query} lines={14}>
        {({ recruitment }) => <RecruitmentBody answer={recruitment} isStale={query.loading} />}
      </Answer>
    </>
  );
}

function RecruitmentBody({ answer, isStale }: { readonly answer: Recruitment; readonly isStale: boolean }) {
  const { selected } = view.value;
  const chosen = useMemo(() => (selected === null ? [] : [selected]), [selected]);
  return (
    <>
      <Worth of={answer} />
      <div class="split">
        <div class="section">
          {answer.landed.length > 0 && (
            <section class="section">
              <h2>
                {t("recruit.landed")} <span class="count">{answer.landed.length}</span>
              </h2>
              <PickTable name={t("recruit.landed")} picks={answer.landed} testId="landed-table" isLanded />
            </section>
          )}
          <section class="section">
            <h2>
              {t("recruit.picks")} <span class="count">{answer.picks.length}</span>
            </h2>
            {answer.picks.length === 0 ? (
              <p class="note" data-testid="picks-none">
                {t("recruit.picks.none")}
              </p>
            ) : (
              <PickTable name={t("recruit.picks")} picks={answer.picks} testId="pick-table" />
            )}
          </section>
          <section class="section">
            <div class="list-head">
              <h2>{t("recruit.candidates")}</h2>
              <span class="note">{t("showing", { n: answer.candidates.length, m: answer.totalCount })}</span>
            </div>
            <CandidateTable candidates={answer.candidates} />
          </section>
        </div>
        <div class="split-side">
          <h2>{t("recruit.graph")}</h2>
          <GraphView
            name={t("recruit.graph")}
            graph={answer.subgraph}
            layout="supply"
            selected={chosen}
            onSelect={(id) => navigate({ selected: id })}
            testId="recruitment-graph"
            isStale={isStale}
            grows
          />
          <Legend graphs={[answer.subgraph]} />
          <section class="section">
            <h2>
              {t("recruit.remaining")} <span class="count">{answer.remaining.length}</span>
            </h2>
            <RemainingTable gaps={answer.remaining} />
          </section>
        </div>
      </div>
    </>
  );
}

/** How much can be made now, with who has landed, and with the picks as well. */
function Worth({ of }: { readonly of: Recruitment }) {
  const exactly = (value: number) => ({ low: value, high: value });
  const rows = [
    { key: "recruit.before", value: of.availableBefore },
    { key: "recruit.withLanded", value: of.availableLanded },
    { key: "recruit.after", value: of.availableAfter },
  ] as const;
  return (
    <section class="summary" data-testid="worth">
      <dl class="pairs">
        {rows.map(({ key, value }) => (
          <>
            <dt>{t(key)}</dt>
            <dd>
              <Meter bounds={exactly(value)} max={1} tone="good" label={t(key)} />
            </dd>
          </>
        ))}
        <dt>{t("recruit.spent")}</dt>
        <dd>
          {t("recruit.spent.of", {
            cost: formatNumber(of.cost, language.value),
            budget: formatNumber(of.budget, language.value),
          })}{" "}
          <span class="note">
            {word("strategy", of.strategy)} · {of.exact ? t("recruit.exact") : t("recruit.notExact")}
          </span>
        </dd>
      </dl>
      <p class="note">
        {t("coverage")}: <CoverageText of={of.coverage} />
      </p>
    </section>
  );
}
