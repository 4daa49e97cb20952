import { readXlsx } from "hucre/xlsx";
import { expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../../graph/analysis/policy.ts";
import { escapeMarkup } from "../../../graph/formats/markup.ts";
import type { Report } from "../../../graph/report/report.ts";
import { words } from "../../../graph/report/table.ts";
import { mapSvg } from "../../../server/report/map-svg.ts";
import { reportDocument } from "../../../server/report/report-document.ts";
import { parseXml, type XmlElement } from "../../support/strict-xml.ts";

const PAYLOADS = [
  '<script>alert("1")</script>',
  '"><img src=x onerror=alert(2)>',
  "</title></style><svg onload=alert(3)>",
  "'-alert(4)-' & ]]> javascript:alert(5)",
  "</td></h2>$& $` \u0000\uD800",
];

/** A report every text of which is hostile. */
function reportOf(text: string): Report {
  return {
    target: text,
    policy: DEFAULT_POLICY,
    version: 3,
    day: "2026-01-02",
    summary: [{ label: words(text, text), value: { ids: ["a"] } }],
    policyStatements: [{ label: words("口径", "policy"), value: text }],
    map: {
      nodes: [
        { id: "a", depth: 0, gap: null, completes: false },
        { id: "b", depth: 1, gap: "CHOKEPOINT", completes: true },
      ],
      edges: [{ from: "a", to: "b", grave: true }],
      left: 2,
    },
    sections: [
      {
        name: "GAPS",
        statements: [{ label: words("甲", "A"), value: text }],
        tables: [
          {
            title: words(text, text),
            note: words(text, text),
            columns: [words(text, `${text} en`)],
            rows: [{ cells: [{ ids: ["a", "b"] }], facts: [1], tone: "danger" }],
          },
        ],
      },
    ],
    names: new Map([
      ["a", { id: "a", kind: "Product", name: text, nameEn: `${text} en`, country: null }],
      ["b", { id: "b", kind: "Product", name: `${text} b`, nameEn: null, country: null }],
      [text, { id: text, kind: "Firm", name: text, nameEn: null, country: null }],
    ]),
  };
}

const TAGS = new Set(
  "!doctype html head meta title style body header main h1 h2 h3 small p br span div section dl dt dd table thead tbody tr th td a ul li i svg g path rect text".split(
    " ",
  ),
);

test.each(PAYLOADS)("stored markup stays text in the page: %j", async (payload) => {
  const { content } = await reportDocument(reportOf(payload), "HTML", "BOTH");
  const page = String(content);
  const tags = [...page.matchAll(/<\/?([!a-z][a-z0-9]*)/gi)].map(([, name]) => name!.toLowerCase());
  expect(tags.filter((tag) => !TAGS.has(tag))).toStrictEqual([]);
  expect(page).not.toMatch(/<[^>]*\s(?:on\w+|src|href="(?!#fact-\d+"))/i);
  expect(page.match(/<title>/g)!.length).toBeGreaterThan(0);
  expect(page).toContain(escapeMarkup(payload));
});

test("the page loads nothing: no script, no style sheet, no address but those within it", async () => {
  const page = String((await reportDocument(reportOf("晋华"), "HTML", "BOTH")).content);
  expect(page).not.toMatch(/<script|<link|<iframe|<img|@import|url\(/i);
  expect(page).toContain("default-src &#39;none&#39;");
});

test.each(PAYLOADS)("the map is well-formed with %j for a name", (payload) => {
  const { map, names } = reportOf(payload);
  const svg = parseXml(`<?xml version="1.0" encoding="UTF-8"?>${mapSvg(map, names, "BOTH")}`);
  const elements = (element: XmlElement): XmlElement[] => [element, ...element.children.flatMap(elements)];
  const all = elements(svg);
  expect(new Set(all.map(({ name }) => name))).toStrictEqual(new Set(["svg", "g", "path", "title", "rect", "text"]));
  expect(all.filter(({ name }) => name === "rect")).toHaveLength(2);
  expect(all.filter(({ name }) => name === "path")).toHaveLength(1);
  for (const { attributes } of all) expect(Object.values(attributes).join(" ")).not.toMatch(/NaN|Infinity|undefined/);
});

test("both languages, or one", async () => {
  const report = reportOf("晋华");
  const page = async (language: "BOTH" | "ZH" | "EN") =>
    String((await reportDocument(report, "HTML", language)).content);
  expect(await page("BOTH")).toMatch(/产业链图谱[\s\S]*Chain map/);
  expect(await page("ZH")).not.toContain("Chain map");
  expect(await page("EN")).not.toContain("产业链图谱");
});

test.each(["=1+2", '=HYPERLINK("http://x")', "@SUM(A1)", "+1", "-1", "\tx"])(
  "no text of the workbook is a formula: %j",
  async (text) => {
    const { content } = await reportDocument(reportOf(text), "XLSX", "ZH");
    const { sheets } = await readXlsx(content as Uint8Array);
    expect(sheets.map(({ name }) => name)).toStrictEqual(["结论", "图谱", "缺口清单"]);
    const cells = sheets.flatMap(({ rows }) => rows.flat()).filter((cell) => typeof cell === "string");
    expect(cells.length).toBeGreaterThan(5);
    expect(cells.filter((cell) => /^[=+\-@\t]/.test(cell))).toStrictEqual([]);
  },
);

test("a workbook bears the day of its report, not the second in which it was written", async () => {
  const { content } = await reportDocument(reportOf("a"), "XLSX", "ZH");
  const { properties } = await readXlsx(content as Uint8Array);
  expect([properties?.created, properties?.modified]).toStrictEqual([new Date("2026-01-02"), new Date("2026-01-02")]);
});
