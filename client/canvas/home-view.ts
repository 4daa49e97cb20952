import { boundsOf, paddingOf, READABLE_SCALE } from "./arrange.ts";
import type { Picture } from "./canvas.ts";

/** How a picture is seen: what it is magnified by, and where its origin then lies in the frame. */
export interface View {
  readonly zoom: number;
  readonly pan: { readonly x: number; readonly y: number };
}

/** No graph is magnified further by itself, and none can be made smaller. */
export const NEAREST = 1.1;
export const FARTHEST = 0.05;

/**
 * How a picture opens in a frame: whole, in the middle. One that is read as it stands, and would be too small for that,
 * opens at its target instead, with as much of the rest as the frame holds. It is known before anything is drawn.
 */
export function homeView(
  { graph, cards, places }: Pick<Picture, "graph" | "cards" | "places">,
  frame: { readonly width: number; readonly height: number },
  isRead: boolean,
): View {
  const padding = paddingOf(frame.width);
  const { left, top, width, height } = boundsOf([...cards.values()], places);
  const scale = Math.min((frame.width - 2 * padding) / width, (frame.height - 2 * padding) / height);
  const targets = graph.nodes.filter((node) => node.marks.includes("TARGET"));
  const target = targets.find((node) => node.kind !== "Product") ?? targets[0];
  const at = target === undefined ? undefined : places.get(target.id);
  if (!isRead || at === undefined || scale >= READABLE_SCALE - 0.02) {
    const zoom = Math.max(FARTHEST, Math.min(NEAREST, scale));
    const centre = (size: number, low: number, extent: number): number => (size - (2 * low + extent) * zoom) / 2;
    return { zoom, pan: { x: centre(frame.width, left, width), y: centre(frame.height, top, height) } };
  }
  const zoom = READABLE_SCALE;
  const around = (place: number, low: number, extent: number, size: number): number => {
    if (extent * zoom <= size - 2 * padding) return (size - (2 * low + extent) * zoom) / 2;
    const [last, first] = [size - padding - (low + extent) * zoom, padding - low * zoom];
    return Math.min(first, Math.max(last, size / 2 - place * zoom));
  };
  return { zoom, pan: { x: around(at.x, left, width, frame.width), y: around(at.y, top, height, frame.height) } };
}
