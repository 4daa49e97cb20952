import { expect } from "vitest";
import type { Reader } from "./reader.ts";

const INSPECTION = "product-brightfield-inspection";

/** From the overview to Jinhua's chain, its chokepoints by score, and one of them: why, how, who could close it, and where that is said. */
export async function chokepoint(reader: Reader): Promise<void> {
  const { page, hand } = reader;
  await reader.open("");
  await hand.press(reader.button("structure.gaps", reader.there("card-firm-jinhua")));
  await reader.there("gap-table").waitFor();
  expect(await reader.text("target-name")).toBe(reader.say("晋华", "Jinhua (JHICC)"));
  await reader.press("gap-type-CHOKEPOINT");
  await page.waitForURL(/type=CHOKEPOINT/);
  const rows = reader.there("gap-table").locator("tbody tr");
  for (const types of await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-types"))))
    expect(types).toContain("CHOKEPOINT");
  const scores = (await rows.locator(".meter-text").allInnerTexts()).map((text) => Number(/^[\d.]+/.exec(text)?.[0]));
  expect(scores.length).toBeGreaterThan(1);
  expect(scores).toStrictEqual(scores.toSorted((one, other) => other - one));

  await hand.press(reader.there(`gap-row-${INSPECTION}`).getByRole("button"));
  const detail = reader.there("gap-detail");
  await detail.getByText(reader.t("cause.CHOKEPOINT")).waitFor();
  expect(await detail.locator(".detail-path").innerText()).toMatch(
    new RegExp(reader.say("DRAM存储芯片 ← [^]*← 明场图形晶圆缺陷检测设备", "DRAM[^]* ← [^]*← Bright-field")),
  );
  const restricted = detail.locator(".offers", { hasText: reader.t("detail.restricted") });
  await hand.toDetail();
  await hand.press(restricted.locator("summary").first());
  await restricted.locator(".evidence-place").first().waitFor();
  expect(await restricted.innerText()).toContain(reader.say("科磊", "KLA"));
  const resources = reader.there("gap-resources");
  await hand.press(resources.locator("summary").first());
  expect(await resources.innerText()).toContain(reader.t("detail.resources"));
  await hand.press(reader.button("source", detail));
  const drawer = reader.there("source-drawer");
  await drawer.getByText(INSPECTION).waitFor();
  expect(await drawer.innerText()).toContain(reader.t("source.dataset"));
  await hand.dismiss(reader.button("close", drawer));
  await drawer.waitFor({ state: "hidden" });
  await reader.arrived("1-chokepoint", "gap-table");
}
