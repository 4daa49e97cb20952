import { expect } from "vitest";
import type { Reader } from "./reader.ts";

/** Whom to recruit for a budget, what each closes; one lands, and the gaps are computed anew. */
export async function recruitment(reader: Reader): Promise<void> {
  const { page, hand } = reader;
  await reader.open("?view=gaps&target=firm-jinhua");
  await reader.turnTo("recruitment");
  const pick = reader.there("pick-firm-skyverse");
  await pick.waitFor();
  for (const part of [
    reader.say("中科飞测", "Skyverse"),
    reader.say("明场图形晶圆缺陷检测设备", "Bright-field"),
    reader.t("recruit.whole"),
    reader.t("recruit.part"),
    reader.t("recruit.restored", { share: 100 }),
  ])
    expect(await pick.innerText()).toContain(part);
  await hand.write(reader.there("budget"), "0");
  await reader.there("picks-none").waitFor();
  await hand.write(reader.there("budget"), "2");
  await page.waitForURL(/budget=2/);
  await hand.press(reader.button("candidate.FIRM", reader.there("recruitment-choices")));
  await page.waitForURL(/candidate=FIRM/);
  await pick.waitFor();
  await hand.press(reader.button("recruit.land", pick));
  await reader.there("landed-table").waitFor();
  expect(page.url()).toContain("landed=firm-skyverse");
  expect(await reader.text("worth")).toMatch(new RegExp(`${reader.t("recruit.withLanded")}\\s+100%`));
  expect(await reader.there("remaining-product-inspection-process").count()).toBe(0);
  await hand.press(reader.there("landed-table").getByRole("button", { name: reader.say("中科飞测", "Skyverse") }));
  const drawer = reader.there("source-drawer");
  await drawer.getByText(reader.say("中科飞测", "Skyverse")).first().waitFor();
  await hand.dismiss(reader.button("close", drawer));
  await drawer.waitFor({ state: "hidden" });
  await reader.arrived("4-recruitment", "recruitment");
}
