import { useMemo } from "preact/hooks";
import type { Plan, Substitution } from "../../api/substitution.ts";
import { EMPTY_GRAPH } from "../../canvas/drawing.ts";
import { foldSources, splitPlan } from "../../canvas/fold.ts";
import { GraphView } from "../../canvas/graph-view.tsx";
import { t } from "../../i18n/index.ts";
import { navigate, view } from "../../state/view.ts";
import { Legend } from "../legend.tsx";

interface PlanGraphsProps {
  readonly answer: Substitution;
  readonly plan: Plan | null;
  readonly isStale: boolean;
}

/** Today's chain beside the plan; where there is none, beside what blocks it and what would have to be added. */
export function PlanGraphs({ answer, plan, isStale }: PlanGraphsProps) {
  const { selected, allSources } = view.value;
  const { today, proposed } = useMemo(() => {
    const parts = splitPlan(plan?.subgraph ?? answer.subgraph, plan?.steps ?? []);
    const shown = plan === null ? { today: answer.subgraph, plan: EMPTY_GRAPH } : parts;
    return allSources
      ? { today: shown.today, proposed: shown.plan }
      : { today: foldSources(shown.today), proposed: foldSources(shown.plan) };
  }, [answer, plan, allSources]);
  const chosen = useMemo(() => (selected === null ? [] : [selected]), [selected]);
  const select = (id: string | null): void => navigate({ selected: id });
  const title = answer.plans.length === 0 ? t("plan.blocked") : t("plan.proposed");
  return (
    <section class="section">
      <div class="list-head">
        <h2>{t("plan.beside")}</h2>
        <label class="check">
          <input
            type="checkbox"
            checked={allSources}
            data-testid="plan-all-sources"
            onChange={(event) => navigate({ allSources: event.currentTarget.checked })}
          />
          {t("plan.allSources")}
        </label>
      </div>
      <div class="beside">
        <div>
          <h3>{t("plan.today")}</h3>
          <GraphView
            name={t("plan.today")}
            graph={today}
            layout="supply"
            selected={chosen}
            onSelect={select}
            testId="today-graph"
            isStale={isStale}
          />
        </div>
        <div>
          <h3>{title}</h3>
          <GraphView
            name={title}
            graph={proposed}
            layout="supply"
            selected={chosen}
            onSelect={select}
            testId="plan-graph"
            isStale={isStale}
          />
        </div>
      </div>
      <Legend graphs={[today, proposed]} />
    </section>
  );
}
