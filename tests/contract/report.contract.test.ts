import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../graph/analysis/policy.ts";
import { createLocalAnalyst } from "../../graph/analyst/local-analyst.ts";
import { loadNetwork } from "../../graph/projection/load.ts";
import { gatherReport, type Report } from "../../graph/report/report.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { openApi, openSeededStore } from "../support/api.ts";
import { describeEachEngine, embedded } from "../support/engines.ts";

async function jinhua(store: GraphStore): Promise<Report> {
  const network = await loadNetwork(store);
  const analyst = createLocalAnalyst();
  const desk = {
    store,
    network,
    signal: AbortSignal.timeout(60_000),
    ask: ((name, request) => analyst.ask(network, name, request)) as Parameters<typeof gatherReport>[0]["ask"],
  };
  return gatherReport(desk, { target: "firm-jinhua", policy: DEFAULT_POLICY, budget: 3, day: "2026-01-02" });
}

const plain = (report: Report) =>
  JSON.parse(JSON.stringify({ ...report, version: 0, names: [...report.names].sort() }));

describeEachEngine("the report of Jinhua", (engine) => {
  let store: GraphStore;
  let report: Report;
  beforeAll(async () => {
    store = await openSeededStore(engine);
    report = await jinhua(store);
  });
  afterAll(() => store.close());

  test("is the same as on the other engine", async () => {
    await using other = await openSeededStore(embedded);
    expect(plain(report)).toStrictEqual(plain(await jinhua(other)));
  });

  test("has every list, and each row cites facts that are recorded", () => {
    const facts = report.sections.find(({ name }) => name === "FACTS")!.tables[0]!.rows;
    for (const { name, tables } of report.sections.slice(0, 4)) {
      expect(tables[0]!.rows.length, name).toBeGreaterThan(0);
      for (const { rows, columns } of tables)
        for (const { facts: cited, cells } of rows) {
          expect(cells).toHaveLength(columns.length);
          expect(cited!.length).toBeGreaterThan(0);
          for (const number of cited!) expect(facts[number - 1]!.cells[0]).toBe(number);
        }
    }
  });

  test("each fact names a document that is listed, or is assumed", () => {
    const [facts, sources] = ["FACTS", "SOURCES"].map(
      (name) => report.sections.find((section) => section.name === name)!.tables[0]!.rows,
    );
    const numbers = new Set(sources!.map(({ cells }) => cells[0]));
    for (const { cells } of facts!) {
      const [, , assertion, document] = cells;
      expect(assertion).toMatchObject({ zh: expect.any(String) });
      if (document === null) expect(assertion).toMatchObject({ en: "assumed" });
      else
        for (const [, number] of JSON.stringify(document).matchAll(/\[(S\d+)\]/g))
          expect(numbers.has(number!)).toBe(true);
    }
  });

  test("names everything it speaks of", () => {
    for (const { id } of report.map.nodes) expect(report.names.has(id)).toBe(true);
    expect(report.map.nodes.filter(({ completes }) => completes).map(({ id }) => id)).toStrictEqual([
      "product-brightfield-inspection",
    ]);
  });
});

test("the API gives the page as text and the workbook in base64, and refuses a wrong budget", async () => {
  await using api = openApi(await openSeededStore(embedded));
  const ask = (args: string) =>
    api.ask(`{ report(target: "firm-jinhua", ${args}) { fileName mediaType encoding content day version } }`);
  const page = (await ask("language: ZH")).data as { report: Record<string, string> };
  expect(page.report).toMatchObject({ mediaType: "text/html; charset=utf-8", encoding: "TEXT" });
  expect(page.report["fileName"]).toMatch(/^liantu-report-firm-jinhua-\d{4}-\d\d-\d\d\.html$/);
  expect(page.report["content"]).toContain("明场图形晶圆缺陷检测设备");
  const book = (await ask("format: XLSX")).data as { report: Record<string, string> };
  expect(book.report["encoding"]).toBe("BASE64");
  expect(Buffer.from(book.report["content"]!, "base64").subarray(0, 2).toString()).toBe("PK");
  const wrong = await ask("budget: -1");
  expect(wrong.errors?.[0]).toMatchObject({ message: expect.stringContaining("budget") });
});
