import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Point } from "../../graph/layout/stages.ts";
import { t } from "../i18n/index.ts";
import { label } from "../state/labels.ts";
import type { Pin } from "../state/permalink.ts";
import { language } from "../state/view.ts";
import type { Frame } from "./arrange.ts";
import type { Picture } from "./canvas.ts";
import { type Card, cardOf, type Graph } from "./drawing.ts";
import { layoutForce } from "./force.ts";
import { separate } from "./separate.ts";
import { stage } from "./stage.ts";

export type LayoutName = "supply" | "structure" | "force";

/** A graph with cards and places, ready to show; the force layout comes later than the graph: null until then. */
export function usePicture(graph: Graph, layout: LayoutName, frame: Frame, pins: readonly Pin[]): Picture | null {
  const lang = language.value;
  const cards = useMemo(() => {
    const words = {
      name: (node: { readonly name: string; readonly nameEn: string | null }) =>
        lang === "en" ? (node.nameEn ?? node.name) : node.name,
      mark: (mark: string) => label("mark", mark),
      folded: (n: number) => t("canvas.folded", { n }),
    };
    return new Map(graph.nodes.map((node) => [node.id, cardOf(node, words)]));
  }, [graph, lang, label("mark", "TARGET")]);
  const staged = useMemo(
    () => (layout === "force" ? null : stage(graph, cards, layout, { width: frame.width, height: frame.height })),
    [graph, cards, layout, frame.width, frame.height],
  );
  const forced = useForce(graph, cards, layout === "force", pins);
  return useMemo(() => {
    const places = staged?.places ?? forced;
    if (places === null) return null;
    const { isUpright, height, width } = staged ?? { isUpright: false, height: 0, width: 0 };
    return { graph, cards, places, isUpright, width, height, showsFlow: layout === "supply" };
  }, [graph, cards, staged, forced, layout]);
}

/**
 * Keeps what is placed where it is near enough, so that opening a node does not scatter the picture, and what is pinned
 * exactly. A pin that is set or released moves its node alone.
 */
function useForce(
  graph: Graph,
  cards: ReadonlyMap<string, Card>,
  isOn: boolean,
  pins: readonly Pin[],
): ReadonlyMap<string, Point> | null {
  const pinned = useMemo(() => new Map(pins.map(({ id, x, y }) => [id, { x, y }])), [pins]);
  const held = useRef(pinned);
  held.current = pinned;
  const last = useRef<Map<string, Point>>(new Map());
  const [places, setPlaces] = useState<Map<string, Point> | null>(null);
  useEffect(() => {
    if (!isOn) return;
    let isCurrent = true;
    const size = (id: string): { width: number; height: number } => {
      const card = cards.get(id);
      return { width: card?.width ?? 0, height: card?.height ?? 0 };
    };
    const ask = {
      nodes: graph.nodes.map(({ id }) => {
        const pin = held.current.get(id);
        const place = pin ?? last.current.get(id);
        return { id, ...size(id), x: place?.x ?? null, y: place?.y ?? null, isPinned: pin !== undefined };
      }),
      edges: graph.edges.map(({ from, to }) => ({ from, to })),
    };
    layoutForce(ask).then(
      (drafted) => {
        if (!isCurrent) return;
        const boxes = [...drafted].map(([id, { x, y }]) => ({ id, x, y, ...size(id), isFixed: held.current.has(id) }));
        last.current = separate(boxes);
        setPlaces(last.current);
      },
      () => {
        if (isCurrent) setPlaces(stage(graph, cards, "structure", { width: 1600, height: 1000 }).places);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [graph, cards, isOn]);
  return useMemo(() => (places === null || pinned.size === 0 ? places : withPins(places, pinned)), [places, pinned]);
}

function withPins(places: ReadonlyMap<string, Point>, pinned: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  return new Map([...places].map(([id, place]) => [id, pinned.get(id) ?? place]));
}
