import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeXlsx } from "hucre/xlsx";
import { expect } from "vitest";
import type { Reader } from "./reader.ts";

const INSPECTION = "product-brightfield-inspection";

/** A supplier with its source is added and a colleague sees the gap close; a conflict is shown; a workbook with errors is refused. */
export async function editing(reader: Reader): Promise<void> {
  await addSupplier(reader);
  await meetConflict(reader);
  await importWorkbook(reader);
  expect(reader.takeComplaints()).toStrictEqual([]);
}

async function addSupplier(reader: Reader): Promise<void> {
  const { page, hand, manner } = reader;
  const firm = `Inspection ${manner.hand} ${manner.language}`;
  const watching = await reader.colleague(`?view=gaps&target=firm-jinhua&selected=${INSPECTION}`);
  await watching.getByTestId("live-live").waitFor();
  const gap = watching.locator(`[data-testid="gap-row-${INSPECTION}"]`, { hasText: reader.t("gap.CHOKEPOINT") });
  await gap.waitFor();
  await reader.open(`?view=gaps&target=firm-jinhua&selected=${INSPECTION}`);
  await reader.there("gap-detail").waitFor();
  await hand.toDetail();
  await hand.press(reader.button("edit.addSupplier"));
  const field = (name: string) => reader.there(`supply-form-${name}`);
  await reader.press("supply-firm-new");
  await hand.write(field("firm-name"), firm);
  await hand.write(field("firm-nameEn"), firm);
  await hand.write(field("firm-country"), "China");
  await hand.choose(field("readiness"), "MASS_PRODUCTION");
  await hand.write(field("share"), "much");
  await reader.press("supply-form-source-new");
  await hand.write(field("source-title"), reader.say("量产公告", "Announcement"));
  await hand.write(field("source-url"), "https://example.com/");
  const country = page.locator('[data-testid="supply-form-firm"] [data-field="country"]');
  await hand.press(reader.button("edit.save"));
  await country.getByTestId("user-error").waitFor();
  const wrong = await country.getByTestId("user-error").innerText();
  expect(wrong).toBe(
    reader.say(
      '"China" 不符合格式——请填写 ISO 3166-1 两位代码，如 CN',
      '"China" does not fit — write an ISO 3166-1 alpha-2 code such as CN',
    ),
  );
  await hand.write(field("firm-country"), "CN");
  await hand.press(reader.button("edit.save"));
  await page.locator('[data-field="share"]').getByTestId("user-error").waitFor();
  await hand.write(field("share"), "0.3");
  await hand.press(reader.button("edit.save"));
  await page.waitForURL(/from=firm-inspection/);
  await reader.there("saved").getByText("✓").waitFor();
  await gap.waitFor({ state: "detached" });
  await reader.keep("7-editing");

  // Removed again at the second press: the gap is back.
  await hand.press(reader.button("edit.delete"));
  await hand.press(reader.button("edit.delete.sure"));
  await gap.waitFor();
}

async function meetConflict(reader: Reader): Promise<void> {
  const { hand, manner } = reader;
  const [mine, theirs] = [`MINE-${manner.hand}-${manner.language}`, `THEIRS-${manner.hand}-${manner.language}`];
  await reader.open("?view=edit&form=entity&selected=firm-jinhua");
  await reader.there("entity-form").waitFor();
  await reader.there("live-live").waitFor();
  await hand.write(reader.there("entity-form-stockCode"), mine);
  const other = await reader.colleague("?view=edit&form=entity&selected=firm-jinhua");
  await other.getByTestId("entity-form-stockCode").fill(theirs);
  await other.getByTestId("entity-form-save").click();
  await other.getByTestId("saved").getByText("✓").waitFor();
  const conflict = reader.there("conflict-stockCode");
  await conflict.waitFor();
  expect(await reader.there("entity-form-stockCode").inputValue()).toBe(mine);
  for (const part of [theirs, mine]) expect(await conflict.innerText()).toContain(part);
  await other.reload();
  await other.getByTestId("entity-form-stockCode").waitFor();
  expect(await other.getByTestId("entity-form-stockCode").inputValue()).toBe(theirs);
  await reader.keep("7-conflict");
  await hand.press(reader.button("conflict.decide"));
  await reader.there("conflict").waitFor({ state: "detached" });
  await hand.press(reader.button("edit.save"));
  await reader.there("saved").getByText("✓").waitFor();
  await other.waitForFunction(
    (text) => document.querySelector<HTMLInputElement>('[data-testid="entity-form-stockCode"]')?.value === text,
    mine,
  );
}

async function importWorkbook(reader: Reader): Promise<void> {
  const { page, hand, manner } = reader;
  const workbook = async (country: string): Promise<string> => {
    const head = ["编号", "名称", "总部国家/地区", "性质"];
    const firms = [
      ["firm-import-a", "导入甲", "CN", "假设"],
      ["firm-import-b", "导入乙", country, "假设"],
    ];
    const path = join(tmpdir(), `liantu-import-${process.pid}.xlsx`);
    await writeFile(path, await writeXlsx({ sheets: [{ name: "企业", rows: [head, ...firms] }] }));
    return path;
  };
  await hand.press(reader.button("edit.form.import"));
  const send = page.locator('[data-testid="import-send"][aria-disabled="false"]');
  await hand.chooseFile(reader.there("import-file"), await workbook("中国"));
  await send.waitFor();
  await hand.press(send);
  const row = reader.there("import-faults").locator("tbody tr");
  await row.waitFor();
  for (const part of ["企业", "3", "总部国家/地区", "中国"]) expect(await row.innerText()).toContain(part);
  expect(await page.locator("td.cell-wrong").innerText()).toContain("中国");
  const remedy = reader.say("请填写 ISO 3166-1 两位代码，如 CN", "write an ISO 3166-1 alpha-2 code such as CN");
  for (const told of [await row.innerText(), await reader.there("cell-fault").innerText()]) {
    expect(told).toContain(remedy);
    if (manner.language === "zh") expect(told).not.toMatch(/[A-Za-z]{2,} [a-z]{2,}/);
  }
  await reader.keep("7-import");
  await hand.chooseFile(reader.there("import-file"), await workbook("CN"));
  await reader.there("import-faults").waitFor({ state: "detached" });
  await hand.press(send);
  await reader.there("import-stored").waitFor();
  expect((await reader.saved(reader.there("import-template"))).name).toBe("liantu-template.xlsx");
}
