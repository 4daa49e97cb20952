import { expect } from "vitest";
import type { Reader } from "./reader.ts";

const INSPECTION = "product-brightfield-inspection";

/** What if this fails: a ranked item, then a country; tier by tier, by hand and by itself. */
export async function failure(reader: Reader): Promise<void> {
  const { page, hand } = reader;
  await reader.open("?view=gaps&target=firm-jinhua");
  await reader.turnTo("disruption");
  await hand.press(reader.button("failure.ITEM", reader.there("disruption")));
  await page.waitForURL(/rank=ITEM/);
  await hand.press(reader.there(`failure-${INSPECTION}`).getByRole("button"));
  await reader.there("stop-table").waitFor();
  expect(await reader.text("findings")).toContain("100%");
  const rows = reader.there("stop-table").locator("tbody tr");
  const stopped = reader.there("stop-table").locator('tr[data-stopped="true"]');
  const passed = (many: number) => page.locator(`[data-testid="steps"][data-passed="${many}"]`).waitFor();
  const all = await rows.count();
  expect(all).toBeGreaterThan(2);
  expect(await stopped.count()).toBe(all);
  await hand.press(reader.button("step.first"));
  await passed(0);
  expect(await stopped.count()).toBe(0);
  expect(await reader.text("step-now")).toContain(reader.t("step.start"));
  await hand.press(reader.button("step.next"));
  await passed(1);
  const first = await stopped.count();
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(all);
  await reader.back();
  await passed(0);
  await hand.press(reader.button("step.play"));
  await passed(1);
  await hand.press(reader.button("step.pause"));
  await hand.press(reader.button("step.last"));
  await page.waitForURL((url) => !url.search.includes("step="));

  await hand.press(
    page.getByRole("button", { name: reader.t("policy.remove", { name: reader.say("明场", "Bright") }) }),
  );
  await reader.there("stop-table").waitFor({ state: "detached" });
  await hand.choose(reader.there("failure-country"), "US");
  await reader.there("stop-table").waitFor();
  expect(page.url()).toContain("fail=US");
  await hand.find(reader.there("failure-search"), "ASML", reader.say("阿斯麦", "ASML"));
  await page.waitForURL(/fail=US&fail=firm-asml/);
  await reader.arrived("3-failure", "disruption");
}
