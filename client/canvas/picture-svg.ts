import { escapeMarkup } from "../../graph/formats/markup.ts";
import type { Point } from "../../graph/layout/stages.ts";
import type { Picture } from "./canvas.ts";
import { type Card, type GraphEdge, isAgainstFlow, TITLE_SIZE } from "./drawing.ts";
import { kindIcon } from "./kinds.ts";
import { isKnownMark, MARK_LOOKS, type MarkLook, sortMarks } from "./marks.ts";
import type { Theme } from "./theme.ts";

const MARGIN = 20;
const LINE = 16;
const ARROW = 7;

/** A picture as an SVG document of its own: the same cards, places and marks as on the canvas, edges as straight lines. */
export function pictureSvg(picture: Picture, theme: Theme, title: string): string {
  const cards = [...picture.cards.values()].map((card) => ({
    card,
    at: picture.places.get(card.id) ?? { x: 0, y: 0 },
  }));
  const boxes = new Map(cards.map((box) => [box.card.id, box]));
  const left = Math.min(...cards.map(({ card, at }) => at.x - card.width / 2), 0) - MARGIN;
  const top = Math.min(...cards.map(({ card, at }) => at.y - card.height / 2), 0) - MARGIN;
  const width = Math.max(...cards.map(({ card, at }) => at.x + card.width / 2), 0) + MARGIN - left;
  const height = Math.max(...cards.map(({ card, at }) => at.y + card.height / 2), 0) + MARGIN - top;
  const edges = picture.graph.edges.flatMap((edge) => {
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
    return from === undefined || to === undefined ? [] : edgeSvg(edge, from, to, picture.showsFlow, theme);
  });
  const size = `width="${Math.round(width)}" height="${Math.round(height)}"`;
  const view = [left, top, width, height].map(Math.round).join(" ");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${view}" font-family="${escapeMarkup(theme.font)}" font-size="${TITLE_SIZE}">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<rect x="${left}" y="${top}" width="100%" height="100%" fill="${theme.background}"/>`,
    ...edges,
    ...cards.map(({ card, at }) => cardSvg(card, at, theme)),
    "</svg>\n",
  ].join("\n");
}

interface Box {
  readonly card: Card;
  readonly at: Point;
}

function lookOf(marks: readonly string[]): MarkLook | null {
  const first = sortMarks(marks).find(isKnownMark);
  return first === undefined ? null : MARK_LOOKS[first];
}

function dashes(look: MarkLook | null): string {
  if (look?.line === "dashed") return ' stroke-dasharray="6 3"';
  return look?.line === "dotted" ? ' stroke-dasharray="2 3"' : "";
}

function cardSvg(card: Card, { x, y }: Point, theme: Theme): string {
  const look = lookOf(card.marks);
  const { strong, soft } = theme.tone(look?.tone ?? "plain");
  const [left, top] = [x - card.width / 2, y - card.height / 2];
  const box = (inset: number, fill: string, stroke: number): string =>
    `<rect x="${left + inset}" y="${top + inset}" width="${card.width - 2 * inset}" height="${card.height - 2 * inset}" rx="4" fill="${fill}" stroke="${strong}" stroke-width="${stroke}"${dashes(look)}/>`;
  const frames =
    look?.line === "double"
      ? [box(0, soft, 1.5), box(3, "none", 1.5)]
      : [box(0, look === null ? theme.surface : soft, look?.width ?? 1)];
  const lines = card.text.split("\n");
  const start = y - ((lines.length - 1) * LINE) / 2;
  const text = lines.map(
    (line, index) =>
      `<text x="${x + 9}" y="${start + index * LINE}" text-anchor="middle" dominant-baseline="central" fill="${theme.text}">${escapeMarkup(line)}</text>`,
  );
  const icon = `<path transform="translate(${left + 8} ${y - 7}) scale(0.875)" d="${kindIcon(card.kind)}" fill="none" stroke="${theme.textMuted}" stroke-width="1.3"/>`;
  return `<g>${frames.join("")}${icon}${text.join("")}</g>`;
}

function edgeSvg(edge: GraphEdge, from: Box, to: Box, showsFlow: boolean, theme: Theme): string[] {
  const look = lookOf(edge.marks);
  const color = look === null ? theme.line : theme.tone(look.tone).strong;
  const [a, b] = [border(from, to.at), border(to, from.at)];
  const [tail, head] = showsFlow && isAgainstFlow(edge.type) ? [b, a] : [a, b];
  const length = Math.hypot(head.x - tail.x, head.y - tail.y);
  if (length < 1) return [];
  const [dx, dy] = [((head.x - tail.x) / length) * ARROW, ((head.y - tail.y) / length) * ARROW];
  const points = [
    [head.x, head.y],
    [head.x - dx - dy / 2, head.y - dy + dx / 2],
    [head.x - dx + dy / 2, head.y - dy - dx / 2],
  ];
  return [
    `<line x1="${tail.x}" y1="${tail.y}" x2="${head.x}" y2="${head.y}" stroke="${color}" stroke-width="${look === null ? 1 : Math.min(2.5, look.width + 0.5)}"${dashes(look)}/>`,
    `<polygon points="${points.map((point) => point.map((value) => value.toFixed(1)).join(",")).join(" ")}" fill="${color}"/>`,
  ];
}

/** Where the line from a box's middle to a point leaves the box. */
function border({ card, at }: Box, to: Point): Point {
  const [dx, dy] = [to.x - at.x, to.y - at.y];
  const share = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : card.width / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : card.height / 2 / Math.abs(dy),
  );
  return Number.isFinite(share) ? { x: at.x + dx * share, y: at.y + dy * share } : at;
}
