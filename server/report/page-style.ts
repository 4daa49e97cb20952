import { createHash } from "node:crypto";

/** The look of a report: on paper (A4 on its side, a list to a page) and on a screen. It loads nothing. */
export const PAGE_STYLE = `
@page { size: A4 landscape; margin: 14mm 12mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; color: #55636f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1240px; padding: 28px 32px 48px; background: #fff; color: #1c2733;
  font: 13px/1.5 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif; }
header { border-bottom: 3px solid #1b4a73; margin-bottom: 20px; padding-bottom: 14px; }
h1 { margin: 0 0 4px; font-size: 26px; line-height: 1.3; color: #1b4a73; }
h1 small, h2 small, h3 small { font-weight: 400; font-size: .62em; color: #55636f; margin-left: .6em; }
h2 { margin: 32px 0 10px; font-size: 19px; color: #1b4a73; border-left: 5px solid #1b4a73; padding-left: 10px; line-height: 1.3; break-after: avoid; }
h3 { margin: 20px 0 6px; font-size: 15px; break-after: avoid; }
p { margin: 4px 0 8px; }
.meta, .note, .count { color: #55636f; font-size: 12px; }
.count { font-weight: 400; margin-left: .5em; }
.en { color: #55636f; font-size: .88em; }
.en::before { content: " "; }
td > .en, th > .en, dd > .en, dt > .en { display: block; line-height: 1.35; }
dl { display: grid; grid-template-columns: minmax(190px, max-content) 1fr; gap: 0; margin: 0 0 14px; border-top: 1px solid #d3dae1; }
dt, dd { margin: 0; padding: 5px 10px; border-bottom: 1px solid #d3dae1; }
dt { background: #eef2f5; }
.policy dl { grid-template-columns: max-content 1fr max-content 1fr; font-size: 12px; }
table { width: 100%; border-collapse: collapse; font-size: 12px; margin: 0 0 14px; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { background: #1b4a73; color: #fff; font-weight: 600; text-align: left; padding: 5px 7px; vertical-align: bottom; }
th .en { color: #dce9f5; font-weight: 400; }
td { padding: 4px 7px; border-bottom: 1px solid #d3dae1; vertical-align: top; overflow-wrap: break-word; }
td:first-child { min-width: 9em; }
td.number, td.cites { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.cites { white-space: normal; min-width: 5em; color: #14588f; }
td.cites a { color: inherit; text-decoration: none; }
tr.danger > td:first-child { box-shadow: inset 4px 0 #b42318; }
tr.warn > td:first-child { box-shadow: inset 4px 0 #b54708; }
tr.caution > td:first-child { box-shadow: inset 4px 0 #c99a1a; }
tr.good > td:first-child { box-shadow: inset 4px 0 #1a7345; }
tr.muted > td:first-child { box-shadow: inset 4px 0 #8b99a6; }
tr.danger > td { background: #fdf3f2; }
.facts td:first-child, .sources td:first-child { min-width: 0; white-space: nowrap; }
.map { display: block; width: 100%; height: auto; border: 1px solid #d3dae1; background: #fafbfc; }
.map text { font: 12px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; text-anchor: middle; fill: #1c2733; }
.map .sign { font-size: 11px; font-weight: 600; }
.map path { fill: none; stroke: #b9c4ce; stroke-width: .8; }
.map path.grave { stroke: #b42318; stroke-width: 1.6; }
.map rect { fill: #fff; stroke: #8b99a6; stroke-width: 1; }
.map .target rect, .legend .target { fill: #dce9f5; stroke: #1b4a73; stroke-width: 2.5; background: #dce9f5; border-color: #1b4a73; }
.map .gap-CHOKEPOINT rect, .map .gap-MISSING rect { fill: #fdeceb; stroke: #b42318; stroke-width: 2; }
.map .gap-CHOKEPOINT .sign, .map .gap-MISSING .sign { fill: #b42318; }
.map .gap-DEPENDENT rect { fill: #fef1e3; stroke: #b54708; stroke-width: 1.5; stroke-dasharray: 5 3; }
.map .gap-DEPENDENT .sign { fill: #b54708; }
.map .gap-SINGLE_SOURCE rect, .map .gap-SINGLE_JURISDICTION rect, .map .gap-CONCENTRATED rect { fill: #fdf6d8; stroke: #8a6100; stroke-width: 1.5; }
.map .gap-SINGLE_SOURCE .sign, .map .gap-SINGLE_JURISDICTION .sign, .map .gap-CONCENTRATED .sign { fill: #8a6100; }
.map .gap-NOT_LOCAL rect { fill: #f3f0fa; stroke: #6f5aa8; }
.map .gap-NOT_LOCAL .sign { fill: #5a4691; }
.map .gap-UNSURVEYED rect, .map .gap-UNRECORDED_SOURCE rect { fill: #eceff2; stroke: #56626d; stroke-dasharray: 2 2; }
.map .completes rect { stroke-width: 4; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 8px 0 0; padding: 0; list-style: none; font-size: 12px; }
.legend i { display: inline-block; width: 14px; height: 10px; margin-right: 5px; border: 2px solid #8b99a6; border-radius: 2px; background: #fff; }
.legend .danger { border-color: #b42318; background: #fdeceb; }
.legend .warn { border-color: #b54708; border-style: dashed; background: #fef1e3; }
.legend .caution { border-color: #8a6100; background: #fdf6d8; }
.legend .bought { border-color: #6f5aa8; background: #f3f0fa; }
.legend .muted { border-color: #56626d; border-style: dotted; background: #eceff2; }
.legend .thick { border-width: 4px; border-color: #b42318; }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  table, .note, .meta, .legend, dl { font-size: 8pt; }
  section { break-before: page; }
  section.policy { break-before: auto; }
  h2 { margin-top: 0; }
  .map { border: 0; max-height: 150mm; }
  th, td, dt, tr.danger > td, .legend i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

/** The style as a content security policy names it, for a page that shows a report within itself. */
export const PAGE_STYLE_SOURCE = `'sha256-${createHash("sha256").update(PAGE_STYLE).digest("base64")}'`;
