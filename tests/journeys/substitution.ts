import { expect } from "vitest";
import type { Reader } from "./reader.ts";

/** Without the US: today's chain beside the plan, other plans and policies; and where there is none, what would allow one. */
export async function substitution(reader: Reader): Promise<void> {
  const { page, hand } = reader;
  await reader.open("");
  await hand.press(reader.button("structure.plan", reader.there("card-firm-sanan")));
  await reader.there("plan-table").waitFor();
  expect(await reader.text("verdict")).toContain(reader.t("plan.verdict.YES"));
  for (const id of ["today-graph", "plan-graph"])
    expect(Number(await reader.there(id).getAttribute("data-nodes"))).toBeGreaterThan(1);
  const switched = reader.there("plan-table").locator('tr[data-change="SWITCH"]');
  expect(await switched.first().innerText()).toContain(reader.t("change.SWITCH"));
  for (const plan of ["plan-2", "plan-3"]) {
    await reader.press(plan);
    await page.locator(`[data-testid="${plan}"][aria-pressed="true"]`).waitFor();
  }
  await hand.press(reader.button("distinct.FIRM", reader.there("plans")));
  await page.waitForURL(/distinct=FIRM/);
  await hand.choose(reader.there("policy-max-tier"), "all");
  await page.waitForURL(/tier=all/);
  await hand.press(reader.button("policy.preset.usnljp"));
  await hand.press(page.getByRole("checkbox", { name: reader.t("policy.assumed") }));
  await page.waitForURL(/restricted=US\.NL\.JP&assumed=no&tier=all/);
  await page.locator('[data-testid="substitution"] [aria-busy="false"] [data-testid="verdict"]').waitFor();
  await reader.back();
  await page.waitForURL((url) => !url.search.includes("assumed"));
  await hand.press(reader.button("policy.preset.us"));
  await page.waitForURL((url) => !url.search.includes("restricted"));

  await hand.press(reader.there("target-picker").locator("summary"));
  await reader.press("target-firm-jinhua");
  await page.waitForURL(/target=firm-jinhua/);
  await reader.there("blockers").waitFor();
  await reader.settled();
  expect(await reader.text("verdict")).toContain(reader.t("plan.verdict.NO"));
  for (const id of ["blockers", "completion"])
    expect(await reader.text(id)).toContain(reader.say("明场图形晶圆缺陷检测设备", "Bright-field"));
  await hand.press(reader.there("plan-graph-outline").locator("summary"));
  const ghost = reader.say("待补", "to be developed or recruited");
  await reader.there("plan-graph-outline").getByText(ghost).first().waitFor();
  await hand.press(reader.button("detail.openRecruitment", reader.there("completion")));
  await reader.there("pick-table").waitFor();
  expect(page.url()).toContain("budget=1");
  await reader.back();
  await reader.there("plan-table").waitFor();
  await reader.arrived("2-substitution", "blockers");
}
