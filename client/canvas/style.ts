import type { Css, StylesheetJson } from "cytoscape";
import { TITLE_SIZE } from "./drawing.ts";
import { kindImage, kindShape } from "./kinds.ts";
import { MARK_LOOKS, MARK_ORDER } from "./marks.ts";
import type { Theme } from "./theme.ts";

/** Classes that the canvas gives to elements. */
export const CLASSES = {
  selected: "is-selected",
  near: "is-near",
  far: "is-far",
  cursor: "is-cursor",
  against: "is-against",
} as const;

/** Above this many elements the drawing is light: plain lines, and text only near by. */
export const LIGHT_FROM = 1500;

/** How everything looks, from the theme; the last rule that applies wins, so the weightiest marks come last. */
export function stylesheet(theme: Theme, kinds: readonly string[], light: boolean): StylesheetJson {
  const plain = theme.tone("plain");
  return [
    // The dot under a hand that drags would cover what it drags.
    { selector: "core", style: { "active-bg-opacity": 0 } as Css.Core },
    {
      selector: "node",
      style: {
        label: "data(text)",
        width: "data(width)",
        height: "data(height)",
        shape: "round-rectangle",
        "background-color": theme.surface,
        "border-width": 1,
        "border-color": plain.strong,
        color: theme.text,
        "font-size": TITLE_SIZE,
        "font-family": theme.font,
        "text-wrap": "wrap",
        "text-valign": "center",
        "text-halign": "center",
        "text-margin-x": 9,
        "line-height": 1.3,
        "min-zoomed-font-size": light ? 7 : 4,
        "background-width": "14px",
        "background-height": "14px",
        "background-position-x": "8px",
        "background-position-y": "50%",
        "background-clip": "node",
        "overlay-opacity": 0,
      },
    },
    {
      selector: "edge",
      style: {
        width: 1,
        "line-color": theme.line,
        "curve-style": light ? "haystack" : "bezier",
        "target-arrow-shape": light ? "none" : "triangle",
        "target-arrow-color": theme.line,
        "source-arrow-color": theme.line,
        "arrow-scale": 0.7,
        opacity: 0.75,
        "overlay-opacity": 0,
      },
    },
    ...kinds.map((kind) => ({
      selector: `node[kind = "${kind.replace(/[^A-Za-z]/g, "")}"]`,
      style: { shape: kindShape(kind), "background-image": kindImage(kind, theme.textMuted) },
    })),
    ...[...MARK_ORDER].reverse().flatMap((mark): StylesheetJson => {
      const { tone, line, width } = MARK_LOOKS[mark];
      const { strong, soft } = theme.tone(tone);
      return [
        {
          selector: `node.mark-${mark}`,
          style: { "background-color": soft, "border-color": strong, "border-style": line, "border-width": width },
        },
        {
          selector: `edge.mark-${mark}`,
          style: {
            "line-color": strong,
            "target-arrow-color": strong,
            "source-arrow-color": strong,
            "line-style": line === "double" ? "solid" : line,
            width: Math.min(2.5, width + 0.5),
            opacity: 1,
          },
        },
      ];
    }),
    {
      selector: `edge.${CLASSES.against}`,
      style: { "target-arrow-shape": "none", "source-arrow-shape": light ? "none" : "triangle" },
    },
    { selector: "node.mark-PASSED_OVER", style: { opacity: 0.6 } },
    { selector: "node.mark-GHOST", style: { "background-opacity": 0.4 } },
    { selector: `node.${CLASSES.far}`, style: { opacity: 0.28 } },
    { selector: `edge.${CLASSES.far}`, style: { opacity: 0.1 } },
    { selector: `edge.${CLASSES.near}`, style: { width: 2, opacity: 1, "z-index": 5 } },
    {
      selector: `node.${CLASSES.selected}`,
      style: { "outline-width": 3, "outline-offset": 2, "outline-color": theme.focus, "z-index": 9 },
    },
    {
      selector: `node.${CLASSES.cursor}`,
      style: { "outline-width": 2, "outline-offset": 2, "outline-style": "dashed", "outline-color": theme.focus },
    },
  ];
}
