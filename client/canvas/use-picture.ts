import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { label } from "../state/labels.ts";
import { language } from "../state/view.ts";
import type { Picture } from "./canvas.ts";
import { type Card, cardOf, type Graph } from "./drawing.ts";
import { layoutForce } from "./force.ts";
import { structureRanks, supplyRanks } from "./ranks.ts";
import { separate } from "./separate.ts";
import { layoutStages, type Point } from "./stages.ts";

export type LayoutName = "supply" | "structure" | "force";

/** A graph with cards and places, ready to show; the force layout comes later than the graph: null until then. */
export function usePicture(graph: Graph, layout: LayoutName, aspect: number): Picture | null {
  const lang = language.value;
  const cards = useMemo(() => {
    const words = {
      name: (node: { readonly name: string; readonly nameEn: string | null }) =>
        lang === "en" ? (node.nameEn ?? node.name) : node.name,
      mark: (mark: string) => label("mark", mark),
    };
    return new Map(graph.nodes.map((node) => [node.id, cardOf(node, words)]));
  }, [graph, lang, label("mark", "TARGET")]);
  const staged = useMemo(
    () => (layout === "force" ? null : stage(graph, cards, layout, aspect)),
    [graph, cards, layout, aspect],
  );
  const forced = useForce(graph, cards, layout === "force");
  const places = staged ?? forced;
  return useMemo(
    () => (places === null ? null : { graph, cards, places, showsFlow: layout === "supply" }),
    [graph, cards, places, layout],
  );
}

function stage(
  graph: Graph,
  cards: ReadonlyMap<string, Card>,
  layout: "supply" | "structure",
  aspect: number,
): Map<string, Point> {
  const ranks = layout === "supply" ? supplyRanks(graph) : structureRanks(graph);
  const boxes = graph.nodes.map(({ id }) => ({
    id,
    rank: ranks.get(id) ?? 0,
    width: cards.get(id)?.width ?? 0,
    height: cards.get(id)?.height ?? 0,
  }));
  return layoutStages(boxes, graph.edges, { aspect });
}

/** Keeps what is placed where it is near enough, so that opening a node does not scatter the picture. */
function useForce(graph: Graph, cards: ReadonlyMap<string, Card>, isOn: boolean): Map<string, Point> | null {
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
        const place = last.current.get(id);
        return { id, ...size(id), x: place?.x ?? null, y: place?.y ?? null };
      }),
      edges: graph.edges.map(({ from, to }) => ({ from, to })),
    };
    layoutForce(ask).then(
      (drafted) => {
        if (!isCurrent) return;
        const boxes = [...drafted].map(([id, { x, y }]) => ({ id, x, y, ...size(id) }));
        last.current = separate(boxes);
        setPlaces(last.current);
      },
      () => {
        if (isCurrent) setPlaces(stage(graph, cards, "supply", 1.6));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [graph, cards, isOn]);
  return places;
}
