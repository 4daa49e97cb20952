import { expect } from "vitest";
import { parseXml } from "../support/strict-xml.ts";
import type { Reader } from "./reader.ts";

/** What is seen is taken along: as an address, picture, drawing, rows, data, on paper, and as the report. */
export async function share(reader: Reader): Promise<void> {
  const { page, hand } = reader;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await reader.open("?view=disruption&target=firm-jinhua&fail=US");
  await reader.there("stop-table").waitFor();
  const graph = reader.there("disruption-graph");
  await graph.locator("canvas").first().waitFor();
  await hand.press(reader.button("copyLink"));
  await page.getByText(reader.t("copied")).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());

  await hand.toGraph();
  const name = reader.t("disruption.graph");
  const save = (format: string) =>
    reader.saved(page.getByRole("button", { name: reader.t("save.as", { name, format }), exact: true }));
  expect((await save("PNG")).bytes.subarray(1, 4).toString()).toBe("PNG");
  const svg = await save("SVG");
  expect(svg.name).toBe(`${name}.svg`);
  parseXml(svg.bytes.toString());
  expect(svg.bytes.toString()).toContain(reader.say("明场图形晶圆缺陷检测", "Bright-field"));
  const rows = (await save("CSV")).bytes.toString();
  expect(rows.startsWith(`\uFEFF${reader.t("save.id")},${reader.t("outline.name")},`)).toBe(true);
  const drawn = JSON.parse((await save("JSON")).bytes.toString()) as { nodes: unknown[]; edges: unknown[] };
  expect(String(drawn.nodes.length)).toBe(await graph.getAttribute("data-nodes"));
  expect(rows.trimEnd().split("\r\n")).toHaveLength(1 + drawn.nodes.length + drawn.edges.length);
  const table = await reader.saved(reader.there("stop-table-csv"));
  expect(table.bytes.toString().startsWith(`\uFEFF${reader.t("disruption.when")},`)).toBe(true);
  const stops = JSON.parse((await reader.saved(reader.there("stop-table-json"))).bytes.toString());
  expect(stops).toHaveLength(await reader.there("stop-table").locator("tbody tr").count());
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".head").isVisible()).toBe(false);
  expect(await reader.there("stop-table").isVisible()).toBe(true);
  await page.emulateMedia({ media: null });

  await reader.turnTo("report");
  const frame = page.frameLocator('[data-testid="report-frame"]');
  await frame
    .getByRole("heading", { name: reader.say("晋华", "Jinhua") })
    .first()
    .waitFor();
  expect(await reader.there("report-frame").getAttribute("sandbox")).not.toContain("allow-scripts");
  // Its own style holds within the page's policy.
  const heading = frame.locator("h2").first();
  expect(await heading.evaluate((element) => getComputedStyle(element).borderLeftWidth)).toBe("5px");
  await hand.press(reader.button(reader.say("report.language.ZH", "report.language.EN") as "report.language.ZH"));
  await page.waitForURL(/report=(ZH|EN)/);
  await frame.locator(`body:not(:has(small[lang="${reader.say("en", "zh-CN")}"]))`).waitFor();
  const html = await reader.saved(reader.there("report-HTML"));
  expect(html.name).toMatch(/^liantu-report-firm-jinhua-.*\.html$/);
  const workbook = await reader.saved(reader.there("report-XLSX"));
  expect(workbook.bytes.subarray(0, 2).toString()).toBe("PK");
  expect(JSON.parse((await reader.saved(reader.there("report-JSON"))).bytes.toString())).toBeTypeOf("object");
  await reader.arrived("6-share", "report");
}
