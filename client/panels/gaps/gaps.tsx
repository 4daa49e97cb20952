import { useMemo } from "preact/hooks";
import { type GapReport, type GapRow, gapsQuery } from "../../api/gaps.ts";
import { useQuery } from "../../api/use-query.ts";
import { filterGraph, type Graph, neighborsOf } from "../../canvas/drawing.ts";
import { foldSources } from "../../canvas/fold.ts";
import { GraphView } from "../../canvas/graph-view.tsx";
import { t } from "../../i18n/index.ts";
import { GAP_TYPES, type GapType } from "../../state/permalink.ts";
import { navigate, view } from "../../state/view.ts";
import { AnalysisPage } from "../analysis-page.tsx";
import { Answer } from "../answer.tsx";
import { GapBadge } from "../badge.tsx";
import { Check } from "../check.tsx";
import { Legend } from "../legend.tsx";
import { policyOf } from "../policy-bar.tsx";
import { VerdictLine } from "../verdict.tsx";
import { GapDetail } from "./gap-detail.tsx";
import { GapTable } from "./gap-table.tsx";

const FETCHED = 300;

/** Which links of a target are missing, restricted, single-sourced or bought in; and why. */
export function GapsPage() {
  return <AnalysisPage name="gaps">{(target) => <Gaps target={target} />}</AnalysisPage>;
}

function Gaps({ target }: { readonly target: string }) {
  const query = useQuery(gapsQuery, { target, policy: policyOf(view.value), first: FETCHED });
  return (
    <Answer of={query} lines={12}>
      {({ gaps }) => <GapsBody report={gaps} isStale={query.loading} />}
    </Answer>
  );
}

function GapsBody({ report, isStale }: { readonly report: GapReport; readonly isStale: boolean }) {
  const { types, selected, allSources, target } = view.value;
  const rows = useMemo(
    () => report.gaps.filter((gap) => types.length === 0 || gap.types.some((type) => types.includes(type))),
    [report, types],
  );
  const all = useMemo(() => [...report.gaps, ...report.unrecorded], [report]);
  const current = all.find((gap) => gap.item.id === selected) ?? null;
  const graph = useMemo(() => {
    if (current !== null) return causeGraph(report.subgraph, current, allSources);
    return gapGraph(report.subgraph, selected, allSources, types.length === 0 ? null : rows);
  }, [report, current, selected, allSources, types, rows]);
  const brought = useMemo(
    () =>
      selected === null
        ? []
        : [selected, ...(current?.path.map((item) => item.id) ?? []), ...(target === null ? [] : [target])],
    [selected, current, target],
  );
  return (
    <>
      <VerdictLine
        title={t("gaps.verdict")}
        words="verdict"
        verdict={report.verdict}
        freeToTier={report.freeToTier}
        coverage={report.coverage}
      />
      <TypeFilter report={report} />
      <div class="split">
        <div class="split-main">
          <div class="list-head">
            <h2>{t("gaps.table")}</h2>
            <span class="note" data-testid="gaps-showing">
              {t("showing", { n: rows.length, m: report.totalCount })}
            </span>
          </div>
          <GapTable
            gaps={rows}
            selected={selected}
            isFiltered={types.length > 0}
            name={t("gaps.table")}
            testId="gap-table"
          />
          {report.unrecorded.length > 0 && (
            <div class="unrecorded">
              <p class="note">{t("gaps.unrecorded")}</p>
              <GapTable
                gaps={report.unrecorded}
                selected={selected}
                isFiltered={false}
                name={t("gaps.unrecorded.table")}
                testId="unrecorded-table"
              />
            </div>
          )}
        </div>
        <div class="split-side">
          <div class="list-head">
            <h2>{t("gaps.graph")}</h2>
            <Check
              checked={allSources}
              testId="gaps-all-sources"
              onChange={(isChecked) => navigate({ allSources: isChecked })}
            >
              {t("gaps.allSources")}
            </Check>
          </div>
          <GraphView
            name={t("gaps.graph")}
            graph={graph}
            layout="supply"
            selected={brought}
            onSelect={(id) => navigate({ selected: id })}
            testId="gaps-graph"
            isStale={isStale}
            grows
          />
          <Legend graphs={[graph]} />
          {current !== null && <GapDetail key={current.item.id} gap={current} />}
        </div>
      </div>
    </>
  );
}

/** A gap with its path to the target and what lies next to it; its sources on its own card, or each as a node. */
function causeGraph(graph: Graph, { item, path, roots }: GapRow, allSources: boolean): Graph {
  const near = neighborsOf(graph, item.id);
  const shown = new Set([item, ...path, ...roots].map(({ id }) => id));
  const cause = filterGraph(graph, (node) => shown.has(node.id) || node.marks.includes("TARGET") || near.has(node.id));
  return allSources ? cause : foldSources(cause);
}

/** Items and what stands for them; sources only where asked for, or of the selected item. */
function gapGraph(graph: Graph, selected: string | null, allSources: boolean, only: readonly GapRow[] | null): Graph {
  const shown = only === null ? null : new Set(only.flatMap((gap) => [gap.item.id, ...gap.path.map(({ id }) => id)]));
  const near = selected === null ? new Set<string>() : neighborsOf(graph, selected);
  const suppliers = new Set(
    graph.edges.filter(({ type, to }) => type === "SUPPLIES" && (shown?.has(to) ?? true)).map(({ from }) => from),
  );
  return filterGraph(graph, (node) => {
    if (node.id === selected || node.marks.includes("TARGET") || near.has(node.id)) return true;
    if (node.kind !== "Product" || node.id.startsWith("ghost:")) return allSources && suppliers.has(node.id);
    return shown === null || shown.has(node.id);
  });
}

function TypeFilter({ report }: { readonly report: GapReport }) {
  const { types } = view.value;
  const counts = new Map<GapType, number>();
  for (const gap of report.gaps) for (const type of gap.types) counts.set(type, (counts.get(type) ?? 0) + 1);
  const toggle = (type: GapType): void =>
    navigate({ types: types.includes(type) ? types.filter((other) => other !== type) : [...types, type] });
  return (
    <fieldset class="filter" aria-label={t("gaps.types")} data-testid="gap-types">
      {GAP_TYPES.filter((type) => counts.has(type)).map((type) => (
        <button
          type="button"
          key={type}
          class="filter-button"
          aria-pressed={types.includes(type)}
          data-testid={`gap-type-${type}`}
          onClick={() => toggle(type)}
        >
          <GapBadge type={type} /> <span class="filter-count">{counts.get(type)}</span>
        </button>
      ))}
      {types.length > 0 && (
        <button type="button" class="link" onClick={() => navigate({ types: [] })}>
          {t("gaps.clear")}
        </button>
      )}
    </fieldset>
  );
}
