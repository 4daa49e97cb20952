import type { Point } from "../../graph/layout/stages.ts";

/** A box and where its centre is to be. */
export interface Box extends Point {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Whether it stays and others make room for it. */
  readonly isFixed?: boolean;
}

const ROUNDS = 60;

/**
 * Moves boxes apart, as little as it takes, until no two overlap; in place order, so the picture keeps its shape.
 * Each round compares only boxes that lie near each other from left to right.
 */
export function separate(boxes: readonly Box[], gap = 10): Map<string, Point> {
  const placed = boxes.map((box) => ({ ...box }));
  for (let round = 0; round < ROUNDS; round += 1) {
    if (!pushApart(placed, gap)) break;
  }
  return new Map(placed.map(({ id, x, y }) => [id, { x, y }]));
}

type Placed = { -readonly [Key in keyof Box]: Box[Key] };

function pushApart(boxes: Placed[], gap: number): boolean {
  const widest = Math.max(0, ...boxes.map((box) => box.width)) + gap;
  boxes.sort((a, b) => a.x - b.x || (a.id < b.id ? -1 : 1));
  let isMoved = false;
  for (const [index, box] of boxes.entries()) {
    for (let other = index + 1; other < boxes.length; other += 1) {
      const next = boxes[other];
      if (next === undefined || next.x - box.x > widest) break;
      const overX = (box.width + next.width) / 2 + gap - Math.abs(next.x - box.x);
      const overY = (box.height + next.height) / 2 + gap - Math.abs(next.y - box.y);
      if (overX <= 0 || overY <= 0 || (box.isFixed && next.isFixed)) continue;
      const part = box.isFixed ? 0 : next.isFixed ? 1 : 0.5;
      isMoved = true;
      if (overY <= overX) {
        const shift = (overY + 0.02) * Math.sign(next.y - box.y || 1);
        box.y -= shift * part;
        next.y += shift * (1 - part);
      } else {
        const shift = overX + 0.02;
        box.x -= shift * part;
        next.x += shift * (1 - part);
      }
    }
  }
  return isMoved;
}
