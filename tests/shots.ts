import { launchBrowser, settle, visit } from "./support/browser.ts";
const url = "http://127.0.0.1:4711/";
const VIEWS: Record<string, string> = {
  structure: "",
  gaps: "?view=gaps&target=firm-jinhua",
  gapsel: "?view=gaps&target=firm-jinhua&selected=product-brightfield-inspection",
  substitution: "?view=substitution&target=firm-jinhua",
  substplan: "?view=substitution&target=firm-sanan",
  disruption: "?view=disruption&target=firm-jinhua&fail=US",
  recruitment: "?view=recruitment&target=firm-jinhua&landed=firm-skyverse",
  compare: "?view=compare&target=firm-jinhua",
  explore: "?view=explore&open=~firm-sanan&selected=firm-sanan&from=firm-sanan&to=firm-asml",
  report: "?view=report&target=firm-jinhua",
  edit: "?view=edit&from=firm-skyverse&to=product-brightfield-inspection",
  import: "?view=edit&form=import",
};
const MODES = [
  ["w-zh", "zh-CN", 1440, 900, "light"],
  ["d-en", "en-GB", 1920, 1080, "dark"],
  ["p-zh", "zh-CN", 390, 844, "dark"],
  ["p-en", "en-GB", 390, 844, "light"],
] as const;
const browser = await launchBrowser();
for (const [mode, locale, width, height, colorScheme] of MODES) {
  const { page } = await visit(browser, { locale, width, height });
  await page.emulateMedia({ colorScheme });
  for (const [name, query] of Object.entries(VIEWS)) {
    try {
      await page.goto(url + query);
      await settle(page);
      await page.waitForTimeout(700);
      await page.screenshot({ path: `/tmp/shots2/${name}-${mode}.png`, fullPage: mode.startsWith("p"), clip: mode.startsWith("p") ? { x: 0, y: 0, width: 390, height: 2400 } : undefined });
    } catch (e) { console.log(name, mode, String(e).slice(0, 100)); }
  }
  await page.close();
}
await browser.close();
