import { escapeMarkup } from "../../graph/formats/markup.ts";
import { wrapText } from "../../graph/layout/label.ts";
import { layoutStages, type Point } from "../../graph/layout/stages.ts";
import { inLanguage, type ReportLanguage } from "../../graph/report/cell-text.ts";
import type { ChainMap, MapItem } from "../../graph/report/chain-map.ts";
import type { Names } from "../../graph/report/names.ts";
import { words } from "../../graph/report/table.ts";
import { GAP_WORDS } from "../../graph/report/words.ts";

const SIZE = 12;
const LINE = 15;
const WIDTH = 158;
const PADDING = 8;
const MARGIN = 12;
/** Width over height of what is left of a sheet of A4 on its side. */
const ASPECT = 1.5;

interface Card {
  readonly item: MapItem;
  readonly title: string;
  readonly lines: readonly string[];
  readonly sign: string;
  readonly height: number;
}

/**
 * 产业链图谱 as one SVG element: the target on the right, what it needs to its left, each item coloured and labelled by its
 * gap. Well-formed XML without script, style or reference; classes are those of the report's page.
 */
export function mapSvg(map: ChainMap, names: Names, language: ReportLanguage): string {
  const cards = map.nodes.map((item) => cardOf(item, names, language));
  const places = layoutStages(
    cards.map(({ item, height }) => ({ id: item.id, rank: -item.depth, width: WIDTH, height })),
    map.edges.map(({ from, to }) => ({ from: to, to: from })),
    { aspect: ASPECT, columnGap: 40, rowGap: 8 },
  );
  const right = Math.max(0, ...[...places.values()].map(({ x }) => x + WIDTH / 2));
  const bottom = Math.max(0, ...cards.map(({ item, height }) => places.get(item.id)!.y + height / 2));
  const size = `${Math.ceil(right) + 2 * MARGIN} ${Math.ceil(bottom) + 2 * MARGIN}`;
  const label = inLanguage(words("产业链图谱", "Chain map"), language);
  // The grave ones last, above the others.
  const needs = [...map.edges].sort((a, b) => Number(a.grave) - Number(b.grave));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="map" role="img" viewBox="0 0 ${size}" aria-label="${escapeMarkup(label)}">`,
    `<g transform="translate(${MARGIN} ${MARGIN})">`,
    ...needs.map(({ from, to, grave }) => line(places.get(to)!, places.get(from)!, grave)),
    ...cards.map((card) => box(card, places.get(card.item.id)!)),
    "</g></svg>",
  ].join("");
}

function cardOf(item: MapItem, names: Names, language: ReportLanguage): Card {
  const named = names.get(item.id);
  const zh = named?.name ?? item.id;
  const title = language === "EN" ? (named?.nameEn ?? zh) : zh;
  const lines = wrapText(title, SIZE, WIDTH - 2 * PADDING, 2);
  const gap = item.gap === null ? null : GAP_WORDS[item.gap];
  const sign = gap === null ? "" : inLanguage(gap, language);
  return { item, title, lines, sign, height: (lines.length + (sign === "" ? 0 : 1)) * LINE + PADDING };
}

function classOf(item: MapItem): string {
  if (item.depth === 0) return "target";
  return item.gap === null ? "sound" : `gap-${item.gap}`;
}

function box({ item, title, lines, sign, height }: Card, { x, y }: Point): string {
  const [left, top] = [round(x - WIDTH / 2), round(y - height / 2)];
  const texts = [...lines, ...(sign === "" ? [] : [sign])].map((text, position) => {
    const isSign = position === lines.length;
    const at = round(y - height / 2 + PADDING / 2 + LINE * (position + 0.75));
    return `<text x="${round(x)}" y="${at}"${isSign ? ' class="sign"' : ""}>${escapeMarkup(text)}</text>`;
  });
  const classes = `card ${classOf(item)}${item.completes ? " completes" : ""}`;
  return [
    `<g class="${classes}"><title>${escapeMarkup(title)}</title>`,
    `<rect x="${left}" y="${top}" width="${WIDTH}" height="${height}" rx="4"/>`,
    ...texts,
    "</g>",
  ].join("");
}

/** From what is needed, on the left, to what needs it. */
function line(from: Point, to: Point, isGrave: boolean): string {
  const [x1, x2] = [from.x + WIDTH / 2, to.x - WIDTH / 2];
  const bend = Math.max(16, Math.min(90, Math.abs(x2 - x1) / 2));
  const path = `M${round(x1)} ${round(from.y)}C${round(x1 + bend)} ${round(from.y)} ${round(x2 - bend)} ${round(to.y)} ${round(x2)} ${round(to.y)}`;
  return `<path d="${path}"${isGrave ? ' class="grave"' : ""}/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
