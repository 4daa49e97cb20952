import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepPicture, launchBrowser, missingBrowser, settle, tabTo, visit } from "../support/browser.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";
import { parseXml } from "../support/strict-xml.ts";

const missing = missingBrowser();
const INSPECTION = "product-brightfield-inspection";

describe.skipIf(missing !== null)(missing === null ? "Journeys" : `Journeys [skipped: ${missing}]`, () => {
  const data = temporaryFolder();
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService({ LIANTU_DATA: data.path }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    data[Symbol.dispose]();
  });

  const open = async (query: string, locale = "zh-CN") => {
    const visitor = await visit(browser, { locale });
    visitor.page.setDefaultTimeout(60_000);
    await visitor.page.goto(service.url + query);
    return visitor;
  };
  const text = (page: Page, id: string): Promise<string> => page.getByTestId(id).innerText();
  const saved = async (page: Page, act: () => Promise<void>) => {
    const [download] = await Promise.all([page.waitForEvent("download"), act()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };

  test("2 · without the US: other plans, other countries, every tier, no assumptions", async () => {
    await using visitor = await open("?view=substitution&target=firm-sanan");
    const { page, complaints } = visitor;
    await page.getByTestId("plan-2").click();
    await page.locator('[data-testid="plan-2"][aria-pressed="true"]').waitFor();
    await page.getByTestId("distinct-FIRM").click();
    await page.waitForURL(/distinct=FIRM/);
    await page.getByTestId("policy-max-tier").selectOption("all");
    await page.getByTestId("policy-preset-us-nl-jp").click();
    await page.getByTestId("policy-assumed").uncheck();
    await page.waitForURL(/restricted=US\.NL\.JP&assumed=no&tier=all/);
    await page.locator('[data-testid="substitution"] [aria-busy="false"] [data-testid="verdict"]').waitFor();
    await page.getByTestId("policy-assumed").check();
    await page.getByTestId("plan-table").waitFor();
    await keepPicture(page, "2-substitution-zh");
    expect(complaints).toStrictEqual([]);
  });

  test("2 · where there is no plan: the ghosts of what to develop, and on to whom to recruit, by the keyboard", async () => {
    await using visitor = await open("?view=substitution&target=firm-jinhua", "en-GB");
    const { page, complaints } = visitor;
    await page.getByTestId("plan-table").waitFor();
    expect(await text(page, "blockers")).toContain("Bright-field");
    await tabTo(page, "plan-graph-outline");
    await page.keyboard.press("Enter");
    await page.getByTestId("plan-graph-outline").getByText("to be developed or recruited").first().waitFor();
    await keepPicture(page, "2-blocked-en");
    await page.getByTestId("plan-recruit").press("Enter");
    await page.getByTestId("pick-table").waitFor();
    expect(page.url()).toContain("view=recruitment");
    expect(page.url()).toContain("budget=1");
    expect(complaints).toStrictEqual([]);
  });

  test("3 · what if this fails: a ranked item stops, step by step, and Back goes a step back", async () => {
    await using visitor = await open("?target=firm-jinhua");
    const { page, complaints } = visitor;
    await page.getByTestId("tab-disruption").click();
    await page.getByTestId(`failure-${INSPECTION}`).getByRole("button").click();
    await page.getByTestId("stop-table").waitFor();
    expect(page.url()).toContain(`fail=${INSPECTION}`);
    expect(await text(page, "findings")).toContain("100%");
    const rows = page.getByTestId("stop-table").locator("tbody tr");
    const stopped = page.getByTestId("stop-table").locator('tr[data-stopped="true"]');
    const all = await rows.count();
    expect(all).toBeGreaterThan(2);
    expect(await stopped.count()).toBe(all);
    await page.getByTestId("step-first").click();
    await page.locator('[data-testid="steps"][data-passed="0"]').waitFor();
    expect(await stopped.count()).toBe(0);
    expect(await text(page, "step-now")).toContain("只有失效对象本身");
    await page.getByTestId("step-next").click();
    await page.locator('[data-testid="steps"][data-passed="1"]').waitFor();
    const first = await stopped.count();
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(all);
    await page.goBack();
    await page.locator('[data-testid="steps"][data-passed="0"]').waitFor();
    await page.getByTestId("step-play").click();
    await page
      .getByTestId("step-play")
      .and(page.getByRole("button", { name: "自动播放" }))
      .waitFor();
    expect(await stopped.count()).toBe(all);
    await keepPicture(page, "3-disruption-zh");
    expect(complaints).toStrictEqual([]);
  });

  test("3 · what if a country fails, by the keyboard alone and without motion", async () => {
    await using visitor = await open("?view=disruption&target=firm-jinhua", "en-GB");
    const { page, complaints } = visitor;
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.getByTestId("ranking-table").waitFor();
    await tabTo(page, "failure-country");
    await page.keyboard.type("US");
    await page.getByTestId("stop-table").waitFor();
    expect(page.url()).toContain("fail=US");
    expect(await page.getByTestId("step-play").count()).toBe(0);
    await tabTo(page, "step-first");
    await page.keyboard.press("Enter");
    await page.locator('[data-testid="steps"][data-passed="0"]').waitFor();
    await tabTo(page, "step-next");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.locator('[data-testid="steps"][data-passed="2"]').waitFor();
    await tabTo(page, "step-range");
    await page.keyboard.press("End");
    await page.waitForURL((url) => !url.search.includes("step="));
    await tabTo(page, "disruption-graph");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await page.waitForURL(/selected=/);
    await keepPicture(page, "3-disruption-en");
    expect(complaints).toStrictEqual([]);
  });

  test("4 · whom to recruit: in order, with what each closes; one lands, and the gaps are computed anew", async () => {
    await using visitor = await open("?view=recruitment&target=firm-jinhua");
    const { page, complaints } = visitor;
    await page.getByTestId("pick-firm-skyverse").waitFor();
    const pick = await text(page, "pick-firm-skyverse");
    for (const part of ["中科飞测", "明场图形晶圆缺陷检测设备", "部分消除", "全部消除", "恢复产出 100%"])
      expect(pick).toContain(part);
    await page.getByTestId("pick-firm-skyverse").getByTestId("land-firm-skyverse").click();
    await page.getByTestId("landed-table").waitFor();
    expect(page.url()).toContain("landed=firm-skyverse");
    expect(await text(page, "landed-table")).toContain("中科飞测");
    expect(await page.getByTestId("remaining-product-inspection-process").count()).toBe(0);
    await keepPicture(page, "4-recruitment-zh");
    await page.getByTestId("landed-table").getByRole("button", { name: "中科飞测" }).click();
    await page.getByTestId("source-drawer").getByText("中科飞测").first().waitFor();
    await page.goBack();
    await page.goBack();
    await page.getByTestId("landed-table").waitFor({ state: "detached" });
    expect(complaints).toStrictEqual([]);
  });

  test("4 · nothing is recruited for nothing; a supplier lands by the keyboard alone", async () => {
    await using visitor = await open("?view=recruitment&target=firm-jinhua&candidate=FIRM", "en-GB");
    const { page, complaints } = visitor;
    await page.getByTestId("pick-table").waitFor();
    await tabTo(page, "budget");
    await page.keyboard.type("0");
    await page.keyboard.press("Tab");
    await page.getByTestId("picks-none").waitFor();
    expect(page.url()).toContain("budget=0");
    await tabTo(page, "land-firm-skyverse");
    await page.keyboard.press("Enter");
    await page.getByTestId("landed-table").waitFor();
    expect(await text(page, "worth")).toMatch(/With who has landed\s+100%/);
    await keepPicture(page, "4-recruitment-en");
    expect(complaints).toStrictEqual([]);
  });

  test("8 · two policies side by side, differences marked by sign and word, and swapped", async () => {
    await using visitor = await open("?view=compare&target=firm-jinhua");
    const { page, complaints } = visitor;
    const scanner = page.getByTestId("gap-change-product-arf-immersion-scanner");
    await scanner.waitFor();
    expect(await scanner.innerText()).toMatch(/≠ 有变化[\s\S]*堵点[\s\S]*卡脖子[\s\S]*阿斯麦/);
    expect(await page.getByTestId("sides").locator('tr[data-differs="true"]').count()).toBeGreaterThan(1);
    await keepPicture(page, "8-compare-zh");
    await page.getByTestId("swap").click();
    await page.waitForURL(/other-restricted=US/);
    await page.locator('[data-testid="compare"] [aria-busy="false"]').waitFor();
    expect(await scanner.innerText()).toMatch(/卡脖子[\s\S]*堵点/);
    expect(complaints).toStrictEqual([]);
  });

  test("8 · two days side by side, chosen by the keyboard alone", async () => {
    await using visitor = await open("?view=compare&target=firm-jinhua&other-restricted=US", "en-GB");
    const { page, complaints } = visitor;
    await page.getByTestId("no-change").waitFor();
    expect(await text(page, "no-change")).toContain("the same");
    await tabTo(page, "other-policy-as-of");
    await page.keyboard.type("01012000");
    await page.waitForURL(/other-day=2000-/);
    await page.locator('[data-testid="compare"] [aria-busy="false"]').waitFor();
    await tabTo(page, "other-policy-preset-none");
    await page.keyboard.press("Enter");
    await page.waitForURL(/other-restricted=(&|$)/);
    await page.getByTestId("sides").locator('tr[data-differs="true"]').first().waitFor();
    await page.getByTestId("gap-changes").waitFor();
    expect(await text(page, "sides")).toContain("differs");
    await keepPicture(page, "8-compare-en");
    expect(complaints).toStrictEqual([]);
  });

  test("6 · the report is seen in a frame where nothing runs, and taken along as page, workbook and data", async () => {
    await using visitor = await open("?view=report&target=firm-jinhua");
    const { page, complaints } = visitor;
    const frame = page.frameLocator('[data-testid="report-frame"]');
    await frame.getByRole("heading", { name: "晋华" }).first().waitFor();
    expect(await page.getByTestId("report-frame").getAttribute("sandbox")).not.toContain("allow-scripts");
    // Its own style holds within the page's policy.
    expect(
      await frame
        .locator("h2")
        .first()
        .evaluate((heading) => getComputedStyle(heading).borderLeftWidth),
    ).toBe("5px");
    await keepPicture(page, "6-report-zh");
    await tabTo(page, "report-language-ZH");
    await page.keyboard.press("Enter");
    await page.waitForURL(/report=ZH/);
    await frame.locator("body:not(:has(small[lang=en]))").waitFor();
    const html = await saved(page, () => page.getByTestId("report-HTML").click());
    expect(html.name).toMatch(/^liantu-report-firm-jinhua-.*\.html$/);
    expect(html.bytes.toString()).toContain("产业链图谱");
    const workbook = await saved(page, () => page.getByTestId("report-XLSX").click());
    expect(workbook.name).toMatch(/\.xlsx$/);
    expect(workbook.bytes.subarray(0, 2).toString()).toBe("PK");
    const lists = await saved(page, () => page.getByTestId("report-JSON").click());
    expect(JSON.parse(lists.bytes.toString())).toBeTypeOf("object");
    expect(complaints).toStrictEqual([]);
  });

  test("6 · every graph is saved as picture, drawing, rows and data, and every table as rows and data", async () => {
    await using visitor = await open("?view=disruption&target=firm-jinhua&fail=US");
    const { page, complaints } = visitor;
    await page.getByTestId("stop-table").waitFor();
    const graph = page.getByTestId("disruption-graph");
    await graph.locator("canvas").first().waitFor();
    const save = (format: string) =>
      saved(page, () => page.getByRole("button", { name: `将“断供扩散图”存为 ${format}` }).click());
    expect((await save("PNG")).bytes.subarray(1, 4).toString()).toBe("PNG");
    const svg = await save("SVG");
    expect(svg.name).toBe("断供扩散图.svg");
    parseXml(svg.bytes.toString());
    expect(svg.bytes.toString()).toContain("明场图形晶圆缺陷检测");
    const rows = (await save("CSV")).bytes.toString();
    expect(rows).toMatch(/^\uFEFF编号,名称,/);
    const drawn = JSON.parse((await save("JSON")).bytes.toString()) as { nodes: unknown[]; edges: unknown[] };
    expect(String(drawn.nodes.length)).toBe(await graph.getAttribute("data-nodes"));
    expect(rows.trimEnd().split("\r\n")).toHaveLength(1 + drawn.nodes.length + drawn.edges.length);
    const table = await saved(page, () => page.getByTestId("stop-table-csv").click());
    expect(table.bytes.toString()).toMatch(/^\uFEFF何时,[\s\S]*明场图形晶圆缺陷检测设备/);
    const stops = JSON.parse((await saved(page, () => page.getByTestId("stop-table-json").click())).bytes.toString());
    expect(stops).toHaveLength(await page.getByTestId("stop-table").locator("tbody tr").count());
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".head").isVisible()).toBe(false);
    expect(await page.getByTestId("stop-table").isVisible()).toBe(true);
    expect(complaints).toStrictEqual([]);
  });

  test.each([
    [`?view=disruption&target=firm-jinhua&fail=US&fail=${INSPECTION}&step=1&rank=FIRM&tier=all`, "disruption"],
    ["?view=recruitment&target=firm-jinhua&budget=2&candidate=FIRM&landed=firm-skyverse", "recruitment"],
    ["?view=compare&target=firm-jinhua&restricted=NL&other-restricted=JP&other-assumed=no&other-tier=all", "compare"],
    ["?view=substitution&target=firm-sanan&plan=2&distinct=FIRM&steps=changed", "substitution"],
  ])("6 · the address reopens exactly this view: %s", async (query, page) => {
    await using one = await open(query);
    await using other = await open(query, "zh-CN");
    const shown = async (visitor: typeof one): Promise<string> => {
      await settle(visitor.page);
      await visitor.page.locator(`[data-testid="${page}"] table`).first().waitFor();
      expect(visitor.page.url()).toBe(service.url + query);
      return text(visitor.page, page);
    };
    expect(await shown(other)).toBe(await shown(one));
  });

  test("what comes before the first useful paint is at most 180 kB compressed, and the renderer is not in it", async () => {
    await using visitor = await visit(browser, { locale: "zh-CN" });
    const { page } = visitor;
    const sizes = new Map<string, Promise<number>>();
    let drawNow = (): void => {};
    const painted = new Promise<void>((resolve) => {
      drawNow = resolve;
    });
    await page.route(/\/assets\/canvas-/, async (route) => {
      await painted;
      await route.continue();
    });
    page.on("response", (response) => {
      if (/\/assets\/|\/$/.test(new URL(response.url()).pathname))
        sizes.set(
          response.url(),
          response.body().then((body) => gzipSync(body).length),
        );
    });
    await page.goto(service.url);
    await page.getByTestId("figures").waitFor();
    const before = await Promise.all(sizes.values());
    expect([...sizes.keys()].filter((url) => url.includes("canvas-"))).toStrictEqual([]);
    expect(before.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(180_000);
    drawNow();
    await page.locator('[data-testid$="graph"] canvas').first().waitFor();
  });
});
