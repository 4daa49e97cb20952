import { useMemo, useRef } from "preact/hooks";
import type { Point } from "../../../graph/layout/stages.ts";
import { EMPTY_GRAPH, filterGraph, markRestricted, mergeGraphs } from "../../canvas/drawing.ts";
import { GraphView } from "../../canvas/graph-view.tsx";
import { t } from "../../i18n/index.ts";
import { DEFAULT_VIEW } from "../../state/permalink.ts";
import { mayUndo, navigate, undo, view } from "../../state/view.ts";
import { Empty, Failure, Loading } from "../answer.tsx";
import { Legend } from "../legend.tsx";
import { SearchBox } from "../search-box.tsx";
import { TargetSuggestions } from "../target-picker.tsx";
import { KindFilter } from "./kind-filter.tsx";
import { NodeDetail } from "./node-detail.tsx";
import { PathPanel } from "./path-panel.tsx";
import { NEIGHBORS, useOpenings, usePaths } from "./use-explored.ts";

/** Begin at a name, open what is around it, and see how two things are connected. */
export function ExplorePage() {
  const { open, hiddenKinds, removed, pins, restricted, selected } = view.value;
  const places = useRef<ReadonlyMap<string, Point>>(new Map());
  const opened = useOpenings(open);
  const paths = usePaths(view.value);
  const pathGraph = paths.data?.paths.subgraph ?? EMPTY_GRAPH;
  const whole = useMemo(
    () => markRestricted(mergeGraphs([...opened.graphs, pathGraph]), restricted),
    [opened.graphs, pathGraph, restricted],
  );
  const graph = useMemo(
    () => filterGraph(whole, (node) => !hiddenKinds.includes(node.kind) && !removed.includes(node.id)),
    [whole, hiddenKinds, removed],
  );
  const chosen = useMemo(() => {
    if (selected !== null) return [selected];
    return pathGraph.nodes.map((node) => node.id);
  }, [selected, pathGraph]);
  const pin = (id: string, { x, y }: Point): void => {
    const put = { id, x: Math.round(x), y: Math.round(y) };
    navigate({ pins: [...pins.filter((other) => other.id !== id), put] });
  };
  const togglePin = (id: string): void => {
    const place = places.current.get(id);
    if (pins.some((other) => other.id === id)) navigate({ pins: pins.filter((other) => other.id !== id) });
    else if (place !== undefined) pin(id, place);
  };
  const start = (id: string): void => {
    const isOpen = open.some((opening) => opening.id === id && opening.type === "");
    navigate({
      open: isOpen ? open : [...open, { id, type: "" }],
      removed: removed.filter((other) => other !== id),
      selected: id,
    });
  };
  const isEmpty = open.length === 0 && pathGraph.nodes.length === 0;
  return (
    <div class="page explore" data-testid="explore">
      <aside class="explore-side">
        <SearchBox
          label={t("search")}
          placeholder={t("search.placeholder")}
          kinds={null}
          onPick={({ id }) => start(id)}
          testId="explore-search"
          isMain
        />
        <PathPanel paths={paths} />
        {!isEmpty && <KindFilter graph={whole} />}
        {!isEmpty && <Legend graphs={[graph]} />}
        <p class="explore-actions">
          {mayUndo() && (
            <button type="button" class="link" data-testid="explore-undo" title="Ctrl Z" onClick={undo}>
              {t("explore.undo")}
            </button>
          )}
          {pins.length > 0 && (
            <button type="button" class="link" data-testid="explore-unpin" onClick={() => navigate({ pins: [] })}>
              {t("explore.unpin", { n: pins.length })}
            </button>
          )}
          {removed.length > 0 && (
            <button type="button" class="link" onClick={() => navigate({ removed: [] })}>
              {t("explore.restore", { n: removed.length })}
            </button>
          )}
          {!isEmpty && (
            <button
              type="button"
              class="link"
              data-testid="explore-clear"
              onClick={() => {
                const { hiddenKinds: kinds, pathFrom, pathTo } = DEFAULT_VIEW;
                navigate({ open: [], removed: [], pins: [], selected: null, hiddenKinds: kinds, pathFrom, pathTo });
              }}
            >
              {t("explore.clear")}
            </button>
          )}
        </p>
      </aside>
      <div class="explore-main">
        {opened.error !== undefined && (
          <Failure error={opened.error} onRetry={opened.retry} isComing={opened.isComing} />
        )}
        {opened.truncated && <p class="note">{t("explore.truncated", { n: NEIGHBORS })}</p>}
        {isEmpty && (
          <Empty title={t("explore.start")}>
            <p>{t("explore.start.text")}</p>
            <TargetSuggestions onPick={({ id }) => start(id)} />
          </Empty>
        )}
        {!isEmpty && opened.loading && opened.error === undefined && whole.nodes.length === 0 && <Loading lines={10} />}
        {whole.nodes.length > 0 && (
          <GraphView
            name={t("view.explore")}
            graph={graph}
            layout="force"
            selected={chosen}
            onSelect={(id) => navigate({ selected: id })}
            testId="explore-graph"
            isStale={opened.loading}
            pins={pins}
            onDrag={pin}
            onPlaces={(now) => {
              places.current = now;
            }}
          />
        )}
      </div>
      {selected !== null && <NodeDetail key={selected} id={selected} graph={whole} onPin={togglePin} />}
    </div>
  );
}
