import { expect } from "vitest";
import type { Reader } from "./reader.ts";

/** Two policies, then two days, side by side: what differs is marked by sign and word. */
export async function comparison(reader: Reader): Promise<void> {
  const { page, hand } = reader;
  await reader.open("?view=gaps&target=firm-jinhua");
  await reader.turnTo("compare");
  const scanner = reader.there("gap-change-product-arf-immersion-scanner");
  await scanner.waitFor();
  const [concentrated, chokepoint] = [reader.t("gap.CONCENTRATED"), reader.t("gap.CHOKEPOINT")];
  expect(await scanner.innerText()).toMatch(
    new RegExp(`≠ ${reader.t("diff.CHANGED")}[^]*${concentrated}[^]*${chokepoint}[^]*${reader.say("阿斯麦", "ASML")}`),
  );
  expect(await reader.there("sides").locator('tr[data-differs="true"]').count()).toBeGreaterThan(1);
  await hand.press(page.getByRole("button", { name: reader.t("compare.swap") }));
  await page.waitForURL(/other-restricted=US/);
  // The old answer is there until the new one has come.
  await expect
    .poll(() => scanner.innerText(), { timeout: 15_000 })
    .toMatch(new RegExp(`${chokepoint}[^]*${concentrated}`));

  // The same countries, but another day.
  await hand.press(reader.there("policy-preset-us"));
  await reader.there("no-change").waitFor();
  await hand.writeDay(reader.there("other-policy-as-of"), "2000-01-01");
  await page.waitForURL(/other-day=2000-01-01/);
  await page.locator('[data-testid="compare"] div[aria-busy="false"]').waitFor();
  await hand.choose(reader.there("other-policy-min-readiness"), "SAMPLE");
  await page.waitForURL(/other-readiness=SAMPLE/);
  await reader.there("sides").locator('tr[data-differs="true"]').first().waitFor();
  expect(await reader.text("sides")).toContain(reader.t("compare.yes"));
  await reader.arrived("8-comparison", "compare");
}
