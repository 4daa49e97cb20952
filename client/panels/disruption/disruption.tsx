import { useMemo } from "preact/hooks";
import { type Disruption, disruptionQuery } from "../../api/disruption.ts";
import { useQuery } from "../../api/use-query.ts";
import { GraphView } from "../../canvas/graph-view.tsx";
import { momentsOf, spreadGraph } from "../../canvas/spread.ts";
import { formatPercent } from "../../i18n/format.ts";
import { t } from "../../i18n/index.ts";
import { language, navigate, view } from "../../state/view.ts";
import { AnalysisPage } from "../analysis-page.tsx";
import { Answer, Empty } from "../answer.tsx";
import { ItemLinks } from "../item-links.tsx";
import { Later } from "../later.tsx";
import { Legend } from "../legend.tsx";
import { OutputLoss } from "../output-loss.tsx";
import { PolicyBar, policyOf } from "../policy-bar.tsx";
import { CoverageText } from "../verdict.tsx";
import { FailurePicker } from "./failure-picker.tsx";
import { LossTable } from "./loss-table.tsx";
import { RankingPanel } from "./ranking-panel.tsx";
import { StepControl } from "./step-control.tsx";
import { StopTable } from "./stop-table.tsx";

const FETCHED = 300;

/** What happens when a firm, a country or an item fails, and which single failure does most. */
export function DisruptionPage() {
  return (
    <AnalysisPage name="disruption" controls={<PolicyBar hasRestricted={false} />}>
      {(target) => <DisruptionOf target={target} />}
    </AnalysisPage>
  );
}

function DisruptionOf({ target }: { readonly target: string }) {
  const { failed } = view.value;
  // Today's supply is asked: what is cut off is what fails, so nothing is restricted besides.
  const policy = policyOf({ ...view.value, restricted: [] });
  const query = useQuery(
    disruptionQuery,
    failed.length === 0 ? null : { target, removed: [...failed], policy, first: FETCHED },
  );
  return (
    <>
      <FailurePicker />
      <div class="split split-ranked">
        <div class="split-main">
          <RankingPanel target={target} policy={policy} />
        </div>
        <div class="split-side">
          {failed.length === 0 ? (
            <Empty title={t("disruption.start")}>
              <p>{t("disruption.start.text")}</p>
            </Empty>
          ) : (
            <Answer of={query} lines={12}>
              {({ disruption }) => <Spread answer={disruption} isStale={query.loading} />}
            </Answer>
          )}
        </div>
      </div>
    </>
  );
}

function Spread({ answer, isStale }: { readonly answer: Disruption; readonly isStale: boolean }) {
  const { step, selected } = view.value;
  const moments = useMemo(() => momentsOf(answer.stops), [answer]);
  const passed = Math.min(step ?? moments.length, moments.length);
  const graph = useMemo(() => spreadGraph(answer.subgraph, moments, passed), [answer, moments, passed]);
  const chosen = useMemo(() => (selected === null ? [] : [selected]), [selected]);
  return (
    <>
      <Findings of={answer} />
      <div class="list-head">
        <h2>{t("disruption.graph")}</h2>
        <span class="note">{t("showing", { n: answer.stops.length, m: answer.totalStops })}</span>
      </div>
      {moments.length > 0 && <StepControl moments={moments} passed={passed} stops={answer.stops} />}
      <GraphView
        name={t("disruption.graph")}
        graph={graph}
        layout="supply"
        selected={chosen}
        onSelect={(id) => navigate({ selected: id })}
        testId="disruption-graph"
        isStale={isStale}
        grows
      />
      <Legend graphs={[graph]} />
      <Later>
        <section class="section">
          <h2>
            {t("disruption.stops")} <span class="count">{answer.totalStops}</span>
          </h2>
          <StopTable stops={answer.stops} moments={moments} passed={passed} />
        </section>
      </Later>
      <Later>
        <section class="section">
          <h2>
            {t("disruption.losses")} <span class="count">{answer.totalLosses}</span>
          </h2>
          <LossTable losses={answer.losses} />
        </section>
      </Later>
    </>
  );
}

function Findings({ of }: { readonly of: Disruption }) {
  const tone = of.stoppedWeight > 0 ? "danger" : of.gradedLoss.high > 0 ? "caution" : "good";
  return (
    <div class={`verdict verdict-${tone}`} data-testid="findings">
      <p class="verdict-main">
        <span class="verdict-title">{t("disruption.stopped")}</span>
        <strong>{formatPercent(of.stoppedWeight, language.value)}</strong>
        <span>{of.totalStops === 0 ? t("disruption.none") : t("disruption.text", { n: of.totalStops })}</span>
      </p>
      <dl class="pairs">
        <OutputLoss of={of} />
      </dl>
      {of.stopPath.length > 0 && (
        <p class="detail-path">
          {t("disruption.path")}: <ItemLinks items={of.stopPath} separator=" ← " />
        </p>
      )}
      <p class="note">
        {t("coverage")}: <CoverageText of={of.coverage} />
      </p>
    </div>
  );
}
