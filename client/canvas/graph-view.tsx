import { useEffect, useRef, useState } from "preact/hooks";
import type { Point } from "../../graph/layout/stages.ts";
import { save } from "../export/save.ts";
import { t } from "../i18n/index.ts";
import { label } from "../state/labels.ts";
import type { Pin } from "../state/permalink.ts";
import { navigate, view } from "../state/view.ts";
import type { Aggregated } from "./aggregate.ts";
import { paddingOf } from "./arrange.ts";
import type { Canvas, Direction, Picture } from "./canvas.ts";
import type { Graph } from "./drawing.ts";
import { neighborsOf } from "./drawing.ts";
import { Outline } from "./outline.tsx";
import { groupName, useAggregated } from "./use-aggregated.ts";
import { type LayoutName, usePicture } from "./use-picture.ts";

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

const FORMATS = ["PNG", "SVG", "CSV", "JSON"] as const;
type Format = (typeof FORMATS)[number];

/** What only a few readers ever take along is fetched when they do. */
const saving = () => import("./save-graph.ts");

type Places = ReadonlyMap<string, Point>;

interface GraphViewProps {
  readonly name: string;
  readonly graph: Graph;
  readonly layout: LayoutName;
  /** Nodes brought out together and into view, the most important first. */
  readonly selected: readonly string[];
  readonly onSelect: (id: string | null) => void;
  readonly testId: string;
  readonly isStale?: boolean;
  /** Where these nodes stand, whatever the layout says. */
  readonly pins?: readonly Pin[];
  /** Tells when the reader has put a node elsewhere; without it nodes stay where they are. */
  readonly onDrag?: (id: string, place: Point) => void;
  /** Is told where all nodes stand. */
  readonly onPlaces?: (places: Places) => void;
  /** Whether the frame is as high as the picture, so that it can be read as it stands. */
  readonly grows?: boolean;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const NO_PINS: readonly Pin[] = [];
const MAX_HEIGHT = 880;
const MAX_HEIGHT_NARROW = 540;
const MIN_HEIGHT = 200;
const NARROW = 640;

/** A graph to look at, to walk through with the arrow keys, and to read as a table. */
export function GraphView(props: GraphViewProps) {
  const { name, graph: whole, layout, selected, testId, isStale = false, grows = false } = props;
  const { graph, closed, opened } = useAggregated(whole, selected);
  const onSelect = (id: string | null): void => {
    const group = id === null ? undefined : closed.get(id);
    if (group === undefined) props.onSelect(id);
    else navigate({ groups: [...view.value.groups, group.key] });
  };
  const { pins = NO_PINS, onDrag, onPlaces } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<Canvas | null>(null);
  const listener = useRef(onSelect);
  listener.current = onSelect;
  const dragged = useRef(onDrag);
  dragged.current = onDrag;
  const lastPins = useRef(pins);
  const [cursor, setCursor] = useState<string | null>(null);
  const [isReady, setReady] = useState(false);
  const [isFull, setFull] = useState(false);
  const [frameSize, setFrameSize] = useState({ width: 700, height: 500 });
  const room = grows ? { width: frameSize.width, height: null } : frameSize;
  const picture = usePicture(graph, layout, room, pins);
  const height = grows && picture !== null ? heightFor(picture, frameSize.width) : null;
  const chosen = selected.join("\n");

  useEffect(() => {
    if (frame.current === null) return;
    const container = frame.current;
    const measure = (): void => setFrameSize((last) => sizeOf(container, last));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(container);
    let made: Canvas | null = null;
    let isWanted = true;
    const stopWaiting = whenNear(container, async () => {
      // The renderer is most of the page: it comes once the text is there and the graph is about to be seen.
      const { createCanvas } = await import("./canvas.ts");
      if (!isWanted) return;
      made = createCanvas(container, grows);
      made.onSelect((id) => listener.current(id));
      made.onDrag((id, place) => dragged.current?.(id, place));
      canvas.current = made;
      setReady(true);
    });
    return () => {
      isWanted = false;
      stopWaiting();
      observer.disconnect();
      canvas.current = null;
      made?.destroy();
    };
  }, []);
  useEffect(() => {
    if (picture === null) return;
    canvas.current?.show(picture);
    onPlaces?.(picture.places);
  }, [picture, isReady]);
  useEffect(() => {
    canvas.current?.select(selected);
    // Whoever has just put a node elsewhere is looking at it.
    if (lastPins.current === pins) canvas.current?.focus(selected);
    lastPins.current = pins;
  }, [chosen, picture, isReady]);
  useEffect(() => canvas.current?.point(cursor), [cursor, picture, isReady]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = ARROWS[event.key];
    if (direction !== undefined) {
      const next = canvas.current?.next(cursor ?? selected[0] ?? null, direction);
      if (next !== null && next !== undefined) setCursor(next);
    } else if (event.key === "Enter" && cursor !== null) onSelect(cursor);
    else if (event.key === "Escape" && (selected.length > 0 || cursor !== null)) {
      setCursor(null);
      onSelect(null);
    } else if (event.key === "+" || event.key === "=") canvas.current?.zoom(1.25);
    else if (event.key === "-") canvas.current?.zoom(0.8);
    else if (event.key === "0") canvas.current?.fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section class={`graph ${isFull ? "graph-full" : ""}`} aria-label={name}>
      <div class={`graph-frame ${isStale ? "is-stale" : ""}`}>
        <div
          ref={frame}
          class="graph-canvas"
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop, walked inside with the arrow keys
          tabIndex={0}
          aria-label={t("canvas.label", { name })}
          data-testid={testId}
          data-nodes={graph.nodes.length}
          data-edges={graph.edges.length}
          style={height === null || isFull ? {} : { height: `${height}px` }}
          onKeyDown={onKeyDown}
        />
        {graph.nodes.length === 0 && <p class="graph-empty">{t("canvas.empty")}</p>}
        {picture === null && graph.nodes.length > 0 && <p class="graph-empty">{t("loading.long")}</p>}
        <Tools
          name={name}
          isFull={isFull}
          onFull={() => setFull(!isFull)}
          onZoom={(factor) => canvas.current?.zoom(factor)}
          onFit={() => canvas.current?.fit()}
          onSave={(format) => {
            if (format === "PNG") void canvas.current?.png().then((blob) => save(blob, `${name}.png`));
            else
              void saving().then(({ saveGraph }) => saveGraph(format, name, whole, { picture, frame: frame.current }));
          }}
        />
      </div>
      <p class="visually-hidden" aria-live="polite">
        {cursor === null || picture === null ? "" : describe(graph, cursor, (id) => picture.cards.get(id)?.title ?? id)}
      </p>
      {closed.size + opened.length > 0 && <Groups closed={closed} opened={opened} testId={`${testId}-groups`} />}
      <Outline graph={whole} selected={selected} onSelect={onSelect} testId={`${testId}-outline`} />
    </section>
  );
}

interface GroupsProps extends Pick<Aggregated, "closed" | "opened"> {
  readonly testId: string;
}

/** That a graph is drawn in groups, and those that are open, to be closed again. */
function Groups({ closed, opened, testId }: GroupsProps) {
  const grouped = [...closed.values()].reduce((sum, { members }) => sum + members.length, 0);
  return (
    <p class="note" data-testid={testId}>
      {closed.size > 0 && t("canvas.grouped", { n: grouped, m: closed.size })}{" "}
      {opened.map((group) => (
        <span class="chip" key={group.key}>
          {groupName(group)}
          <button
            type="button"
            class="chip-close"
            aria-label={t("canvas.group.close", { name: groupName(group) })}
            onClick={() => navigate({ groups: view.value.groups.filter((key) => key !== group.key) })}
          >
            ×
          </button>
        </span>
      ))}
    </p>
  );
}

/** Calls back, once, when an element is painted and no more than a screen away; returns how to stop waiting for it. */
function whenNear(element: Element, callBack: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      callBack();
    },
    { rootMargin: "100%" },
  );
  observer.observe(element);
  return () => observer.disconnect();
}

/** The size of a frame; the last one where it hardly differs, so that the picture stays as it is. */
function sizeOf(frame: HTMLElement, last: Size): Size {
  const { clientWidth: width, clientHeight: height } = frame;
  const isSame = Math.abs(width / last.width - 1) < 0.08 && Math.abs(height / last.height - 1) < 0.08;
  return isSame || width === 0 || height === 0 ? last : { width, height };
}

/** How high a frame of a width has to be to show a picture whole. */
function heightFor(picture: Picture, width: number): number {
  const padding = 2 * paddingOf(width);
  const scale = Math.min(1, (width - padding) / picture.width);
  const most = width < NARROW ? MAX_HEIGHT_NARROW : MAX_HEIGHT;
  return Math.round(Math.min(most, Math.max(MIN_HEIGHT, picture.height * scale + padding)));
}

interface ToolsProps {
  readonly name: string;
  readonly isFull: boolean;
  readonly onFull: () => void;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly onSave: (format: Format) => void;
}

function Tools({ name, isFull, onFull, onZoom, onFit, onSave }: ToolsProps) {
  return (
    <div class="graph-tools">
      <Tool title={t("canvas.in")} sign="+" onClick={() => onZoom(1.25)} />
      <Tool title={t("canvas.out")} sign="−" onClick={() => onZoom(0.8)} />
      <Tool title={t("canvas.fit")} sign="⤢" onClick={onFit} />
      <Tool title={isFull ? t("canvas.restore") : t("canvas.full")} sign={isFull ? "▣" : "▢"} onClick={onFull} />
      {FORMATS.map((format) => (
        <Tool key={format} title={t("save.as", { name, format })} sign={format} onClick={() => onSave(format)} />
      ))}
    </div>
  );
}

function Tool({
  title,
  sign,
  onClick,
}: {
  readonly title: string;
  readonly sign: string;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" class="graph-tool" title={title} aria-label={title} onClick={onClick}>
      {sign}
    </button>
  );
}

function describe(graph: Graph, id: string, title: (id: string) => string): string {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) return "";
  const separator = t("listSeparator");
  const neighbors = [...neighborsOf(graph, id)].map(title);
  return t("canvas.live", {
    name: title(id),
    kind: label("kind", node.kind),
    marks: node.marks.map((mark) => `${separator}${label("mark", mark)}`).join(""),
    neighbors: neighbors.length === 0 ? t("canvas.alone") : neighbors.join(separator),
  });
}
