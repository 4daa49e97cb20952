import { layoutStages, type Point, type StageEdge, type StageNode } from "../../graph/layout/stages.ts";

/** Room for a picture in pixels; a frame without a height grows with what it shows. */
export interface Frame {
  readonly width: number;
  readonly height: number | null;
}

/** Where each box stands, and how large the picture is, its boxes whole. */
export interface Arrangement {
  readonly places: Map<string, Point>;
  readonly width: number;
  readonly height: number;
  /** Whether the ranks run from the bottom (upstream) to the top instead of from left to right. */
  readonly isUpright: boolean;
}

/** Empty space that a picture keeps to a frame of this width. */
export function paddingOf(width: number): number {
  return width < 480 ? 8 : 24;
}

/** Scale at which a title still has 10 pixels. */
export const READABLE_SCALE = 0.85;

const NARROW = 800;

/** The boxes in ranks, from left to right or, where they may turn, upwards: whichever shows them larger in the frame. */
export function arrange(
  nodes: readonly StageNode[],
  edges: readonly StageEdge[],
  frame: Frame,
  mayTurn: boolean,
): Arrangement {
  const padding = 2 * paddingOf(frame.width);
  const width = Math.max(1, frame.width - padding);
  const height = frame.height === null ? null : Math.max(1, frame.height - padding);
  const room = width / READABLE_SCALE;
  const level = measure(
    nodes,
    layoutStages(nodes, edges, {
      columnGap: width < NARROW ? 34 : 54,
      ...(height === null ? { maxWidth: room } : { aspect: width / height }),
    }),
    false,
  );
  if (!mayTurn) return level;
  const turned = nodes.map((node) => ({ ...node, width: node.height, height: node.width }));
  const upright = measure(
    nodes,
    turn(
      layoutStages(turned, edges, {
        columnGap: 46,
        rowGap: 18,
        ...(height === null ? { maxHeight: room } : { aspect: height / width }),
      }),
    ),
    true,
  );
  if (height === null) return level.width <= room ? level : upright;
  const scale = (picture: Arrangement): number => Math.min(width / picture.width, height / picture.height);
  return scale(upright) > scale(level) ? upright : level;
}

function turn(places: ReadonlyMap<string, Point>): Map<string, Point> {
  return new Map([...places].map(([id, { x, y }]) => [id, { x: y, y: -x }]));
}

function measure(nodes: readonly StageNode[], places: Map<string, Point>, isUpright: boolean): Arrangement {
  const { width, height } = boundsOf(nodes, places);
  return { places, width, height, isUpright };
}

/** The rectangle that holds boxes whole; at least a pixel wide and high. */
export function boundsOf(
  boxes: readonly Pick<StageNode, "id" | "width" | "height">[],
  places: ReadonlyMap<string, Point>,
): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { id, width, height } of boxes) {
    const { x, y } = places.get(id) ?? { x: 0, y: 0 };
    left = Math.min(left, x - width / 2);
    right = Math.max(right, x + width / 2);
    top = Math.min(top, y - height / 2);
    bottom = Math.max(bottom, y + height / 2);
  }
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}
