import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeXlsx } from "hucre/xlsx";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepPicture, launchBrowser, missingBrowser, tabTo, visit } from "../support/browser.ts";
import { askService, type Service, startService, temporaryFolder } from "../support/service.ts";

const missing = missingBrowser();
const INSPECTION = "product-brightfield-inspection";

describe.skipIf(missing !== null)(missing === null ? "Editing" : `Editing [skipped: ${missing}]`, () => {
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
    visitor.page.setDefaultTimeout(15_000);
    await visitor.page.goto(service.url + query);
    return visitor;
  };
  const write = async (page: Page, id: string, text: string) => {
    await tabTo(page, id);
    await page.keyboard.type(text);
  };

  test("7 · a supplier with its source is added, and the gap closes in another browser by itself", async () => {
    await using watcher = await open(`?view=gaps&target=firm-jinhua&selected=${INSPECTION}`);
    await watcher.page.getByTestId("live-live").waitFor();
    const row = watcher.page.getByTestId(`gap-row-${INSPECTION}`);
    await row.waitFor();
    await using editor = await open(`?view=gaps&target=firm-jinhua&selected=${INSPECTION}`);
    const { page } = editor;
    await page.getByTestId("add-supplier").click();
    await page.getByTestId("supply-firm-new").click();
    await page.getByTestId("supply-form-firm-name").fill("泉州检测装备");
    await page.getByTestId("supply-form-firm-nameEn").fill("Quanzhou Inspection");
    await page.getByTestId("supply-form-firm-country").fill("中国");
    await page.getByTestId("supply-form-readiness").selectOption("MASS_PRODUCTION");
    await page.getByTestId("supply-form-share").fill("很多");
    await page.getByTestId("supply-form-source-new").click();
    await page.getByTestId("supply-form-source-title").fill("量产公告");
    await page.getByTestId("supply-form-source-url").fill("https://example.com/");
    await page.getByTestId("supply-form-save").click();
    const country = page.locator('[data-testid="supply-form-firm"] [data-field="country"]');
    await country.getByTestId("user-error").waitFor();
    expect(await country.innerText()).toContain("格式不对");
    await page.getByTestId("supply-form-firm-country").fill("CN");
    await page.getByTestId("supply-form-save").click();
    const share = page.locator('[data-field="share"]');
    await share.getByTestId("user-error").waitFor();
    await keepPicture(page, "7-supply-errors-zh");
    await page.getByTestId("supply-form-share").fill("0.3");
    await page.getByTestId("supply-form-save").click();
    await page.getByTestId("saved").getByText("已保存").waitFor();
    await page.waitForURL(/from=firm-quanzhou-inspection/);
    await keepPicture(page, "7-supply-saved-zh");
    await watcher.page
      .locator(`[data-testid="gap-row-${INSPECTION}"]`, { hasText: "卡脖子" })
      .waitFor({ state: "detached" });
    await keepPicture(watcher.page, "7-gap-closed-zh");
    expect(editor.complaints).toStrictEqual([]);
    expect(watcher.complaints).toStrictEqual([]);
  });

  test("7 · a conflict is shown and nothing overwritten, by the keyboard alone", async () => {
    await using visitor = await open("?view=edit&form=entity&selected=firm-jinhua", "en-GB");
    const { page, complaints } = visitor;
    await page.getByTestId("entity-form").waitFor();
    await page.getByTestId("live-live").waitFor();
    await write(page, "entity-form-stockCode", "MINE-1");
    await using other = await open("?view=edit&form=entity&selected=firm-jinhua", "en-GB");
    await other.page.getByTestId("entity-form-stockCode").fill("THEIRS-2");
    await other.page.getByTestId("entity-form-save").click();
    await other.page.getByTestId("saved").getByText("Saved").waitFor();
    const conflict = page.getByTestId("conflict-stockCode");
    await conflict.waitFor();
    expect(await page.getByTestId("entity-form-stockCode").inputValue()).toBe("MINE-1");
    for (const part of ["THEIRS-2", "MINE-1"]) expect(await conflict.innerText()).toContain(part);
    await keepPicture(page, "7-conflict-en");
    const stored = () =>
      askService<{ node: { stockCode: string } }>(service, '{ node(id: "firm-jinhua") { ... on Firm { stockCode } } }');
    expect((await stored()).node.stockCode).toBe("THEIRS-2");
    await tabTo(page, "conflict-decide");
    await page.keyboard.press("Enter");
    await page.getByTestId("conflict").waitFor({ state: "detached" });
    await tabTo(page, "entity-form-save");
    await page.keyboard.press("Enter");
    await page.getByTestId("saved").getByText("Saved").waitFor();
    expect((await stored()).node.stockCode).toBe("MINE-1");
    expect(complaints).toStrictEqual([]);
  });

  test.each(["zh-CN", "en-GB"])("7 · a workbook with errors is refused, each beside its cell (%s)", async (locale) => {
    await using visitor = await open("?view=edit&form=import", locale);
    const { page, complaints } = visitor;
    const workbook = async (country: string) => {
      const bytes = await writeXlsx({
        sheets: [
          {
            name: "企业",
            rows: [
              ["编号", "名称", "总部国家/地区", "性质"],
              ["firm-import-a", "导入甲", "CN", "假设"],
              ["firm-import-b", "导入乙", country, "假设"],
            ],
          },
        ],
      });
      const path = join(data.path, `mine-${locale}.xlsx`);
      await writeFile(path, bytes);
      return path;
    };
    await page.getByTestId("import-file").setInputFiles(await workbook("中国"));
    await page.locator('[data-testid="import-send"][aria-disabled="false"]').waitFor();
    await tabTo(page, "import-send");
    await page.keyboard.press("Enter");
    const row = page.getByTestId("import-faults").locator("tbody tr");
    await row.waitFor();
    for (const part of ["企业", "3", "总部国家/地区", "中国"]) expect(await row.innerText()).toContain(part);
    expect(await page.locator("td.cell-wrong").innerText()).toContain("中国");
    await keepPicture(page, `7-import-${locale}`);
    await page.getByTestId("import-file").setInputFiles(await workbook("CN"));
    await page.getByTestId("import-faults").waitFor({ state: "detached" });
    await page.locator('[data-testid="import-send"][aria-disabled="false"]').click();
    await page.getByTestId("import-stored").waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("import-template").click()]);
    expect(download.suggestedFilename()).toBe("liantu-template.xlsx");
    expect(complaints).toStrictEqual([]);
  });
});
