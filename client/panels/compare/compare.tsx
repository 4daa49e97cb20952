import { useMemo } from "preact/hooks";
import { type Comparison, compareQuery } from "../../api/compare.ts";
import { useQuery } from "../../api/use-query.ts";
import { GraphView } from "../../canvas/graph-view.tsx";
import { t } from "../../i18n/index.ts";
import { navigate, view } from "../../state/view.ts";
import { AnalysisPage } from "../analysis-page.tsx";
import { Answer } from "../answer.tsx";
import { Legend } from "../legend.tsx";
import { PolicyBar, policyOf } from "../policy-bar.tsx";
import { AvailabilityChanges } from "./availability-changes.tsx";
import { GapChanges } from "./gap-changes.tsx";
import { Sides } from "./sides.tsx";
import { StepChanges } from "./step-changes.tsx";

/** Two policies or two days side by side, with what differs and why. */
export function ComparePage() {
  return (
    <AnalysisPage name="compare" controls={<TwoPolicies />}>
      {(target) => <CompareOf target={target} />}
    </AnalysisPage>
  );
}

function TwoPolicies() {
  const { other } = view.value;
  return (
    <div class="policies">
      <div class="policies-side">
        <strong>{t("compare.before")}</strong>
        <PolicyBar title={t("compare.before")} />
      </div>
      <div class="policies-side">
        <strong>{t("compare.after")}</strong>
        <PolicyBar
          policy={other}
          onChange={(change) => navigate({ other: { ...other, ...change } })}
          title={t("compare.after")}
          testId="other-policy"
        />
      </div>
      <button type="button" class="button" data-testid="swap" onClick={swap}>
        <span aria-hidden="true">⇄</span> {t("compare.swap")}
      </button>
    </div>
  );
}

function swap(): void {
  const { other, restricted, assumed, maxTier, minReadiness, asOf } = view.value;
  navigate({ ...other, other: { restricted, assumed, maxTier, minReadiness, asOf } });
}

function CompareOf({ target }: { readonly target: string }) {
  const query = useQuery(compareQuery, {
    target,
    policy: policyOf(view.value),
    otherPolicy: policyOf(view.value.other),
  });
  return (
    <Answer of={query} lines={14}>
      {({ diff }) => <CompareBody diff={diff} isStale={query.loading} />}
    </Answer>
  );
}

function CompareBody({ diff, isStale }: { readonly diff: Comparison; readonly isStale: boolean }) {
  const { selected } = view.value;
  const chosen = useMemo(() => (selected === null ? [] : [selected]), [selected]);
  const changes = diff.gaps.length + diff.availability.length + diff.plan.steps.length + diff.targets.length;
  return (
    <>
      <Sides diff={diff} />
      {changes === 0 ? (
        <p class="note" data-testid="no-change">
          {diff.policyFields.length === 0 ? t("compare.same") : t("compare.none")}
        </p>
      ) : (
        <div class="split">
          <div class="section">
            <GapChanges changes={diff.gaps} />
            <AvailabilityChanges changes={diff.availability} />
            <StepChanges plan={diff.plan} />
          </div>
          <div class="split-side">
            <h2>{t("compare.graph")}</h2>
            <GraphView
              name={t("compare.graph")}
              graph={diff.subgraph}
              layout="supply"
              selected={chosen}
              onSelect={(id) => navigate({ selected: id })}
              testId="compare-graph"
              isStale={isStale}
              grows
            />
            <Legend graphs={[diff.subgraph]} />
          </div>
        </div>
      )}
    </>
  );
}
