import { useMemo } from "preact/hooks";
import type { Plan, Substitution } from "../../api/substitution.ts";
import { EMPTY_GRAPH, type Graph } from "../../canvas/drawing.ts";
import { essence, stoppedItems } from "../../canvas/essence.ts";
import { foldSources, splitPlan } from "../../canvas/fold.ts";
import { GraphView } from "../../canvas/graph-view.tsx";
import { t } from "../../i18n/index.ts";
import { navigate, view } from "../../state/view.ts";
import { Check } from "../check.tsx";
import { Legend } from "../legend.tsx";

interface PlanGraphsProps {
  readonly answer: Substitution;
  readonly plan: Plan | null;
  readonly isStale: boolean;
}

/** Today's chain beside the plan; where there is none, beside what blocks it and what would have to be added. */
export function PlanGraphs({ answer, plan, isStale }: PlanGraphsProps) {
  const { selected, allSources, wholeChain } = view.value;
  const { today, proposed, all } = useMemo(() => {
    const both = plan?.subgraph ?? answer.subgraph;
    const steps = plan?.steps ?? [];
    const parts = plan === null ? { today: both, plan: EMPTY_GRAPH } : splitPlan(both, steps);
    const named = stoppedItems(parts.today, steps);
    if (selected !== null) named.add(selected);
    for (const { root } of answer.rootPaths) named.add(root.id);
    const drawn = (graph: Graph): Graph => {
      const part = wholeChain ? graph : essence(graph, named);
      return allSources ? part : foldSources(part);
    };
    return { today: drawn(parts.today), proposed: drawn(parts.plan), all: countItems(parts.today) };
  }, [answer, plan, allSources, wholeChain, selected]);
  const chosen = useMemo(() => (selected === null ? [] : [selected]), [selected]);
  const select = (id: string | null): void => navigate({ selected: id });
  const shown = countItems(today);
  const title = answer.plans.length === 0 ? t("plan.blocked") : t("plan.proposed");
  return (
    <section class="section">
      <div class="list-head">
        <h2>{t("plan.beside")}</h2>
        <span class="switches">
          <Check
            checked={wholeChain}
            testId="plan-whole-chain"
            onChange={(isChecked) => navigate({ wholeChain: isChecked })}
          >
            {t("plan.wholeChain", { n: all })}
          </Check>
          <Check
            checked={allSources}
            testId="plan-all-sources"
            onChange={(isChecked) => navigate({ allSources: isChecked })}
          >
            {t("plan.allSources")}
          </Check>
        </span>
      </div>
      {shown < all && (
        <p class="note" data-testid="plan-drawn">
          {t("plan.essence", { n: shown, m: all, rest: all - shown })}
        </p>
      )}
      <div class="over-each-other">
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
            grows
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
            grows
          />
        </div>
      </div>
      <Legend graphs={[today, proposed]} />
    </section>
  );
}

function countItems(graph: Graph): number {
  return graph.nodes.filter((node) => node.kind === "Product" && !node.id.startsWith("ghost:")).length;
}
