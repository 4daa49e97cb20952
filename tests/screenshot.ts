import { launchBrowser, settle, visit } from "./support/browser.ts";
import { startService, temporaryFolder } from "./support/service.ts";

/** Takes README's picture of the page, `npm run screenshot` after `npm run build`. */
using data = temporaryFolder();
await using service = await startService({ LIANTU_DATA: data.path });
const browser = await launchBrowser();
const { page } = await visit(browser, { locale: "zh-CN" });
await page.goto(`${service.url}?view=gaps&target=firm-jinhua&selected=product-brightfield-inspection`);
await page.getByTestId("gap-detail").waitFor();
await settle(page);
await page.screenshot({ path: new URL("../docs/gaps.png", import.meta.url).pathname });
await browser.close();
