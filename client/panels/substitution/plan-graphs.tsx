import { useMemo } from "preact/hooks";
import type { Plan, Substitution } from "../../api/substitution.ts";
import { EMPTY_GRAPH, type Graph, type GraphEdge } from "../../canvas/drawing.ts";
import { GraphView } from "../../canvas/graph-view.tsx";
import { t } from "../../i18n/index.ts";
import { navigate, view } from "../../state/view.ts";
import { Legend } from "../legend.tsx";

interface PlanGraphsProps {
  readonly answer: Substitution;
  readonly plan: Plan | null;
  readonly isStale: boolean;
}

const ASPECT = 1.35;

/** Today's chain beside the plan; where there is none, beside what blocks it and what would have to be added. */
export function PlanGraphs({ answer, plan, isStale }: PlanGraphsProps) {
  const { selected } = view.value;
  const today = useMemo(() => todayGraph(answer.subgraph), [answer]);
  const proposed = plan?.subgraph ?? EMPTY_GRAPH;
  const chosen = useMemo(() => (selected === null ? [] : [selected]), [selected]);
  const select = (id: string | null): void => navigate({ selected: id });
  const title = answer.plans.length === 0 ? t("plan.blocked") : t("plan.proposed");
  return (
    <>
      <div class="beside">
        <div>
          <h2>{t("plan.today")}</h2>
          <GraphView
            name={t("plan.today")}
            graph={today}
            layout="supply"
            selected={chosen}
            onSelect={select}
            testId="today-graph"
            aspect={ASPECT}
            isStale={isStale}
          />
        </div>
        <div>
          <h2>{title}</h2>
          <GraphView
            name={title}
            graph={proposed}
            layout="supply"
            selected={chosen}
            onSelect={select}
            testId="plan-graph"
            aspect={ASPECT}
            isStale={isStale}
          />
        </div>
      </div>
      <Legend graphs={[today, proposed]} />
    </>
  );
}

/** Of today's chain and the plan in one, what is there today: nothing that only the plan chooses or would add. */
function todayGraph(both: Graph): Graph {
  const onlyPlanned = ({ type, marks }: GraphEdge): boolean =>
    type === "SUPPLIES" && marks.some((mark) => mark === "CHOSEN" || mark === "GHOST") && !marks.includes("TODAY");
  const edges = both.edges.filter((edge) => !onlyPlanned(edge));
  const touched = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const nodes = both.nodes
    .filter((node) => touched.has(node.id) && !node.marks.includes("GHOST"))
    .map((node) => ({ ...node, marks: node.marks.filter((mark) => mark !== "CHOSEN") }));
  const ids = new Set(nodes.map((node) => node.id));
  return {
    nodes,
    edges: edges
      .filter((edge) => ids.has(edge.from) && ids.has(edge.to))
      .map((edge) => ({ ...edge, marks: edge.marks.filter((mark) => mark !== "CHOSEN") })),
  };
}
