import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeViolations, launchBrowser, missingBrowser, overlappingCards, settle, visit } from "../support/browser.ts";
import { type Service, startService, temporaryFolder } from "../support/service.ts";

const missing = missingBrowser();

describe.skipIf(missing !== null)(missing === null ? "the page" : `the page [skipped: ${missing}]`, () => {
  const data = temporaryFolder();
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService({ LIANTU_DATA: data.path }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
    data[Symbol.dispose]();
  });

  const open = async (query: string, options: Parameters<typeof visit>[1] = { locale: "zh-CN" }) => {
    const visitor = await visit(browser, options);
    await visitor.page.goto(service.url + query);
    return visitor;
  };
  const text = (page: Page, id: string) => page.getByTestId(id).innerText();

  test("1 · shows the 235 structure, and each figure opens its source and place", async () => {
    await using visitor = await open("");
    const { page, complaints } = visitor;
    await page.getByTestId("figures").waitFor();
    const structure = await text(page, "structure");
    for (const name of [
      "集成电路",
      "化合物半导体",
      "晋华",
      "三安",
      "渠梁",
      "光芯片",
      "射频芯片",
      "高端光电芯片",
      "特种材料",
    ])
      expect(structure).toContain(name);
    const figures = await text(page, "figures");
    expect(figures).toMatch(/超\s*1,300\s*人/);
    expect(figures).toMatch(/333\s*亿元/);
    await page.getByTestId("figures").getByText("半导体产业产值").click();
    await page.getByTestId("source-drawer").getByText("1190").first().waitFor();
    const drawer = await text(page, "source-drawer");
    expect(drawer).toContain("1190");
    expect(drawer).toMatch(/第\s*7\s*段第\s*5\s*句/);
    expect(drawer).toContain("2025-05-12");
    expect(page.url()).toContain("source=");
    await page.goBack();
    await page.getByTestId("source-drawer").waitFor({ state: "hidden" });
    expect(complaints).toStrictEqual([]);
  });

  test("4, 7 · says what blocks Jinhua's plan, the shortest completion, the exposure and the localisation rate", async () => {
    await using visitor = await open("?view=substitution&target=firm-jinhua");
    const { page, complaints } = visitor;
    await page.getByTestId("plan-table").waitFor();
    expect(await text(page, "verdict")).toContain("不能");
    expect(await text(page, "blockers")).toContain("明场图形晶圆缺陷检测设备");
    expect(await text(page, "completion")).toContain("明场图形晶圆缺陷检测设备");
    expect(await text(page, "exposure")).toMatch(/\d+%\s*–\s*\d+%/);
    expect(await text(page, "localization")).toMatch(/63\s*\/\s*77/);
    expect(complaints).toStrictEqual([]);
  });

  test("4 · without the US, San'an has a plan, in English where the browser is", async () => {
    await using visitor = await open("?view=substitution&target=firm-sanan", { locale: "en-GB" });
    const { page } = visitor;
    await page.getByTestId("plan-table").waitFor();
    expect(await text(page, "verdict")).toContain("There is one");
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.getByTestId("language").click();
    await page.locator('html[lang="zh-CN"]').waitFor();
    expect(await text(page, "verdict")).toContain("有");
  });

  test.each([
    ["zh-CN", "?view=gaps&target=firm-jinhua", "Gaps", "gap-table", "超过时限", "自动重试"],
    ["en-GB", "?view=substitution&target=firm-jinhua", "Substitution", "plan-table", "took too long", "by itself"],
    ["zh-CN", "?view=disruption&target=firm-jinhua&fail=US", "Disruption", "stop-table", "超过时限", "自动重试"],
    ["en-GB", "?view=recruitment&target=firm-jinhua", "Recruitment", "candidate-table", "took too long", "by itself"],
    ["zh-CN", "?view=compare&target=firm-jinhua", "Compare", "compare-graph", "超过时限", "自动重试"],
    ["en-GB", "?view=report&target=firm-jinhua", "Report", "report-frame", "took too long", "by itself"],
    ["zh-CN", "?view=explore&open=~firm-sanan", "Neighborhood", "explore-graph", "超过时限", "自动重试"],
  ])(
    "in %s, what %s asks and is not ready yet is said to be so, and asked again",
    async (locale, query, name, id, why, soon) => {
      await using visitor = await visit(browser, { locale });
      const { page } = visitor;
      let refusals = 0;
      let isAnswered = false;
      await page.route(/\/graphql$/, async (route) => {
        if (isAnswered || !new RegExp(`query ${name}\\b`).test(route.request().postData() ?? ""))
          return route.continue();
        refusals += 1;
        isAnswered = refusals > 1;
        const errors = [{ message: "Not in time.", extensions: { code: "TIMEOUT" } }];
        await route.fulfill({ status: 504, headers: { "retry-after": "1" }, json: { data: null, errors } });
      });
      await page.goto(service.url + query);
      const failure = page.getByTestId("failure").first();
      await failure.getByText(soon).waitFor();
      expect(await failure.innerText()).toContain(why);
      expect(await failure.getByRole("button").count()).toBe(1);
      await page.getByTestId(id).waitFor();
      await failure.waitFor({ state: "detached" });
      expect(refusals).toBe(2);
      expect(page.url()).toContain(query);
    },
  );

  test("an unknown target is said to be unknown, and the page goes on", async () => {
    await using visitor = await open("?view=gaps&target=nobody");
    const { page } = visitor;
    await page.getByTestId("failure").waitFor();
    expect(await text(page, "failure")).toContain("nobody");
    await page.getByRole("link", { name: "格局" }).click();
    await page.getByTestId("figures").waitFor();
  });

  const VIEWS = [
    "",
    "?view=gaps&target=firm-jinhua&selected=product-brightfield-inspection",
    "?view=substitution&target=firm-jinhua",
    "?view=disruption&target=firm-jinhua&fail=US",
    "?view=recruitment&target=firm-jinhua&landed=firm-skyverse",
    "?view=compare&target=firm-jinhua",
    "?view=report&target=firm-jinhua",
    "?view=explore&open=~firm-sanan",
    "?view=edit&from=firm-skyverse&to=product-brightfield-inspection",
    "?view=edit&form=entity",
    "?view=edit&form=import",
  ];
  const SIZES = [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ];
  test.each(VIEWS)("axe finds no violation and no cards overlap, wide and on a phone, in %s", async (query) => {
    await using visitor = await open(query, { locale: "zh-CN" });
    const { page } = visitor;
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await settle(page);
      expect([size, await axeViolations(page)]).toStrictEqual([size, []]);
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(overflow).toBeLessThanOrEqual(0);
      expect([size, await overlappingCards(page)]).toStrictEqual([size, []]);
      // The phone's texts are English: longer than the Chinese ones.
      if (size === SIZES[0]) await page.getByTestId("language").click();
    }
  });
});
