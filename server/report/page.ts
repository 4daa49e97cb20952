import { escapeMarkup } from "../../graph/formats/markup.ts";
import type { Bilingual } from "../../graph/ontology.ts";
import { cellTexts, inLanguage, type ReportLanguage } from "../../graph/report/cell-text.ts";
import type { Names } from "../../graph/report/names.ts";
import type { Report, Section } from "../../graph/report/report.ts";
import { type Cell, type Row, type Statement, type Table, words } from "../../graph/report/table.ts";
import { mapSvg } from "./map-svg.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { reportTitle } from "./title.ts";

/** What the browser may do with the page, should somebody serve it: show its own styles, and nothing else. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A report as one HTML file: no script, nothing that is loaded, every text escaped. Prints as A4 on its side. */
export function reportPage(report: Report, language: ReportLanguage): string {
  const { names } = report;
  const write = writer(names, language);
  const title = reportTitle(report);
  return [
    `<!doctype html>\n<html lang="${language === "EN" ? "en" : "zh-CN"}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${escapeMarkup(POLICY)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>${escapeMarkup(inLanguage(title, language))}</title><style>${PAGE_STYLE}</style></head><body>`,
    `<header><h1>${write.heading(title)}</h1><p class="meta">${write.text(madeOf(report))}</p></header>`,
    `<main><div class="figures"><h2>${write.heading(words("结论", "Findings"))}</h2>${write.statements(report.summary)}</div>`,
    `<section class="policy"><h2>${write.heading(words("口径", "Policy"))}</h2>${write.statements(report.policyStatements)}</section>`,
    `<section><h2>${write.heading(words("产业链图谱", "Chain map"))}</h2>${mapNote(report, write)}${mapSvg(report.map, names, language)}${legend(write)}</section>`,
    ...report.sections.map((section) => write.section(section)),
    "</main></body></html>\n",
  ].join("\n");
}

function writer(names: Names, language: ReportLanguage) {
  const text = (both: Bilingual): string => escapeMarkup(inLanguage(both, language));
  /** Both languages, the second one set apart. */
  const pair = (both: Bilingual): string => {
    if (language !== "BOTH" || both.zh === both.en || both.en === "") return text(both);
    return `${escapeMarkup(both.zh)}<span class="en" lang="en">${escapeMarkup(both.en)}</span>`;
  };
  const heading = (both: Bilingual): string =>
    language === "BOTH" && both.zh !== both.en
      ? `${escapeMarkup(both.zh)}<small lang="en">${escapeMarkup(both.en)}</small>`
      : text(both);
  const paragraphs = (both: Bilingual): string =>
    language === "BOTH"
      ? `<p class="note">${escapeMarkup(both.zh)}<br><span lang="en">${escapeMarkup(both.en)}</span></p>`
      : `<p class="note">${text(both)}</p>`;
  const cell = (value: Cell): string => {
    const isNumber = typeof value === "number" || (typeof value === "object" && value !== null && "low" in value);
    return `<td${isNumber ? ' class="number"' : ""}>${pair(cellTexts(value, names))}</td>`;
  };
  const row = ({ cells, facts, tone }: Row, section: string): string => {
    const id = section === "FACTS" ? ` id="fact-${Number(cells[0])}"` : "";
    const cites = (facts ?? []).map((number) => `<a href="#fact-${number}">${number}</a>`).join(", ");
    const last = facts === undefined ? "" : `<td class="cites">${cites}</td>`;
    return `<tr${id}${tone === undefined ? "" : ` class="${tone}"`}>${cells.map(cell).join("")}${last}</tr>`;
  };
  const table = ({ title, note, columns, rows, empty }: Table, name: string, isFirst: boolean): string => {
    const head = [...columns, ...(rows.some(({ facts }) => facts !== undefined) ? [CITES] : [])];
    const level = isFirst ? "h2" : "h3";
    const body =
      rows.length === 0
        ? paragraphs(empty ?? words("无。", "None."))
        : `<table><thead><tr>${head.map((column) => `<th scope="col">${pair(column)}</th>`).join("")}</tr></thead><tbody>${rows.map((each) => row(each, name)).join("\n")}</tbody></table>`;
    return `<${level}>${heading(title)}<span class="count">${rows.length}</span></${level}>${note === undefined ? "" : paragraphs(note)}${body}`;
  };
  const statements = (all: readonly Statement[]): string =>
    all.length === 0
      ? ""
      : `<dl>${all.map(({ label, value }) => `<dt>${pair(label)}</dt><dd>${pair(cellTexts(value, names))}</dd>`).join("")}</dl>`;
  const section = ({ name, statements: said, tables }: Section): string => {
    const [first, ...others] = tables;
    const lead = said.length === 0 || first === undefined ? "" : statements(said);
    const list = first === undefined ? "" : table(first, name, true);
    // What there is to say stands between the heading and the list.
    const opened = lead === "" ? list : list.replace("</h2>", () => `</h2>${lead}`);
    return `<section class="${name.toLowerCase()}">${opened}${others.map((each) => table(each, name, false)).join("")}</section>`;
  };
  return { text, heading, paragraphs, statements, section };
}

const CITES = words("依据", "Facts");

function madeOf({ day, version }: Report): Bilingual {
  return words(
    `编制日期 ${day}，图谱版本 ${version}，链图`,
    `Made on ${day} from version ${version} of the graph by Liantu`,
  );
}

function mapNote({ map }: Report, write: ReturnType<typeof writer>): string {
  const left = map.left === 0 ? ["", ""] : [`另有 ${map.left} 项未画。`, ` ${map.left} more items are not drawn.`];
  return write.paragraphs(
    words(
      `右为分析对象，左为其上游所需；颜色与文字为首要缺口类型，红线为通向卡脖子与断点物项的需求。${left[0]}`,
      `The target on the right, what it needs to its left. Colour and word: primary type of gap; red lines: needs that lead to chokepoints and missing items.${left[1]}`,
    ),
  );
}

function legend(write: ReturnType<typeof writer>): string {
  const signs = [
    ["target", words("分析对象", "target")],
    ["danger", words("卡脖子、断点", "chokepoint, missing")],
    ["warn", words("受制", "dependent")],
    ["caution", words("单点、同源、堵点", "single source or jurisdiction, concentrated")],
    ["bought", words("外购", "not local")],
    ["muted", words("未调查", "unsurveyed")],
    ["sound", words("无缺口", "no gap")],
    ["thick", words("最小补链组合", "smallest completion")],
  ] as const;
  return `<ul class="legend">${signs.map(([look, word]) => `<li><i class="${look}"></i>${write.text(word)}</li>`).join("")}</ul>`;
}
